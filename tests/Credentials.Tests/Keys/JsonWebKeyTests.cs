using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Keys;

namespace Credentials.Tests.Keys;

/// <summary>JWK as RFC 7517, 7518, 7638 and 8037 have it.</summary>
public class JsonWebKeyTests
{
    // RFC 8037 appendix A.1 and A.3.
    private const string Ed25519 = """{"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""";

    // RFC 7517 appendix A.2.
    private const string P256 = """{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM","d":"870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE","use":"enc","kid":"1"}""";

    [Fact]
    public void Has_the_thumbprint_of_the_rfc()
    {
        using SigningKey key = JsonWebKey.ReadPrivate(Parse(Ed25519)).Require();
        Assert.Equal("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k", JsonWebKey.Thumbprint(key.PublicKey));
    }

    [Fact]
    public void Reads_the_elliptic_key_of_the_rfc_and_passes_over_members_that_say_nothing_of_the_key()
    {
        using SigningKey key = JsonWebKey.ReadPrivate(Parse(P256)).Require();
        Assert.Equal(KeyType.P256, key.PublicKey.Type);
        Assert.Equal("cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s", JsonWebKey.Thumbprint(key.PublicKey));
    }

    [Theory]
    [InlineData(Ed25519)]
    [InlineData(P256)]
    public void Refuses_a_private_key_where_a_public_one_is_wanted(string jwk)
    {
        Assert.Equal("/d", JsonWebKey.Read(Parse(jwk)).Problem!.Pointer);
        Assert.True(JsonWebKey.Read(Without(jwk, "d")).Ok);
    }

    [Theory]
    [InlineData(Ed25519, "kty")]
    [InlineData(Ed25519, "crv")]
    [InlineData(Ed25519, "x")]
    [InlineData(Ed25519, "d")]
    [InlineData(P256, "kty")]
    [InlineData(P256, "crv")]
    [InlineData(P256, "x")]
    [InlineData(P256, "y")]
    [InlineData(P256, "d")]
    public void Refuses_a_key_without_one_of_its_members(string jwk, string member) => Assert.False(JsonWebKey.ReadPrivate(Without(jwk, member)).Ok);

    [Theory]
    [InlineData(P256, "kty", "ec")]
    [InlineData(P256, "kty", "OKP")]
    [InlineData(P256, "crv", "P-384")]
    [InlineData(P256, "crv", "secp256k1")]
    [InlineData(P256, "x", "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D5")]
    [InlineData(P256, "x", "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4=")]
    [InlineData(P256, "x", "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7A")]
    [InlineData(P256, "x", "AAAwoEJM0hwpRIOKLXXJKzfnbqINnwCJOjtO7oo8Cq_sPg")]
    [InlineData(P256, "x", "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM")]
    [InlineData(P256, "y", "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4")]
    [InlineData(P256, "y", "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM ")]
    [InlineData(P256, "d", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData(P256, "d", "_____________________________________________w")]
    [InlineData(P256, "d", "870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAI")]
    [InlineData(Ed25519, "kty", "EC")]
    [InlineData(Ed25519, "crv", "Ed448")]
    [InlineData(Ed25519, "crv", "X25519")]
    [InlineData(Ed25519, "x", "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData(Ed25519, "x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURp")]
    [InlineData(Ed25519, "x", "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo")]
    [InlineData(Ed25519, "y", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")]
    [InlineData(Ed25519, "d", "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyufg")]
    [InlineData(Ed25519, "d", "mWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A")]
    public void Refuses_a_key_with_one_member_altered(string jwk, string member, string value)
    {
        JsonNode node = JsonNode.Parse(jwk)!;
        node[member] = value;
        Assert.False(JsonWebKey.ReadPrivate(JsonSerializer.SerializeToElement(node)).Ok);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"x\"")]
    [InlineData("{}")]
    [InlineData("""{"kty":1,"crv":null,"x":[]}""")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":7}""")]
    [InlineData("""{"kty":"RSA","n":"AQAB","e":"AQAB"}""")]
    public void Refuses_what_is_no_key(string json)
    {
        Assert.Equal(ProblemCode.MalformedValueError, JsonWebKey.Read(Parse(json)).Problem!.Code);
        Assert.False(JsonWebKey.ReadPrivate(Parse(json)).Ok);
    }

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;

    private static JsonElement Without(string json, string member)
    {
        JsonNode node = JsonNode.Parse(json)!;
        node.AsObject().Remove(member);
        return JsonSerializer.SerializeToElement(node);
    }
}
