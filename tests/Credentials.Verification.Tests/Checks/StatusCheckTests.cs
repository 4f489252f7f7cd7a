using System.Text.Json.Nodes;
using Credentials.Status;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.Checks;

public sealed class StatusCheckTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public async Task Rejects_what_the_revocation_list_says()
    {
        VerificationResult result = await WithAsync((world, diploma) =>
        {
            world.Issuer.Revocations[diploma.Bare.StatusListIndex] = true;
            return world.PublishStatusAsync();
        });

        result.IsRejected(CheckName.Status, ProblemCode.CredentialRevoked);
        Assert.Equal(Remedy.Issuer, result.Decisive!.Remedy);
    }

    [Fact]
    public async Task Rejects_what_is_suspended_and_says_that_it_may_be_lifted()
    {
        VerificationResult result = await WithAsync((world, diploma) =>
        {
            world.Issuer.Suspensions[diploma.Bare.StatusListIndex] = true;
            return world.PublishStatusAsync();
        });

        result.IsRejected(CheckName.Status, ProblemCode.CredentialSuspended);
        Assert.Contains("may lift that", result.Decisive!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_revoked_of_what_is_suspended_as_well() =>
        (await WithAsync(async (world, diploma) =>
        {
            world.Issuer.Suspensions[diploma.Bare.StatusListIndex] = true;
            await world.PublishStatusAsync();
            await world.RevokeOnChainAsync(diploma.Bare.Handle);
        })).IsRejected(CheckName.Status, ProblemCode.CredentialRevoked);

    [Fact]
    public async Task Rejects_what_was_revoked_on_the_chain_and_says_when()
    {
        VerificationResult result = await WithAsync((world, diploma) => world.RevokeOnChainAsync(diploma.Bare.Handle));

        result.IsRejected(CheckName.Status, ProblemCode.CredentialRevoked);
        Assert.Contains("2026-09-15", result.Decisive!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rejects_a_revocation_on_the_chain_before_it_is_settled() =>
        (await WithAsync(async (world, diploma) =>
        {
            world.Ledger.MinesAtOnce = false;
            await world.RevokeOnChainAsync(diploma.Bare.Handle);
            world.Ledger.Mine();
        })).IsRejected(CheckName.Status, ProblemCode.CredentialRevoked);

    [Fact]
    public async Task Minds_nobody_elses_revocation() =>
        (await WithAsync(async (world, diploma) =>
        {
            world.Issuer.Revocations[diploma.Bare.StatusListIndex + 1] = true;
            await world.PublishStatusAsync();
            await world.RevokeOnChainAsync(Anchoring.RegistryHandle.Create());
        })).IsVerified();

    [Fact]
    public async Task Revoked_on_the_chain_beats_a_status_host_that_is_down() =>
        (await WithAsync((world, diploma) =>
        {
            world.Web.Break(world.RevocationUrl, "connection refused");
            return world.RevokeOnChainAsync(diploma.Bare.Handle);
        })).IsRejected(CheckName.Status, ProblemCode.CredentialRevoked);

    [Fact]
    public async Task Cannot_tell_by_a_list_that_was_altered() =>
        (await WithAsync((world, _) =>
        {
            var bits = new BitstringStatusList();
            bits[5] = true;
            world.Web.Put(world.RevocationUrl, Text.Edit(world.Web.Get(world.RevocationUrl).ToArray(), json => json["credentialSubject"]!["encodedList"] = bits.Encode()));
            return Task.CompletedTask;
        })).CannotTell(CheckName.Status, ProblemCode.StatusVerificationError);

    [Fact]
    public async Task Cannot_tell_by_a_list_without_a_signature() =>
        (await WithAsync((world, _) =>
        {
            world.Web.Put(world.RevocationUrl, Text.Edit(world.Web.Get(world.RevocationUrl).ToArray(), json => json.Remove("proof")));
            return Task.CompletedTask;
        })).CannotTell(CheckName.Status, ProblemCode.StatusVerificationError);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cannot_tell_by_a_list_that_somebody_else_signed(bool revoked) =>
        (await WithAsync(async (world, diploma) =>
        {
            // Whoever takes over the status host can neither revoke nor clear.
            using SampleIssuer squatter = Squatter(world);
            squatter.Revocations[diploma.Bare.StatusListIndex] = revoked;
            world.Web.Put(world.RevocationUrl, await squatter.StatusListAsync());
        })).CannotTell(CheckName.Status, ProblemCode.StatusVerificationError);

    [Fact]
    public async Task Believes_a_list_of_another_party_that_the_verifier_has_pinned()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored diploma = await world.IssueAsync();
        using SampleIssuer service = Squatter(world);
        service.Revocations[diploma.Bare.StatusListIndex] = true;
        world.Web.Put(world.RevocationUrl, await service.StatusListAsync());

        (await world.VerifyAsync(diploma.Text, trusted: world.Trusted with { PinnedDidDocuments = [service.Document] })).IsRejected(CheckName.Status, ProblemCode.CredentialRevoked);
    }

    [Fact]
    public async Task Cannot_tell_by_another_list_of_the_same_issuer() =>
        (await WithAsync((world, _) =>
        {
            world.Web.Put(world.RevocationUrl, world.Web.Get(world.SuspensionUrl));
            return Task.CompletedTask;
        })).CannotTell(CheckName.Status, ProblemCode.StatusVerificationError);

    [Fact]
    public async Task Cannot_tell_by_a_list_that_has_expired() =>
        (await WithAsync(async (world, _) =>
        {
            await world.PublishStatusAsync(TimeSpan.FromMinutes(30));
            world.Clock.Now += TimeSpan.FromHours(1);
        })).CannotTell(CheckName.Status, ProblemCode.StatusVerificationError);

    [Fact]
    public async Task Cannot_tell_by_a_list_that_is_older_than_the_policy_allows()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored diploma = await world.IssueAsync();
        await world.PublishStatusAsync(30 * Day);
        world.Clock.Now += 6 * Day;
        (await world.VerifyAsync(diploma.Text)).IsVerified();

        (await world.VerifyAsync(diploma.Text, VerificationPolicy.Default with { MaxStatusAge = 5 * Day })).CannotTell(CheckName.Status, ProblemCode.StatusVerificationError);
        world.Clock.Now += 2 * Day;
        (await world.VerifyAsync(diploma.Text)).CannotTell(CheckName.Status, ProblemCode.StatusVerificationError);
    }

    [Fact]
    public async Task Cannot_tell_by_a_list_of_the_future() =>
        (await WithAsync(async (world, _) =>
        {
            using SampleIssuer tomorrow = world.IssuerAt(world.Clock.Now + Day);
            world.Web.Put(world.RevocationUrl, await tomorrow.StatusListAsync());
        })).CannotTell(CheckName.Status, ProblemCode.StatusVerificationError);

    [Fact]
    public async Task Cannot_tell_by_an_entry_outside_of_the_list() =>
        (await WithEntriesAsync(entries => entries[0]!["statusListIndex"] = "131072")).CannotTell(CheckName.Status, ProblemCode.RangeError);

    [Fact]
    public async Task Cannot_tell_by_a_list_of_another_purpose() =>
        (await WithEntriesAsync(entries => entries[1]!["statusPurpose"] = "revocation")).CannotTell(CheckName.Status, ProblemCode.StatusVerificationError);

    [Fact]
    public async Task Cannot_tell_by_a_status_of_an_unknown_type() =>
        (await WithEntriesAsync(entries => entries.Add(new JsonObject { ["id"] = "urn:x:1", ["type"] = "OracleStatus2031" }))).CannotTell(CheckName.Status, ProblemCode.StatusRetrievalError);

    [Theory]
    [InlineData("message")]
    [InlineData("refresh")]
    [InlineData("horoscope")]
    public async Task Is_not_decided_by_a_purpose_that_is_neither_revocation_nor_suspension(string purpose)
    {
        VerificationResult result = await WithEntriesAsync(entries =>
        {
            JsonObject other = entries[1]!.DeepClone().AsObject();
            other["statusPurpose"] = purpose;
            other["id"] = "urn:x:1";
            entries.Add(other);
        });

        result.Is(CheckName.Status, CheckOutcome.Passed);
        Assert.Contains(purpose, result[CheckName.Status].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cannot_tell_by_a_multitude_of_entries() =>
        (await WithEntriesAsync(entries =>
        {
            for (int i = 0; i < 20; i++)
            {
                JsonObject other = entries[0]!.DeepClone().AsObject();
                other["statusListCredential"] = $"https://victim{i}.example/list";
                entries.Add(other);
            }
        })).CannotTell(CheckName.Status, ProblemCode.StatusVerificationError);

    [Fact]
    public async Task Skips_a_credential_without_a_status_and_is_satisfied()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        byte[] plain = await world.Issuer.SignAsync(Text.Edit(world.Issuer.Prepare("brazil").Text, json => json.Remove("credentialStatus")));
        VerificationResult result = await world.VerifyAsync(plain);

        result.IsVerified();
        result.Is(CheckName.Status, CheckOutcome.Skipped);
    }

    private static SampleIssuer Squatter(TestWorld world)
    {
        var squatter = new SampleIssuer("squatter") { StatusBaseUrl = world.Issuer.StatusBaseUrl };
        world.Web.Put("https://squatter.example/.well-known/did.json", squatter.DocumentText);
        return squatter;
    }

    private static async Task<VerificationResult> WithAsync(Func<TestWorld, SampleAnchored, Task> happens)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored diploma = await world.IssueAsync();
        await happens(world, diploma);
        return await world.VerifyAsync(diploma.Text);
    }

    /// <summary>A diploma whose status entries were edited before it was signed.</summary>
    private static async Task<VerificationResult> WithEntriesAsync(Action<JsonArray> edit)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        (byte[] text, Anchoring.RegistryHandle handle, int index) = world.Issuer.Prepare("brazil");
        byte[] signed = await world.Issuer.SignAsync(Text.Edit(text, json => edit(json["credentialStatus"]!.AsArray())));
        SampleAnchored anchored = world.Issuer.Anchor(new SampleCredential(signed, handle, index));
        await world.AnchorAsync(anchored.Receipt.Root);
        return await world.VerifyAsync(anchored.Text);
    }
}
