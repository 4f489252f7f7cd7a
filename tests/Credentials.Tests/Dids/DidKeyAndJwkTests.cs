using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Dids;
using Credentials.Dids.Methods;
using Credentials.Encoding;
using Credentials.Keys;
using Credentials.TestKit;

namespace Credentials.Tests.Dids;

public sealed class DidKeyAndJwkTests
{
    public static TheoryData<KeyType> Types => new(Enum.GetValues<KeyType>());

    [Theory]
    [MemberData(nameof(Types))]
    public async Task A_did_key_is_its_own_key(KeyType type)
    {
        using var key = SigningKey.Generate(type);
        string did = DidKey.Of(key.PublicKey);
        DidDocument document = (await ResolveAsync(did)).Require();

        VerificationMethod method = document.VerificationMethods.Single();
        Assert.Equal($"{did}#{did["did:key:".Length..]}", method.Id);
        Assert.Equal(DidKey.MethodOf(key.PublicKey), method.Id);
        Assert.Equal(("Multikey", did), (method.Type, method.Controller));
        Assert.Equal(key.PublicKey, method.Key.Require());
        Assert.Equal([method.Id], document.AssertionMethods);
        Assert.Equal(did, document.Json.GetProperty("id").GetString());
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task A_did_jwk_is_its_own_key(KeyType type)
    {
        using var key = SigningKey.Generate(type);
        string did = DidJwkOf(Jwk(key.PublicKey));
        DidDocument document = (await ResolveAsync(did)).Require();

        VerificationMethod method = document.VerificationMethods.Single();
        Assert.Equal((did + "#0", "JsonWebKey2020", did), (method.Id, method.Type, method.Controller));
        Assert.Equal(key.PublicKey, method.Key.Require());
        Assert.Equal([method.Id], document.AssertionMethods);
        Assert.Equal([method.Id], document.AuthenticationMethods);
    }

    [Theory]
    [InlineData("sig", true)]
    [InlineData("enc", false)]
    public async Task A_jwk_for_encryption_may_not_sign(string use, bool maySign)
    {
        using var key = SigningKey.Generate(KeyType.P256);
        JsonObject jwk = Jwk(key.PublicKey);
        jwk["use"] = use;
        DidDocument document = (await ResolveAsync(DidJwkOf(jwk))).Require();
        Assert.Equal(maySign, document.AssertionMethods.Count == 1);
    }

    [Theory]
    [InlineData("did:key:abc", ProblemCode.InvalidDid)]
    [InlineData("did:key:z", ProblemCode.InvalidDid)]
    [InlineData("did:key:u7QEA", ProblemCode.InvalidDid)]
    [InlineData("did:key:z6Mk:z6Mk", ProblemCode.InvalidDid)]
    [InlineData("did:key:-4:z6MktKwz7Ge1Yxzr4JHavN33wiwa8y81QdcMRLXQsrH9T53b", ProblemCode.InvalidDid)]
    [InlineData("did:key:zTjsVPtY", ProblemCode.InvalidPublicKeyLength)]
    [InlineData("did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2dooo", ProblemCode.InvalidDid)]
    [InlineData("did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU216", ProblemCode.InvalidDid)]
    [InlineData("did:key:z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc", ProblemCode.UnsupportedPublicKeyType)]
    [InlineData("did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme", ProblemCode.UnsupportedPublicKeyType)]
    public async Task A_did_key_whose_key_cannot_be_read_says_why(string did, string code) =>
        Assert.Equal(code, (await ResolveAsync(did)).Problem?.Code);

    [Theory]
    [InlineData("ED01", 32, 0, ProblemCode.InvalidPublicKey)] // of small order
    [InlineData("802402", 32, 0xff, ProblemCode.InvalidPublicKey)] // not of the field
    [InlineData("802404", 32, 0x11, ProblemCode.InvalidPublicKey)] // not compressed
    [InlineData("8024", 32, 0, ProblemCode.InvalidPublicKeyLength)]
    [InlineData("8124", 48, 0, ProblemCode.InvalidPublicKeyLength)]
    [InlineData("ED01", 0, 0, ProblemCode.InvalidPublicKeyLength)]
    public async Task Bytes_that_are_no_key_are_no_key(string head, int count, byte filling, string code) =>
        Assert.Equal(code, (await ResolveAsync("did:key:" + Multibase.EncodeBase58Btc([.. Convert.FromHexString(head), .. Enumerable.Repeat(filling, count)]))).Problem?.Code);

    [Theory]
    [MemberData(nameof(Types))]
    public async Task A_did_key_may_do_everything_that_a_signing_key_may(KeyType type)
    {
        using var key = SigningKey.Generate(type);
        DidDocument document = (await ResolveAsync(DidKey.Of(key.PublicKey))).Require();
        foreach (string relationship in (string[])["authentication", "assertionMethod", "capabilityInvocation", "capabilityDelegation"])
        {
            Assert.True(document.IsListed(DidKey.MethodOf(key.PublicKey), relationship));
        }

        Assert.False(document.IsListed(DidKey.MethodOf(key.PublicKey), "keyAgreement"));
        Assert.Equal([DidKey.MethodOf(key.PublicKey)], document.AuthenticationMethods);
    }

    [Theory]
    [InlineData(KeyType.P256, "Multikey")]
    [InlineData(KeyType.P256, "JsonWebKey")]
    [InlineData(KeyType.P384, "JsonWebKey2020")]
    [InlineData(KeyType.Ed25519, "JsonWebKey")]
    [InlineData(KeyType.Ed25519, "Ed25519VerificationKey2020")]
    public async Task A_did_key_is_the_same_key_in_every_format(KeyType type, string format)
    {
        using var key = SigningKey.Generate(type);
        DidResolutionResult result = await DidResolver.Offline.ResolveAsync(DidKey.Of(key.PublicKey), new() { PublicKeyFormat = format }, CancellationToken.None);
        VerificationMethod method = result.Document!.VerificationMethods.Single();
        Assert.Equal((format, DidKey.MethodOf(key.PublicKey)), (method.Type, method.Id));
        Assert.Equal(key.PublicKey, method.Key.Require());
    }

    [Theory]
    [InlineData("unknown", false, ProblemCode.UnsupportedPublicKeyType)]
    [InlineData("unknown", true, ProblemCode.UnsupportedPublicKeyType)]
    [InlineData("", false, ProblemCode.UnsupportedPublicKeyType)]
    [InlineData("Ed25519VerificationKey2018", false, ProblemCode.InvalidPublicKeyType)]
    [InlineData("Ed25519VerificationKey2018", true, ProblemCode.UnsupportedPublicKeyType)]
    [InlineData("Ed25519VerificationKey2020", false, ProblemCode.InvalidPublicKeyType)] // of a P-256 key
    public async Task A_format_that_the_key_does_not_have_is_refused(string format, bool experimental, string code)
    {
        using var key = SigningKey.Generate(KeyType.P256);
        DidResolutionOptions options = new() { PublicKeyFormat = format, EnableExperimentalPublicKeyTypes = experimental };
        DidResolutionResult result = await DidResolver.Offline.ResolveAsync(DidKey.Of(key.PublicKey), options, CancellationToken.None);
        Assert.Equal((false, code), (result.Ok, result.Error?.Code));
    }

    [Fact]
    public async Task No_key_for_encryption_is_derived()
    {
        using var key = SigningKey.Generate(KeyType.P256);
        DidResolutionResult result = await DidResolver.Offline.ResolveAsync(DidKey.Of(key.PublicKey), new() { EnableEncryptionKeyDerivation = true }, CancellationToken.None);
        Assert.Equal(ProblemCode.FeatureNotSupported, result.Error?.Code);
    }

    [Theory]
    [InlineData("did:jwk:e30")]
    [InlineData("did:jwk:eyJrdHkiOiJFQyJ9=")]
    [InlineData("did:jwk:e30%3D")]
    [InlineData("did:jwk:bm8ganNvbg")]
    [InlineData("did:jwk:eyJhIjoxLCJhIjoyfQ")]
    [InlineData("did:jwk:W10")]
    public async Task A_did_whose_key_cannot_be_read_is_invalid(string did) =>
        Assert.Equal(ProblemCode.InvalidDid, (await ResolveAsync(did)).Problem?.Code);

    [Fact]
    public async Task A_jwk_with_its_private_half_is_invalid()
    {
        using var key = SigningKey.Generate(KeyType.P256);
        JsonObject jwk = Jwk(key.PublicKey);
        jwk["d"] = StrictBase64Url.Encode(key.ExportSecret());
        Assert.Equal(ProblemCode.InvalidDid, (await ResolveAsync(DidJwkOf(jwk))).Problem?.Code);
    }

    [Theory]
    [InlineData("did:web:example.edu", ProblemCode.MethodNotSupported)]
    [InlineData("did:ethr:0xab", ProblemCode.MethodNotSupported)]
    [InlineData("did:key", ProblemCode.InvalidDid)]
    [InlineData("did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK#x", ProblemCode.InvalidDid)]
    [InlineData("https://example.edu", ProblemCode.InvalidDid)]
    public async Task What_the_offline_resolver_does_not_resolve(string did, string code) =>
        Assert.Equal(code, (await ResolveAsync(did)).Problem?.Code);

    private static Task<Parsed<DidDocument>> ResolveAsync(string did) => DidResolver.Offline.ResolveAsync(did, CancellationToken.None);

    [Fact]
    public async Task The_did_jwk_of_a_key_leads_back_to_it()
    {
        using var key = SigningKey.Generate(KeyType.P256);
        Assert.Equal(key.PublicKey, (await ResolveAsync(DidJwk.Of(key.PublicKey))).Require().VerificationMethods.Single().Key.Require());
    }

    private static string DidJwkOf(JsonObject jwk) => "did:jwk:" + StrictBase64Url.Encode(Utf8.Bytes(jwk.ToJsonString()));

    private static JsonObject Jwk(PublicKey key)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            JsonWebKey.Write(writer, key);
        }

        return JsonNode.Parse(buffer.WrittenSpan)!.AsObject();
    }
}
