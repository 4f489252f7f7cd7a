using System.Text.Json.Nodes;
using Credentials.Anchoring;
using Credentials.Evidence;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.Bundles;

/// <summary>A bundle alone, with no network and nothing kept of the university.</summary>
public sealed class BundleTests
{
    [Fact]
    public async Task Verifies_by_a_time_stamp_and_says_as_of_when()
    {
        using BundleWorld world = await BundleWorld.CreateAsync();
        EvidenceBundle bundle = await world.BundleAsync();
        world.World.Clock.Now = world.World.Clock.Now.AddYears(40);
        VerificationResult result = await world.VerifyAsync(bundle);
        result.IsVerified();
        result.Is(CheckName.Accreditation, CheckOutcome.Passed);
        result.Is(CheckName.Status, CheckOutcome.Passed);
        Assert.Equal(world.HeaderOf(bundle).Time, result.AsOf);
        Assert.Equal(RegistryAssurance.Bundle, (await ReadAsync(world, bundle)).Assurance);
        Assert.Contains("\"asOf\":\"", Utf8.Text(VerificationResultJson.ToUtf8(result)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verifies_by_the_signature_of_a_witness()
    {
        using BundleWorld world = await BundleWorld.CreateAsync();
        EvidenceBundle bundle = await world.BundleAsync(await world.IssueAsync(), world.Sign);
        (await world.VerifyAsync(bundle, world.Trusted with { Witnesses = [new("Archive", null, world.Witness.PublicKey)] })).IsVerified();
    }

    [Fact]
    public async Task Verifies_without_a_witness_where_the_block_is_a_checkpoint()
    {
        using BundleWorld world = await BundleWorld.CreateAsync();
        EvidenceBundle bundle = await world.BundleAsync(await world.IssueAsync(), _ => null);
        (await world.VerifyAsync(bundle, world.Trusted with { Checkpoints = [new(world.World.Chain.ChainId, world.HeaderOf(bundle).Hash)] })).IsVerified();
        await world.CannotTellAsync(bundle, ProblemCode.WitnessNotTrusted, world.Trusted with { Checkpoints = [new(1, world.HeaderOf(bundle).Hash)] });
    }

    [Fact]
    public async Task Verifies_where_the_relying_party_knows_the_institution_itself()
    {
        using BundleWorld world = await BundleWorld.CreateAsync();
        EvidenceBundle bundle = await world.BundleAsync();
        PinnedInstitution pinned = new(world.World.Chain.Registry, world.World.Issuer.Institution, world.World.Issuer.Did);
        (await world.VerifyAsync(bundle, world.Trusted with { Accreditors = [], PinnedInstitutions = [pinned] })).IsVerified();
    }

    [Fact]
    public async Task Rejects_a_diploma_that_was_revoked_on_chain_before_the_day_of_the_bundle()
    {
        using BundleWorld world = await BundleWorld.CreateAsync();
        SampleAnchored diploma = await world.IssueAsync();
        Assert.True(await world.World.RevokeOnChainAsync(diploma.Bare.Handle));
        world.World.Ledger.Mine(3);
        (await world.VerifyAsync(await world.BundleAsync(diploma))).IsRejected(CheckName.Status, ProblemCode.CredentialRevoked);
    }

    [Fact]
    public async Task Rejects_a_diploma_that_was_altered_inside_of_its_bundle()
    {
        using BundleWorld world = await BundleWorld.CreateAsync();
        JsonNode json = JsonNode.Parse((await world.BundleAsync()).ToUtf8())!;
        json["credential"]!["credentialSubject"]!["id"] = "did:example:somebody-else";
        VerificationResult result = await new CredentialVerifier(world.Trusted with { PinnedDidDocuments = [world.World.Issuer.Document] }, VerificationPolicy.Offline, world.World.Clock).VerifyBundleAsync(Utf8.Bytes(json.ToJsonString()), CancellationToken.None);
        Assert.Equal(Verdict.Rejected, result.Verdict);
    }

    [Fact]
    public async Task Asks_nodes_first_where_there_is_a_network()
    {
        using BundleWorld world = await BundleWorld.CreateAsync();
        SampleAnchored diploma = await world.IssueAsync();
        EvidenceBundle bundle = await world.BundleAsync(diploma);
        Assert.True(await world.World.RevokeOnChainAsync(diploma.Bare.Handle));
        world.World.Ledger.Mine(3);
        TrustedMaterial online = world.Trusted with { Registries = world.World.Trusted.Registries, DidResolver = world.World.Trusted.DidResolver, Fetcher = world.World.Web };
        (await world.VerifyAsync(bundle, online, VerificationPolicy.Default)).IsRejected(CheckName.Status, ProblemCode.CredentialRevoked);
        (await world.VerifyAsync(bundle)).IsVerified();
    }

    [Fact]
    public async Task Fills_in_what_nodes_no_longer_say_but_no_status_list_of_another_day()
    {
        using BundleWorld world = await BundleWorld.CreateAsync();
        EvidenceBundle bundle = await world.BundleAsync();
        TrustedMaterial online = world.Trusted with { Registries = world.World.Trusted.Registries };
        world.World.Ledger.Unplugged = true;
        VerificationResult fresh = await world.VerifyAsync(bundle, online with { Fetcher = world.World.Trusted.Fetcher }, VerificationPolicy.Default);
        fresh.IsVerified();
        Assert.Null(fresh.AsOf);

        // What a suspension in an old list says of today cannot be told; that it verified then, can.
        VerificationResult hostless = await world.VerifyAsync(bundle, online with { Fetcher = new TestWeb() }, VerificationPolicy.Default);
        hostless.CannotTell(CheckName.Status, ProblemCode.StatusRetrievalError);
        Assert.Equal(world.HeaderOf(bundle).Time, hostless.AsOf);
        world.World.Clock.Now = world.World.Clock.Now.AddDays(30);
        Assert.Equal(Verdict.Indeterminate, (await world.VerifyAsync(bundle, online, VerificationPolicy.Default)).Verdict);
    }

    [Fact]
    public async Task A_file_that_is_no_bundle_is_never_rejected()
    {
        using BundleWorld world = await BundleWorld.CreateAsync();
        var verifier = new CredentialVerifier(world.Trusted, VerificationPolicy.Offline, world.World.Clock);
        foreach (string text in (string[])["", "{}", """{"type":"EvidenceBundle","version":2}""", "not JSON"])
        {
            (await verifier.VerifyBundleAsync(Utf8.Bytes(text), CancellationToken.None)).CannotTell(CheckName.Format, ProblemCode.EvidenceError);
        }
    }

    [Fact]
    public async Task Another_version_of_a_context_is_no_forgery()
    {
        using BundleWorld world = await BundleWorld.CreateAsync();
        EvidenceBundle bundle = await world.BundleAsync();
        EvidenceBundle other = bundle with { Contexts = bundle.Contexts.ToDictionary(context => context.Key, _ => Bytes32.From(new byte[32]), StringComparer.Ordinal) };
        (await world.VerifyAsync(other)).CannotTell(CheckName.Format, ProblemCode.UnknownContext);
    }

    private static async Task<RegistryRecord> ReadAsync(BundleWorld world, EvidenceBundle bundle)
    {
        await Task.CompletedTask;
        return world.Trusted.EvidenceChains[0].Reader.Read(bundle.Chain!, new(world.World.Issuer.Institution, bundle.Receipt!.Root, null)).Record!;
    }
}
