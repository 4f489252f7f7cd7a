using Credentials.Dids;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.Presentations;

/// <summary>Whose presentation it is, and whose the credentials are.</summary>
public sealed class HolderTests
{
    private static readonly PresentationExpectation OwnOnly = PresentationWorld.Expected with { HolderBinding = HolderBinding.Required };

    [Fact]
    public async Task Rejects_a_presentation_signed_by_another_than_its_holder()
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();
        byte[] stolen = await PresentationWorld.SignAsync("ecdsa-jcs-2019", PresentationWorld.Unsigned(world.LearnerDid, await world.DiplomaAsync()), world.Stranger);
        PresentationResult result = await world.VerifyAsync(stolen);

        result.IsRejected(CheckName.HolderBinding, ProblemCode.HolderMismatch);
        Assert.Null(result.Presenter);
    }

    [Fact]
    public async Task Verifies_a_presentation_that_names_no_holder_as_that_of_its_signer()
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();
        byte[] unsigned = Text.Edit(PresentationWorld.Unsigned(null, await world.DiplomaAsync()), json => json.Remove("holder"));
        PresentationResult result = await world.VerifyAsync(await PresentationWorld.SignAsync("vp+jwt", unsigned, world.Learner), OwnOnly);

        result.IsVerified();
        Assert.Equal(world.LearnerDid, result.Presenter);
    }

    [Fact]
    public async Task Reports_a_credential_of_somebody_else_and_lets_it_pass()
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();
        PresentationResult result = await world.VerifyAsync(await world.PresentAsync(diploma: await world.DiplomaAsync(subject: "did:example:child")));

        result.IsVerified();
        Assert.Single(result.Credentials).Is(CheckName.HolderBinding, CheckOutcome.Indeterminate, ProblemCode.HolderMismatch);
        Assert.Contains("did:example:child", result.Credentials[0][CheckName.HolderBinding].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rejects_a_credential_of_somebody_else_where_only_ones_own_count()
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();

        (await world.VerifyAsync(await world.PresentAsync(diploma: await world.DiplomaAsync(subject: "did:example:child")), OwnOnly)).IsRejected(CheckName.HolderBinding, ProblemCode.HolderMismatch);
    }

    [Fact]
    public async Task Cannot_tell_of_a_credential_that_is_nobodys_where_only_ones_own_count()
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();
        byte[] anybodys = await world.DiplomaAsync(edit: json => json["credentialSubject"]!.AsObject().Remove("id"));

        (await world.VerifyAsync(await world.PresentAsync(diploma: anybodys), OwnOnly)).CannotTell(CheckName.HolderBinding, ProblemCode.HolderMismatch);
        (await world.VerifyAsync(await world.PresentAsync(diploma: anybodys))).IsVerified();
    }

    [Fact]
    public async Task Takes_the_key_that_the_issuer_wrote_down_over_the_id_of_the_subject()
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();
        byte[] bound = await world.DiplomaAsync("vc+jwt", options: said => said with { HolderKey = world.Stranger.PublicKey });

        (await world.VerifyAsync(await world.PresentAsync(diploma: bound), OwnOnly)).IsRejected(CheckName.HolderBinding, ProblemCode.HolderMismatch);
    }

    [Fact]
    public async Task Cannot_tell_of_a_key_that_the_holder_does_not_list_for_authentication()
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();

        // The institution's document lists its keys for assertions only.
        byte[] presentation = await PresentationOf(world, world.World.Issuer.Did, world.World.Issuer.Did + "#p256");
        (await world.VerifyAsync(presentation)).CannotTell(CheckName.HolderBinding, ProblemCode.InvalidVerificationMethod);
    }

    [Fact]
    public async Task Verifies_a_holder_whose_document_lists_the_key_for_authentication_and_rejects_it_once_revoked()
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();
        byte[] presentation = await PresentationOf(world, world.World.Issuer.Did, world.World.Issuer.Did + "#p256");
        PublishWithAuthentication(world.World, revoked: null);
        (await world.VerifyAsync(presentation)).IsVerified();

        using PresentationWorld later = await PresentationWorld.CreateAsync();
        PublishWithAuthentication(later.World, revoked: Samples.Time);
        (await later.VerifyAsync(presentation)).IsRejected(CheckName.HolderBinding, ProblemCode.KeyNotValid);
    }

    [Fact]
    public async Task Cannot_tell_of_a_holder_that_is_no_DID()
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();
        byte[] presentation = await PresentationWorld.SignAsync("ecdsa-jcs-2019", PresentationWorld.Unsigned("https://learner.example/me", await world.DiplomaAsync()), world.Learner);

        (await world.VerifyAsync(presentation)).CannotTell(CheckName.HolderBinding, ProblemCode.InvalidDid);
    }

    [Fact]
    public async Task Cannot_tell_while_the_holders_DID_host_is_down()
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();
        byte[] presentation = await PresentationOf(world, world.World.Issuer.Did, world.World.Issuer.Did + "#p256");
        world.World.Web.Break(world.World.DidUrl, "connection refused");

        (await world.VerifyAsync(presentation)).CannotTell(CheckName.Proof, ProblemCode.DidResolutionError);
    }

    private static async Task<byte[]> PresentationOf(PresentationWorld world, string holder, string method)
    {
        byte[] unsigned = Text.Edit(PresentationWorld.Unsigned(holder), json => json.Remove("verifiableCredential"));
        return await FormWorld.SecureAsync("ecdsa-jcs-2019", unsigned, world.World.Issuer.P256, method, said => said with { Challenge = PresentationWorld.Challenge, Domain = PresentationWorld.Domain });
    }

    private static void PublishWithAuthentication(TestWorld world, DateTimeOffset? revoked)
    {
        byte[] document = DidDocumentWriter.Write(world.Issuer.Did, [new PublishedKey("p256", world.Issuer.P256.PublicKey, revoked)]);
        world.Web.Put(world.DidUrl, Text.Edit(document, json => json["authentication"] = json["assertionMethod"]!.DeepClone()));
    }
}
