using Credentials.Ethereum;
using Credentials.Ethereum.Evidence;
using Credentials.Ethereum.Proofs;
using Credentials.Evidence;
using Credentials.Keys;
using Credentials.TestKit;
using Credentials.TestKit.Witnesses;
using Credentials.Verification;

namespace Credentials.Benchmarks;

/// <summary>An evidence bundle verified without a network: everything in it is read, proven and judged anew each time.</summary>
internal static class EvidenceFigures
{
    private const double Aim = 2000;

    public static async Task RunAsync(Stage stage)
    {
        if (!stage.Wanted("bundle-timestamp") && !stage.Wanted("bundle-signature"))
        {
            return;
        }

        using DiplomaWorld world = await DiplomaWorld.CreateAsync();
        using TestTimeStampAuthority authority = TestTimeStampAuthority.Create();
        using var key = SigningKey.Generate(KeyType.P256);
        SampleAnchored diploma = await world.IssueAnchoredAsync();
        world.Ledger.Mine(3);
        TrustedMaterial trusted = new()
        {
            PinnedDidDocuments = [world.Issuer.Document],
            EvidenceChains = [new(world.Chain.Registry, world.Chain.GenesisHash, new RegistryEvidenceReader(world.Chain))],
            Witnesses = [new("Authority", authority.Root, null), new("Archive", null, key.PublicKey)],
        };
        var verifier = new CredentialVerifier(trusted, VerificationPolicy.Offline, world.Clock);
        await MeasureAsync("bundle-timestamp", (statement, _) => Task.FromResult<Parsed<WitnessStatement>>(new WitnessStatement(WitnessStatement.TimeStamp, authority.Stamp(statement.Digest, world.Clock.GetUtcNow()))));
        await MeasureAsync("bundle-signature", (statement, token) => WitnessSignature.SignAsync(statement, world.Clock.GetUtcNow(), key, token));

        async Task MeasureAsync(string name, Func<HeaderStatement, CancellationToken, Task<Parsed<WitnessStatement>>> witness)
        {
            var collector = new BundleCollector(world.Chain, world.Ledger) { Witness = witness };
            BundledStatusList[] lists = [.. await Task.WhenAll(new[] { "revocation", "suspension" }.Select(async purpose => new BundledStatusList($"{world.Issuer.StatusBaseUrl}/{purpose}", BundledDocument.Of(await world.Issuer.StatusListAsync(purpose)).Require())))];
            byte[] bundle = (await collector.CollectAsync(BundleSubject.Read(diploma.Text).Require(), new([], null, lists), BlockTag.Finalized, CancellationToken.None)).Require().ToUtf8();
            VerificationResult first = await verifier.VerifyBundleAsync(bundle, CancellationToken.None);
            if (first.Verdict != Verdict.Verified)
            {
                throw new InvalidOperationException($"The bundle is not verified but {first.Verdict}: {string.Join(", ", first.Checks)}");
            }

            stage.Measure(name, () => verifier.VerifyBundleAsync(bundle, CancellationToken.None).GetAwaiter().GetResult(), Aim);
        }
    }
}
