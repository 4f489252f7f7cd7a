using Credentials.Anchoring;
using Credentials.Ethereum.Proofs;
using Credentials.Evidence;
using Credentials.TestKit;
using Credentials.TestKit.Witnesses;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.Bundles;

/// <summary>What is not evidence: never verified, and never held against the diploma.</summary>
public sealed class BundleForgeryTests
{
    [Fact]
    public async Task A_forged_header()
    {
        using BundleWorld world = await BundleWorld.CreateAsync();
        EvidenceBundle bundle = await world.BundleAsync();
        byte[] header = bundle.Chain!.Header.ToArray();
        header[^1] ^= 1;
        await world.CannotTellAsync(bundle with { Chain = bundle.Chain with { Header = header } }, ProblemCode.WitnessNotTrusted);
    }

    [Fact]
    public async Task A_header_that_is_none()
    {
        using BundleWorld world = await BundleWorld.CreateAsync();
        EvidenceBundle bundle = await world.BundleAsync();
        await world.CannotTellAsync(bundle with { Chain = bundle.Chain! with { Header = new byte[] { 1, 2, 3 } } }, ProblemCode.LedgerProofError);
    }

    [Fact]
    public async Task A_fake_chain_that_is_right_in_itself()
    {
        using BundleWorld honest = await BundleWorld.CreateAsync();
        using BundleWorld fake = await BundleWorld.CreateAsync();
        EvidenceBundle bundle = await fake.BundleAsync();

        // As though the fake contract lay at the very address that is trusted.
        TrustedMaterial trusted = fake.Trusted with
        {
            EvidenceChains = [new(fake.World.Chain.Registry, honest.World.Chain.GenesisHash, new RegistryEvidenceReader(fake.World.Chain with { GenesisHash = honest.World.Chain.GenesisHash }))],
            Witnesses = honest.Trusted.Witnesses,
        };
        await fake.CannotTellAsync(bundle, ProblemCode.LedgerMismatch, trusted);
        await fake.CannotTellAsync(bundle with { Chain = bundle.Chain! with { GenesisHash = honest.World.Chain.GenesisHash } }, ProblemCode.WitnessNotTrusted, trusted);
    }

    [Fact]
    public async Task A_header_of_another_chain()
    {
        using BundleWorld world = await BundleWorld.CreateAsync();
        using BundleWorld other = await BundleWorld.CreateAsync(chainId: 99);
        EvidenceBundle bundle = await world.BundleAsync();
        EvidenceBundle theirs = await other.BundleAsync();
        await world.CannotTellAsync(bundle with { Chain = theirs.Chain }, ProblemCode.LedgerNotTrusted);
        await world.CannotTellAsync(bundle with { Chain = bundle.Chain! with { Header = theirs.Chain!.Header } }, ProblemCode.WitnessNotTrusted);
    }

    [Fact]
    public async Task Evidence_of_another_diploma_of_another_root()
    {
        using BundleWorld world = await BundleWorld.CreateAsync();
        EvidenceBundle bundle = await world.BundleAsync();
        EvidenceBundle other = await world.BundleAsync();
        await world.CannotTellAsync(bundle with { Chain = other.Chain }, ProblemCode.WitnessNotTrusted);
        Assert.Equal(Verdict.Indeterminate, (await world.VerifyAsync(bundle with { Chain = other.Chain, Receipt = other.Receipt })).Verdict);
    }

    [Fact]
    public async Task Evidence_of_another_institution()
    {
        using BundleWorld world = await BundleWorld.CreateAsync();
        SampleAnchored diploma = await world.IssueAsync();
        EvidenceBundle bundle = await world.BundleAsync(diploma);
        Parsed<ChainEvidence> others = await new EvidenceCollector(world.World.Chain, world.World.Ledger).CollectAsync([new(world.Accreditor, diploma.Receipt.Root, diploma.Bare.Handle)], CancellationToken.None);
        HeaderStatement statement = new(world.World.Chain.Registry, world.World.Chain.GenesisHash, diploma.Receipt.Root, world.HeaderOf(bundle with { Chain = others.Require() }).Hash);
        VerificationResult result = await world.VerifyAsync(bundle with { Chain = others.Require() with { Witnesses = [world.Stamp(statement)] } });
        Assert.True(result.Verdict == Verdict.Indeterminate, result.Show());
    }

    [Fact]
    public async Task A_swapped_receipt()
    {
        using BundleWorld world = await BundleWorld.CreateAsync();
        EvidenceBundle bundle = await world.BundleAsync();
        EvidenceBundle other = await world.BundleAsync();
        await world.CannotTellAsync(bundle with { Receipt = other.Receipt }, ProblemCode.WitnessNotTrusted);
        await world.CannotTellAsync(bundle with { Receipt = null }, ProblemCode.WitnessNotTrusted);
    }

    [Fact]
    public async Task A_time_stamp_for_another_root()
    {
        using BundleWorld world = await BundleWorld.CreateAsync();
        await NeverAsync(world, world, statement => world.Stamp(statement with { Root = new(Bytes32.From(new byte[32])) }));
    }

    [Fact]
    public async Task A_time_stamp_of_an_authority_that_nobody_trusts()
    {
        using BundleWorld world = await BundleWorld.CreateAsync();
        using TestTimeStampAuthority other = TestTimeStampAuthority.Create();
        await NeverAsync(world, world, statement => new(WitnessStatement.TimeStamp, other.Stamp(statement.Digest, world.World.Clock.Now)));
    }

    [Fact]
    public async Task A_time_stamp_under_an_expired_certificate()
    {
        using BundleWorld world = await BundleWorld.CreateAsync(authority: new(Samples.Time.AddYears(-3), Samples.Time.AddYears(-1)));
        await NeverAsync(world, world, world.Stamp);
    }

    [Fact]
    public async Task A_time_stamp_under_a_certificate_for_something_else()
    {
        using BundleWorld world = await BundleWorld.CreateAsync(authority: new(Samples.Time.AddYears(-1), Samples.Time.AddYears(1), usage: "1.3.6.1.5.5.7.3.1"));
        await NeverAsync(world, world, world.Stamp);
    }

    [Fact]
    public async Task A_time_stamp_from_long_after_the_block()
    {
        using BundleWorld world = await BundleWorld.CreateAsync();
        await NeverAsync(world, world, statement => new(WitnessStatement.TimeStamp, world.Authority.Stamp(statement.Digest, world.World.Clock.Now.AddDays(2))));
    }

    [Fact]
    public async Task A_witness_who_had_seen_it_before_its_time()
    {
        using BundleWorld world = await BundleWorld.CreateAsync();
        await NeverAsync(world, world, statement => new(WitnessStatement.TimeStamp, world.Authority.Stamp(statement.Digest, world.World.Clock.Now.AddHours(-2))));
    }

    [Fact]
    public async Task A_witnesss_statement_cut_from_another_bundle()
    {
        using BundleWorld world = await BundleWorld.CreateAsync();
        EvidenceBundle bundle = await world.BundleAsync(await world.IssueAsync(), _ => null);
        EvidenceBundle stamped = await world.BundleAsync();
        EvidenceBundle signed = await world.BundleAsync(await world.IssueAsync(), world.Sign);
        TrustedMaterial trusted = world.Trusted with { Witnesses = [.. world.Trusted.Witnesses, new("Archive", null, world.Witness.PublicKey)] };
        await world.CannotTellAsync(bundle with { Chain = bundle.Chain! with { Witnesses = [.. stamped.Chain!.Witnesses, .. signed.Chain!.Witnesses] } }, ProblemCode.WitnessNotTrusted, trusted);
    }

    [Fact]
    public async Task Proofs_that_were_taken_out_or_cut_short()
    {
        using BundleWorld world = await BundleWorld.CreateAsync();
        EvidenceBundle bundle = await world.BundleAsync();
        ChainEvidence chain = bundle.Chain!;
        for (int i = 0; i < chain.StorageProofs.Count; i++)
        {
            StorageProof proof = chain.StorageProofs[i];
            foreach (StorageProof[] proofs in (StorageProof[][])[[], [proof with { Nodes = [] }], [proof with { Nodes = [.. proof.Nodes.SkipLast(1)] }]])
            {
                VerificationResult result = await world.VerifyAsync(bundle with { Chain = chain with { StorageProofs = [.. chain.StorageProofs.Take(i), .. proofs, .. chain.StorageProofs.Skip(i + 1)] } });
                Assert.DoesNotContain(result.Checks, check => check.Outcome == CheckOutcome.Failed);
            }
        }

        Assert.Equal(Verdict.Indeterminate, (await world.VerifyAsync(bundle with { Chain = chain with { StorageProofs = [] } })).Verdict);
        Assert.Equal(Verdict.Indeterminate, (await world.VerifyAsync(bundle with { Chain = chain with { AccountProof = [] } })).Verdict);
    }

    [Fact]
    public async Task A_status_list_of_somebody_else()
    {
        using BundleWorld world = await BundleWorld.CreateAsync();
        using var other = new SampleIssuer("somebody-else") { StatusBaseUrl = world.World.Issuer.StatusBaseUrl };
        EvidenceBundle bundle = await world.BundleAsync();
        BundledStatusList forged = new(world.World.RevocationUrl, BundledDocument.Of(await other.StatusListAsync()).Require());
        VerificationResult result = await world.VerifyAsync(bundle with { StatusLists = [forged, bundle.StatusLists[1]] }, world.Trusted with { PinnedDidDocuments = [world.World.Issuer.Document] });
        Assert.DoesNotContain(result.Checks, check => check.Outcome == CheckOutcome.Failed);
        Assert.Equal(Verdict.Indeterminate, result.Verdict);
    }

    private static async Task NeverAsync(BundleWorld world, BundleWorld by, Func<HeaderStatement, WitnessStatement> witness) =>
        await by.CannotTellAsync(await world.BundleAsync(await world.IssueAsync(), witness), ProblemCode.WitnessNotTrusted);
}
