using Credentials.Anchoring;
using Credentials.Ethereum.Registry;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;
using FsCheck.Fluent;

namespace Credentials.Verification.Tests.Slander;

/// <summary>Faults in every combination: a genuine diploma is never rejected, and the checks that cannot tell are those whose evidence is missing.</summary>
public sealed class RandomFaultTests
{
    private static readonly string[] HostFaults = ["", "down", "HTML", "truncated", "null", "empty object", "stranger's"];
    private static readonly string[] ChainFaults = ["", "down", "other chain", "behind", "unsettled", "not trusted", "slow"];
    private static readonly string[] ReceiptFaults = ["", "missing", "corrupt", "another's"];

    [Fact]
    public async Task A_genuine_diploma_is_never_rejected()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        using TestWorld elsewhere = await TestWorld.CreateAsync();
        Scene scene = await Scene.CreateAsync(world, elsewhere);
        Randomised.ForAll(
            Gen.Elements(HostFaults).Four().Zip(Gen.Elements(ChainFaults).Zip(Gen.Elements(ReceiptFaults))),
            faults => Holds(scene, faults.Item1.Item1, faults.Item1.Item2, faults.Item1.Item3, faults.Item2.Item1, faults.Item2.Item2).GetAwaiter().GetResult(),
            slice: 400,
            full: 20_000);
    }

    [Fact]
    public async Task A_revocation_that_can_be_had_is_never_hidden_by_faults_elsewhere()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        using TestWorld elsewhere = await TestWorld.CreateAsync();
        Scene scene = await Scene.CreateAsync(world, elsewhere);
        world.Issuer.Revocations[scene.Diploma.Bare.StatusListIndex] = true;
        await world.PublishStatusAsync();
        scene.Keep();
        Randomised.ForAll(
            Gen.Elements(HostFaults).Two().Zip(Gen.Elements(ChainFaults).Zip(Gen.Elements(ReceiptFaults))),
            faults =>
            {
                VerificationResult result = scene.VerifyAsync("", faults.Item1.Item1, faults.Item1.Item2, faults.Item2.Item1, faults.Item2.Item2).GetAwaiter().GetResult();
                bool had = faults.Item1.Item1.Length == 0;
                return result.Verdict == (had ? Verdict.Rejected : Verdict.Indeterminate) && (!had || result.Decisive!.Problem!.Code == ProblemCode.CredentialRevoked);
            },
            slice: 200,
            full: 10_000);
    }

    private static async Task<bool> Holds(Scene scene, string did, string revocation, string suspension, string chain, string receipt)
    {
        VerificationResult result = await scene.VerifyAsync(did, revocation, suspension, chain, receipt);
        string story = $"did {did}, revocation {revocation}, suspension {suspension}, chain {chain}, receipt {receipt}: {result.Show()}";
        bool ok = did.Length + revocation.Length + suspension.Length + chain.Length + receipt.Length == 0;
        Assert.True(result.Verdict == (ok ? Verdict.Verified : Verdict.Indeterminate), story);
        Assert.True(result.Checks.All(check => check.Outcome != CheckOutcome.Failed), story);
        Assert.True((result[CheckName.Proof].Outcome == CheckOutcome.Passed) == (did.Length == 0), story);
        if (did.Length == 0)
        {
            // A node that is behind, or whose anchor is young, still says that nothing was revoked.
            bool status = revocation.Length + suspension.Length == 0 && (chain is "" or "unsettled" or "behind");
            bool anchor = chain.Length + receipt.Length == 0;
            Assert.True((result[CheckName.Status].Outcome == CheckOutcome.Passed) == status, story);
            Assert.True((result[CheckName.Anchor].Outcome == CheckOutcome.Passed) == anchor, story);
            Assert.True(result[CheckName.Issuer].Outcome == CheckOutcome.Passed, story);
        }

        return true;
    }

    /// <summary>One diploma, and the world around it in whatever state is asked for.</summary>
    private sealed class Scene(TestWorld world, TestWorld elsewhere, SampleAnchored diploma, SampleAnchored other)
    {
        private readonly Dictionary<string, ReadOnlyMemory<byte>> _genuine = [];

        public SampleAnchored Diploma => diploma;

        public static async Task<Scene> CreateAsync(TestWorld world, TestWorld elsewhere)
        {
            var scene = new Scene(world, elsewhere, await world.IssueAsync(), await world.IssueAsync("china"));
            scene.Keep();
            return scene;
        }

        /// <summary>Remembers what the hosts serve now as what is genuine.</summary>
        public void Keep()
        {
            foreach (string url in (string[])[world.DidUrl, world.RevocationUrl, world.SuspensionUrl])
            {
                _genuine[url] = world.Web.Get(url);
            }
        }

        public Task<VerificationResult> VerifyAsync(string did, string revocation, string suspension, string chain, string receipt)
        {
            Set(world.DidUrl, did);
            Set(world.RevocationUrl, revocation);
            Set(world.SuspensionUrl, suspension);
            var trusted = new TrustedRegistryReader(world.Chain, world.Ledger);
            IRegistryReader[] readers = chain switch
            {
                "down" => [new Faulty(world.Chain.Registry, null)],
                "other chain" => [new TrustedRegistryReader(world.Chain, elsewhere.Ledger)],
                "behind" => [new Faulty(world.Chain.Registry, new(true, null, null, world.Clock.Now))],
                "unsettled" => [new Faulty(world.Chain.Registry, new(true, new(world.Clock.Now, 5, Finality.Included), null, world.Clock.Now))],
                "not trusted" => [],
                "slow" => [new CountingReader(trusted) { Delay = TimeSpan.FromSeconds(5) }],
                _ => [trusted],
            };
            byte[] text = receipt switch
            {
                "missing" => diploma.Bare.Text,
                "corrupt" => Text.Edit(diploma.Text, json => json["proof"]![1]!["proofValue"] = "uAAAA"),
                "another's" => MerkleAnchor2026.AddTo(diploma.Bare.Text, other.Receipt),
                _ => diploma.Text,
            };
            VerificationPolicy policy = VerificationPolicy.Default with { Patience = chain == "slow" ? TimeSpan.FromMilliseconds(30) : TimeSpan.FromSeconds(20) };
            return world.VerifyAsync(text, policy, world.Trusted with { Registries = readers });
        }

        private void Set(string url, string fault)
        {
            ReadOnlyMemory<byte> genuine = _genuine[url];
            switch (fault)
            {
                case "down":
                    world.Web.Break(url, "connection refused");
                    break;
                case "HTML":
                    world.Web.Put(url, "<!doctype html><title>Moved</title>"u8.ToArray(), "text/html");
                    break;
                case "truncated":
                    world.Web.Put(url, genuine[..(genuine.Length / 2)]);
                    break;
                case "null":
                    world.Web.Put(url, "null"u8.ToArray());
                    break;
                case "empty object":
                    world.Web.Put(url, "{}"u8.ToArray());
                    break;
                case "stranger's":
                    world.Web.Put(url, Utf8.Bytes(System.Text.Encoding.UTF8.GetString(genuine.Span).Replace("universidade-modelo", "somebody-else", StringComparison.Ordinal)));
                    break;
                default:
                    world.Web.Put(url, genuine);
                    break;
            }
        }
    }

    /// <summary>A registry that always says the same, or nothing.</summary>
    private sealed class Faulty(RegistryAddress registry, RegistryRecord? record) : IRegistryReader
    {
        public RegistryAddress Registry => registry;

        public Task<RegistryReading> ReadAsync(RegistryQuery query, CancellationToken cancellationToken) => Task.FromResult(
            record is null ? RegistryReading.Unavailable(new(ProblemCode.LedgerUnavailable, "unplugged")) : RegistryReading.Of(query.Root is null ? record with { Anchor = null } : record));
    }
}
