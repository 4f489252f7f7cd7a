using Credentials.Anchoring;
using Credentials.EndToEnd.World;
using Credentials.Ethereum.Proofs;
using Credentials.Ethereum.Registry;
using Credentials.Evidence;
using Credentials.TestKit;
using Credentials.TestKit.Ledger;
using Credentials.Verification;

namespace Credentials.EndToEnd;

/// <summary>What thieves, impostors and forgers can do on a real chain when every web site is gone: never a diploma that verifies.</summary>
[Collection("end to end")]
public sealed class AttackTests
{
    private static readonly VerificationPolicy s_policy = VerificationPolicy.RequireAccreditation.WithRegistryStatus();

    [AnvilFact]
    public async Task A_stolen_key_dates_nothing_after_its_revocation()
    {
        await using Realm realm = await Realm.CreateAsync();
        Seat seat = await realm.CreateInstitutionAsync("coimbra");
        await realm.AccreditAsync(seat);
        SampleAnchored genuine = await realm.IssueAsync(seat);
        AssertVerdict(Verdict.Verified, null, null, await VerifyAsync(realm.TrustedFor(seat), genuine.Text));

        // Signed before, with whatever date, by whoever has the key; seen by the chain after.
        SampleCredential stolen = await Realm.SignAsync(seat);
        await realm.PassAsync();
        await Realm.DoAsync(seat, CredentialRegistryContract.RevokeKey(seat.Issuer.Institution, CredentialRegistryContract.KeyIdOf(seat.Method), KeyRevocationReason.Compromised));
        SampleAnchored late = await realm.AnchorAsync(seat, stolen);

        AssertVerdict(Verdict.Rejected, CheckName.Issuer, ProblemCode.KeyNotValid, await VerifyAsync(realm.TrustedFor(seat), late.Text));
        VerificationResult early = await VerifyAsync(realm.TrustedFor(seat), genuine.Text);
        AssertVerdict(Verdict.Verified, null, null, early);
        Assert.Contains("somebody else may have it", early[CheckName.Issuer].Detail, StringComparison.Ordinal);
    }

    [AnvilFact]
    public async Task A_root_that_a_thief_anchored_is_distrusted_and_no_other()
    {
        await using Realm realm = await Realm.CreateAsync();
        Seat seat = await realm.CreateInstitutionAsync("coimbra");
        await realm.AccreditAsync(seat);
        SampleAnchored genuine = await realm.IssueAsync(seat);
        SampleAnchored forged = await realm.IssueAsync(seat);
        await Realm.DoAsync(seat, CredentialRegistryContract.DistrustRoot(seat.Issuer.Institution, forged.Receipt.Root));

        AssertVerdict(Verdict.Rejected, CheckName.Anchor, ProblemCode.RootDistrusted, await VerifyAsync(realm.TrustedFor(seat), forged.Text));
        AssertVerdict(Verdict.Verified, null, null, await VerifyAsync(realm.TrustedFor(seat), genuine.Text));
    }

    [AnvilFact]
    public async Task An_impostor_under_the_same_did_proves_nothing()
    {
        await using Realm realm = await Realm.CreateAsync();
        Seat genuine = await realm.CreateInstitutionAsync("coimbra");
        await realm.AccreditAsync(genuine);
        Seat impostor = await realm.CreateInstitutionAsync("mill", genuine.Issuer.Did);
        SampleAnchored forged = await realm.IssueAsync(impostor);

        // With the path that the impostor claims, with that of the genuine one, and with both.
        TrustedMaterial claimed = realm.TrustedFor(impostor);
        TrustedMaterial known = realm.TrustedFor(genuine);
        foreach (TrustedMaterial trusted in (TrustedMaterial[])[claimed, known, claimed with { AccreditationPaths = [.. claimed.AccreditationPaths, .. known.AccreditationPaths] }])
        {
            AssertVerdict(Verdict.Indeterminate, null, null, await VerifyAsync(trusted, forged.Text));
            Assert.NotEqual(Verdict.Verified, (await VerifyAsync(trusted, forged.Text, VerificationPolicy.Default.WithRegistryStatus())).Verdict);
        }
    }

    [AnvilFact]
    public async Task A_chain_of_the_forgers_own_proves_nothing_by_node_or_bundle()
    {
        await using Realm realm = await Realm.CreateAsync();
        Seat genuine = await realm.CreateInstitutionAsync("coimbra");
        await realm.AccreditAsync(genuine);
        await using Realm fake = await realm.CreateTwinAsync();
        Seat copy = await fake.CreateInstitutionAsync("coimbra");
        await fake.AccreditAsync(copy);
        SampleAnchored forged = await fake.IssueAsync(copy);

        // On its own chain everything about it is in order.
        AssertVerdict(Verdict.Verified, null, null, await VerifyAsync(fake.TrustedFor(copy), forged.Text));

        TrustedMaterial trusted = realm.TrustedFor(genuine);
        AssertVerdict(Verdict.Indeterminate, null, null, await VerifyAsync(realm.TrustedFor(genuine, fake.Ledger), forged.Text));
        AssertVerdict(Verdict.Indeterminate, null, null, await VerifyAsync(trusted with { Registries = [new ProvenRegistryReader(realm.Registry, [fake.Ledger], 1)] }, forged.Text));
        EvidenceBundle bundle = await fake.BundleAsync(copy, forged);
        AssertVerdict(Verdict.Indeterminate, null, null, await VerifyBundleAsync(trusted, bundle));

        // Nor when it says that it is of the other genesis, and its header's hash is given out as a checkpoint of the other chain's.
        EvidenceBundle dressed = bundle with { Chain = bundle.Chain! with { GenesisHash = realm.Registry.GenesisHash } };
        AssertVerdict(Verdict.Indeterminate, null, null, await VerifyBundleAsync(trusted, dressed));
    }

    [AnvilFact]
    public async Task A_bundle_that_claims_a_migration_makes_nobody_the_university()
    {
        await using Realm realm = await Realm.CreateAsync();
        await using Realm elsewhere = await realm.CreateTwinAsync();
        Seat genuine = await realm.CreateInstitutionAsync("coimbra");
        SampleAnchored diploma = await realm.IssueAsync(genuine);
        Seat impostor = await realm.CreateInstitutionAsync("mill", genuine.Issuer.Did);
        SampleAnchored forged = await realm.IssueAsync(impostor);
        Seat moved = await elsewhere.CreateInstitutionAsync("coimbra");
        SampleAnchored there = await elsewhere.IssueAsync(moved);

        // The verifier knows the university by its ids on both chains, and so nobody else.
        TrustedMaterial trusted = realm.TrustedFor(genuine) with
        {
            Registries = [new TrustedRegistryReader(realm.Registry, realm.Ledger), new TrustedRegistryReader(elsewhere.Registry, elsewhere.Ledger)],
            PinnedInstitutions = [new(realm.Registry.Registry, genuine.Issuer.Institution, genuine.Issuer.Did), new(elsewhere.Registry.Registry, moved.Issuer.Institution, genuine.Issuer.Did)],
        };
        AssertVerdict(Verdict.Verified, null, null, await VerifyAsync(trusted, diploma.Text));
        EvidenceBundle own = await realm.BundleAsync(impostor, forged);
        foreach (AnchorReceipt receipt in (AnchorReceipt[])[diploma.Receipt, there.Receipt])
        {
            EvidenceBundle claimed = own with { Receipt = receipt, Accreditation = null, Earlier = [new EarlierEvidence(forged.Receipt, own.Chain!)] };
            foreach (VerificationPolicy policy in (VerificationPolicy[])[s_policy, VerificationPolicy.Default.WithRegistryStatus()])
            {
                VerificationResult online = await new CredentialVerifier(trusted, policy, TimeProvider.System).VerifyBundleAsync(claimed.ToUtf8(), CancellationToken.None);
                AssertVerdict(Verdict.Indeterminate, null, null, online);
            }

            Checkpoint known = new(realm.Registry.ChainId, EncodedHeader.Read(own.Chain!.Header).Require().Hash);
            AssertVerdict(Verdict.Indeterminate, null, null, await VerifyBundleAsync(trusted with { Checkpoints = [known] }, claimed));
        }
    }

    [AnvilFact]
    public async Task A_forged_header_in_a_bundle_proves_nothing()
    {
        await using Realm realm = await Realm.CreateAsync();
        Seat seat = await realm.CreateInstitutionAsync("coimbra");
        await realm.AccreditAsync(seat);
        SampleAnchored diploma = await realm.IssueAsync(seat);
        EvidenceBundle bundle = await realm.BundleAsync(seat, diploma);
        Bytes32 hash = EncodedHeader.Read(bundle.Chain!.Header).Require().Hash;
        TrustedMaterial trusted = realm.TrustedFor(seat) with { Registries = [], Checkpoints = [new Checkpoint(realm.Registry.ChainId, hash)] };
        AssertVerdict(Verdict.Verified, null, null, await VerifyBundleAsync(trusted, bundle));

        for (int at = 0; at < bundle.Chain.Header.Length; at++)
        {
            byte[] forged = bundle.Chain.Header.ToArray();
            forged[at] ^= 1;
            VerificationResult result = await VerifyBundleAsync(trusted, bundle with { Chain = bundle.Chain with { Header = forged } });
            Assert.True(result.Verdict == Verdict.Indeterminate, $"byte {at}: {result.Verdict}");
        }
    }

    private static Task<VerificationResult> VerifyAsync(TrustedMaterial trusted, byte[] diploma, VerificationPolicy? policy = null) =>
        new CredentialVerifier(trusted, policy ?? s_policy, TimeProvider.System).VerifyAsync(diploma, CancellationToken.None);

    private static Task<VerificationResult> VerifyBundleAsync(TrustedMaterial trusted, EvidenceBundle bundle) =>
        new CredentialVerifier(trusted with { Registries = [] }, s_policy with { UseNetwork = false }, TimeProvider.System).VerifyBundleAsync(bundle.ToUtf8(), CancellationToken.None);

    private static void AssertVerdict(Verdict verdict, string? check, string? code, VerificationResult result)
    {
        Assert.True(verdict == result.Verdict, string.Join('\n', result.Checks));
        if (check is not null)
        {
            Assert.Equal((check, code), (result.Decisive?.Name, result.Decisive?.Problem?.Code));
        }
    }
}
