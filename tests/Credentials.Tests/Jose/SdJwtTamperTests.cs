using Credentials.Jose;
using Credentials.Keys;
using Credentials.TestKit;
using Credentials.Tests.Enveloping;

namespace Credentials.Tests.Jose;

/// <summary>What RFC 9901 section 7.1 refuses, in SD-JWTs whose signature holds; and what an attacker can do to one.</summary>
public class SdJwtTamperTests
{
    private static readonly SigningKey Key = Sealed.Key(KeyType.P256);

    private static readonly string Name = Forge.Disclosure("""["salt-1","name","Ada"]""");
    private static readonly string Element = Forge.Disclosure("""["salt-2","element"]""");

    public static TheoryData<string, string, string[]> Refused => new()
    {
        { "a disclosure that no digest calls for", "{}", [Name] },
        { "a disclosure that no digest calls for, beside one that is called for", Members(Name), [Name, Element] },
        { "a disclosure twice", Members(Name), [Name, Name] },
        { "a digest twice in one list", Members(Name, Name), [Name] },
        { "a digest twice in one list, without its disclosure", Members(Name, Name), [] },
        { "a digest in two objects", $$"""{"a":{{Members(Name)}},"b":{{Members(Name)}}}""", [Name] },
        { "a digest in an object and an array", $$"""{"a":{{Members(Name)}},"b":[{"...":"{{Forge.Digest(Name)}}"}]}""", [] },
        { "an element's disclosure for a member", Members(Element), [Element] },
        { "a member's disclosure for an element", Elements(Name), [Name] },
        { "a member called _sd", Members(Named("_sd")), [Named("_sd")] },
        { "a member called ...", Members(Named("...")), [Named("...")] },
        { "a member called _sd_alg", Members(Named("_sd_alg")), [Named("_sd_alg")] },
        { "a member that is there in the clear", $$"""{"name":"Eve",{{Members(Name)[1..]}}""", [Name] },
        { "a member that is there in the clear, escaped", $$"""{"n\u0061me":"Eve",{{Members(Name)[1..]}}""", [Name] },
        { "two disclosures of one member", Members(Name, Forge.Disclosure("""["salt-9","name","Eve"]""")), [Name, Forge.Disclosure("""["salt-9","name","Eve"]""")] },
        { "an _sd that is no array", """{"_sd":"x"}""", [] },
        { "an _sd that is an object", """{"_sd":{}}""", [] },
        { "an _sd of numbers", """{"_sd":[1]}""", [] },
        { "an _sd that is no array, escaped", """{"_s\u0064":7}""", [] },
        { "an element's digest that is no text", """{"a":[{"...":7}]}""", [] },
        { "an element's digest with a member beside it", $$"""{"a":[{"...":"{{Forge.Digest(Element)}}","b":1}]}""", [Element] },
        { "an element's digest in an object", $$"""{"a":{"...":"{{Forge.Digest(Element)}}"} }""", [Element] },
        { "an element's digest in the whole", """{"...":"x"}""", [] },
        { "a hash that is not known", """{"_sd_alg":"md5"}""", [] },
        { "a hash that is not known, in capitals", """{"_sd_alg":"SHA-256"}""", [] },
        { "a hash that is no text", """{"_sd_alg":["sha-256"]}""", [] },
        { "a hash inside", """{"a":{"_sd_alg":"sha-256"}}""", [] },
        { "a hash in a disclosure", Members(Forge.Disclosure("""["s","a",{"_sd_alg":"sha-256"}]""")), [Forge.Disclosure("""["s","a",{"_sd_alg":"sha-256"}]""")] },
        { "a disclosure of one item", Members(Forge.Disclosure("""["salt"]""")), [Forge.Disclosure("""["salt"]""")] },
        { "a disclosure of four", Members(Forge.Disclosure("""["salt","a",1,2]""")), [Forge.Disclosure("""["salt","a",1,2]""")] },
        { "a disclosure whose name is a number", Members(Forge.Disclosure("""["salt",1,2]""")), [Forge.Disclosure("""["salt",1,2]""")] },
        { "a disclosure whose salt is a number", Members(Forge.Disclosure("""[1,"a",2]""")), [Forge.Disclosure("""[1,"a",2]""")] },
        { "a disclosure that is an object", Members(Forge.Disclosure("""{"a":1}""")), [Forge.Disclosure("""{"a":1}""")] },
        { "a disclosure that is no JSON", Members(Forge.Disclosure("""["salt","a",""")), [Forge.Disclosure("""["salt","a",""")] },
        { "a disclosure with a member twice", Members(Forge.Disclosure("""["salt","a",{"b":1,"b":2}]""")), [Forge.Disclosure("""["salt","a",{"b":1,"b":2}]""")] },
        { "a disclosure with half a surrogate pair", Members(Forge.Disclosure("""["salt","a","\ud800"]""")), [Forge.Disclosure("""["salt","a","\ud800"]""")] },
        { "an empty disclosure", "{}", [""] },
        { "a padded disclosure", Members(Name + "="), [Name + "="] },
        { "a disclosure with a space before it", Members(Name), [" " + Name] },
        { "a disclosed issuer other than iss", $$"""{"iss":"did:example:a",{{Members(Forge.Disclosure("""["s","issuer","did:example:b"]"""))[1..]}}""", [Forge.Disclosure("""["s","issuer","did:example:b"]""")] },
        { "a disclosed claim vc", Members(Forge.Disclosure("""["s","vc",{}]""")), [Forge.Disclosure("""["s","vc",{}]""")] },
        { "a cnf of two keys", """{"cnf":{"jwk":{},"kid":"a"}}""", [] },
        { "a cnf that is text", """{"cnf":"a"}""", [] },
        { "a child without the disclosure above it", Members(Parent), [Child] },
    };

    private static readonly string Child = Forge.Disclosure("""["salt-3","child",1]""");
    private static readonly string Parent = Forge.Disclosure($$"""["salt-4","parent",{{Members(Child)}}]""");

    [Theory]
    [MemberData(nameof(Refused))]
    public void Refuses(string what, string payload, string[] disclosures)
    {
        Problem? problem = Sealed.ProblemOf(Forge.SdJwt(payload, Key, disclosures), Key.PublicKey);

        Assert.True(problem is not null, what);
        Assert.NotEqual(ProblemCode.CryptographicSecurityError, problem.Code);
    }

    [Fact]
    public void Takes_the_same_when_nothing_is_wrong_with_it()
    {
        Assert.Equal("""{"name":"Ada"}""", PayloadOf(Members(Name), Name));
        Assert.Equal("""{"a":["element"]}""", PayloadOf(Elements(Element), Element));
        Assert.Equal("""{"a":[]}""", PayloadOf(Elements(Element)));
        Assert.Equal("{}", PayloadOf(Members(Name)));
        Assert.Equal("""{"parent":{"child":1}}""", PayloadOf(Members(Parent), Child, Parent));
        Assert.Equal("""{"parent":{}}""", PayloadOf(Members(Parent), Parent));
        Assert.Equal("""{"x":{"y":[{}]},"name":"Ada"}""", PayloadOf($$"""{"x":{"y":[{"_sd":[]}]},{{Members(Name)[1..]}}""", Name));
        Assert.Equal("""{ "untouched" : [ 1.0 , "A" ] }""", PayloadOf("""{ "untouched" : [ 1.0 , "A" ] }"""));
        Assert.Equal("""{"a":{ "b" : [ 1.0 ] },"name":"Ada"}""", PayloadOf($$"""{ "a" : { "b" : [ 1.0 ] } , {{Members(Name)[1..]}}""", Name));
    }

    [Fact]
    public void Takes_longer_hashes()
    {
        string digest = Credentials.Encoding.StrictBase64Url.Encode(System.Security.Cryptography.SHA512.HashData(Utf8.Bytes(Name)));

        Assert.Equal("""{"name":"Ada"}""", PayloadOf($$"""{"_sd_alg":"sha-512","_sd":["{{digest}}"]}""", Name));
    }

    [Fact]
    public void Refuses_every_disclosure_altered_swapped_or_from_another()
    {
        byte[] text = Sealed.Make("vc+sd-jwt", KeyType.P256, options => options with { Disclosures = Sealed.Frame });
        byte[] other = Sealed.Make("vc+sd-jwt", KeyType.P256, options => options with { Disclosures = Sealed.Frame });
        string[] parts = Utf8.Text(text).Split('~');
        string[] others = Utf8.Text(other).Split('~');
        Assert.Equal(5, parts.Length);
        for (int i = 1; i < parts.Length - 1; i++)
        {
            string[] altered = [.. parts];
            altered[i] = others[i];
            Assert.NotNull(Sealed.ProblemOf(Utf8.Bytes(string.Join('~', altered)), Key.PublicKey));
            for (int at = 0; at < parts[i].Length; at++)
            {
                altered[i] = parts[i][..at] + (parts[i][at] == 'A' ? 'B' : 'A') + parts[i][(at + 1)..];
                Assert.NotNull(Sealed.ProblemOf(Utf8.Bytes(string.Join('~', altered)), Key.PublicKey));
            }
        }
    }

    [Fact]
    public void Refuses_nesting_by_disclosures_deeper_than_JSON_may_nest()
    {
        List<string> disclosures = [Forge.Disclosure("""["s","leaf",1]""")];
        for (int i = 0; i < 200; i++)
        {
            disclosures.Add(Forge.Disclosure($$"""["s{{i}}","n",{{Members(disclosures[^1])}}]"""));
        }

        Problem? problem = Sealed.ProblemOf(Forge.SdJwt(Members(disclosures[^1]), Key, [.. disclosures]), Key.PublicKey);

        Assert.Contains("deeper", problem?.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"alg":"ES256","typ":"kb+jwt"}""", """{"iat":1000,"aud":"v","nonce":"n","sd_hash":"HASH"}""", true)]
    [InlineData("""{"alg":"ES256","typ":"application/kb+jwt"}""", """{"iat":1000,"aud":"v","nonce":"n","sd_hash":"HASH"}""", true)]
    [InlineData("""{"alg":"ES256","typ":"jwt"}""", """{"iat":1000,"aud":"v","nonce":"n","sd_hash":"HASH"}""", false)]
    [InlineData("""{"alg":"ES256"}""", """{"iat":1000,"aud":"v","nonce":"n","sd_hash":"HASH"}""", false)]
    [InlineData("""{"alg":"none","typ":"kb+jwt"}""", """{"iat":1000,"aud":"v","nonce":"n","sd_hash":"HASH"}""", false)]
    [InlineData("""{"alg":"HS256","typ":"kb+jwt"}""", """{"iat":1000,"aud":"v","nonce":"n","sd_hash":"HASH"}""", false)]
    [InlineData("""{"alg":"ES384","typ":"kb+jwt"}""", """{"iat":1000,"aud":"v","nonce":"n","sd_hash":"HASH"}""", false)]
    [InlineData("""{"alg":"ES256","typ":"kb+jwt","crit":["x"]}""", """{"iat":1000,"aud":"v","nonce":"n","sd_hash":"HASH"}""", false)]
    [InlineData("""{"alg":"ES256","typ":"kb+jwt"}""", """{"aud":"v","nonce":"n","sd_hash":"HASH"}""", false)]
    [InlineData("""{"alg":"ES256","typ":"kb+jwt","iat":1000}""", """{"aud":"v","nonce":"n","sd_hash":"HASH"}""", false)]
    [InlineData("""{"alg":"ES256","typ":"kb+jwt"}""", """{"iat":"1000","aud":"v","nonce":"n","sd_hash":"HASH"}""", false)]
    [InlineData("""{"alg":"ES256","typ":"kb+jwt"}""", """{"iat":1000,"aud":["v"],"nonce":"n","sd_hash":"HASH"}""", false)]
    [InlineData("""{"alg":"ES256","typ":"kb+jwt"}""", """{"iat":1000,"aud":"v","nonce":5,"sd_hash":"HASH"}""", false)]
    [InlineData("""{"alg":"ES256","typ":"kb+jwt"}""", """{"iat":1000,"aud":"v","nonce":"n"}""", false)]
    [InlineData("""{"alg":"ES256","typ":"kb+jwt"}""", """{"iat":1000,"aud":"v","nonce":"n","sd_hash":"AAAA"}""", false)]
    [InlineData("""{"alg":"ES256","typ":"kb+jwt"}""", """{"iat":1000,"aud":"v","nonce":"n","sd_hash":"HASH","exp":999}""", false)]
    [InlineData("""{"alg":"ES256","typ":"kb+jwt"}""", """{"iat":1000,"aud":"v","nonce":"n","sd_hash":"HASH","nbf":2000}""", false)]
    [InlineData("""{"alg":"ES256","typ":"kb+jwt"}""", """{"iat":699,"aud":"v","nonce":"n","sd_hash":"HASH"}""", false)]
    [InlineData("""{"alg":"ES256","typ":"kb+jwt"}""", """{"iat":1061,"aud":"v","nonce":"n","sd_hash":"HASH"}""", false)]
    [InlineData("""{"alg":"ES256","typ":"kb+jwt"}""", """{"iat":1000,"aud":"V","nonce":"n","sd_hash":"HASH"}""", false)]
    [InlineData("""{"alg":"ES256","typ":"kb+jwt"}""", """{"iat":1000,"aud":"v","nonce":"N","sd_hash":"HASH"}""", false)]
    [InlineData("""{"alg":"ES256","typ":"kb+jwt"}""", """{"iat":1000,"aud":"v","nonce":"n","sd_hash":"HASH","aud":"v"}""", false)]
    public void Takes_a_key_binding_with_all_it_needs_and_no_other(string header, string payload, bool good)
    {
        byte[] presentation = Forge.SdJwt("""{"name":"Ada"}""", Key);
        byte[] bound = [.. presentation, .. Forge.Jws(header, Utf8.Bytes(payload.Replace("HASH", Forge.Digest(Utf8.Text(presentation)), StringComparison.Ordinal)), Key)];

        Parsed<SdJwt> read = SdJwt.Open(bound);
        Problem? problem = read.Ok ? read.Value.KeyBinding!.Verify(Key.PublicKey, new("v", "n", DateTimeOffset.FromUnixTimeSeconds(1000))) : read.Problem;

        Assert.Equal(good, problem is null);
    }

    [Fact]
    public void Refuses_a_key_binding_of_another_presentation()
    {
        byte[] one = Forge.SdJwt(Members(Name), Key, Name);
        byte[] binding = Forge.Jws("""{"alg":"ES256","typ":"kb+jwt"}""", Utf8.Bytes($$"""{"iat":1000,"aud":"v","nonce":"n","sd_hash":"{{Forge.Digest(Utf8.Text(one))}}"}"""), Key);
        var expected = new KeyBindingExpectation("v", "n", DateTimeOffset.FromUnixTimeSeconds(1000));

        Assert.Null(SdJwt.Open((byte[])[.. one, .. binding]).Require().KeyBinding!.Verify(Key.PublicKey, expected));
        Assert.NotNull(SdJwt.Open((byte[])[.. Forge.SdJwt(Members(Name), Key), .. binding]).Require().KeyBinding!.Verify(Key.PublicKey, expected));
        Assert.NotNull(SdJwt.Open((byte[])[.. Forge.SdJwt("{}", Key), .. binding]).Require().KeyBinding!.Verify(Key.PublicKey, expected));
    }

    private static string Members(params string[] disclosures) => $$"""{"_sd":[{{string.Join(',', disclosures.Select(item => $"\"{Forge.Digest(item)}\""))}}]}""";

    private static string Elements(params string[] disclosures) => $$"""{"a":[{{string.Join(',', disclosures.Select(item => $$"""{"...":"{{Forge.Digest(item)}}"}"""))}}]}""";

    private static string Named(string name) => Forge.Disclosure($$"""["salt-5","{{name}}",["x"]]""");

    private static string PayloadOf(string payload, params string[] disclosures)
    {
        byte[] text = Forge.SdJwt(payload, Key, disclosures);
        Assert.Null(Sealed.ProblemOf(text, Key.PublicKey));
        return Utf8.Text(Sealed.Open(text).Payload.Span);
    }
}
