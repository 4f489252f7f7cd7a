using System.Text.Json.Nodes;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.Checks;

public sealed class StatusCheckTests
{
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

    [Theory]
    [InlineData("message")]
    [InlineData("refresh")]
    [InlineData("horoscope")]
    public async Task Does_not_pass_for_purposes_alone_that_withdraw_nothing_and_tells_them(string purpose)
    {
        VerificationResult result = await WithEntriesAsync(entries =>
        {
            entries[0]!["statusPurpose"] = purpose;
            entries.RemoveAt(2);
            entries.RemoveAt(1);
        });

        result.Is(CheckName.Status, CheckOutcome.Skipped);
        Assert.Contains(purpose == "refresh" ? "newer copy" : purpose, result[CheckName.Status].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Holds_no_more_than_two_lists_of_a_credential_at_once()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        FormedDiploma diploma = await world.IssueAsAsync("ecdsa-jcs-2019", json =>
        {
            JsonArray entries = json["credentialStatus"]!.AsArray();
            for (int i = 0; i < 13; i++)
            {
                JsonObject other = entries[0]!.DeepClone().AsObject();
                other["id"] = $"urn:x:{i}";
                other["statusListCredential"] = $"https://status.example/lists/{i + 2}/revocation";
                entries.Add(other);
            }
        });
        var web = new CrowdedWeb(world.Web);
        VerificationResult result = await world.VerifyAsync(diploma, trusted: world.Trusted with { Fetcher = web });

        Assert.Equal(Verdict.Indeterminate, result.Verdict);
        Assert.Equal((15, 2), (web.Asked, web.MostAtOnce));
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

    /// <summary>A web that takes its time, and counts who waits.</summary>
    private sealed class CrowdedWeb(IDocumentFetcher inner) : IDocumentFetcher
    {
        private readonly Lock _gate = new();
        private int _waiting;

        public int Asked { get; private set; }

        public int MostAtOnce { get; private set; }

        public async Task<FetchedDocument> FetchAsync(Uri url, string accept, CancellationToken cancellationToken)
        {
            lock (_gate)
            {
                Asked++;
                MostAtOnce = Math.Max(MostAtOnce, ++_waiting);
            }

            await Task.Delay(20, cancellationToken);
            lock (_gate)
            {
                _waiting--;
            }

            return await inner.FetchAsync(url, accept, cancellationToken);
        }
    }
}
