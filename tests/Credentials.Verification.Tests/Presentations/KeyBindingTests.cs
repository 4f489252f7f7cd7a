using Credentials.Jose;
using Credentials.Keys;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.Presentations;

/// <summary>SD-JWT with key binding: a credential and its presentation in one.</summary>
public sealed class KeyBindingTests
{
    private static readonly PresentationExpectation OwnOnly = PresentationWorld.Expected with { HolderBinding = HolderBinding.Required };

    [Fact]
    public async Task Verifies_a_credential_with_its_holders_key_binding()
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();
        PresentationResult result = await world.VerifyAsync(await BindAsync(world, await IssueAsync(world)), OwnOnly);

        result.IsVerified();
        Assert.All(result.Checks, check => Assert.Equal(CheckOutcome.Passed, check.Outcome));
        Assert.Equal("vc+sd-jwt", result.Form);
        Assert.Single(result.Credentials).Is(CheckName.HolderBinding, CheckOutcome.Passed);
    }

    [Fact]
    public async Task Verifies_what_the_holder_withholds_from_and_shows_it_not()
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();
        byte[] shown = SdJwt.Open(await IssueAsync(world)).Require().Present(["/credentialSubject/award"]).Require();
        PresentationResult result = await world.VerifyAsync(await BindAsync(world, shown));

        result.IsVerified();
        Assert.True(result.Credentials[0].Credential!.Json.GetProperty("credentialSubject").TryGetProperty("award", out _));
        Assert.False(result.Credentials[0].Credential!.Json.GetProperty("credentialSubject").TryGetProperty("dateOfBirth", out _));
    }

    [Theory]
    [InlineData("another", PresentationWorld.Domain, ProblemCode.InvalidChallenge)]
    [InlineData(PresentationWorld.Challenge, "https://somebody-else.example", ProblemCode.InvalidDomain)]
    public async Task Rejects_a_binding_that_was_made_for_another_question_or_audience(string nonce, string audience, string code)
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();
        byte[] replayed = (await SdJwt.BindAsync(await IssueAsync(world), world.Learner, audience, nonce, world.World.Clock.Now, CancellationToken.None)).Require();

        (await world.VerifyAsync(replayed)).IsRejected(CheckName.Proof, code);
    }

    [Fact]
    public async Task Rejects_a_binding_that_is_too_old()
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();

        (await world.VerifyAsync(await BindAsync(world, await IssueAsync(world), made: world.World.Clock.Now - TimeSpan.FromHours(1)))).IsRejected(CheckName.Proof, ProblemCode.ProofVerificationError);
    }

    [Fact]
    public async Task Rejects_a_binding_by_another_key_than_the_credentials()
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();
        byte[] stolen = await IssueAsync(world, holder: world.Stranger.PublicKey);

        (await world.VerifyAsync(await ForgeAsync(world, stolen))).IsRejected(CheckName.Proof, ProblemCode.CryptographicSecurityError);
    }

    [Fact]
    public async Task Rejects_disclosures_taken_away_after_they_were_bound()
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();
        string[] parts = Utf8.Text(await BindAsync(world, await IssueAsync(world))).Split('~');
        byte[] shorter = Utf8.Bytes(string.Join('~', parts.Where((_, index) => index != 1)));

        (await world.VerifyAsync(shorter)).IsRejected(CheckName.Proof, ProblemCode.ProofVerificationError);
    }

    [Fact]
    public async Task Rejects_a_bound_credential_that_was_revoked()
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();
        byte[] bound = await BindAsync(world, await IssueAsync(world));
        world.World.Issuer.Revocations[100] = true;
        await world.World.PublishStatusAsync();

        (await world.VerifyAsync(bound)).IsRejected(CheckName.Status, ProblemCode.CredentialRevoked);
    }

    [Fact]
    public async Task Cannot_tell_whose_key_it_is_while_the_credential_is_not_proven()
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();
        byte[] bound = await BindAsync(world, await IssueAsync(world));
        world.World.Web.Break(world.World.DidUrl, "connection refused");
        PresentationResult result = await world.VerifyAsync(bound);

        result.CannotTell(CheckName.Proof, ProblemCode.ProofVerificationError);
        Assert.Null(result.Presenter);
        result.Credentials[0].CannotTell(CheckName.Proof, ProblemCode.DidResolutionError);
    }

    [Fact]
    public async Task Cannot_tell_of_a_binding_to_a_credential_that_confirms_no_key()
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();
        byte[] anybodys = await world.DiplomaAsync("vc+sd-jwt");

        (await world.VerifyAsync(await ForgeAsync(world, anybodys))).CannotTell(CheckName.Proof, ProblemCode.ProofVerificationError);
    }

    [Fact]
    public async Task Verifies_it_as_a_credential_too_without_asking_whose_it_is()
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();
        VerificationResult result = await world.World.VerifyAsync(await BindAsync(world, await IssueAsync(world)));

        result.IsVerified();
        result.Is(CheckName.HolderBinding, CheckOutcome.Skipped);
    }

    private static Task<byte[]> IssueAsync(PresentationWorld world, PublicKey? holder = null) => world.DiplomaAsync("vc+sd-jwt", options: said => said with
    {
        HolderKey = holder ?? world.Learner.PublicKey,
        Disclosures = new(["/credentialSubject/award", "/credentialSubject/dateOfBirth"]),
    });

    private static async Task<byte[]> BindAsync(PresentationWorld world, byte[] credential, DateTimeOffset? made = null) =>
        (await SdJwt.BindAsync(credential, world.Learner, PresentationWorld.Domain, PresentationWorld.Challenge, made ?? world.World.Clock.Now, CancellationToken.None)).Require();

    /// <summary>A binding by the learner's key, whatever key the credential confirms: her own credential's, with the digest of this one.</summary>
    private static async Task<byte[]> ForgeAsync(PresentationWorld world, byte[] credential)
    {
        Parsed<byte[]> bound = await SdJwt.BindAsync(credential, world.Learner, PresentationWorld.Domain, PresentationWorld.Challenge, world.World.Clock.Now, CancellationToken.None);
        if (bound.Ok)
        {
            return bound.Value;
        }

        string own = Utf8.Text(await BindAsync(world, await IssueAsync(world)));
        return [.. credential, .. Utf8.Bytes(own[(own.LastIndexOf('~') + 1)..])];
    }
}
