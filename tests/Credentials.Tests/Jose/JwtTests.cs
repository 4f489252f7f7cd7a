using Credentials.Encoding;
using Credentials.Jose;
using Credentials.Keys;

namespace Credentials.Tests.Jose;

/// <summary>Signed JWTs that are no credentials.</summary>
public sealed class JwtTests
{
    private static readonly SigningKey Key = SigningKey.Generate(KeyType.P256);

    [Fact]
    public async Task Reads_and_verifies_what_was_signed()
    {
        string text = await SignAsync("""{"iat":1700000000,"aud":"https://issuer.example","n":true}""");
        Jwt jwt = Jwt.Read(text).Require();
        Assert.Null(jwt.Verify(Key.PublicKey));
        Assert.Equal(("dpop+jwt", "ES256", "https://issuer.example"), (jwt.Type, jwt.Algorithm, jwt.Payload.GetProperty("aud").GetString()));
        Assert.Equal(Key.PublicKey, JsonWebKey.Read(jwt.Header.GetProperty("jwk")).Require());
        Assert.Equal("AQI=", jwt.Header.GetProperty("x5c")[0].GetString());
    }

    [Fact]
    public async Task Rejects_another_key_and_altered_claims()
    {
        string text = await SignAsync("""{"iat":1700000000}""");
        using var other = SigningKey.Generate(KeyType.P256);
        Assert.NotNull(Jwt.Read(text).Require().Verify(other.PublicKey));
        string[] parts = text.Split('.');
        parts[1] = StrictBase64Url.Encode("""{"iat":1700000001}"""u8);
        Assert.NotNull(Jwt.Read(string.Join('.', parts)).Require().Verify(Key.PublicKey));
    }

    [Theory]
    [InlineData("""{"alg":"none"}""", "{}")]
    [InlineData("""{"alg":"HS256"}""", "{}")]
    [InlineData("""{"alg":"RS256"}""", "{}")]
    [InlineData("""{"alg":"ES256","crit":["b64"]}""", "{}")]
    [InlineData("""{"alg":"ES256","alg":"ES256"}""", "{}")]
    [InlineData("""{"alg":"ES256"}""", "[]")]
    [InlineData("""{"alg":"ES256"}""", """{"a":1,"a":2}""")]
    public void Refuses_to_read(string header, string claims) =>
        Assert.False(Jwt.Read($"{StrictBase64Url.Encode(System.Text.Encoding.UTF8.GetBytes(header))}.{StrictBase64Url.Encode(System.Text.Encoding.UTF8.GetBytes(claims))}.AAAA").Ok);

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("é.a.b")]
    [InlineData("e30.e30.AAAA\n")]
    public void Refuses_what_is_no_JWT(string text) => Assert.False(Jwt.Read(text).Ok);

    private static async Task<string> SignAsync(string claims) =>
        (await Jwt.SignAsync(System.Text.Encoding.UTF8.GetBytes(claims), Key, new JwtHeader("dpop+jwt") { Key = Key.PublicKey, Certificates = [new byte[] { 1, 2 }] }, CancellationToken.None)).Require();
}
