using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Keys;
using Credentials.TestKit;
using Credentials.Tests.Enveloping;

namespace Credentials.Tests.Jose;

/// <summary>What an attacker can do to a <c>vc+jwt</c>.</summary>
public class JwsTamperTests
{
    private static readonly SigningKey Key = Sealed.Key(KeyType.P256);

    private static readonly byte[] Jws = Sealed.Make("vc+jwt", KeyType.P256);

    [Fact]
    public void Refuses_every_leaf_of_the_payload_changed()
    {
        JsonNode document = JsonNode.Parse(Forge.Part(Jws, 1))!;
        int count = Leaves(document).Count();
        for (int i = 0; i < count; i++)
        {
            JsonNode altered = document.DeepClone();
            JsonValue leaf = Leaves(altered).ElementAt(i);
            leaf.ReplaceWith(leaf.GetValueKind() == JsonValueKind.String ? JsonValue.Create(leaf.GetValue<string>() + "x") : JsonValue.Create(-7));
            Assert.NotNull(Sealed.ProblemOf(Forge.WithPart(Jws, 1, Utf8.Bytes(altered.ToJsonString())), Key.PublicKey));
        }

        Assert.True(count > 20, $"{count} leaves");
    }

    [Theory]
    [InlineData("alg", "\"ES384\"")]
    [InlineData("alg", "\"none\"")]
    [InlineData("alg", "\"es256\"")]
    [InlineData("alg", null)]
    [InlineData("kid", "\"did:web:mill.example#key\"")]
    [InlineData("kid", null)]
    [InlineData("typ", "\"vp+jwt\"")]
    [InlineData("typ", "\"JWT\"")]
    [InlineData("typ", null)]
    [InlineData("cty", "\"vp\"")]
    [InlineData("cty", null)]
    [InlineData("crit", "[\"b64\"]")]
    [InlineData("jku", "\"https://mill.example/keys\"")]
    [InlineData("unheard-of", "1")]
    public void Refuses_every_member_of_the_header_changed_removed_or_added(string member, string? value)
    {
        JsonObject header = JsonNode.Parse(Forge.Part(Jws, 0))!.AsObject();
        header.Remove(member);
        if (value is not null)
        {
            header[member] = JsonNode.Parse(value);
        }

        Assert.NotNull(Sealed.ProblemOf(Forge.WithPart(Jws, 0, Utf8.Bytes(header.ToJsonString())), Key.PublicKey));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("NONE")]
    [InlineData("nOnE")]
    public void Refuses_alg_none_in_every_spelling_with_a_signature_and_without(string none)
    {
        byte[] header = Utf8.Bytes($$"""{"alg":"{{none}}","typ":"vc+jwt"}""");
        byte[] altered = Forge.WithPart(Jws, 0, header);
        string unsigned = Utf8.Text(altered)[..(Utf8.Text(altered).LastIndexOf('.') + 1)];

        Assert.Equal(ProblemCode.ProofVerificationError, Sealed.ProblemOf(altered, Key.PublicKey)?.Code);
        Assert.Equal(ProblemCode.ProofVerificationError, Sealed.ProblemOf(Utf8.Bytes(unsigned), Key.PublicKey)?.Code);
    }

    [Fact]
    public void Refuses_a_MAC_made_with_the_public_key()
    {
        string header = Encoding.StrictBase64Url.Encode("""{"alg":"HS256","typ":"vc+jwt"}"""u8);
        string input = $"{header}.{Utf8.Text(Jws).Split('.')[1]}";
        byte[] mac = System.Security.Cryptography.HMACSHA256.HashData(Key.PublicKey.Bytes.Span, Utf8.Bytes(input));

        Assert.Equal(ProblemCode.ProofVerificationError, Sealed.ProblemOf(Utf8.Bytes($"{input}.{Encoding.StrictBase64Url.Encode(mac)}"), Key.PublicKey)?.Code);
    }

    [Theory]
    [InlineData("\"RS256\"")]
    [InlineData("\"PS256\"")]
    [InlineData("\"ES512\"")]
    [InlineData("\"ES256K\"")]
    [InlineData("\"\"")]
    public void Says_of_an_unknown_algorithm_that_it_is_not_known(string algorithm) =>
        Assert.Equal(ProblemCode.UnsupportedCryptosuite, Sealed.ProblemOf(Forge.Jws($$"""{"alg":{{algorithm}},"typ":"vc+jwt"}""", Sealed.Credential, Key), Key.PublicKey)?.Code);

    // All of these are rightly signed: the header alone is what is wrong.
    [Theory]
    [InlineData("""{"alg":"ES256","typ":"vc+jwt","crit":["exp"],"exp":99999999999}""")]
    [InlineData("""{"alg":"ES256","typ":"vc+jwt","crit":[]}""")]
    [InlineData("""{"alg":"ES256","typ":"vc+jwt","crit":null}""")]
    [InlineData("""{"alg":"ES256","typ":"vc+jwt","b64":false}""")]
    [InlineData("""{"alg":"ES256","typ":"vc+jwt","b64":false,"crit":["b64"]}""")]
    [InlineData("""{"alg":"ES256","typ":"vc+jwt","b64":true,"crit":["b64"]}""")]
    [InlineData("""{"alg":"ES256","alg":"ES256","typ":"vc+jwt"}""")]
    [InlineData("""{"alg":"none","typ":"vc+jwt","alg":"ES256"}""")]
    [InlineData("""{"alg":"ES256","typ":"vc+jwt","kid":"a","kid":"b"}""")]
    [InlineData("""{"alg":"ES256","typ":"vc+jwt","x":{"a":1,"a":2}}""")]
    [InlineData("""{"alg":["ES256"],"typ":"vc+jwt"}""")]
    [InlineData("""{"alg":null,"typ":"vc+jwt"}""")]
    [InlineData("""{"typ":"vc+jwt"}""")]
    [InlineData("""{"alg":"ES256","typ":5}""")]
    [InlineData("""{"alg":"ES256","typ":"vc+jwt","kid":7}""")]
    [InlineData("""{"alg":"ES256","typ":"vc+jwt","cty":"vp"}""")]
    [InlineData("""{"alg":"ES256","typ":"vc+ld+json+jwt"}""")]
    [InlineData("""{"alg":"ES256","typ":"kb+jwt"}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt"}""")]
    [InlineData("""{"alg":"ES256","typ":"vc+sd-jwt"}""")]
    [InlineData("""{"alg":"ES256","typ":"vc+jwt","iss":"did:example:other"}""")]
    [InlineData("""{"alg":"ES256","typ":"vc+jwt","exp":"tomorrow"}""")]
    [InlineData("""{"alg":"ES256"}""")]
    [InlineData("""["ES256"]""")]
    [InlineData("\"ES256\"")]
    [InlineData("""{"alg":"ES256","typ":"vc+jwt"} x""")]
    [InlineData("""{"alg":"ES256","typ":"vc+jwt",}""")]
    [InlineData("""{"alg":"ES256","typ":"\ud800"}""")]
    public void Refuses_a_header_that_is_not_what_it_should_be_though_its_signature_holds(string header) =>
        Assert.NotNull(Sealed.ProblemOf(Forge.Jws(header, Sealed.Credential, Key), Key.PublicKey));

    [Theory]
    [InlineData("""{"alg":"ES256"}""")]
    [InlineData("""{"alg":"ES256","typ":"application/vc+jwt"}""")]
    [InlineData("""{"alg":"ES256","typ":"VC+JWT","cty":"application/vc"}""")]
    [InlineData("""{"alg":"ES256","cty":"application/vnd.example.diploma+json","unheard-of":{"a":[1]}}""")]
    [InlineData("""{ "alg" : "ES256" , "kid" : "#key" }""")]
    public void Takes_what_the_specification_leaves_open(string header) =>
        Assert.Null(Sealed.ProblemOf(Forge.Jws(header, Sealed.Credential, Key), Key.PublicKey, "application/vc+jwt"));

    [Theory]
    [InlineData("jwk")]
    [InlineData("x5c")]
    [InlineData("jku")]
    [InlineData("x5u")]
    public void Never_looks_at_a_key_in_the_header(string member)
    {
        using SigningKey thief = SigningKey.Generate(KeyType.P256);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            JsonWebKey.Write(writer, thief.PublicKey);
        }

        string value = member == "jwk" ? Utf8.Text(stream.ToArray()) : member == "x5c" ? "[\"MIIB\"]" : "\"https://mill.example/key\"";
        byte[] forged = Forge.Jws($$"""{"alg":"ES256","typ":"vc+jwt","{{member}}":{{value}}}""", Sealed.Credential, thief);

        Assert.Null(Sealed.Open(forged).VerificationMethod);
        Assert.Equal(ProblemCode.CryptographicSecurityError, Sealed.ProblemOf(forged, Key.PublicKey)?.Code);
    }

    [Theory]
    [InlineData("""{"vc":{},"issuer":"did:example:a"}""")]
    [InlineData("""{"vp":{}}""")]
    [InlineData("""{"iss":"did:example:a","issuer":"did:example:b"}""")]
    [InlineData("""{"iss":"did:example:a","issuer":{"id":"did:example:b"}}""")]
    [InlineData("""{"iss":7}""")]
    [InlineData("""{"exp":"2026-01-01T00:00:00Z"}""")]
    [InlineData("""{"iat":-1}""")]
    [InlineData("""{"iat":1e300}""")]
    [InlineData("""{"nbf":{}}""")]
    [InlineData("""{"aud":5}""")]
    [InlineData("""{"aud":["a",5]}""")]
    [InlineData("""{"nonce":5}""")]
    [InlineData("""{"sub":{"id":"did:example:a"}}""")]
    [InlineData("""{"jti":[]}""")]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""["a"]""")]
    [InlineData("7")]
    [InlineData("")]
    [InlineData("{} {}")]
    [InlineData("{\"a\":\"\\ud800\"}")]
    public void Refuses_a_payload_that_is_not_what_it_should_be_though_its_signature_holds(string payload) =>
        Assert.NotNull(Sealed.ProblemOf(Forge.Jws(Forge.Header, Utf8.Bytes(payload), Key), Key.PublicKey));

    [Fact]
    public void Refuses_a_payload_that_is_not_UTF8() =>
        Assert.Equal(ProblemCode.ParsingError, Sealed.ProblemOf(Forge.Jws(Forge.Header, [(byte)'{', (byte)'"', 0xff, (byte)'"', (byte)':', (byte)'1', (byte)'}'], Key), Key.PublicKey)?.Code);

    [Theory]
    [InlineData("=")]
    [InlineData("==")]
    [InlineData(" ")]
    [InlineData("\n")]
    [InlineData("+")]
    [InlineData("/")]
    [InlineData("%3D")]
    public void Refuses_anything_but_base64url_in_its_one_spelling(string tail)
    {
        string[] parts = Utf8.Text(Jws).Split('.');
        for (int i = 0; i < parts.Length; i++)
        {
            string[] altered = [.. parts];
            altered[i] += tail;
            Assert.NotNull(Sealed.ProblemOf(Utf8.Bytes(string.Join('.', altered)), Key.PublicKey));
            altered[i] = tail + parts[i];
            Assert.NotNull(Sealed.ProblemOf(Utf8.Bytes(string.Join('.', altered)), Key.PublicKey));
        }
    }

    [Fact]
    public void Refuses_loose_bits_in_the_last_character()
    {
        // 64 bytes are 86 characters, of which the last carries four bits that count for nothing.
        string text = Utf8.Text(Jws);
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int value = Alphabet.IndexOf(text[^1], StringComparison.Ordinal);
        byte[] loose = Utf8.Bytes(text[..^1] + Alphabet[value | 1]);

        Assert.Equal(0, value & 15);
        Assert.NotNull(Sealed.ProblemOf(loose, Key.PublicKey));
    }

    [Fact]
    public void Refuses_signatures_of_zeros_and_of_the_order_and_of_other_lengths()
    {
        byte[] signature = Forge.Part(Jws, 2);
        byte[] order = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");

        Assert.All<byte[]>(
            [new byte[64], [.. order, .. order], [.. new byte[32], .. signature[32..]], [.. signature[..32], .. new byte[32]], [.. signature[..32], .. order], signature[..63], [.. signature, 0], [0, .. signature], [48]],
            altered => Assert.NotNull(Sealed.ProblemOf(Forge.WithPart(Jws, 2, altered), Key.PublicKey)));
    }

    [Fact]
    public void Names_the_key_by_iss_and_kid_where_kid_is_no_URL()
    {
        byte[] payload = """{"iss":"did:web:example.edu","issuer":"did:web:example.edu"}"""u8.ToArray();

        Assert.Equal("did:web:example.edu#key-1", Sealed.Open(Forge.Jws("""{"alg":"ES256","typ":"vc+jwt","kid":"key-1"}""", payload, Key)).VerificationMethod);
        Assert.Equal("did:web:example.edu#key-1", Sealed.Open(Forge.Jws("""{"alg":"ES256","typ":"vc+jwt","kid":"#key-1"}""", payload, Key)).VerificationMethod);
        Assert.Null(Sealed.Open(Forge.Jws("""{"alg":"ES256","typ":"vc+jwt","kid":"key 1"}""", payload, Key)).VerificationMethod);
        Assert.Null(Sealed.Open(Forge.Jws("""{"alg":"ES256","typ":"vc+jwt","kid":"key-1"}""", """{"issuer":"did:web:example.edu"}"""u8.ToArray(), Key)).VerificationMethod);
    }

    private static IEnumerable<JsonValue> Leaves(JsonNode node) => node switch
    {
        JsonObject members => members.SelectMany(member => Leaves(member.Value!)),
        JsonArray items => items.SelectMany(item => Leaves(item!)),
        _ => [node.AsValue()],
    };
}
