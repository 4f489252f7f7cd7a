using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
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
        CredentialVerifier verifier = world.World.Verifier();
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

    private static Task<byte[]> IssueAsync(CopyWorld world, byte[]? certificate, SigningKey key) =>
        world.IssueAsync(key: key, options: said => said with { KeyId = "key-1", CertificateChain = certificate is null ? [] : [certificate] });

    private static TrustedMaterial Trusting(CopyWorld world, Authority authority) => world.World.Trusted with { CertificateRoots = [authority.Root] };

    private static void Publish(CopyWorld world, string issuer, params (string Id, PublicKey Key)[] keys) => world.World.Web.Put(MetadataUrl, Metadata(issuer, keys));

    private static byte[] Metadata(string issuer, params (string Id, PublicKey Key)[] keys) => Utf8.Bytes($$"""{"issuer":"{{issuer}}","jwks":{{Utf8.Text(KeySet(keys))}}}""");

    private static byte[] KeySet(params (string Id, PublicKey Key)[] keys) => Utf8.Bytes(new JsonObject { ["keys"] = new JsonArray([.. keys.Select(key => Jwk(key.Id, key.Key))]) }.ToJsonString());

    private static JsonObject Jwk(string id, PublicKey key)
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

    /// <summary>An authority that certifies keys for a while.</summary>
    private sealed class Authority : IDisposable
    {
        private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        private readonly DateTimeOffset _now;

        public Authority(DateTimeOffset now)
        {
            _now = now;
            var request = new CertificateRequest("CN=Root of tests " + Guid.NewGuid(), _key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
            Root = request.CreateSelfSigned(now - TimeSpan.FromDays(1000), now + TimeSpan.FromDays(1000));
        }

        public X509Certificate2 Root { get; }

        public byte[] Certify(SigningKey key, string? uri, string? host = null, DateTimeOffset? until = null)
        {
            using var subject = ECDsa.Create(ParametersOf(key.PublicKey));
            var request = new CertificateRequest("CN=Universidade Modelo", subject, HashAlgorithmName.SHA256);
            var names = new SubjectAlternativeNameBuilder();
            names.AddIpAddress(IPAddress.Loopback);
            if (uri is not null)
            {
                names.AddUri(new Uri(uri));
            }

            if (host is not null)
            {
                names.AddDnsName(host);
            }

            request.CertificateExtensions.Add(names.Build());
            using X509Certificate2 certificate = request.Create(Root, _now - TimeSpan.FromDays(500), until ?? _now + TimeSpan.FromDays(100), RandomNumberGenerator.GetBytes(8));
            return certificate.RawData;
        }

        public void Dispose()
        {
            Root.Dispose();
            _key.Dispose();
        }

        private static ECParameters ParametersOf(PublicKey key)
        {
            JsonObject jwk = Jwk("", key);
            return new() { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = Credentials.Encoding.StrictBase64Url.Decode((string)jwk["x"]!), Y = Credentials.Encoding.StrictBase64Url.Decode((string)jwk["y"]!) } };
        }
    }
}
