using Credentials.Anchoring;
using Credentials.Ethereum.Evidence;
using Credentials.Evidence;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.Bundles;

/// <summary>A chain dies, and what was anchored on it is anchored on another one with the old evidence inside.</summary>
public sealed class MigrationTests
{
    [Fact]
    public async Task A_diploma_outlives_its_chain()
    {
        using BundleWorld first = await BundleWorld.CreateAsync(chainId: 1001);
        using BundleWorld second = await BundleWorld.CreateAsync(chainId: 2002);
        EvidenceBundle migrated = await MigrateAsync(await first.BundleAsync(await first.IssueAsync(), _ => null), second);
        VerificationResult result = await second.VerifyAsync(migrated);
        result.IsVerified();
        Assert.Equal(second.HeaderOf(migrated).Time, result.AsOf);

        // The time that counts is the new root's: nobody vouches for the old header.
        Assert.Equal(migrated.Receipt!.Registry, second.World.Chain.Registry);
    }

    [Fact]
    public async Task Keeps_its_first_time_where_the_old_block_is_witnessed()
    {
        using BundleWorld first = await BundleWorld.CreateAsync(chainId: 1001);
        using BundleWorld second = await BundleWorld.CreateAsync(chainId: 2002);
        EvidenceBundle before = await first.BundleAsync();
        second.World.Clock.Now = first.World.Clock.Now.AddDays(3);
        await second.World.PublishStatusAsync();
        EvidenceBundle migrated = await MigrateAsync(before, second);
        TrustedMaterial both = second.Trusted with
        {
            EvidenceChains = [.. first.Trusted.EvidenceChains, .. second.Trusted.EvidenceChains],
            Witnesses = [.. first.Trusted.Witnesses, .. second.Trusted.Witnesses],
            Accreditors = [.. first.Trusted.Accreditors, .. second.Trusted.Accreditors],
        };
        VerificationResult old = await first.VerifyAsync(before);
        VerificationResult result = await second.VerifyAsync(migrated, both);
        result.IsVerified();
        Assert.Equal(old.Anchor!.Time, result.Anchor!.Time);
        Assert.True((await second.VerifyAsync(migrated)).Anchor!.Time > result.Anchor.Time);
    }

    [Fact]
    public async Task Is_revoked_on_the_new_chain_by_the_same_handle()
    {
        using BundleWorld first = await BundleWorld.CreateAsync(chainId: 1001);
        using BundleWorld second = await BundleWorld.CreateAsync(chainId: 2002);
        SampleAnchored diploma = await first.IssueAsync();
        EvidenceBundle before = await first.BundleAsync(diploma, _ => null);
        Assert.True(await second.World.RevokeOnChainAsync(diploma.Bare.Handle));
        (await second.VerifyAsync(await MigrateAsync(before, second))).IsRejected(CheckName.Status, ProblemCode.CredentialRevoked);
    }

    [Fact]
    public async Task Nobody_moves_a_diploma_to_an_institution_that_is_not_vouched_for()
    {
        using BundleWorld first = await BundleWorld.CreateAsync(chainId: 1001);
        using BundleWorld second = await BundleWorld.CreateAsync(chainId: 2002);
        EvidenceBundle migrated = await MigrateAsync(await first.BundleAsync(await first.IssueAsync(), _ => null), second);
        Assert.Equal(Verdict.Indeterminate, (await second.VerifyAsync(migrated, second.Trusted with { Accreditors = [] })).Verdict);
        VerificationResult pinnedDocument = await second.VerifyAsync(migrated, second.Trusted with { Accreditors = [], PinnedDidDocuments = [first.World.Issuer.Document] });
        pinnedDocument.Is(CheckName.Anchor, CheckOutcome.Indeterminate, ProblemCode.NotAccredited);
        Assert.Equal(Verdict.Indeterminate, pinnedDocument.Verdict);
    }

    [Fact]
    public async Task Earlier_evidence_that_was_altered_after_the_migration_is_none()
    {
        using BundleWorld first = await BundleWorld.CreateAsync(chainId: 1001);
        using BundleWorld second = await BundleWorld.CreateAsync(chainId: 2002);
        EvidenceBundle migrated = await MigrateAsync(await first.BundleAsync(await first.IssueAsync(), _ => null), second);
        EvidenceBundle other = await first.BundleAsync(await first.IssueAsync(), _ => null);
        await second.CannotTellAsync(migrated with { Earlier = [migrated.Earlier[0] with { Chain = other.Chain! }] }, ProblemCode.EvidenceError);
        Assert.Equal(Verdict.Indeterminate, (await second.VerifyAsync(migrated with { Earlier = [EarlierEvidence.Of(other)!] })).Verdict);
        Assert.Equal(Verdict.Indeterminate, (await second.VerifyAsync(migrated with { Credential = other.Credential })).Verdict);
    }

    [Fact]
    public async Task A_migration_is_of_one_credential_and_not_of_its_neighbours()
    {
        using BundleWorld first = await BundleWorld.CreateAsync(chainId: 1001);
        using BundleWorld second = await BundleWorld.CreateAsync(chainId: 2002);
        SampleAnchored diploma = await first.IssueAsync();
        EvidenceBundle migrated = await MigrateAsync(await first.BundleAsync(diploma, _ => null), second);
        Assert.NotEqual(migrated.Earlier[0].DigestFor(diploma.Bare.Handle), migrated.Earlier[0].DigestFor(RegistryHandle.Create()));
        Assert.NotEqual(migrated.Earlier[0].DigestFor(diploma.Bare.Handle), (migrated.Earlier[0] with { Accreditation = null }).DigestFor(diploma.Bare.Handle));
        await second.CannotTellAsync(migrated with { Earlier = [migrated.Earlier[0] with { Accreditation = null }] }, ProblemCode.EvidenceError);
    }

    [Fact]
    public async Task What_the_old_evidence_says_against_a_diploma_is_not_left_behind()
    {
        using BundleWorld first = await BundleWorld.CreateAsync(chainId: 1001);
        using BundleWorld second = await BundleWorld.CreateAsync(chainId: 2002);
        SampleAnchored diploma = await first.IssueAsync();
        Assert.True(await first.World.RevokeOnChainAsync(diploma.Bare.Handle));
        first.World.Ledger.Mine(3);
        second.World.Clock.Now = first.World.Clock.Now.AddDays(3);
        await second.World.PublishStatusAsync();
        EvidenceBundle migrated = await MigrateAsync(await first.BundleAsync(diploma, _ => null), second);
        TrustedMaterial both = second.Trusted with { EvidenceChains = [.. first.Trusted.EvidenceChains, .. second.Trusted.EvidenceChains] };
        (await second.VerifyAsync(migrated, both)).IsRejected(CheckName.Status, ProblemCode.CredentialRevoked);
    }

    [Fact]
    public async Task Moves_twice()
    {
        using BundleWorld first = await BundleWorld.CreateAsync(chainId: 1001);
        using BundleWorld second = await BundleWorld.CreateAsync(chainId: 2002);
        using BundleWorld third = await BundleWorld.CreateAsync(chainId: 3003);
        EvidenceBundle once = await MigrateAsync(await first.BundleAsync(await first.IssueAsync(), _ => null), second);
        EvidenceBundle twice = await MigrateAsync(once, third);
        Assert.Equal(2, twice.Earlier.Count);
        (await third.VerifyAsync(twice)).IsVerified();
        Assert.Equal(Verdict.Indeterminate, (await third.VerifyAsync(twice with { Earlier = [twice.Earlier[1]] })).Verdict);
    }

    private static async Task<EvidenceBundle> MigrateAsync(EvidenceBundle bundle, BundleWorld to)
    {
        AnchorDigest leaf = EarlierEvidence.LeafOf(bundle)!.Value;
        var batch = new AnchorBatch([AnchorDigest.From(new byte[32]), leaf], to.World.Chain.Registry, to.World.Issuer.Institution, null);
        Assert.True(await to.World.AnchorAsync(batch.Root));
        to.World.Ledger.Mine(3);
        var collector = new BundleCollector(to.World.Chain, to.World.Ledger) { Witness = (statement, _) => Task.FromResult<Parsed<WitnessStatement>>(to.Stamp(statement)) };
        return (await collector.MigrateAsync(bundle, batch.ReceiptOf(leaf)!, to.Path, CancellationToken.None)).Require();
    }
}
