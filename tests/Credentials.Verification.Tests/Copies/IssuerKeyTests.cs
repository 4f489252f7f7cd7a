using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Dids;
using Credentials.Keys;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;
using PublicKey = Credentials.Keys.PublicKey;

namespace Credentials.Verification.Tests.Copies;

/// <summary>The issuer's key by certificate and by what the issuer publishes for JWTs: each way only for the very issuer.</summary>
public sealed class IssuerKeyTests
{
    private const string MetadataUrl = "https://universidade-modelo.example/.well-known/jwt-vc-issuer";

    [Fact]
    public async Task Verifies_by_a_certificate_that_leads_to_a_trusted_root_and_names_the_issuer()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        using var authority = new Authority(world.World.Clock.Now);
        byte[] copy = await IssueAsync(world, authority.Certify(world.Stranger, CopyWorld.IssuerUrl), world.Stranger);
        world.World.Web.Break(world.World.DidUrl, "host not found");
        await world.PublishAsync(key: world.Stranger, keyId: "key-1");

        VerificationResult result = await world.VerifyAsync(copy, trusted: Trusting(world, authority));
        result.Is(CheckName.Proof, CheckOutcome.Passed);
        result.Is(CheckName.Issuer, CheckOutcome.Passed);
    }

    [Fact]
    public async Task Verifies_by_a_certificate_of_the_issuers_host()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        using var authority = new Authority(world.World.Clock.Now);
        byte[] copy = await IssueAsync(world, authority.Certify(world.Stranger, uri: null, host: "universidade-modelo.example"), world.Stranger);
        (await world.VerifyAsync(copy, trusted: Trusting(world, authority))).Is(CheckName.Issuer, CheckOutcome.Passed);
    }

    [Fact]
    public async Task Cannot_tell_by_a_certificate_whose_root_nobody_trusts()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        using var authority = new Authority(world.World.Clock.Now);
        using var other = new Authority(world.World.Clock.Now);
        byte[] copy = await IssueAsync(world, authority.Certify(world.Stranger, CopyWorld.IssuerUrl), world.Stranger);

        (await world.VerifyAsync(copy)).CannotTell(CheckName.Proof, ProblemCode.DidResolutionError);
        (await world.VerifyAsync(copy, trusted: Trusting(world, other))).CannotTell(CheckName.Proof, ProblemCode.DidResolutionError);
    }

    [Fact]
    public async Task Cannot_tell_by_a_certificate_of_somebody_else()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        using var authority = new Authority(world.World.Clock.Now);
        byte[] copy = await IssueAsync(world, authority.Certify(world.Stranger, "https://other.example", "other.example"), world.Stranger);
        (await world.VerifyAsync(copy, trusted: Trusting(world, authority))).CannotTell(CheckName.Proof, ProblemCode.DidResolutionError);
    }

    [Fact]
    public async Task Rejects_a_signature_that_is_not_that_of_the_certificate()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        using var authority = new Authority(world.World.Clock.Now);
        byte[] copy = await IssueAsync(world, authority.Certify(world.Stranger, CopyWorld.IssuerUrl), world.Learner);
        (await world.VerifyAsync(copy, trusted: Trusting(world, authority))).IsRejected(CheckName.Proof, ProblemCode.CryptographicSecurityError);
    }

    [Fact]
    public async Task Does_not_take_a_certificate_that_is_over_for_a_good_one()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        using var authority = new Authority(world.World.Clock.Now);
        byte[] copy = await IssueAsync(world, authority.Certify(world.Stranger, CopyWorld.IssuerUrl, until: world.World.Clock.Now - TimeSpan.FromDays(1)), world.Stranger);
        VerificationResult result = await world.VerifyAsync(copy, trusted: Trusting(world, authority));
        result.Is(CheckName.Issuer, CheckOutcome.Indeterminate, ProblemCode.KeyNotValid);
        Assert.NotEqual(Verdict.Verified, result.Verdict);
    }

    [Fact]
    public async Task Passes_over_certificates_where_the_issuers_DID_document_has_the_key()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        using var authority = new Authority(world.World.Clock.Now);
        byte[] copy = await world.IssueAsync(options: said => said with { CertificateChain = [authority.Certify(world.World.Issuer.P256, CopyWorld.IssuerUrl)] });
        (await world.VerifyAsync(copy)).IsVerified();
    }

    [Fact]
    public async Task Verifies_by_the_keys_that_the_issuer_publishes()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        Publish(world, CopyWorld.IssuerUrl, ("key-1", world.Stranger.PublicKey));
        await world.PublishAsync(key: world.Stranger, keyId: "key-1");
        (await world.VerifyAsync(await IssueAsync(world, certificate: null, world.Stranger))).IsVerified();
    }

    [Fact]
    public async Task Follows_the_place_of_the_keys_that_the_issuer_names()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        world.World.Web.Put(MetadataUrl, Utf8.Bytes($$"""{"issuer":"{{CopyWorld.IssuerUrl}}","jwks_uri":"https://keys.example/jwks"}"""));
        world.World.Web.Put("https://keys.example/jwks", KeySet(("key-1", world.Stranger.PublicKey)));
        (await world.VerifyAsync(await IssueAsync(world, certificate: null, world.Stranger))).Is(CheckName.Issuer, CheckOutcome.Passed);
    }

    [Theory]
    [InlineData("""{"issuer":"https://other.example","jwks":{"keys":[KEY]}}""", ProblemCode.InvalidDidDocument)]
    [InlineData("""{"issuer":"https://universidade-modelo.example/","jwks":{"keys":[KEY]}}""", ProblemCode.InvalidDidDocument)]
    [InlineData("""{"jwks":{"keys":[KEY]}}""", ProblemCode.InvalidDidDocument)]
    [InlineData("""{"issuer":"https://universidade-modelo.example"}""", ProblemCode.InvalidDidDocument)]
    [InlineData("""{"issuer":"https://universidade-modelo.example","jwks":{"keys":[KEY]},"jwks_uri":"https://keys.example/jwks"}""", ProblemCode.InvalidDidDocument)]
    [InlineData("""{"issuer":"https://universidade-modelo.example","jwks":[KEY]}""", ProblemCode.InvalidDidDocument)]
    [InlineData("""{"issuer":"https://universidade-modelo.example","jwks_uri":7}""", ProblemCode.InvalidDidDocument)]
    [InlineData("""{"issuer":"https://universidade-modelo.example","jwks_uri":"https://keys.example/jwks"}""", ProblemCode.DidResolutionError)]
    [InlineData("""{"issuer":"https://universidade-modelo.example","jwks":{"keys":[]}}""", ProblemCode.InvalidVerificationMethod)]
    [InlineData("""<html>""", ProblemCode.InvalidDidDocument)]
    public async Task Cannot_tell_by_metadata_that_is_anothers_or_malformed(string metadata, string code)
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        world.World.Web.Put(MetadataUrl, Utf8.Bytes(metadata.Replace("KEY", Jwk("key-1", world.Stranger.PublicKey).ToJsonString(), StringComparison.Ordinal)));
        (await world.VerifyAsync(await IssueAsync(world, certificate: null, world.Stranger))).CannotTell(CheckName.Proof, code);
    }

    [Fact]
    public async Task Rejects_a_signature_that_is_not_that_of_the_published_key()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        Publish(world, CopyWorld.IssuerUrl, ("key-1", world.Learner.PublicKey));
        (await world.VerifyAsync(await IssueAsync(world, certificate: null, world.Stranger))).IsRejected(CheckName.Proof, ProblemCode.CryptographicSecurityError);
    }

    [Fact]
    public async Task Takes_a_key_that_took_the_place_of_one_that_was_kept()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        CredentialVerifier verifier = world.Verifier();
        Publish(world, CopyWorld.IssuerUrl, ("key-1", world.Stranger.PublicKey));
        await verifier.VerifyAsync(await IssueAsync(world, certificate: null, world.Stranger), CancellationToken.None);
        Publish(world, CopyWorld.IssuerUrl, ("key-1", world.Learner.PublicKey));

        VerificationResult result = await verifier.VerifyAsync(await IssueAsync(world, certificate: null, world.Learner), CancellationToken.None);
        result.Is(CheckName.Issuer, CheckOutcome.Passed);
    }

    [Fact]
    public async Task Puts_the_well_known_path_between_host_and_path_of_the_issuer()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        world.World.Web.Miss("https://universidade-modelo.example/tenant/1234/did.json");
        world.World.Web.Put("https://universidade-modelo.example/.well-known/jwt-vc-issuer/tenant/1234", Metadata("https://universidade-modelo.example/tenant/1234", ("key-1", world.Stranger.PublicKey)));
        byte[] copy = await world.IssueAsync(claims => claims["iss"] = "https://universidade-modelo.example/tenant/1234", world.Stranger, said => said with { KeyId = "key-1" });
        (await world.VerifyAsync(copy)).Is(CheckName.Issuer, CheckOutcome.Passed);
    }

    [Theory]
    [InlineData("http://universidade-modelo.example")]
    [InlineData("https://universidade-modelo.example?a=b")]
    [InlineData("urn:example:university")]
    public async Task Asks_nobody_for_an_issuer_of_another_kind(string issuer)
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        Publish(world, issuer, ("key-1", world.Stranger.PublicKey));
        byte[] copy = await world.IssueAsync(claims => claims["iss"] = issuer, world.Stranger, said => said with { KeyId = "key-1" });
        (await world.VerifyAsync(copy)).CannotTell(CheckName.Proof, ProblemCode.InvalidVerificationMethod);
    }

    // The signer chooses the kid and the certificates; the DID document says which keys were revoked.
    [Theory]
    [InlineData("key-1", true)]
    [InlineData("key-1", false)]
    [InlineData("did:web:universidade-modelo.example#another", true)]
    [InlineData("did:web:universidade-modelo.example#another", false)]
    public async Task Does_not_take_a_revoked_key_by_another_name_from_certificate_or_metadata(string keyId, bool certified)
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        using var authority = new Authority(world.World.Clock.Now);
        world.World.Web.Put(world.World.DidUrl, DidDocumentWriter.Write(world.World.Issuer.Did, [new("stolen", world.Stranger.PublicKey, world.World.Clock.Now - TimeSpan.FromDays(1)), new("p256", world.World.Issuer.P256.PublicKey)]));
        Publish(world, CopyWorld.IssuerUrl, (keyId, world.Stranger.PublicKey));
        byte[] copy = await world.IssueAsync(key: world.Stranger, options: said => said with { KeyId = keyId, CertificateChain = certified ? [authority.Certify(world.Stranger, CopyWorld.IssuerUrl)] : [] });

        VerificationResult result = await world.VerifyAsync(copy, trusted: Trusting(world, authority));
        result.Is(CheckName.Proof, CheckOutcome.Passed);
        result.Is(CheckName.Issuer, CheckOutcome.Indeterminate, ProblemCode.KeyNotValid);
        Assert.NotEqual(Verdict.Verified, result.Verdict);
    }

    [Fact]
    public async Task Does_not_take_a_key_that_its_document_has_by_two_names_and_revoked_by_one()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        world.World.Web.Put(world.World.DidUrl, DidDocumentWriter.Write(world.World.Issuer.Did, [new("fresh", world.World.Issuer.P256.PublicKey), new("p256", world.World.Issuer.P256.PublicKey, world.World.Clock.Now - TimeSpan.FromDays(1))]));
        byte[] copy = await world.IssueAsync(options: said => said with { KeyId = world.World.Issuer.Did + "#fresh" });
        (await world.VerifyAsync(copy)).Is(CheckName.Issuer, CheckOutcome.Indeterminate, ProblemCode.KeyNotValid);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Holds_a_pinned_document_above_certificates_and_metadata(bool certified)
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        using var authority = new Authority(world.World.Clock.Now);
        Publish(world, CopyWorld.IssuerUrl, ("key-1", world.Stranger.PublicKey));
        byte[] copy = await IssueAsync(world, certified ? authority.Certify(world.Stranger, CopyWorld.IssuerUrl) : null, world.Stranger);
        TrustedMaterial trusted = Trusting(world, authority) with { PinnedDidDocuments = [DidDocumentWriter.Build(world.World.Issuer.Did, [new("p256", world.World.Issuer.P256.PublicKey)])] };
        (await world.VerifyAsync(copy, trusted: trusted)).CannotTell(CheckName.Proof, ProblemCode.InvalidVerificationMethod);
    }

    [Fact]
    public async Task Cannot_tell_by_published_keys_while_the_document_that_may_revoke_them_is_out_of_reach()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        Publish(world, CopyWorld.IssuerUrl, ("key-1", world.Stranger.PublicKey));
        byte[] copy = await IssueAsync(world, certificate: null, world.Stranger);
        world.World.Web.Break(world.World.DidUrl, "connection refused");
        (await world.VerifyAsync(copy)).CannotTell(CheckName.Proof, ProblemCode.DidResolutionError);
        world.World.Web.Miss(world.World.DidUrl);
        (await world.VerifyAsync(copy)).Is(CheckName.Issuer, CheckOutcome.Passed);
    }

    [Fact]
    public async Task Does_not_let_a_certificate_of_the_host_stand_for_one_of_several_who_share_it()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        using var authority = new Authority(world.World.Clock.Now);
        byte[] tenantA = authority.Certify(world.Stranger, "https://universidade-modelo.example/tenant/a", "universidade-modelo.example");
        byte[] copy = await world.IssueAsync(claims => claims["iss"] = "https://universidade-modelo.example/tenant/b", world.Stranger, said => said with { KeyId = "key-1", CertificateChain = [tenantA] });
        (await world.VerifyAsync(copy, trusted: Trusting(world, authority))).CannotTell(CheckName.Proof, ProblemCode.DidResolutionError);
    }

    [Fact]
    public async Task Does_not_take_a_certificate_that_is_an_authoritys_or_not_for_signatures()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        using var authority = new Authority(world.World.Clock.Now);
        X509Extension[] unfit = [new X509BasicConstraintsExtension(true, false, 0, true), new X509KeyUsageExtension(X509KeyUsageFlags.KeyAgreement, true), new(new Oid("2.5.29.15"), [1, 2], true)];
        foreach (X509Extension extension in unfit)
        {
            byte[] copy = await IssueAsync(world, authority.Certify(world.Stranger, CopyWorld.IssuerUrl, extensions: extension), world.Stranger);
            (await world.VerifyAsync(copy, trusted: Trusting(world, authority))).CannotTell(CheckName.Proof, ProblemCode.DidResolutionError);
        }
    }

    [Fact]
    public async Task Cannot_tell_by_a_certificate_whose_curve_is_spelled_out_or_whose_end_is_before_all_time()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        using var authority = new Authority(world.World.Clock.Now);
        byte[] odd = authority.Certify(world.Stranger, CopyWorld.IssuerUrl, curve: SpelledOutP256());
        (await world.VerifyAsync(await IssueAsync(world, odd, world.Stranger), trusted: Trusting(world, authority))).CannotTell(CheckName.Proof, ProblemCode.DidResolutionError);

        // notAfter, GeneralizedTime: 00010101000000Z.
        byte[] der = authority.Certify(world.Stranger, CopyWorld.IssuerUrl, until: new DateTimeOffset(2050, 6, 1, 0, 0, 0, TimeSpan.Zero));
        int at = der.AsSpan().IndexOf("20500601000000Z"u8);
        "00010101000000Z"u8.CopyTo(der.AsSpan(at));
        (await world.VerifyAsync(await IssueAsync(world, der, world.Stranger), trusted: Trusting(world, authority))).CannotTell(CheckName.Proof, ProblemCode.DidResolutionError);
    }

    // Honest: the credential never said that it was signed with the one key that happens to be published.
    [Fact]
    public async Task Cannot_tell_where_the_only_published_key_was_a_guess()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        using var authority = new Authority(world.World.Clock.Now);
        Publish(world, CopyWorld.IssuerUrl, ("key-1", world.Learner.PublicKey));
        byte[] nameless = await world.IssueAsync(key: world.Stranger, options: said => said with { KeyId = "" });
        (await world.VerifyAsync(nameless)).CannotTell(CheckName.Proof, ProblemCode.InvalidVerificationMethod);

        byte[] certified = await IssueAsync(world, authority.Certify(world.Stranger, CopyWorld.IssuerUrl), world.Stranger);
        (await world.VerifyAsync(certified)).CannotTell(CheckName.Proof, ProblemCode.InvalidVerificationMethod);
    }

    [Fact]
    public async Task Tries_every_published_key_of_the_name()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        Publish(world, CopyWorld.IssuerUrl, ("key-1", world.World.Issuer.Ed25519.PublicKey), ("key-1", world.Learner.PublicKey), ("key-1", world.Stranger.PublicKey));
        (await world.VerifyAsync(await IssueAsync(world, certificate: null, world.Stranger))).Is(CheckName.Issuer, CheckOutcome.Passed);
    }

    // Honest: a key of another party, say a provider's, that the issuer publishes as its own by that very name.
    [Fact]
    public async Task Takes_anothers_key_that_the_issuer_itself_publishes_and_rejects_one_that_it_does_not()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        const string Foreign = "did:web:provider.example#k";
        world.World.Web.Put("https://provider.example/.well-known/did.json", DidDocumentWriter.Write("did:web:provider.example", [new("k", world.Stranger.PublicKey)]));
        byte[] copy = await world.IssueAsync(key: world.Stranger, options: said => said with { KeyId = Foreign });
        (await world.VerifyAsync(copy)).CannotTell(CheckName.Proof, ProblemCode.DidResolutionError);

        Publish(world, CopyWorld.IssuerUrl, (Foreign, world.Stranger.PublicKey));
        (await world.VerifyAsync(copy)).Is(CheckName.Issuer, CheckOutcome.Passed);

        Publish(world, CopyWorld.IssuerUrl, ("key-1", world.Learner.PublicKey));
        (await world.VerifyAsync(copy)).IsRejected(CheckName.Issuer, ProblemCode.IssuerMismatch);
        world.World.Web.Miss(MetadataUrl);
        (await world.VerifyAsync(copy)).IsRejected(CheckName.Issuer, ProblemCode.IssuerMismatch);
    }

    private static Task<byte[]> IssueAsync(CopyWorld world, byte[]? certificate, SigningKey key) =>
        world.IssueAsync(key: key, options: said => said with { KeyId = "key-1", CertificateChain = certificate is null ? [] : [certificate] });

    /// <summary>P-256 as RFC 3279 lets a curve be described instead of named.</summary>
    private static byte[] SpelledOutP256()
    {
        byte[] prime = Convert.FromHexString("FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF");
        var der = new AsnWriter(AsnEncodingRules.DER);
        using (der.PushSequence())
        {
            der.WriteInteger(1);
            using (der.PushSequence())
            {
                der.WriteObjectIdentifier("1.2.840.10045.1.1");
                der.WriteIntegerUnsigned(prime);
            }

            using (der.PushSequence())
            {
                der.WriteOctetString(Convert.FromHexString("FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFC"));
                der.WriteOctetString(Convert.FromHexString("5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B"));
            }

            der.WriteOctetString(Convert.FromHexString("046B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C2964FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5"));
            der.WriteIntegerUnsigned(Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"));
            der.WriteInteger(1);
        }

        return der.Encode();
    }

    private static TrustedMaterial Trusting(CopyWorld world, Authority authority) => world.Trusted with { CertificateRoots = [authority.Root] };

    private static void Publish(CopyWorld world, string issuer, params (string Id, PublicKey Key)[] keys) => world.World.Web.Put(MetadataUrl, Metadata(issuer, keys));

    private static byte[] Metadata(string issuer, params (string Id, PublicKey Key)[] keys) => Utf8.Bytes($$"""{"issuer":"{{issuer}}","jwks":{{Utf8.Text(KeySet(keys))}}}""");

    private static byte[] KeySet(params (string Id, PublicKey Key)[] keys) => Utf8.Bytes(new JsonObject { ["keys"] = new JsonArray([.. keys.Select(key => Jwk(key.Id, key.Key))]) }.ToJsonString());

    internal static JsonObject Jwk(string id, PublicKey key)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            JsonWebKey.Write(writer, key);
        }

        JsonObject jwk = JsonNode.Parse(stream.ToArray())!.AsObject();
        jwk["kid"] = id;
        return jwk;
    }
}
