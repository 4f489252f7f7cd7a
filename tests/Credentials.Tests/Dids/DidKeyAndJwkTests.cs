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
    [InlineData("did:key:abc")]
    [InlineData("did:key:z")]
    [InlineData("did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU216")]
    [InlineData("did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2dooo")]
    [InlineData("did:key:z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc")]
    [InlineData("did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme")]
    [InlineData("did:key:z6Mk:z6Mk")]
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
