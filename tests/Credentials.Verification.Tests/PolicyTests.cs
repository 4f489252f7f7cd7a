using Credentials.Dids;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests;

/// <summary>What each named policy asks for.</summary>
public sealed class PolicyTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public async Task Offline_verifies_by_a_pinned_document_and_says_what_that_leaves_unknown()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored diploma = await world.IssueAsync();
        VerificationResult result = await world.VerifyAsync(diploma.Text, VerificationPolicy.Offline, world.Trusted with { PinnedDidDocuments = [world.Issuer.Document] });

        result.IsVerified();
        result.Is(CheckName.Status, CheckOutcome.Indeterminate, ProblemCode.Offline);
        result.Is(CheckName.Anchor, CheckOutcome.Indeterminate, ProblemCode.Offline);
        Assert.Contains("whether the receipt's root is on the chain was not checked", result[CheckName.Anchor].Detail, StringComparison.Ordinal);
        Assert.Null(result.Anchor);
        Assert.Equal(0, world.Web.Fetches);
    }

    [Fact]
    public async Task Offline_says_when_the_receipt_does_not_even_fit_the_document()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored diploma = await world.IssueAsync();
        SampleAnchored other = await world.IssueAsync();
        byte[] forged = Anchoring.MerkleAnchor2026.AddTo(diploma.Bare.Text, other.Receipt);

        (await world.VerifyAsync(forged, VerificationPolicy.Offline, world.Trusted with { PinnedDidDocuments = [world.Issuer.Document] }))
            .Is(CheckName.Anchor, CheckOutcome.Indeterminate, ProblemCode.AnchorReceiptError);
    }

    [Fact]
    public async Task Offline_cannot_tell_without_the_key()
    {
        using TestWorld world = await TestWorld.CreateAsync();

        (await world.VerifyAsync((await world.IssueAsync()).Text, VerificationPolicy.Offline)).CannotTell(CheckName.Proof, ProblemCode.Offline);
        Assert.Equal(0, world.Web.Fetches);
    }

    [Fact]
    public async Task No_policy_lets_a_forgery_pass_by_only_reporting_the_proof()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        byte[] forged = Text.Replace((await world.IssueAsync()).Text, "8.74", "9.74");
        VerificationPolicy careless = VerificationPolicy.Default with { ReportedOnly = CheckName.All.ToHashSet(StringComparer.Ordinal), Waived = CheckName.All.ToHashSet(StringComparer.Ordinal), Required = new HashSet<string>(StringComparer.Ordinal) };

        (await world.VerifyAsync(forged, careless)).IsRejected(CheckName.Proof, ProblemCode.CryptographicSecurityError);
    }

    [Fact]
    public async Task Offline_rejects_a_forgery_all_the_same()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        byte[] forged = Text.Replace((await world.IssueAsync()).Text, "8.74", "9.74");

        (await world.VerifyAsync(forged, VerificationPolicy.Offline, world.Trusted with { PinnedDidDocuments = [world.Issuer.Document] })).IsRejected(CheckName.Proof, ProblemCode.CryptographicSecurityError);
    }

    [Fact]
    public async Task Cannot_tell_the_status_without_a_way_to_fetch_it()
    {
        using TestWorld world = await TestWorld.CreateAsync();

        (await world.VerifyAsync((await world.IssueAsync()).Text, trusted: world.Trusted with { Fetcher = null })).CannotTell(CheckName.Status, ProblemCode.Offline);
    }

    [Fact]
    public async Task RequireAnchor_insists_where_the_credential_names_no_registry()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        byte[] plain = await world.Issuer.SignAsync(Text.Edit(world.Issuer.Prepare("brazil").Text, json => json.Remove("credentialStatus")));

        (await world.VerifyAsync(plain)).IsVerified();
        (await world.VerifyAsync(plain, VerificationPolicy.RequireAnchor)).CannotTell(CheckName.Anchor, ProblemCode.AnchorReceiptError);
        (await world.VerifyAsync((await world.IssueAsync()).Text, VerificationPolicy.RequireAnchor)).IsVerified();
    }

    [Fact]
    public async Task Without_status_verifies_what_is_revoked_and_says_that_it_did_not_look()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored diploma = await world.IssueAsync();
        world.Issuer.Revocations[diploma.Bare.StatusListIndex] = true;
        await world.PublishStatusAsync();
        VerificationResult result = await world.VerifyAsync(diploma.Text, VerificationPolicy.Default.WithoutStatusUnsafe());

        result.IsVerified();
        result.Is(CheckName.Status, CheckOutcome.Skipped);
        Assert.Equal("default without status", result.Policy);
        Assert.Equal(1, world.Web.Fetches);
    }

    [Fact]
    public async Task No_policy_can_waive_format_proof_or_issuer()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        var lax = new VerificationPolicy { Name = "lax", Required = new HashSet<string>(), Waived = CheckName.All.ToHashSet(), AnchorRequiredIfNamed = false };
        SampleAnchored diploma = await world.IssueAsync();
        (await world.VerifyAsync(diploma.Text, lax)).IsVerified();

        (await world.VerifyAsync(Text.Replace(diploma.Text, "8.74", "9.74"), lax)).IsRejected(CheckName.Proof, ProblemCode.CryptographicSecurityError);
        world.Web.Put(world.DidUrl, Text.Edit(world.Issuer.DocumentText, json => json["assertionMethod"]!.AsArray().Clear()));
        (await world.VerifyAsync(diploma.Text, lax)).CannotTell(CheckName.Issuer, ProblemCode.InvalidVerificationMethod);
        (await world.VerifyAsync(diploma.Text, lax, world.Trusted with { DidResolver = DidResolver.Offline })).CannotTell(CheckName.Proof, ProblemCode.MethodNotSupported);
        (await world.VerifyAsync("{}"u8.ToArray(), lax)).CannotTell(CheckName.Format, ProblemCode.MalformedValueError);
    }

    [Fact]
    public async Task AsOf_verifies_what_has_expired_since()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        byte[] text = Text.Edit(world.Issuer.Prepare("brazil").Text, json =>
        {
            json.Remove("credentialStatus");
            json["validUntil"] = "2027-01-01T00:00:00Z";
        });
        byte[] signed = await world.Issuer.SignAsync(text);
        DateTimeOffset then = world.Clock.Now;
        world.Clock.Now += 365 * Day;

        (await world.VerifyAsync(signed)).IsRejected(CheckName.ValidityPeriod, ProblemCode.CredentialExpired);
        VerificationResult result = await world.VerifyAsync(signed, VerificationPolicy.AsOf(then));
        result.IsVerified();
        Assert.Equal(then, result.At);
    }

    [Fact]
    public async Task AsOf_verifies_what_was_revoked_on_the_chain_later_and_says_so()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored diploma = await world.IssueAsync();
        DateTimeOffset then = world.Clock.Now + Day;
        world.Clock.Now += 3 * Day;
        await world.RevokeOnChainAsync(diploma.Bare.Handle);
        await world.PublishStatusAsync();

        (await world.VerifyAsync(diploma.Text)).IsRejected(CheckName.Status, ProblemCode.CredentialRevoked);
        VerificationResult result = await world.VerifyAsync(diploma.Text, VerificationPolicy.AsOf(then));
        result.IsVerified();
        Assert.Contains("revoked on the chain on 2026-09-18", result[CheckName.Status].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AsOf_cannot_tell_when_a_newer_list_says_revoked()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored diploma = await world.IssueAsync();
        DateTimeOffset then = world.Clock.Now + Day;
        world.Clock.Now += 3 * Day;
        world.Issuer.Revocations[diploma.Bare.StatusListIndex] = true;
        await world.PublishStatusAsync();

        (await world.VerifyAsync(diploma.Text, VerificationPolicy.AsOf(then))).CannotTell(CheckName.Status, ProblemCode.StatusVerificationError);
    }

    [Fact]
    public async Task AsOf_says_that_a_suspension_may_have_come_and_gone()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored diploma = await world.IssueAsync();
        DateTimeOffset then = world.Clock.Now;
        world.Clock.Now += Day;
        await world.PublishStatusAsync();
        VerificationResult result = await world.VerifyAsync(diploma.Text, VerificationPolicy.AsOf(then));

        Assert.Contains("may have been lifted since", result[CheckName.Status].Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("may have been lifted since", (await world.VerifyAsync(diploma.Text))[CheckName.Status].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AsOf_rejects_what_was_revoked_before()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored diploma = await world.IssueAsync();
        await world.RevokeOnChainAsync(diploma.Bare.Handle);

        (await world.VerifyAsync(diploma.Text, VerificationPolicy.AsOf(world.Clock.Now + Day))).IsRejected(CheckName.Status, ProblemCode.CredentialRevoked);
    }

    [Fact]
    public async Task AsOf_cannot_tell_before_the_anchor()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        DateTimeOffset then = world.Clock.Now;
        world.Clock.Now += 2 * Day;
        SampleAnchored diploma = await world.IssueAsync();

        (await world.VerifyAsync(diploma.Text, VerificationPolicy.AsOf(then))).CannotTell(CheckName.Anchor, ProblemCode.AnchorNotFinal);
    }

    [Fact]
    public async Task AsOf_judges_a_key_for_the_anchor_still()
    {
        using TestWorld world = await TestWorld.CreateAsync(p256Revoked: Samples.Time + Day);
        SampleAnchored diploma = await world.IssueAsync();
        world.Clock.Now += 3 * Day;
        await world.PublishStatusAsync();

        (await world.VerifyAsync(diploma.Text, VerificationPolicy.AsOf(Samples.Time + (Day / 2)))).IsVerified();
        (await world.VerifyAsync(diploma.Text, VerificationPolicy.AsOf(Samples.Time + (2 * Day)))).IsVerified();
    }

    [Fact]
    public async Task AsOf_takes_no_backdated_diploma_of_a_key_that_was_stolen_since()
    {
        using TestWorld world = await TestWorld.CreateAsync(p256Revoked: Samples.Time + Day);
        world.Clock.Now += 2 * Day;
        DateTimeOffset then = Samples.Time + (Day / 2);

        // Nothing shows that it is older than the theft: it names no registry, or has no receipt.
        byte[] plain = await world.Issuer.SignAsync(Text.Edit(world.Issuer.Prepare("brazil").Text, json => json.Remove("credentialStatus")));
        (await world.VerifyAsync(plain, VerificationPolicy.AsOf(then))).IsRejected(CheckName.Issuer, ProblemCode.KeyNotValid);
        await world.PublishStatusAsync();
        (await world.VerifyAsync((await world.Issuer.IssueAsync()).Text, VerificationPolicy.AsOf(then) with { AnchorRequiredIfNamed = false })).CannotTell(CheckName.Issuer, ProblemCode.KeyNotValid);
    }

    [Fact]
    public void The_named_policies_are_as_their_table_says()
    {
        Assert.Equal([CheckName.Issuer, CheckName.Status, CheckName.ValidityPeriod], VerificationPolicy.Default.Required.Order());
        Assert.Equal([CheckName.Anchor, CheckName.Issuer, CheckName.Status, CheckName.ValidityPeriod], VerificationPolicy.RequireAnchor.Required.Order());
        Assert.Equal([CheckName.Issuer, CheckName.ValidityPeriod], VerificationPolicy.Offline.Required.Order());
        Assert.True(VerificationPolicy.Default.AnchorRequiredIfNamed && !VerificationPolicy.Offline.AnchorRequiredIfNamed);
        Assert.All([VerificationPolicy.Default, VerificationPolicy.RequireAnchor, VerificationPolicy.Offline, VerificationPolicy.AsOf(Samples.Time)], policy => Assert.Empty(policy.Waived));
        Assert.Equal(Anchoring.Finality.Finalized, VerificationPolicy.Default.MinimumFinality);
    }
}
