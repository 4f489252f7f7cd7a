using Credentials.DataModel;
using Credentials.JwtVcs;
using Credentials.Keys;
using Credentials.Securing;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;
using Credentials.Wallets;

namespace Credentials.Verification.Tests.Copies;

/// <summary>Copies as JWTs of VCDM 1.1, and as documents of VCDM 2.0, shown in a presentation for the employer.</summary>
public sealed class JwtCopyTests
{
    [Fact]
    public async Task Verifies_a_copy_as_a_JWT()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        VerificationResult result = await world.VerifyAsync(await IssueAsync(world));
        result.IsVerified();
        Assert.Equal("jwt_vc_json", result.Form);
        Assert.NotNull(result.AwardAnchor);
    }

    [Theory]
    [InlineData("ecdsa-rdfc-2019")]
    [InlineData("vc+jwt")]
    public async Task Verifies_a_copy_as_a_document_of_the_data_model(string form)
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        byte[] document = WalletCopy.ToDataModel(VerifiableCredential.Parse(world.Master.Bare.Text).Require(), world.Terms with { TokenStatus = null });
        VerificationResult result = await world.VerifyAsync(await world.World.SecureAsync(form, document));
        result.IsVerified();
        Assert.NotNull(result.AwardAnchor);
    }

    [Fact]
    public async Task Verifies_a_presentation_of_it_by_its_holder()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        PresentationResult result = await world.VerifyPresentationAsync(await PresentAsync(world), Required);
        result.IsVerified();
        Assert.Equal(world.LearnerDid, result.Presenter);
        Assert.Equal("jwt_vp_json", result.Form);
    }

    [Fact]
    public async Task Rejects_a_copy_whose_signature_was_altered()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        (await world.VerifyAsync(FormWorld.WithBrokenSignature(await IssueAsync(world)))).IsRejected(CheckName.Proof, ProblemCode.CryptographicSecurityError);
    }

    [Fact]
    public async Task Rejects_a_copy_that_somebody_else_signed()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        (await world.VerifyAsync(await IssueAsync(world, world.Stranger))).IsRejected(CheckName.Proof, ProblemCode.CryptographicSecurityError);
        (await world.VerifyAsync(await IssueAsync(world, world.Stranger, Dids.Methods.DidKey.MethodOf(world.Stranger.PublicKey)))).IsRejected(CheckName.Issuer, ProblemCode.IssuerMismatch);
    }

    [Fact]
    public async Task Rejects_a_copy_that_is_over()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        byte[] copy = await IssueAsync(world, terms: world.Terms with { ValidUntil = world.World.Clock.Now - TimeSpan.FromDays(1) });
        (await world.VerifyAsync(copy)).IsRejected(CheckName.ValidityPeriod, ProblemCode.CredentialExpired);
    }

    [Fact]
    public async Task Rejects_a_presentation_for_somebody_else_or_of_another_question()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        (await world.VerifyPresentationAsync(await PresentAsync(world, said => said with { Domain = "https://other.example" }))).IsRejected(CheckName.Proof, ProblemCode.InvalidDomain);
        (await world.VerifyPresentationAsync(await PresentAsync(world, said => said with { Challenge = "yesterday" }))).IsRejected(CheckName.Proof, ProblemCode.InvalidChallenge);
        (await world.VerifyPresentationAsync(await PresentAsync(world, said => said with { Domain = null }))).IsRejected(CheckName.Proof, ProblemCode.InvalidDomain);
    }

    [Fact]
    public async Task Rejects_a_presentation_in_the_holders_name_by_a_stranger()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        (await world.VerifyPresentationAsync(await PresentAsync(world, key: world.Stranger, holder: world.LearnerDid))).IsRejected(CheckName.HolderBinding, ProblemCode.HolderMismatch);
    }

    [Fact]
    public async Task Rejects_a_strangers_presentation_of_somebody_elses_copy()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        PresentationResult result = await world.VerifyPresentationAsync(await PresentAsync(world, key: world.Stranger), Required);
        result.IsRejected(CheckName.HolderBinding, ProblemCode.HolderMismatch);
    }

    [Fact]
    public async Task Rejects_a_presentation_that_was_made_to_hold_until_yesterday()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        (await world.VerifyPresentationAsync(await PresentAsync(world, said => said with { Expires = world.World.Clock.Now - TimeSpan.FromDays(1) }))).IsRejected(CheckName.Proof, ProblemCode.CredentialExpired);
    }

    // Announced in the JWT's own way, a revocation counts in every form of JWT.
    [Theory]
    [InlineData("jwt_vc_json")]
    [InlineData("vc+jwt")]
    public async Task Rejects_a_copy_that_was_revoked_by_the_status_of_its_JWT(string form)
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        var master = VerifiableCredential.Parse(world.Master.Bare.Text).Require();
        WalletCopyTerms terms = world.Terms with { TokenStatus = null };
        byte[] copy = form == "vc+jwt"
            ? await world.World.SecureAsync(form, Text.Edit(WalletCopy.ToDataModel(master, terms), json => json["status"] = Reference()))
            : (await JwtVc.SignAsync(Text.Edit(WalletCopy.ToJwtVc(master, terms), json => json["status"] = Reference()), world.World.Issuer.P256, world.KeyId, CancellationToken.None)).Require();
        (await world.VerifyAsync(copy)).Is(CheckName.Status, CheckOutcome.Passed);

        world.Statuses[CopyWorld.Index] = Status.TokenStatusList.Invalid;
        await world.PublishAsync();
        (await world.VerifyAsync(copy)).IsRejected(CheckName.Status, ProblemCode.CredentialRevoked);
    }

    private static System.Text.Json.Nodes.JsonObject Reference() => new Status.TokenStatusListEntry(CopyWorld.Index, new Uri(CopyWorld.ListUrl)).ToClaim();

    private static PresentationExpectation Required => PresentationWorld.Expected with { HolderBinding = HolderBinding.Required };

    private static async Task<byte[]> IssueAsync(CopyWorld world, SigningKey? key = null, string? keyId = null, WalletCopyTerms? terms = null) =>
        (await JwtVc.SignAsync(WalletCopy.ToJwtVc(VerifiableCredential.Parse(world.Master.Bare.Text).Require(), (terms ?? world.Terms) with { TokenStatus = null }), key ?? world.World.Issuer.P256, keyId ?? world.KeyId, CancellationToken.None)).Require();

    private static async Task<byte[]> PresentAsync(CopyWorld world, Func<SecuringOptions, SecuringOptions>? edit = null, SigningKey? key = null, string? holder = null)
    {
        SigningKey own = key ?? world.Learner;
        var said = new SecuringOptions(Dids.Methods.DidKey.MethodOf(own.PublicKey), world.World.Clock.Now) { Challenge = PresentationWorld.Challenge, Domain = PresentationWorld.Domain };
        return (await JwtVc.PresentAsync(holder ?? FormWorld.DidOf(own), [Utf8.Text(await IssueAsync(world))], own, edit is null ? said : edit(said), CancellationToken.None)).Require();
    }
}
