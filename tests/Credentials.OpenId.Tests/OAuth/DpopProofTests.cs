using System.Globalization;
using System.Text.Json.Nodes;
using Credentials.Encoding;
using Credentials.Jose;
using Credentials.Keys;
using Credentials.TestKit;

namespace Credentials.OpenId.OAuth;

/// <summary>The checks of RFC 9449 section 4.3, and what each refuses.</summary>
public sealed class DpopProofTests : IDisposable
{
    private static readonly Uri Target = new("https://issuer.example/institutions/u/openid/credential");
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-11-22T04:00:00Z", CultureInfo.InvariantCulture);

    private readonly SigningKey _key = SigningKey.Generate(KeyType.P256);

    public void Dispose() => _key.Dispose();

    [Fact]
    public async Task Takes_a_proof_for_this_request_and_this_token()
    {
        string proof = (await DpopProof.WriteAsync(_key, "POST", new(Target + "?x=1#y"), Now, "token", "nonce", default)).Value!;
        DpopProof verified = DpopProof.Verify(proof, Expected("token")).Value!;
        Assert.Equal((JsonWebKey.Thumbprint(_key.PublicKey), "nonce"), (verified.Thumbprint, verified.Nonce));
    }

    [Fact]
    public async Task No_two_proofs_have_one_id() => Assert.NotEqual(DpopProof.Verify(await WriteAsync(), Expected()).Value!.Id, DpopProof.Verify(await WriteAsync(), Expected()).Value!.Id);

    [Theory]
    [InlineData("GET", "https://issuer.example/institutions/u/openid/credential", 0)]
    [InlineData("POST", "https://issuer.example/institutions/v/openid/credential", 0)]
    [InlineData("POST", "https://evil.example/institutions/u/openid/credential", 0)]
    [InlineData("POST", "http://issuer.example/institutions/u/openid/credential", 0)]
    [InlineData("POST", "https://issuer.example/institutions/u/openid/credential", -120)]
    [InlineData("POST", "https://issuer.example/institutions/u/openid/credential", 120)]
    public async Task Refuses_a_proof_for_another_request_or_time(string method, string url, int seconds) =>
        Refused((await DpopProof.WriteAsync(_key, method, new(url), Now.AddSeconds(seconds), null, null, default)).Value!, Expected());

    [Fact]
    public async Task Refuses_a_proof_for_another_token_or_for_none()
    {
        Refused((await DpopProof.WriteAsync(_key, "POST", Target, Now, "other", null, default)).Value!, Expected("token"));
        Refused(await WriteAsync(), Expected("token"));
    }

    [Fact]
    public async Task Refuses_a_proof_whose_signature_is_another_keys()
    {
        using var other = SigningKey.Generate(KeyType.P256);
        string[] parts = (await WriteAsync()).Split('.');
        JsonObject header = JsonNode.Parse(StrictBase64Url.Decode(parts[0])!)!.AsObject();
        header["jwk"] = JsonNode.Parse(KeyText(other.PublicKey));
        Refused($"{StrictBase64Url.Encode(Utf8.Bytes(header.ToJsonString()))}.{parts[1]}.{parts[2]}", Expected());
    }

    [Fact]
    public async Task Refuses_another_type_of_JWT_and_one_without_its_key()
    {
        byte[] claims = Utf8.Bytes($$"""{"jti":"1","htm":"POST","htu":"{{Target}}","iat":{{Now.ToUnixTimeSeconds()}}}""");
        Refused((await Jwt.SignAsync(claims, _key, new("JWT") { Key = _key.PublicKey }, default)).Value!, Expected());
        Refused((await Jwt.SignAsync(claims, _key, new(DpopProof.Type), default)).Value!, Expected());
    }

    [Theory]
    [InlineData("jti")]
    [InlineData("htm")]
    [InlineData("htu")]
    [InlineData("iat")]
    public async Task Refuses_a_proof_without_a_claim_that_is_a_must(string name)
    {
        JsonObject claims = new() { ["jti"] = "1", ["htm"] = "POST", ["htu"] = Target.AbsoluteUri, ["iat"] = Now.ToUnixTimeSeconds() };
        claims.Remove(name);
        Refused((await Jwt.SignAsync(Utf8.Bytes(claims.ToJsonString()), _key, new(DpopProof.Type) { Key = _key.PublicKey }, default)).Value!, Expected());
    }

    [Fact]
    public void Refuses_what_is_no_JWT()
    {
        Refused("", Expected());
        Refused("a.b.c", Expected());
        Refused(new string('a', 100_000), Expected());
    }

    private static DpopExpectation Expected(string? token = null) => new("POST", Target, Now) { AccessToken = token };

    private static void Refused(string proof, DpopExpectation expected) => Assert.Equal(OAuthError.InvalidDpopProof, DpopProof.Verify(proof, expected).Problem?.Code);

    private static string KeyText(PublicKey key)
    {
        using MemoryStream stream = new();
        using (System.Text.Json.Utf8JsonWriter writer = new(stream))
        {
            JsonWebKey.Write(writer, key);
        }

        return Utf8.Text(stream.ToArray());
    }

    private async Task<string> WriteAsync() => (await DpopProof.WriteAsync(_key, "POST", Target, Now, null, null, default)).Value!;
}
