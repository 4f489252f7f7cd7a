using Credentials.Anchoring;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;
using FsCheck.Fluent;

namespace Credentials.Verification.Tests.Slander;

/// <summary>Faults around keys and accreditations: none makes a genuine diploma rejected, none makes a forged one verified.</summary>
public sealed class HistoryFaultTests
{
    private static readonly string[] DidFaults = ["", "down", "HTML", "without the key", "empty"];
    private static readonly string[] ChainFaults = ["", LedgerDown, ProblemCode.LedgerMismatch, ProblemCode.LedgerProofError, ProblemCode.HeaderUnsupported, "not trusted"];
    private static readonly string[] PathFaults = ["", "none", "another's", "cut off", "no identities"];
    private static readonly string[] Policies = ["default", "require-anchor", "require-accreditation"];

    private const string LedgerDown = ProblemCode.LedgerUnavailable;

    [Fact]
    public async Task A_genuine_diploma_is_never_rejected()
    {
        using var world = new TimeWorld();
        SampleAnchored diploma = await world.IssueAsync();
        Randomised.ForAll(
            Gen.Elements(DidFaults).Zip(Gen.Elements(ChainFaults)).Zip(Gen.Elements(PathFaults).Zip(Gen.Elements(Policies))),
            faults =>
            {
                VerificationResult result = Verify(world, diploma.Text, faults.Item1.Item1, faults.Item1.Item2, faults.Item2.Item1, faults.Item2.Item2);
                bool whole = faults.Item1.Item1.Length + faults.Item1.Item2.Length + faults.Item2.Item1.Length == 0;
                Assert.True(!whole || result.Verdict == Verdict.Verified, result.Show());
                return result.Verdict != Verdict.Rejected && result.Checks.All(check => check.Outcome != CheckOutcome.Failed) ? true : throw new InvalidOperationException($"{faults}: {result.Show()}");
            },
            slice: 400,
            full: 20_000);
    }

    [Fact]
    public async Task An_impostors_diploma_is_never_verified()
    {
        using var world = new TimeWorld();
        using var impostor = new SampleIssuer("impostor") { Did = world.Issuer.Did, Registry = world.Issuer.Registry, Institution = TimeWorld.Id(66) };
        SampleAnchored forged = await world.IssueAsync(signer: impostor);
        world.Registry.TakeIdentity(impostor.Institution, world.Identity.Hash, TimeWorld.Anchored - TimeWorld.Day);
        world.Registry.Keys[(impostor.Institution, world.Method)] = new(Credentials.Keys.Multikey.ToBytes(impostor.P256.PublicKey), TimeWorld.Anchored - TimeWorld.Day, null, KeyRevocationReason.None);
        Randomised.ForAll(
            Gen.Elements(DidFaults).Zip(Gen.Elements(ChainFaults)).Zip(Gen.Elements(PathFaults).Zip(Gen.Elements(Policies))),
            faults => Verify(world, forged.Text, faults.Item1.Item1, faults.Item1.Item2, faults.Item2.Item1, faults.Item2.Item2).Verdict != Verdict.Verified,
            slice: 400,
            full: 20_000);
    }

    [Theory]
    [InlineData(ProblemCode.LedgerUnavailable, Remedy.TryLater)]
    [InlineData(ProblemCode.LedgerProofError, Remedy.TryLater)]
    [InlineData(ProblemCode.HeaderUnsupported, Remedy.Verifier)]
    public async Task A_registry_that_cannot_be_read_leaves_a_retired_keys_diploma_open(string code, Remedy remedy)
    {
        using var world = new TimeWorld();
        SampleAnchored late = await world.IssueAsync();
        world.RevokeKey(TimeWorld.Anchored - TimeWorld.Day);
        VerificationResult result = Verify(world, late.Text, "", code, "", "require-accreditation");

        result.CannotTell(CheckName.Status, code);
        Assert.Equal(remedy, result[CheckName.Status].Remedy);
    }

    private static VerificationResult Verify(TimeWorld world, byte[] text, string did, string chain, string path, string policy)
    {
        world.Registry.Fault = chain is "" or "not trusted" ? null : new Problem(chain, "the node is at fault");
        switch (did)
        {
            case "down":
                world.TakeDidDown();
                break;
            case "HTML":
                world.Web.Put(world.DidUrl, "<html>Sign in</html>"u8.ToArray(), "text/html");
                break;
            case "without the key":
                world.Web.Put(world.DidUrl, Text.Edit(world.Issuer.DocumentText, json => json["verificationMethod"]!.AsArray().RemoveAt(0)));
                break;
            case "empty":
                world.Web.Put(world.DidUrl, "{}"u8.ToArray());
                break;
            default:
                world.Web.Put(world.DidUrl, world.Issuer.DocumentText);
                break;
        }

        TrustedMaterial trusted = world.Trusted with
        {
            Registries = chain == "not trusted" ? [] : [world.Registry],
            AccreditationPaths = path switch
            {
                "none" => [],
                "another's" => [world.Path with { Institution = TimeWorld.Id(66) }],
                "cut off" => [world.Path with { Links = [world.ToUniversity] }],
                "no identities" => [world.Path with { Identities = [] }],
                _ => [world.Path],
            },
        };
        return world.VerifyAsync(text, trusted, policy switch
        {
            "require-anchor" => VerificationPolicy.RequireAnchor,
            "require-accreditation" => VerificationPolicy.RequireAccreditation,
            _ => VerificationPolicy.Default,
        }).GetAwaiter().GetResult();
    }
}
