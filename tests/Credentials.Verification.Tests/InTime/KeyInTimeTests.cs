using Credentials.Anchoring;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.InTime;

/// <summary>The issuer's key on the chain, judged as of the anchor.</summary>
public sealed class KeyInTimeTests
{
    [Fact]
    public async Task Verifies_without_the_issuers_web_site_what_the_chain_alone_shows_and_in_one_read()
    {
        using var world = new TimeWorld();
        SampleAnchored diploma = await world.IssueAsync();
        world.TakeDidDown();
        VerificationResult result = await world.VerifyAsync(diploma);

        result.IsVerified();
        Assert.Equal(0, world.Web.Fetches);
        Assert.Equal(1, world.Registry.Reads);
    }

    [Fact]
    public async Task Verifies_a_pinned_institution_without_its_web_site_and_without_any_accreditor()
    {
        using var world = new TimeWorld();
        SampleAnchored diploma = await world.IssueAsync();
        world.TakeDidDown();
        VerificationResult result = await world.VerifyAsync(diploma, world.Pinning);

        result.IsVerified();
        Assert.Null(result.Accreditation);
    }

    [Theory]
    [InlineData(KeyRevocationReason.Retired, "retired in the ordinary course")]
    [InlineData(KeyRevocationReason.Compromised, "somebody else may have it")]
    public async Task A_key_given_up_later_still_counts_and_the_reason_is_told(KeyRevocationReason reason, string words)
    {
        using var world = new TimeWorld();
        SampleAnchored diploma = await world.IssueAsync();
        world.RevokeKey(TimeWorld.Anchored + TimeWorld.Second, reason);
        world.TakeDidDown();
        VerificationResult result = await world.VerifyAsync(diploma);

        result.IsVerified();
        Assert.Contains(words, result[CheckName.Issuer].Detail, StringComparison.Ordinal);
        Assert.Equal(reason, result.KeyGivenUp!.Reason);
        Assert.Equal(TimeWorld.Anchored + TimeWorld.Second, result.KeyGivenUp.RevokedAt);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(-86400)]
    public async Task Rejects_what_a_retired_key_signed_that_was_anchored_when_it_was_given_up_or_later(int seconds)
    {
        using var world = new TimeWorld();
        SampleAnchored diploma = await world.IssueAsync();
        world.RevokeKey(TimeWorld.Anchored.AddSeconds(seconds));

        VerificationResult result = await world.VerifyAsync(diploma);
        result.IsRejected(CheckName.Issuer, ProblemCode.KeyNotValid);
        Assert.Null(result.KeyGivenUp);
    }

    [Fact]
    public async Task Rejects_it_too_where_nobody_vouches_and_the_DID_document_still_lists_the_key()
    {
        using var world = new TimeWorld();
        SampleAnchored diploma = await world.IssueAsync();
        world.RevokeKey(TimeWorld.Anchored - TimeWorld.Day);

        (await world.VerifyAsync(diploma, world.Unaccredited, VerificationPolicy.Default)).IsRejected(CheckName.Issuer, ProblemCode.KeyNotValid);
    }

    [Fact]
    public async Task Tells_of_a_key_given_up_later_where_the_DID_document_decides()
    {
        using var world = new TimeWorld();
        SampleAnchored diploma = await world.IssueAsync();
        world.RevokeKey(TimeWorld.Anchored + TimeWorld.Day, KeyRevocationReason.Compromised);
        VerificationResult result = await world.VerifyAsync(diploma, world.Unaccredited, VerificationPolicy.Default);

        result.IsVerified();
        Assert.Contains("somebody else may have it", result[CheckName.Issuer].Detail, StringComparison.Ordinal);
        Assert.NotNull(result.KeyGivenUp);
    }

    [Fact]
    public async Task Cannot_tell_by_a_revoked_key_while_the_anchor_that_might_clear_it_is_missing()
    {
        using var world = new TimeWorld();
        SampleAnchored diploma = await world.IssueAsync();
        world.RevokeKey(TimeWorld.Anchored + TimeWorld.Day);

        (await world.VerifyAsync(diploma.Bare.Text)).CannotTell(CheckName.Issuer, ProblemCode.KeyNotValid);
    }

    [Fact]
    public async Task Cannot_tell_by_the_chain_alone_when_the_key_counted_only_after_the_anchor()
    {
        using var world = new TimeWorld();
        SampleAnchored diploma = await world.IssueAsync();
        world.AddKey(world.Issuer.P256.PublicKey, TimeWorld.Anchored + TimeWorld.Second);
        world.TakeDidDown();

        (await world.VerifyAsync(diploma)).CannotTell(CheckName.Proof, ProblemCode.DidResolutionError);
    }

    [Fact]
    public async Task Verifies_at_the_very_second_from_which_the_key_counts()
    {
        using var world = new TimeWorld();
        SampleAnchored diploma = await world.IssueAsync();
        world.AddKey(world.Issuer.P256.PublicKey, TimeWorld.Anchored);
        world.TakeDidDown();

        (await world.VerifyAsync(diploma)).IsVerified();
    }

    [Fact]
    public async Task A_key_that_was_written_down_after_the_anchor_takes_nothing_from_a_diploma_that_the_DID_document_clears()
    {
        using var world = new TimeWorld();
        SampleAnchored diploma = await world.IssueAsync();
        world.AddKey(world.Issuer.P256.PublicKey, TimeWorld.Anchored + TimeWorld.Day);

        (await world.VerifyAsync(diploma)).IsVerified();
    }

    [Fact]
    public async Task The_chain_wins_over_a_DID_document_that_no_longer_lists_the_key()
    {
        using var world = new TimeWorld();
        SampleAnchored diploma = await world.IssueAsync();
        world.Web.Put(world.DidUrl, Text.Edit(world.Issuer.DocumentText, json => json["assertionMethod"]!.AsArray().Clear()));

        (await world.VerifyAsync(diploma)).IsVerified();
        (await world.VerifyAsync(diploma, world.Unaccredited, VerificationPolicy.Default)).CannotTell(CheckName.Issuer, ProblemCode.InvalidVerificationMethod);
    }

    [Fact]
    public async Task Rejects_what_was_changed_without_asking_the_issuers_web_site()
    {
        using var world = new TimeWorld();
        SampleAnchored diploma = await world.IssueAsync();
        world.TakeDidDown();

        (await world.VerifyAsync(Text.Replace(diploma.Text, "8.74", "9.74"))).IsRejected(CheckName.Proof, ProblemCode.CryptographicSecurityError);
        Assert.Equal(0, world.Web.Fetches);
    }

    [Fact]
    public async Task Rejects_what_is_signed_with_the_key_of_a_hijacked_DID_document_under_a_name_that_the_chain_gives_to_another()
    {
        using var world = new TimeWorld();
        using var hijacker = new SampleIssuer("hijacker") { Did = world.Issuer.Did, Registry = world.Issuer.Registry, Institution = world.Issuer.Institution };
        SampleAnchored forged = await world.IssueAsync(signer: hijacker);
        world.Web.Put(world.DidUrl, hijacker.DocumentText);

        (await world.VerifyAsync(forged)).IsRejected(CheckName.Proof, ProblemCode.CryptographicSecurityError);
    }

    [Fact]
    public async Task Judges_for_the_moment_asked_about_only_what_was_anchored_by_then()
    {
        using var world = new TimeWorld();
        SampleAnchored diploma = await world.IssueAsync();
        world.RevokeKey(TimeWorld.Anchored + TimeWorld.Day);

        (await world.VerifyAsync(diploma, policy: VerificationPolicy.AsOf(TimeWorld.Anchored + (2 * TimeWorld.Day)))).IsVerified();
        (await world.VerifyAsync(diploma, policy: VerificationPolicy.AsOf(TimeWorld.Anchored - TimeWorld.Second) with { ClockTolerance = TimeSpan.FromDays(60) })).Is(CheckName.Anchor, CheckOutcome.Indeterminate, ProblemCode.AnchorNotFinal);
    }

    [Fact]
    public async Task Offline_asks_nobody_and_says_so()
    {
        using var world = new TimeWorld();
        SampleAnchored diploma = await world.IssueAsync();
        VerificationResult result = await world.VerifyAsync(diploma, world.Trusted with { PinnedDidDocuments = [world.Issuer.Document] }, VerificationPolicy.Offline);

        result.IsVerified();
        result.Is(CheckName.Accreditation, CheckOutcome.Indeterminate, ProblemCode.AnchorNotFinal);
        Assert.Equal(0, world.Registry.Reads + world.Web.Fetches);
    }
}
