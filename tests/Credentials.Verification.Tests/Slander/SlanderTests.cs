using System.Diagnostics;
using System.Text.Json.Nodes;
using Credentials.Anchoring;
using Credentials.Ethereum.Registry;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.Slander;

/// <summary>Nothing genuine is slandered: what cannot be had says nothing against a diploma.</summary>
public sealed class SlanderTests
{
    [Fact]
    public async Task A_chain_that_is_down()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored anchored = await world.IssueAsync();
        world.Ledger.Unplugged = true;
        VerificationResult result = await world.VerifyAsync(anchored.Text);

        result.CannotTell(CheckName.Status, ProblemCode.LedgerUnavailable);
        result.Is(CheckName.Anchor, CheckOutcome.Indeterminate, ProblemCode.LedgerUnavailable);
    }

    [Fact]
    public async Task A_chain_that_is_slow_and_cannot_be_hurried()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored anchored = await world.IssueAsync();
        var slow = new CountingReader(new TrustedRegistryReader(world.Chain, world.Ledger)) { Delay = TimeSpan.FromSeconds(30) };
        VerificationPolicy hurried = VerificationPolicy.Default with { Patience = TimeSpan.FromSeconds(0.2) };
        VerificationResult result = await world.VerifyAsync(anchored.Text, hurried, world.Trusted with { Registries = [slow] });

        result.CannotTell(CheckName.Status, ProblemCode.LedgerUnavailable);
        result.Is(CheckName.Anchor, CheckOutcome.Indeterminate, ProblemCode.LedgerUnavailable);
        Assert.Equal(1, slow.Reads);
    }

    [Fact]
    public async Task A_second_node_helps_when_the_first_is_down()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored anchored = await world.IssueAsync();
        using TestWorld elsewhere = await TestWorld.CreateAsync();
        IRegistryReader dead = new TrustedRegistryReader(world.Chain, elsewhere.Ledger);

        (await world.VerifyAsync(anchored.Text, trusted: world.Trusted with { Registries = [dead, .. world.Trusted.Registries] })).IsVerified();
    }

    [Fact]
    public async Task A_node_at_a_wrong_block_height()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored anchored = await world.IssueAsync();

        // The blocks of the anchor, replaced by empty ones: the node has not seen it (yet).
        world.Ledger.Reorganise(3);
        VerificationResult result = await world.VerifyAsync(anchored.Text);
        result.CannotTell(CheckName.Anchor, ProblemCode.AnchorNotFinal);
        result.Is(CheckName.Status, CheckOutcome.Passed);
    }

    [Fact]
    public async Task A_node_that_has_not_seen_the_institution_yet()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored anchored = await world.IssueAsync();
        world.Ledger.Reorganise(6);
        VerificationResult result = await world.VerifyAsync(anchored.Text);

        result.CannotTell(CheckName.Status, ProblemCode.StatusRetrievalError);
        result.Is(CheckName.Anchor, CheckOutcome.Indeterminate, ProblemCode.AnchorNotFinal);
    }

    [Fact]
    public async Task A_node_that_stopped_following_the_chain_long_ago()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored anchored = await world.IssueAsync();
        world.Clock.Now += TimeSpan.FromDays(8);
        await world.PublishStatusAsync();
        VerificationResult result = await world.VerifyAsync(anchored.Text);

        result.CannotTell(CheckName.Status, ProblemCode.StatusRetrievalError);
        Assert.Contains("newest block", result.Decisive!.Detail, StringComparison.Ordinal);
        result.Is(CheckName.Anchor, CheckOutcome.Passed);
    }

    [Fact]
    public async Task A_DID_host_that_is_down()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored anchored = await world.IssueAsync();
        world.Web.Break(world.DidUrl, "connection refused");
        VerificationResult result = await world.VerifyAsync(anchored.Text);

        result.CannotTell(CheckName.Proof, ProblemCode.DidResolutionError);
        Assert.Equal(Remedy.TryLater, result.Decisive!.Remedy);
    }

    [Fact]
    public async Task A_DID_host_that_is_down_matters_not_where_the_document_is_pinned()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored anchored = await world.IssueAsync();
        world.Web.Break(world.DidUrl, "connection refused");

        (await world.VerifyAsync(anchored.Text, trusted: world.Trusted with { PinnedDidDocuments = [world.Issuer.Document] })).IsVerified();
    }

    [Fact]
    public async Task A_DID_host_that_never_answers()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored anchored = await world.IssueAsync();
        world.Web.Hangs = true;

        (await world.VerifyAsync(anchored.Text, VerificationPolicy.Default with { Patience = TimeSpan.FromSeconds(0.1) })).CannotTell(CheckName.Proof, ProblemCode.DidResolutionError);
    }

    [Fact]
    public async Task Many_slow_hosts_take_no_longer_than_one()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        byte[] text = Text.Edit((await world.IssueAsync()).Bare.Text, json => json["proof"] = new JsonArray([.. Enumerable.Range(0, 16).Select(i =>
        {
            JsonNode proof = json["proof"]!.DeepClone();
            proof["verificationMethod"] = $"did:web:slow{i}.example#key";
            return proof;
        })]));
        world.Web.Hangs = true;
        long started = Stopwatch.GetTimestamp();
        VerificationResult result = await world.VerifyAsync(text, VerificationPolicy.Default with { Patience = TimeSpan.FromSeconds(1) });

        result.CannotTell(CheckName.Proof, ProblemCode.DidResolutionError);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_key_that_the_live_DID_document_no_longer_has()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored anchored = await world.IssueAsync();
        world.Web.Put(world.DidUrl, Text.Edit(world.Issuer.DocumentText, json =>
        {
            json["verificationMethod"]!.AsArray().RemoveAt(0);
            json["assertionMethod"]!.AsArray().RemoveAt(0);
        }));

        (await world.VerifyAsync(anchored.Text)).CannotTell(CheckName.Proof, ProblemCode.InvalidVerificationMethod);
    }

    [Fact]
    public async Task A_key_that_the_live_DID_document_no_longer_lists_for_assertions()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored anchored = await world.IssueAsync();
        world.Web.Put(world.DidUrl, Text.Edit(world.Issuer.DocumentText, json => json["assertionMethod"]!.AsArray().RemoveAt(0)));

        (await world.VerifyAsync(anchored.Text)).CannotTell(CheckName.Issuer, ProblemCode.InvalidVerificationMethod);
    }

    [Theory]
    [InlineData("not base64url!")]
    [InlineData("u")]
    [InlineData("uAAAA")]
    [InlineData("zAAAA")]
    [InlineData("")]
    public async Task A_corrupt_receipt(string proofValue)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        byte[] corrupt = Text.Edit((await world.IssueAsync()).Text, json => json["proof"]![1]!["proofValue"] = proofValue);
        VerificationResult result = await world.VerifyAsync(corrupt);

        result.CannotTell(CheckName.Anchor, ProblemCode.AnchorReceiptError);
        Assert.Equal(Remedy.Holder, result.Decisive!.Remedy);
        Assert.All(result.Checks.Take(5), check => Assert.Equal(CheckOutcome.Passed, check.Outcome));
    }

    [Fact]
    public async Task A_download_that_broke_off_anywhere()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        byte[] whole = (await world.IssueAsync()).Text;
        CredentialVerifier verifier = world.Verifier();
        for (int length = 0; length < whole.Length; length += Randomised.Soak ? 1 : 37)
        {
            (await verifier.VerifyAsync(whole.AsMemory(0, length), CancellationToken.None)).CannotTell(CheckName.Format, ProblemCode.ParsingError);
        }
    }

    [Fact]
    public async Task An_anchor_that_is_not_settled_yet()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        world.Ledger.MinesAtOnce = false;
        SampleAnchored anchored = await world.Issuer.IssueAnchoredAsync();
        await world.AnchorAsync(anchored.Receipt.Root);
        (await world.VerifyAsync(anchored.Text)).CannotTell(CheckName.Anchor, ProblemCode.AnchorNotFinal);

        world.Ledger.Mine();
        VerificationResult included = await world.VerifyAsync(anchored.Text);
        included.CannotTell(CheckName.Anchor, ProblemCode.AnchorNotFinal);
        Assert.Contains("included in a block", included.Decisive!.Detail, StringComparison.Ordinal);
        Assert.Equal(Remedy.TryLater, included.Decisive.Remedy);

        world.Ledger.Mine();
        Assert.Contains("safe", (await world.VerifyAsync(anchored.Text)).Decisive!.Detail, StringComparison.Ordinal);
        (await world.VerifyAsync(anchored.Text, VerificationPolicy.Default with { MinimumFinality = Finality.Safe })).IsVerified();

        world.Ledger.Mine();
        (await world.VerifyAsync(anchored.Text)).IsVerified();
    }

    [Fact]
    public async Task A_revoked_key_while_the_chain_that_would_clear_it_is_down()
    {
        using TestWorld world = await TestWorld.CreateAsync(p256Revoked: Samples.Time + TimeSpan.FromHours(2));
        SampleAnchored anchored = await world.IssueAsync();
        world.Clock.Now += TimeSpan.FromDays(1);
        (await world.VerifyAsync(anchored.Text, VerificationPolicy.Default.WithoutStatusUnsafe())).IsVerified();

        world.Ledger.Unplugged = true;
        VerificationResult result = await world.VerifyAsync(anchored.Text, VerificationPolicy.Default.WithoutStatusUnsafe());
        result.CannotTell(CheckName.Issuer, ProblemCode.KeyNotValid);
    }
}
