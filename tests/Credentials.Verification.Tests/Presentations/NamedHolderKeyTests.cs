using Credentials.Dids;
using Credentials.Jose;
using Credentials.Keys;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.Presentations;

/// <summary>Key bindings by a key that the credential only names (<c>cnf</c> with a <c>kid</c>): it is looked up, and may have been given up.</summary>
public sealed class NamedHolderKeyTests
{
    private const string Holder = "did:web:learner.example";
    private const string HolderUrl = "https://learner.example/.well-known/did.json";

    [Fact]
    public async Task Verifies_a_binding_by_the_named_key()
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();
        Publish(world, world.Learner.PublicKey);

        (await world.VerifyAsync(await BindAsync(world, world.Learner))).IsVerified();
    }

    [Fact]
    public async Task Rejects_a_binding_by_a_named_key_that_was_revoked()
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();
        Publish(world, world.Learner.PublicKey, revoked: Samples.Time);

        (await world.VerifyAsync(await BindAsync(world, world.Learner))).IsRejected(CheckName.Proof, ProblemCode.KeyNotValid);
    }

    [Fact]
    public async Task Rejects_a_binding_by_another_key_than_the_named_one()
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();
        Publish(world, world.Learner.PublicKey);

        (await world.VerifyAsync(await BindAsync(world, world.Stranger))).IsRejected(CheckName.Proof, ProblemCode.CryptographicSecurityError);
    }

    [Fact]
    public async Task Looks_again_before_it_rejects_by_a_key_that_it_kept()
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();
        CredentialVerifier verifier = world.World.Verifier();
        Publish(world, world.Learner.PublicKey);
        (await verifier.VerifyPresentationAsync(await BindAsync(world, world.Learner), PresentationWorld.Expected, CancellationToken.None)).IsVerified();
        using SigningKey next = SigningKey.Generate(KeyType.P256);
        Publish(world, next.PublicKey);

        (await verifier.VerifyPresentationAsync(await BindAsync(world, next), PresentationWorld.Expected, CancellationToken.None)).IsVerified();
    }

    [Fact]
    public async Task Cannot_tell_while_the_named_key_cannot_be_had()
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();
        world.World.Web.Break(HolderUrl, "connection refused");

        (await world.VerifyAsync(await BindAsync(world, world.Learner))).CannotTell(CheckName.Proof, ProblemCode.DidResolutionError);
    }

    private static void Publish(PresentationWorld world, PublicKey key, DateTimeOffset? revoked = null) =>
        world.World.Web.Put(HolderUrl, DidDocumentWriter.Write(Holder, [new PublishedKey("key", key) { Revoked = revoked }]));

    private static async Task<byte[]> BindAsync(PresentationWorld world, SigningKey key)
    {
        byte[] document = Text.Edit(world.World.Issuer.Prepare("brazil").Text, json => json["credentialStatus"]!.AsArray().RemoveAt(2));
        var said = new SdJwtOptions("vc+sd-jwt", world.World.Issuer.Did + "#p256") { HolderKeyId = Holder + "#key", IssuedAt = Samples.Time };
        byte[] issued = (await SdJwt.IssueAsync(document, world.World.Issuer.P256, said, CancellationToken.None)).Require();
        return (await SdJwt.BindAsync(issued, key, PresentationWorld.Domain, PresentationWorld.Challenge, world.World.Clock.Now, CancellationToken.None)).Require();
    }
}
