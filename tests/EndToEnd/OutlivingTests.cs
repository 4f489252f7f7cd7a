using System.Text.Json;
using Credentials.Anchoring;
using Credentials.EndToEnd.World;
using Credentials.Ethereum.Proofs;
using Credentials.Ethereum.Registry;
using Credentials.Evidence;
using Credentials.TestKit.Ledger;
using Credentials.Verification;
using Xunit.Abstractions;

namespace Credentials.EndToEnd;

/// <summary>The university dies: its database, its DID host, its status host and the node are deleted. What its graduates hold goes on proving what was so.</summary>
[Collection("end to end")]
public sealed class OutlivingTests(ITestOutputHelper output)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    [AnvilFact]
    public Task A_diploma_outlives_its_university() => LocalWorld.RunAsync(output, async world =>
    {
        // While it lives: a ministry lets an agency accredit, the agency vouches for the university, and two graduate.
        using Administrator administrator = world.CreateAdministrator();
        JsonElement ministry = await administrator.CreateInstitutionAsync("ministry", "Ministério da Educação");
        await administrator.CreateInstitutionAsync("agency", "Agência de Avaliação");
        await administrator.AccreditAsync("ministry", "agency", "accredits", "EQF6", "EQF7", "EQF8");
        string accreditation = await administrator.AccreditAsync("agency", "coimbra", "EQF6", "EQF7", "EQF8");
        string kept = await world.Registrar.IssueAsync();
        string withdrawn = await world.Registrar.IssueAsync();
        await world.Registrar.WaitUntilAllIsFinalAsync(s_patience);
        byte[] diploma = await world.Registrar.GetCredentialAsync(kept, "anchored");
        byte[] other = await world.Registrar.GetCredentialAsync(withdrawn, "anchored");
        byte[] bundle = await BundleAsync(world, kept);
        byte[] early = await BundleAsync(world, withdrawn);
        await world.Registrar.RevokeAsync(withdrawn);
        await world.Registrar.WaitAsync(
            new Uri($"/credentials/{withdrawn}/state", UriKind.Relative), state => state.GetProperty("revocationState").GetString() == "finalized", s_patience);
        byte[] late = await BundleAsync(world, withdrawn);
        AccreditationPath path = AccreditationPath.Read(await administrator.GetAsync("/institutions/coimbra/accreditation")).Require();

        // Its decline: unaccredited, its key given up. Then nothing of it is left but what the chain keeps.
        await administrator.WithdrawAsync(accreditation);
        await administrator.ReplaceKeyAsync("coimbra", KeyOf(diploma), "P256", "compromised");
        await world.StopIssuerAsync();
        Directory.Delete(Path.GetDirectoryName(world.DatabaseFile)!, recursive: true);
        await world.StopChainAsync();

        // With no network at all, by the bundle alone.
        TrustedMaterial trusted = Trust(world, ministry);
        TrustedMaterial knowing = trusted with { Checkpoints = [CheckpointOf(bundle), CheckpointOf(early), CheckpointOf(late)] };
        VerificationResult offline = await VerifyBundleAsync(knowing, bundle);
        AssertVerdict(Verdict.Verified, null, offline);
        Assert.Equal(CheckOutcome.Passed, offline[CheckName.Accreditation].Outcome);
        AssertVerdict(Verdict.Verified, null, await VerifyBundleAsync(knowing, early));
        AssertVerdict(Verdict.Rejected, CheckName.Status, await VerifyBundleAsync(knowing, late));

        // To whom the header is nothing, neither is what lies under it, not even whose key that is.
        AssertVerdict(Verdict.Indeterminate, null, await VerifyBundleAsync(trusted, bundle));

        // With a fresh node that holds the state, and nothing else: the diploma as its holder has it.
        await using FreshNode node = await world.StartFreshNodeAsync();
        foreach (IRegistryReader reader in (IRegistryReader[])[new TrustedRegistryReader(world.Registry, node.Ledger), new ProvenRegistryReader(world.Registry, [node.Ledger], 1)])
        {
            CredentialVerifier verifier = new(
                trusted with { Registries = [reader], AccreditationPaths = [path] },
                VerificationPolicy.RequireAccreditation.WithRegistryStatus(),
                TimeProvider.System);
            VerificationResult result = await verifier.VerifyAsync(diploma, CancellationToken.None);
            AssertVerdict(Verdict.Verified, null, result);
            Assert.Contains("somebody else may have it", result[CheckName.Issuer].Detail, StringComparison.Ordinal);
            Assert.Contains("withdrawn later", result[CheckName.Accreditation].Detail, StringComparison.Ordinal);
            AssertVerdict(Verdict.Rejected, CheckName.Status, await verifier.VerifyAsync(other, CancellationToken.None));
        }
    });

    private static Task<byte[]> BundleAsync(LocalWorld world, string id) => world.Registrar.GetBytesAsync(new Uri($"/credentials/{id}/bundle", UriKind.Relative));

    // What a relying party knows of chain and ministry; of the university it knows nothing.
    private static TrustedMaterial Trust(LocalWorld world, JsonElement ministry)
    {
        Assert.True(InstitutionId.TryParse(ministry.GetProperty("chainInstitution").GetString(), out InstitutionId institution));
        return new()
        {
            Accreditors = [new TrustedAccreditor(world.Registry.Registry, institution, "Ministério da Educação")],
            EvidenceChains = [new EvidenceChain(world.Registry.Registry, world.Registry.GenesisHash, new RegistryEvidenceReader(world.Registry))],
        };
    }

    private static Checkpoint CheckpointOf(byte[] bundle)
    {
        ChainEvidence evidence = EvidenceBundle.Parse(bundle).Require().Chain!;
        return new(evidence.Registry.ChainId, EncodedHeader.Read(evidence.Header).Require().Hash);
    }

    private static string KeyOf(byte[] diploma)
    {
        using JsonDocument json = JsonDocument.Parse(diploma);
        string method = json.RootElement.GetProperty("proof").EnumerateArray().First(proof => proof.GetProperty("cryptosuite").GetString() != MerkleAnchor2026.Cryptosuite).GetProperty("verificationMethod").GetString()!;
        return method[(method.IndexOf('#', StringComparison.Ordinal) + 1)..];
    }

    private static Task<VerificationResult> VerifyBundleAsync(TrustedMaterial trusted, byte[] bundle) =>
        new CredentialVerifier(trusted, VerificationPolicy.Offline, TimeProvider.System).VerifyBundleAsync(bundle, CancellationToken.None);

    private static void AssertVerdict(Verdict verdict, string? check, VerificationResult result)
    {
        Assert.True(verdict == result.Verdict, string.Join('\n', result.Checks));
        if (check is not null)
        {
            Assert.Equal(check, result.Decisive?.Name);
        }
    }
}
