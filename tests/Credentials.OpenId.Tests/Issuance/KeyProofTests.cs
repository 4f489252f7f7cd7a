using System.Globalization;
using System.Text.Json.Nodes;
using Credentials.Dids.Methods;
using Credentials.Encoding;
using Credentials.Jose;
using Credentials.Keys;
using Credentials.TestKit;

namespace Credentials.OpenId.Issuance;

/// <summary>Every check of "Verifying Proof", and what each refuses.</summary>
public sealed class KeyProofTests : IDisposable
{
    private const string Issuer = "https://issuer.example/institutions/u";

    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-11-22T04:00:00Z", CultureInfo.InvariantCulture);

    private readonly SigningKey _key = SigningKey.Generate(KeyType.P256);
    private readonly SigningKey _other = SigningKey.Generate(KeyType.P256);

    public void Dispose()
    {
        _key.Dispose();
        _other.Dispose();
    }

    [Theory]
    [InlineData(KeyType.P256)]
    [InlineData(KeyType.P384)]
    [InlineData(KeyType.Ed25519)]
    public async Task Takes_a_key_in_the_header_and_names_the_holder_by_it(KeyType type)
    {
        using var key = SigningKey.Generate(type);
        KeyProof proof = (await VerifyAsync(await SignAsync(key, new(KeyProof.Type) { Key = key.PublicKey }))).Value!;
        Assert.Equal(key.PublicKey, proof.Key);
        Assert.Equal(DidJwk.Of(key.PublicKey), proof.HolderDid);
        Assert.Equal("n", proof.Nonce);
    }

    [Fact]
    public async Task Takes_a_key_that_is_named_by_its_DID()
    {
        foreach (string did in new[] { DidKey.Of(_key.PublicKey), DidJwk.Of(_key.PublicKey) })
        {
            string id = did.StartsWith("did:key:", StringComparison.Ordinal) ? $"{did}#{did["did:key:".Length..]}" : did + "#0";
            KeyProof proof = (await VerifyAsync(await SignAsync(_key, new(KeyProof.Type) { KeyId = id }))).Value!;
            Assert.Equal((did, id), (proof.HolderDid, proof.VerificationMethod));
        }
    }

    [Fact]
    public async Task Refuses_a_proof_that_another_key_signed() =>
        await RefusedAsync(await SignAsync(_other, new(KeyProof.Type) { Key = _key.PublicKey }));

    [Fact]
    public async Task Refuses_a_proof_that_another_key_signed_than_its_DID_has() =>
        await RefusedAsync(await SignAsync(_other, new(KeyProof.Type) { KeyId = DidJwk.Of(_key.PublicKey) + "#0" }));

    [Theory]
    [InlineData("JWT")]
    [InlineData("dpop+jwt")]
    [InlineData("openid4vci-proof")]
    public async Task Refuses_a_JWT_of_another_type(string type) => await RefusedAsync(await SignAsync(_key, new(type) { Key = _key.PublicKey }));

    [Fact]
    public async Task Refuses_a_proof_that_names_its_key_twice_or_not_at_all()
    {
        await RefusedAsync(await SignAsync(_key, new(KeyProof.Type) { Key = _key.PublicKey, KeyId = DidJwk.Of(_key.PublicKey) + "#0" }));
        await RefusedAsync(await SignAsync(_key, new(KeyProof.Type)));
    }

    [Theory]
    [InlineData("did:web:wallet.example#key")]
    [InlineData("did:example:1#key")]
    [InlineData("key-1")]
    public async Task Refuses_a_key_id_that_nobody_can_look_into(string id) => await RefusedAsync(await SignAsync(_key, new(KeyProof.Type) { KeyId = id }));

    [Theory]
    [InlineData("""{"alg":"none","typ":"openid4vci-proof+jwt"}""")]
    [InlineData("""{"alg":"HS256","typ":"openid4vci-proof+jwt"}""")]
    [InlineData("""{"alg":"RS256","typ":"openid4vci-proof+jwt"}""")]
    public async Task Refuses_a_proof_without_an_asymmetric_signature_that_is_known(string header)
    {
        string[] parts = (await SignAsync(_key, new(KeyProof.Type) { Key = _key.PublicKey })).Split('.');
        await RefusedAsync($"{StrictBase64Url.Encode(Utf8.Bytes(header))}.{parts[1]}.{parts[2]}");
    }

    [Fact]
    public async Task Refuses_a_proof_whose_header_holds_a_private_key()
    {
        string[] parts = (await SignAsync(_key, new(KeyProof.Type) { Key = _key.PublicKey })).Split('.');
        JsonObject header = JsonNode.Parse(StrictBase64Url.Decode(parts[0])!)!.AsObject();
        header["jwk"]!["d"] = "Et-3ce0omz8_TuZ96Df9lp0GAaaDoUnDe6X-CRO7Aww";
        await RefusedAsync($"{StrictBase64Url.Encode(Utf8.Bytes(header.ToJsonString()))}.{parts[1]}.{parts[2]}");
    }

    [Theory]
    [InlineData("x5c", """["MIIB"]""")]
    [InlineData("key_attestation", "\"a.b.c\"")]
    [InlineData("trust_chain", """["a.b.c"]""")]
    public async Task Refuses_what_it_cannot_judge_of_a_key(string name, string value)
    {
        string[] parts = (await SignAsync(_key, new(KeyProof.Type) { Key = _key.PublicKey })).Split('.');
        JsonObject header = JsonNode.Parse(StrictBase64Url.Decode(parts[0])!)!.AsObject();
        header[name] = JsonNode.Parse(value);
        await RefusedAsync($"{StrictBase64Url.Encode(Utf8.Bytes(header.ToJsonString()))}.{parts[1]}.{parts[2]}");
    }

    [Theory]
    [InlineData("aud", "\"https://issuer.example/institutions/v\"")]
    [InlineData("aud", "\"https://issuer.example/institutions/u/\"")]
    [InlineData("aud", "[\"https://issuer.example/institutions/u\"]")]
    [InlineData("aud", null)]
    [InlineData("iat", null)]
    [InlineData("iat", "\"1795320000\"")]
    [InlineData("nonce", "7")]
    public async Task Refuses_claims_that_are_missing_wrong_or_of_another_type(string name, string? value) =>
        await RefusedAsync(await SignAsync(_key, new(KeyProof.Type) { Key = _key.PublicKey }, claims =>
        {
            claims.Remove(name);
            if (value is not null)
            {
                claims[name] = JsonNode.Parse(value);
            }
        }));

    [Theory]
    [InlineData(-6)]
    [InlineData(+2)]
    public async Task Refuses_a_proof_that_was_not_made_just_now(int minutes) => await RefusedAsync(
        await SignAsync(_key, new(KeyProof.Type) { Key = _key.PublicKey }, claims => claims["iat"] = Now.AddMinutes(minutes).ToUnixTimeSeconds()));

    [Fact]
    public async Task Refuses_a_proof_of_another_client()
    {
        string proof = await SignAsync(_key, new(KeyProof.Type) { Key = _key.PublicKey }, claims => claims["iss"] = "wallet-a");
        Assert.True((await KeyProof.VerifyAsync(proof, new(Issuer, Now) { ClientId = "wallet-a" })).Ok);
        Assert.Equal(IssuanceError.InvalidProof, (await KeyProof.VerifyAsync(proof, new(Issuer, Now) { ClientId = "wallet-b" })).Problem!.Code);
    }

    private static Task<Parsed<KeyProof>> VerifyAsync(string proof) => KeyProof.VerifyAsync(proof, new(Issuer, Now));

    private static async Task RefusedAsync(string proof) => Assert.Equal(IssuanceError.InvalidProof, (await VerifyAsync(proof)).Problem?.Code);

    private static async Task<string> SignAsync(SigningKey key, JwtHeader header, Action<JsonObject>? change = null)
    {
        JsonObject claims = new() { ["aud"] = Issuer, ["iat"] = Now.ToUnixTimeSeconds(), ["nonce"] = "n" };
        change?.Invoke(claims);
        return (await Jwt.SignAsync(Utf8.Bytes(claims.ToJsonString()), key, header, default)).Value!;
    }
}
