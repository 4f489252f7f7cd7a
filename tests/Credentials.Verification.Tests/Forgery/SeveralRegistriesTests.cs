using System.Text.Json.Nodes;
using Credentials.Anchoring;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.Forgery;

/// <summary>Diplomas that name more than one registry, with one institution and one handle on all of them: the ids are made alike on every chain.</summary>
public sealed class SeveralRegistriesTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public async Task Rejects_what_only_the_second_registry_says_was_revoked()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        (SampleCredential bare, RegistryAddress second) = await IssueAsync(world);
        SampleAnchored anchored = world.Issuer.Anchor(bare);
        Assert.True(await world.AnchorAsync(anchored.Receipt.Root));
        RegistryRecord clear = new(InstitutionExists: true, Anchor: null, Revocation: null, world.Clock.Now);

        (await VerifyAsync(world, anchored.Text, new(second, RegistryReading.Of(clear)))).IsVerified();
        RegistryRecord revoked = clear with { Revocation = new SettledFact(world.Clock.Now, null, Finality.Finalized) };
        (await VerifyAsync(world, anchored.Text, new(second, RegistryReading.Of(revoked)))).IsRejected(CheckName.Status, ProblemCode.CredentialRevoked);
    }

    [Fact]
    public async Task Cannot_tell_by_the_trusted_registry_what_another_one_says()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        (SampleCredential bare, _) = await IssueAsync(world);
        SampleAnchored anchored = world.Issuer.Anchor(bare);
        Assert.True(await world.AnchorAsync(anchored.Receipt.Root));

        (await world.VerifyAsync(anchored.Text)).CannotTell(CheckName.Status, ProblemCode.LedgerNotTrusted);
    }

    [Fact]
    public async Task Judges_a_key_by_the_earliest_anchor()
    {
        using TestWorld world = await TestWorld.CreateAsync(p256Revoked: Samples.Time + Day);
        SampleAnchored early = await world.IssueAsync();
        world.Clock.Now += 2 * Day;
        SampleAnchored late = world.Issuer.Anchor(early.Bare);
        Assert.True(await world.AnchorAsync(late.Receipt.Root));

        foreach (AnchorReceipt[] receipts in (AnchorReceipt[][])[[late.Receipt, early.Receipt], [early.Receipt, late.Receipt]])
        {
            VerificationResult result = await world.Verifier().VerifyAsync(early.Bare.Text, receipts, CancellationToken.None);
            result.IsVerified();
            Assert.True(result.Anchor!.Time < Samples.Time + Day);
        }

        (await world.VerifyAsync(late.Text)).IsRejected(CheckName.Issuer, ProblemCode.KeyNotValid);
    }

    [Fact]
    public async Task Cannot_tell_by_a_late_anchor_while_an_earlier_one_is_out_of_reach()
    {
        using TestWorld world = await TestWorld.CreateAsync(p256Revoked: Samples.Time + Day);
        (SampleCredential bare, RegistryAddress second) = await IssueAsync(world);
        world.Clock.Now += 2 * Day;
        SampleAnchored late = world.Issuer.Anchor(bare);
        Assert.True(await world.AnchorAsync(late.Receipt.Root));
        AnchorReceipt early = late.Receipt with { Registry = second };
        RegistryReading down = RegistryReading.Unavailable(new(ProblemCode.LedgerUnavailable, "The node is down."));

        foreach (AnchorReceipt[] receipts in (AnchorReceipt[][])[[late.Receipt, early], [early, late.Receipt]])
        {
            VerificationResult result = await Verifier(world, new(second, down)).VerifyAsync(bare.Text, receipts, CancellationToken.None);
            Assert.Equal(Verdict.Indeterminate, result.Verdict);
            result.Is(CheckName.Anchor, CheckOutcome.Passed);
            result.Is(CheckName.Issuer, CheckOutcome.Indeterminate, ProblemCode.KeyNotValid);
        }
    }

    private static async Task<(SampleCredential Bare, RegistryAddress Second)> IssueAsync(TestWorld world)
    {
        (byte[] text, RegistryHandle handle, int index) = world.Issuer.Prepare("brazil");
        RegistryAddress second = world.Chain.Registry with { ChainId = 7 };
        text = Text.Edit(text, json => json["credentialStatus"]!.AsArray().Add(new JsonObject
        {
            ["id"] = new RegistryEntry(second, world.Issuer.Institution, handle).Id,
            ["type"] = RegistryEntry.Type,
        }));
        return (new(await world.Issuer.SignAsync(text), handle, index), second);
    }

    private static Task<VerificationResult> VerifyAsync(TestWorld world, byte[] text, FixedReader second) => Verifier(world, second).VerifyAsync(text, CancellationToken.None);

    private static CredentialVerifier Verifier(TestWorld world, FixedReader second) =>
        world.Verifier(trusted: world.Trusted with { Registries = [.. world.Trusted.Registries, second] });

    private sealed class FixedReader(RegistryAddress registry, RegistryReading reading) : IRegistryReader
    {
        public RegistryAddress Registry => registry;

        public Task<RegistryReading> ReadAsync(RegistryQuery query, CancellationToken cancellationToken) => Task.FromResult(reading);
    }
}
