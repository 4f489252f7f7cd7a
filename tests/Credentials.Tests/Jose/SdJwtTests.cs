using System.Text.Json;
using Credentials.Jose;
using Credentials.Keys;
using Credentials.TestKit;

namespace Credentials.Tests.Jose;

/// <summary>Issuing, presenting and binding.</summary>
public class SdJwtTests
{
    private const string Document = """
        {"iss":"https://issuer.example","name":"Möbius","address":{"street":"1 Rue","country":"MA","geo":{"lat":33.5,"lon":-7.6}},
         "nationalities":["MA","FR",{"code":"DE","since":1999}],"a/b":{"~":1},"empty":{}}
        """;

    private static readonly SigningKey Issuer = SigningKey.Generate(KeyType.P256);
    private static readonly SigningKey Holder = SigningKey.Generate(KeyType.Ed25519);

    private static readonly string[] Everything = ["/name", "/address", "/address/street", "/address/geo/lat", "/nationalities/1", "/nationalities/2", "/nationalities/2/since", "/a~1b/~0", "/empty"];

    [Fact]
    public async Task Gives_back_the_document_when_everything_is_disclosed()
    {
        SdJwt sdJwt = await IssueAsync(Everything);

        Assert.Null(sdJwt.Verify(Issuer.PublicKey));
        Assert.True(Same(Document, sdJwt), Utf8.Text(sdJwt.Payload.Span));
        Assert.Equal(Everything.Order(StringComparer.Ordinal), sdJwt.DisclosedPointers.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Shows_nothing_of_what_is_withheld()
    {
        SdJwt sdJwt = await IssueAsync(Everything);

        SdJwt bare = SdJwt.Open(sdJwt.Present([]).Require()).Require();

        Assert.Null(bare.Verify(Issuer.PublicKey));
        Assert.True(Same("""{"iss":"https://issuer.example","nationalities":["MA"],"a/b":{}}""", bare), Utf8.Text(bare.Payload.Span));
        Assert.All(["Möbius", "Rue", "33.5", "1999"], secret => Assert.DoesNotContain(secret, Utf8.Text(Forge.Part(sdJwt.Secured.ToArray(), 1)), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/name", """{"iss":"https://issuer.example","name":"Möbius","nationalities":["MA"],"a/b":{}}""")]
    [InlineData("/address", """{"iss":"https://issuer.example","address":{"country":"MA","geo":{"lon":-7.6}},"nationalities":["MA"],"a/b":{}}""")]
    [InlineData("/address/geo/lat", """{"iss":"https://issuer.example","address":{"country":"MA","geo":{"lat":33.5,"lon":-7.6}},"nationalities":["MA"],"a/b":{}}""")]
    [InlineData("/address/country", """{"iss":"https://issuer.example","address":{"country":"MA","geo":{"lon":-7.6}},"nationalities":["MA"],"a/b":{}}""")]
    [InlineData("/nationalities/2", """{"iss":"https://issuer.example","nationalities":["MA",{"code":"DE"}],"a/b":{}}""")]
    [InlineData("/nationalities/2/since", """{"iss":"https://issuer.example","nationalities":["MA",{"code":"DE","since":1999}],"a/b":{}}""")]
    [InlineData("/a~1b/~0", """{"iss":"https://issuer.example","nationalities":["MA"],"a/b":{"~":1}}""")]
    [InlineData("/iss", """{"iss":"https://issuer.example","nationalities":["MA"],"a/b":{}}""")]
    [InlineData("", """{"iss":"https://issuer.example","nationalities":["MA"],"a/b":{}}""")]
    public async Task Discloses_what_is_pointed_to_with_what_lies_above_it(string pointer, string expected)
    {
        SdJwt shown = SdJwt.Open((await IssueAsync(Everything)).Present([pointer]).Require()).Require();

        Assert.Null(shown.Verify(Issuer.PublicKey));
        Assert.True(Same(expected, shown), Utf8.Text(shown.Payload.Span));
    }

    [Theory]
    [InlineData("name")]
    [InlineData("/nobody")]
    [InlineData("/nationalities/3")]
    [InlineData("/nationalities/01")]
    [InlineData("/nationalities/-")]
    [InlineData("/a~2b")]
    [InlineData("/name/first")]
    public async Task Refuses_to_disclose_what_is_not_there(string pointer) =>
        Assert.Equal(pointer, (await IssueAsync(Everything)).Present(["/name", pointer]).Problem?.Pointer);

    [Theory]
    [InlineData("name")]
    [InlineData("")]
    [InlineData("/nobody")]
    [InlineData("/nationalities/3")]
    [InlineData("/nationalities/00")]
    [InlineData("/name/first")]
    public async Task Refuses_a_frame_that_points_to_nothing(string pointer)
    {
        Parsed<byte[]> issued = await SdJwt.IssueAsync(Utf8.Bytes(Document), Issuer, Options(["/name", pointer]), CancellationToken.None);

        Assert.Equal(ProblemCode.MalformedValueError, issued.Problem?.Code);
        Assert.Equal(pointer, issued.Problem?.Pointer);
    }

    [Theory]
    [InlineData("""{"_sd":["x"]}""")]
    [InlineData("""{"a":{"_sd":[]}}""")]
    [InlineData("""{"a":[{"...":"x"}]}""")]
    [InlineData("""{"_sd_alg":"sha-256"}""")]
    [InlineData("""{"a":{"\u005fsd":1}}""")]
    [InlineData("""{"iat":1}""")]
    [InlineData("""{"cnf":{}}""")]
    [InlineData("[1]")]
    [InlineData("{")]
    [InlineData("""{"a":1,"a":2}""")]
    public async Task Refuses_to_issue_a_document_that_claims_what_SD_JWT_keeps_for_itself(string document) =>
        Assert.False((await SdJwt.IssueAsync(Utf8.Bytes(document), Issuer, Options([]) with { IssuedAt = Samples.Time, HolderKey = Holder.PublicKey }, CancellationToken.None)).Ok);

    [Fact]
    public async Task Hides_the_number_of_claims_behind_decoys()
    {
        byte[] text = (await SdJwt.IssueAsync(Utf8.Bytes(Document), Issuer, Options(["/name", "/nationalities/0", "/address/street"]) with { Frame = new(["/name", "/nationalities/0", "/address/street"]) { Decoys = 5 } }, CancellationToken.None)).Require();

        using var payload = JsonDocument.Parse(Forge.Part(text, 1));
        Assert.Equal(6, payload.RootElement.GetProperty("_sd").GetArrayLength());
        Assert.Equal(6, payload.RootElement.GetProperty("address").GetProperty("_sd").GetArrayLength());
        Assert.Equal(8, payload.RootElement.GetProperty("nationalities").GetArrayLength());
        Assert.True(Same(Document, SdJwt.Open(text).Require()));
    }

    [Fact]
    public async Task Salts_every_disclosure_afresh_and_hides_their_order()
    {
        HashSet<string> salts = new(StringComparer.Ordinal);
        for (int i = 0; i < 20; i++)
        {
            byte[] text = (await IssueAsync(Everything)).Secured.ToArray();
            string[] parts = Utf8.Text(text).Split('~')[1..^1];
            Assert.All(parts, part => Assert.True(salts.Add(JsonDocument.Parse(Credentials.Encoding.StrictBase64Url.Decode(part)!).RootElement[0].GetString()!)));
            using var payload = JsonDocument.Parse(Forge.Part(text, 1));
            string[] digests = [.. payload.RootElement.GetProperty("_sd").EnumerateArray().Select(item => item.GetString()!)];
            Assert.Equal(digests.Order(StringComparer.Ordinal), digests);
        }

        Assert.Equal(20 * Everything.Length, salts.Count);
        Assert.All(salts, salt => Assert.Equal(16, Credentials.Encoding.StrictBase64Url.Decode(salt)!.Length));
    }

    [Fact]
    public async Task Binds_a_presentation_to_its_verifier()
    {
        byte[] presentation = (await IssueAsync(Everything)).Present(["/name"]).Require();

        SdJwt bound = SdJwt.Open((await SdJwt.BindAsync(presentation, Holder, "verifier", "nonce", Samples.Time, CancellationToken.None)).Require()).Require();

        Assert.Null(bound.Verify(Issuer.PublicKey));
        Assert.Equal(Holder.PublicKey, bound.Confirmation!.Key);
        Assert.Null(bound.KeyBinding!.Verify(Holder.PublicKey, new("verifier", "nonce", Samples.Time)));
        Assert.Equal(("verifier", "nonce", Samples.Time), (bound.KeyBinding.Audience, bound.KeyBinding.Nonce, bound.KeyBinding.IssuedAt));
    }

    [Fact]
    public async Task Refuses_to_bind_twice_with_another_key_or_without_a_holder()
    {
        byte[] issued = (await IssueAsync(Everything)).Secured.ToArray();
        byte[] bound = (await SdJwt.BindAsync(issued, Holder, "verifier", "nonce", Samples.Time, CancellationToken.None)).Require();
        byte[] nobodys = (await SdJwt.IssueAsync(Utf8.Bytes(Document), Issuer, new("example+sd-jwt", "kid"), CancellationToken.None)).Require();

        Assert.False((await SdJwt.BindAsync(bound, Holder, "verifier", "nonce", Samples.Time, CancellationToken.None)).Ok);
        Assert.False((await SdJwt.BindAsync(issued, Issuer, "verifier", "nonce", Samples.Time, CancellationToken.None)).Ok);
        Assert.False((await SdJwt.BindAsync(nobodys, Holder, "verifier", "nonce", Samples.Time, CancellationToken.None)).Ok);
    }

    [Fact]
    public async Task Names_the_holder_by_reference_where_that_is_asked_for()
    {
        byte[] text = (await SdJwt.IssueAsync(Utf8.Bytes(Document), Issuer, new("example+sd-jwt", "kid") { HolderKeyId = "did:example:holder#1" }, CancellationToken.None)).Require();

        SdJwt sdJwt = SdJwt.Open(text).Require();

        Assert.Equal("did:example:holder#1", sdJwt.Confirmation!.KeyId);
        Assert.Null(sdJwt.Confirmation.Key);
    }

    private static SdJwtOptions Options(string[] pointers) => new("example+sd-jwt", "did:web:issuer.example#1") { Frame = new(pointers) };

    private static async Task<SdJwt> IssueAsync(string[] pointers) =>
        SdJwt.Open((await SdJwt.IssueAsync(Utf8.Bytes(Document), Issuer, Options(pointers) with { HolderKey = Holder.PublicKey }, CancellationToken.None)).Require()).Require();

    private static bool Same(string expected, SdJwt actual)
    {
        var node = System.Text.Json.Nodes.JsonNode.Parse(actual.Payload.Span)!.AsObject();
        node.Remove("cnf");
        return System.Text.Json.Nodes.JsonNode.DeepEquals(System.Text.Json.Nodes.JsonNode.Parse(expected), node);
    }
}
