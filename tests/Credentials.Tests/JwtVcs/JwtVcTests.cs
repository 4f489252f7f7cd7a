using System.Text.Json.Nodes;
using Credentials.DataModel;
using Credentials.Enveloping;
using Credentials.JwtVcs;
using Credentials.Keys;
using Credentials.TestKit;
using Credentials.Tests.Jose;

namespace Credentials.Tests.JwtVcs;

/// <summary>Credentials and presentations of VCDM 1.1 as JWTs: the decoding rules of VCDM 1.1 section 6.3.1.</summary>
public class JwtVcTests
{
    private const string Vc = """{"@context":["https://www.w3.org/2018/credentials/v1"],"type":["VerifiableCredential"],"credentialSubject":{"degree":"MSc"}}""";
    private const string Claims = """{"iss":"did:web:uni.example","sub":"did:example:s","nbf":1790000000,"exp":1890000000,"jti":"urn:uuid:1","vc":""" + Vc + "}";

    private static readonly SigningKey Key = SigningKey.Generate(KeyType.P256);

    [Fact]
    public async Task Opens_a_credential_as_the_document_that_its_claims_come_to()
    {
        Envelope envelope = Envelope.Open((await JwtVc.SignAsync(Utf8.Bytes(Claims), Key, "did:web:uni.example#k", CancellationToken.None)).Require()).Require();
        var document = VerifiableCredential.Parse(envelope.Payload).Require();

        Assert.Null(envelope.Verify(Key.PublicKey));
        Assert.Equal("jwt_vc_json", envelope.Form);
        Assert.Equal("did:web:uni.example#k", envelope.VerificationMethod);
        Assert.Equal(DataModelVersion.V1, document.Version);
        Assert.Equal("did:web:uni.example", document.IssuerId);
        Assert.Equal("urn:uuid:1", document.Id);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1790000000), document.ValidFrom);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1890000000), document.ValidUntil);
        Assert.Equal("did:example:s", document.Json.GetProperty("credentialSubject").GetProperty("id").GetString());
        Assert.NotNull(envelope.AnchorDigest);
    }

    [Theory]
    [InlineData("issuer", "\"did:web:uni.example\"")]
    [InlineData("issuer", """{"id":"did:web:uni.example","name":"Uni"}""")]
    [InlineData("issuer", """{"name":"Uni"}""")]
    [InlineData("id", "\"urn:uuid:1\"")]
    [InlineData("issuanceDate", "\"2026-09-21T14:13:20Z\"")]
    [InlineData("issuanceDate", "\"2026-09-21T14:13:20.5Z\"")]
    [InlineData("credentialSubject", """{"id":"did:example:s","a":1}""")]
    [InlineData("credentialSubject", """[{"a":1}]""")]
    public void Takes_what_is_said_twice_and_alike(string member, string value) => Assert.True(Open(With(member, value)).Ok);

    [Theory]
    [InlineData("issuer", "\"did:web:other.example\"")]
    [InlineData("issuer", """{"id":"did:web:other.example"}""")]
    [InlineData("issuer", "7")]
    [InlineData("id", "\"urn:uuid:2\"")]
    [InlineData("issuanceDate", "\"2020-01-01T00:00:00Z\"")]
    [InlineData("issuanceDate", "\"yesterday\"")]
    [InlineData("expirationDate", "\"2126-01-01T00:00:00Z\"")]
    [InlineData("credentialSubject", """{"id":"did:example:other","a":1}""")]
    [InlineData("credentialSubject", """[{"a":1},{"b":2}]""")]
    [InlineData("credentialSubject", "\"did:example:s\"")]
    public void Refuses_what_is_said_twice_and_differs(string member, string value) => Assert.Equal(ProblemCode.MalformedValueError, Open(With(member, value)).Problem?.Code);

    [Theory]
    [InlineData("""{"vc":7}""")]
    [InlineData("""{"vc":[]}""")]
    [InlineData("""{"vc":{},"vp":{}}""")]
    [InlineData("""{"vp":"x"}""")]
    [InlineData("""{"vc":{},"nbf":"soon"}""")]
    [InlineData("""{"vc":{"credentialSubject":{}},"sub":7}""")]
    [InlineData("""{"vc":{},"jti":7}""")]
    public void Refuses_claims_that_come_to_no_document(string claims) => Assert.False(Open(claims).Ok);

    [Theory]
    [InlineData("at+jwt")]
    [InlineData("kb+jwt")]
    [InlineData("vc+jwt")]
    [InlineData("statuslist+jwt")]
    public void Refuses_another_kind_of_JWT(string type) => Assert.False(Envelope.Open(Forge.Jws($$"""{"alg":"ES256","typ":"{{type}}"}""", Utf8.Bytes(Claims), Key)).Ok);

    [Fact]
    public void Refuses_a_carrier_that_calls_it_a_credential_of_the_newer_kind() => Assert.False(Envelope.Open(Forge.Jws("""{"alg":"ES256"}""", Utf8.Bytes(Claims), Key), "application/vc+jwt").Ok);

    [Fact]
    public void Opens_one_that_names_no_type() => Assert.True(Envelope.Open(Forge.Jws("""{"alg":"ES256"}""", Utf8.Bytes(Claims), Key)).Ok);

    [Fact]
    public async Task Does_not_hold_once_altered()
    {
        byte[] signed = (await JwtVc.SignAsync(Utf8.Bytes(Claims), Key, "did:web:uni.example#k", CancellationToken.None)).Require();
        byte[] altered = Forge.WithPart(signed, 1, Utf8.Bytes(Claims.Replace("MSc", "PhD", StringComparison.Ordinal)));
        Assert.Equal(ProblemCode.CryptographicSecurityError, Envelope.Open(altered).Require().Verify(Key.PublicKey)?.Code);
    }

    [Fact]
    public async Task Presents_credentials_to_one_verifier()
    {
        string credential = Utf8.Text((await JwtVc.SignAsync(Utf8.Bytes(Claims), Key, "did:web:uni.example#k", CancellationToken.None)).Require());
        using var holder = SigningKey.Generate(KeyType.P256);
        byte[] signed = (await JwtVc.PresentAsync("did:example:s", [credential], holder, new("did:example:s#k", DateTimeOffset.UnixEpoch) { Challenge = "n", Domain = "aud" }, CancellationToken.None)).Require();
        Envelope envelope = Envelope.Open(signed).Require();
        var document = VerifiablePresentation.Parse(envelope.Payload).Require();

        Assert.Equal(("jwt_vp_json", true, "n", "aud"), (envelope.Form, envelope.IsPresentation, envelope.Claims.Nonce, envelope.Claims.Audience[0]));
        Assert.Equal("did:example:s", document.HolderId);
        Assert.Equal(credential, Utf8.Text(document.Credentials[0].ToArray()));
        Assert.Null(envelope.AnchorDigest);
    }

    [Fact]
    public async Task Refuses_to_sign_what_is_no_credential()
    {
        Assert.False((await JwtVc.SignAsync("{}"u8.ToArray(), Key, "did:web:uni.example#k", CancellationToken.None)).Ok);
        Assert.False((await JwtVc.SignAsync("[1]"u8.ToArray(), Key, "did:web:uni.example#k", CancellationToken.None)).Ok);
    }

    // What the token says of its status is the credential's: nothing of it may get lost beside the document.
    [Theory]
    [InlineData("status", """{"status_list":{"idx":7,"uri":"https://uni.example/l"}}""", 2)]
    [InlineData("credentialStatus", """{"id":"https://uni.example/l#7","type":"TokenStatusListEntry","idx":7,"uri":"https://uni.example/l"}""", 2)]
    [InlineData("credentialStatus", """[{"id":"https://uni.example/l#7","type":"TokenStatusListEntry","idx":7,"uri":"https://uni.example/l"}]""", 2)]
    public void Brings_a_status_beside_the_document_into_it(string claim, string value, int entries)
    {
        JsonObject claims = JsonNode.Parse(With("credentialStatus", """{"id":"urn:o","type":"Other"}"""))!.AsObject();
        claims[claim] = JsonNode.Parse(value);
        var document = VerifiableCredential.Parse(Open(claims.ToJsonString()).Require().Payload).Require();
        Assert.Equal(7, Assert.Single(document.TokenStatusEntries).Index);
        Assert.Equal("Other", Assert.Single(document.UnknownStatusTypes));
        Assert.Equal(entries, document.Json.GetProperty("credentialStatus").GetArrayLength());
    }

    [Theory]
    [InlineData("status", "{}")]
    [InlineData("status", "\"valid\"")]
    [InlineData("status", """{"status_list":{"idx":-1,"uri":"https://uni.example/l"}}""")]
    [InlineData("credentialStatus", "[]")]
    public void Refuses_a_status_beside_the_document_that_says_nothing(string claim, string value)
    {
        JsonObject claims = JsonNode.Parse(Claims)!.AsObject();
        claims[claim] = JsonNode.Parse(value);
        Assert.Equal(ProblemCode.MalformedValueError, Open(claims.ToJsonString()).Problem?.Code);
    }

    [Fact]
    public void Keeps_a_mechanism_that_is_not_known_for_one_that_nobody_could_ask()
    {
        JsonObject claims = JsonNode.Parse(Claims)!.AsObject();
        claims["status"] = JsonNode.Parse("""{"identifier_list":{"id":"00"}}""");
        Assert.Single(VerifiableCredential.Parse(Open(claims.ToJsonString()).Require().Payload).Require().UnknownStatusTypes);
    }

    private static string With(string member, string value)
    {
        JsonObject claims = JsonNode.Parse(Claims)!.AsObject();
        claims["vc"]![member] = JsonNode.Parse(value);
        return claims.ToJsonString();
    }

    private static Parsed<Envelope> Open(string claims) => Envelope.Open(Forge.Jws("""{"alg":"ES256","typ":"JWT","kid":"did:web:uni.example#k"}""", Utf8.Bytes(claims), Key));
}
