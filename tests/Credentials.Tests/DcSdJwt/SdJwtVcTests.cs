using System.Text.Json;
using Credentials.DcSdJwt;
using Credentials.Enveloping;
using Credentials.Jose;
using Credentials.Keys;
using Credentials.TestKit;
using Credentials.Tests.Jose;

namespace Credentials.Tests.DcSdJwt;

/// <summary>SD-JWT VCs: issued and opened by the rules of the draft, and refused where they break one.</summary>
public class SdJwtVcTests
{
    private const string Plain = """{"iss":"https://uni.example/institutions/a","vct":"urn:credentials:diploma:v1","eqf_level":7,"name":"Salma"}""";

    private static readonly SigningKey Key = SigningKey.Generate(KeyType.P256);
    private static readonly SigningKey Holder = SigningKey.Generate(KeyType.P256);
    private static readonly SdJwtVcOptions Options = new("did:web:uni.example:institutions:a#k") { Frame = new(["/eqf_level", "/name"]), HolderKey = Holder.PublicKey };

    [Fact]
    public async Task Issues_what_it_opens()
    {
        SdJwtVc credential = SdJwtVc.Open(await IssueAsync(Plain)).Require();

        Assert.Null(credential.Verify(Key.PublicKey));
        Assert.Equal("application/dc+sd-jwt", credential.MediaType);
        Assert.Equal("urn:credentials:diploma:v1", credential.CredentialType);
        Assert.Equal("https://uni.example/institutions/a", credential.Issuer);
        Assert.Equal("did:web:uni.example:institutions:a", credential.IssuerId);
        Assert.Equal(Options.KeyId, credential.VerificationMethod);
        Assert.Equal(["/eqf_level", "/name"], credential.DisclosedPointers.Order(StringComparer.Ordinal));
        Assert.Equal(Holder.PublicKey, credential.Confirmation?.Key);
        Assert.Equal(7, credential.ClaimSet.GetProperty("eqf_level").GetInt32());
    }

    [Fact]
    public async Task Shows_its_claims_as_a_credential_of_the_data_model()
    {
        byte[] issued = await IssueAsync("""{"iss":"https://uni.example","vct":"urn:x:y","nbf":1790000000,"exp":1890000000,"sub":"did:example:s","institution_name":"Uni","status":{"status_list":{"idx":7,"uri":"https://uni.example/l"}},"credentialStatus":[{"type":"Other","id":"urn:o"}],"evidence":[{"type":"urn:e"}],"a":1}""", new([]));
        Envelope credential = Envelope.Open(issued).Require();
        var document = Credentials.DataModel.VerifiableCredential.Parse(credential.Payload).Require();

        Assert.Equal("did:web:uni.example", document.IssuerId);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1790000000), document.ValidFrom);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1890000000), document.ValidUntil);
        Assert.Equal(7, Assert.Single(document.TokenStatusEntries).Index);
        Assert.Equal("Other", Assert.Single(document.UnknownStatusTypes));
        Assert.Contains("urn:x:y", document.Types);
        JsonElement subject = document.Json.GetProperty("credentialSubject");
        Assert.Equal("did:example:s", subject.GetProperty("id").GetString());
        Assert.Equal(1, subject.GetProperty("a").GetInt32());
        Assert.False(subject.TryGetProperty("iss", out _));
        Assert.False(subject.TryGetProperty("evidence", out _));
    }

    [Fact]
    public void Opens_the_older_type_where_it_is_no_document_of_the_data_model()
    {
        Assert.IsType<SdJwtVc>(Envelope.Open(Of(Plain, "vc+sd-jwt")).Require());
        Assert.IsNotType<SdJwtVc>(Envelope.Open(Of("""{"@context":["https://www.w3.org/ns/credentials/v2"],"vct":"urn:x"}""", "vc+sd-jwt")).Require());
    }

    [Theory]
    [InlineData("""{"iss":"https://uni.example"}""")]
    [InlineData("""{"iss":"https://uni.example","vct":7}""")]
    [InlineData("""{"iss":"https://uni.example","vct":""}""")]
    [InlineData("""{"vct":"urn:x"}""")]
    [InlineData("""{"iss":"the university","vct":"urn:x"}""")]
    [InlineData("""{"iss":7,"vct":"urn:x"}""")]
    [InlineData("""{"iss":"https://uni.example","vct":"urn:x","vct#integrity":"md5"}""")]
    [InlineData("""{"iss":"https://uni.example","vct":"urn:x","vct#integrity":7}""")]
    [InlineData("""{"iss":"https://uni.example","vct":"urn:x","aka_vcts":[]}""")]
    [InlineData("""{"iss":"https://uni.example","vct":"urn:x","aka_vcts":["urn:x"]}""")]
    [InlineData("""{"iss":"https://uni.example","vct":"urn:x","aka_vcts":"urn:y"}""")]
    [InlineData("""{"iss":"https://uni.example","vct":"urn:x","status":{}}""")]
    [InlineData("""{"iss":"https://uni.example","vct":"urn:x","status":"valid"}""")]
    [InlineData("""{"iss":"https://uni.example","vct":"urn:x","status":{"status_list":{"idx":-1,"uri":"https://uni.example/l"}}}""")]
    [InlineData("""{"iss":"https://uni.example","vct":"urn:x","status":{"status_list":{"idx":"1","uri":"https://uni.example/l"}}}""")]
    [InlineData("""{"iss":"https://uni.example","vct":"urn:x","status":{"status_list":{"idx":1.5,"uri":"https://uni.example/l"}}}""")]
    [InlineData("""{"iss":"https://uni.example","vct":"urn:x","status":{"status_list":{"idx":1}}}""")]
    [InlineData("""{"iss":"https://uni.example","vct":"urn:x","status":{"status_list":{"idx":1,"uri":"l"}}}""")]
    [InlineData("""{"iss":"https://uni.example","vct":"urn:x","cnf":"key"}""")]
    [InlineData("""{"iss":"https://uni.example","vct":"urn:x","exp":"tomorrow"}""")]
    public void Refuses_claims_that_break_the_draft(string claims) => Assert.False(Envelope.Open(Of(claims)).Ok);

    [Theory]
    [InlineData("iss", "\"https://uni.example\"")]
    [InlineData("vct", "\"urn:x\"")]
    [InlineData("exp", "1890000000")]
    [InlineData("nbf", "1790000000")]
    [InlineData("cnf", """{"kid":"did:example:h#1"}""")]
    [InlineData("status", """{"status_list":{"idx":1,"uri":"https://uni.example/l"}}""")]
    [InlineData("aka_vcts", "[\"urn:y\"]")]
    [InlineData("credentialStatus", """{"type":"Other"}""")]
    public async Task Refuses_to_issue_or_to_open_what_must_not_be_withheld(string claim, string value)
    {
        string others = string.Join(',', new[] { ("iss", "\"https://uni.example\""), ("vct", "\"urn:x\"") }.Where(one => one.Item1 != claim).Select(one => $"\"{one.Item1}\":{one.Item2}"));
        string disclosure = Forge.Disclosure($"[\"c2FsdA\",\"{claim}\",{value}]");
        Assert.False(Envelope.Open(Of($$"""{ {{others}},"_sd":["{{Forge.Digest(disclosure)}}"]}""", "dc+sd-jwt", disclosure)).Ok);

        Parsed<byte[]> issued = await SdJwtVc.IssueAsync(Utf8.Bytes("{" + others + $",\"{claim}\":{value}" + "}"), Key, new("did:web:uni.example#k") { Frame = new(["/" + claim]) }, CancellationToken.None);
        Assert.Equal(ProblemCode.MalformedValueError, issued.Problem?.Code);
    }

    [Fact]
    public void Refuses_a_part_of_what_must_not_be_withheld()
    {
        string disclosure = Forge.Disclosure("[\"c2FsdA\",\"idx\",1]");
        Assert.False(Envelope.Open(Of("""{"iss":"https://uni.example","vct":"urn:x","status":{"status_list":{"uri":"https://uni.example/l","_sd":["DIGEST"]}}}""".Replace("DIGEST", Forge.Digest(disclosure), StringComparison.Ordinal), "dc+sd-jwt", disclosure)).Ok);
    }

    // Nothing is disclosed: what the digest stands for would be withheld unseen.
    [Theory]
    [InlineData(""" "credentialStatus":[{"...":"DIGEST"}] """)]
    [InlineData(""" "credentialStatus":[{"type":"Other","id":"urn:o"},{"...":"DIGEST"}] """)]
    [InlineData(""" "credentialStatus":{"type":"Other","id":"urn:o","_sd":["DIGEST"]} """)]
    [InlineData(""" "credentialStatus":[] """)]
    [InlineData(""" "status":{"status_list":{"idx":1,"uri":"https://uni.example/l"},"_sd":["DIGEST"]} """)]
    [InlineData(""" "status":{"status_list":{"idx":1,"uri":"https://uni.example/l"},"a":{"b":[{"...":"DIGEST"}]}} """)]
    [InlineData(""" "cnf":{"kid":"did:example:h#1","_sd":["DIGEST"]} """)]
    [InlineData(""" "aka_vcts":["urn:y",{"...":"DIGEST"}] """)]
    public void Refuses_a_digest_in_what_must_not_be_withheld(string claim) =>
        Assert.Equal(ProblemCode.MalformedValueError, Envelope.Open(Of($$"""{"iss":"https://uni.example","vct":"urn:x",{{claim.Replace("DIGEST", Forge.Digest("x"), StringComparison.Ordinal)}}}""")).Problem?.Code);

    [Theory]
    [InlineData("https://xn--\u00fc.example")]
    [InlineData("https://a\u0378b.example")]
    public void Opens_or_refuses_an_issuer_at_a_host_that_nobody_can_spell(string issuer) =>
        Assert.Equal(issuer, Envelope.Open(Of($$"""{"iss":"{{issuer}}","vct":"urn:x"}""")) is { Ok: true, Value: SdJwtVc opened } ? opened.IssuerId : issuer);

    [Theory]
    [InlineData("application/vc+jwt")]
    [InlineData("application/vp+sd-jwt")]
    [InlineData("application/json")]
    public void Refuses_a_carrier_that_calls_it_something_else(string mediaType) => Assert.False(Envelope.Open(Of(Plain), mediaType).Ok);

    [Theory]
    [InlineData("[]")]
    [InlineData("\"MIIB\"")]
    [InlineData("[7]")]
    [InlineData("[\"not base64!\"]")]
    public void Refuses_certificates_of_another_shape(string x5c) =>
        Assert.False(Envelope.Open((byte[])[.. Forge.Jws($$"""{"alg":"ES256","typ":"dc+sd-jwt","x5c":{{x5c}}}""", Utf8.Bytes(Plain), Key), (byte)'~']).Ok);

    [Fact]
    public async Task Shows_and_binds_what_the_learner_chose()
    {
        SdJwtVc whole = SdJwtVc.Open(await IssueAsync(Plain)).Require();
        byte[] shown = whole.Present(["/eqf_level"]).Require();
        SdJwtVc bound = SdJwtVc.Open((await SdJwt.BindAsync(shown, Holder, "aud", "n", DateTimeOffset.UnixEpoch, CancellationToken.None)).Require()).Require();

        Assert.Equal(["/eqf_level"], bound.DisclosedPointers);
        Assert.False(bound.ClaimSet.TryGetProperty("name", out _));
        Assert.Null(bound.KeyBinding!.Verify(Holder.PublicKey, new("aud", "n", DateTimeOffset.UnixEpoch)));
        Assert.Equal(whole.AnchorDigest, bound.AnchorDigest);
    }

    [Theory]
    [InlineData("https://uni.example", "did:web:uni.example")]
    [InlineData("https://uni.example/", "did:web:uni.example")]
    [InlineData("https://uni.example:8443/a/b", "did:web:uni.example%3A8443:a:b")]
    [InlineData("http://localhost:7101/institutions/a", "did:web:localhost%3A7101:institutions:a")]
    [InlineData("http://uni.example", null)]
    [InlineData("https://uni.example/?a", null)]
    [InlineData("https://uni.example/#a", null)]
    [InlineData("https://user@uni.example", null)]
    [InlineData("https://uni.example/a%2Fb", null)]
    [InlineData("https://192.168.0.1", null)]
    [InlineData("urn:x", null)]
    public void Knows_the_did_web_of_an_https_issuer(string url, string? did) => Assert.Equal(did, Credentials.Dids.Methods.DidWeb.OfUrl(url));

    private static byte[] Of(string claims, string type = "dc+sd-jwt", params string[] disclosures) =>
        [.. Forge.Jws($$"""{"alg":"ES256","typ":"{{type}}","kid":"did:web:uni.example#k"}""", Utf8.Bytes(claims), Key), (byte)'~', .. disclosures.SelectMany(disclosure => Utf8.Bytes(disclosure + "~"))];

    private static async Task<byte[]> IssueAsync(string claims, DisclosureFrame? frame = null) =>
        (await SdJwtVc.IssueAsync(Utf8.Bytes(claims), Key, frame is null ? Options : Options with { Frame = frame }, CancellationToken.None)).Require();
}
