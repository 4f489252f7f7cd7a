using System.Text.Json;
using Credentials.Dids;
using Credentials.Dids.Methods;
using Credentials.Keys;

namespace Credentials.Tests.Dids;

public sealed class DidResolutionTests
{
    private const string Did = "did:web:example.edu";
    private const string Url = "https://example.edu/.well-known/did.json";

    private readonly FakeFetcher _web = new();

    [Fact]
    public async Task A_result_has_document_and_metadata()
    {
        _web.Serve(Url, $$"""{"@context":["https://www.w3.org/ns/did/v1"],"id":"{{Did}}"}""");
        JsonElement json = await JsonAsync(Did);

        Assert.Equal(Did, json.GetProperty("didDocument").GetProperty("id").GetString());
        Assert.Equal("application/did", json.GetProperty("didResolutionMetadata").GetProperty("contentType").GetString());
        Assert.False(json.GetProperty("didResolutionMetadata").TryGetProperty("error", out _));
        Assert.Equal("{}", json.GetProperty("didDocumentMetadata").GetRawText());
    }

    [Theory]
    [InlineData("not-a-did", "INVALID_DID")]
    [InlineData("did:example", "INVALID_DID")]
    [InlineData("DID:web:example.edu", "INVALID_DID")]
    [InlineData("did:web:example.edu#a", "INVALID_DID")]
    [InlineData("did:web:example.edu?service=a", "INVALID_DID")]
    [InlineData("did:unsupported:123456789abcdefghi", "METHOD_NOT_SUPPORTED")]
    [InlineData("did:web:nobody.example", "NOT_FOUND")]
    [InlineData("did:web:down.example", "INTERNAL_ERROR")]
    [InlineData("did:web:broken.example", "INTERNAL_ERROR")]
    [InlineData("did:web:other.example", "INVALID_DID_DOCUMENT")]
    public async Task An_error_is_a_problem_detail_and_nothing_else_is_there(string did, string code)
    {
        _web.Fail("https://down.example/.well-known/did.json", "host not found");
        _web.Serve("https://broken.example/.well-known/did.json", "<!doctype html>");
        _web.Serve("https://other.example/.well-known/did.json", $$"""{"id":"{{Did}}"}""");
        JsonElement json = await JsonAsync(did);

        Assert.Equal(JsonValueKind.Null, json.GetProperty("didDocument").ValueKind);
        Assert.Equal("{}", json.GetProperty("didDocumentMetadata").GetRawText());
        JsonElement error = json.GetProperty("didResolutionMetadata").GetProperty("error");
        Assert.Equal("https://www.w3.org/ns/did#" + code, error.GetProperty("type").GetString());
        Assert.NotEqual("", error.GetProperty("title").GetString());
        Assert.NotEqual("", error.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_did_whose_host_says_gone_for_good_is_deactivated_and_has_no_key()
    {
        _web.Fail(Url, "HTTP 410", status: 410);
        JsonElement json = await JsonAsync(Did);

        Assert.Equal(JsonValueKind.Null, json.GetProperty("didDocument").ValueKind);
        Assert.True(json.GetProperty("didDocumentMetadata").GetProperty("deactivated").GetBoolean());
        Assert.Equal(ProblemCode.DidResolutionError, (await Resolver.ResolveAsync(Did, CancellationToken.None)).Problem?.Code);
        Assert.True((await Resolver.DereferenceAsync(Did + "#a", DidResolutionOptions.None, CancellationToken.None)).Deactivated);
    }

    [Fact]
    public async Task Every_name_of_a_document_gives_the_same_document_under_that_name()
    {
        _web.Serve(Url, $$"""{"id":"{{Did}}"}""");
        foreach (string accept in DidMediaType.Representations)
        {
            DidResolutionResult result = await Resolver.ResolveAsync(Did, new() { Accept = accept }, CancellationToken.None);
            Assert.Equal((true, accept), (result.Ok, result.ContentType));
        }
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/did+cbor")]
    [InlineData("")]
    public async Task Asks_nobody_for_a_representation_that_it_does_not_have(string accept) =>
        await IsRefusedUnaskedAsync(new() { Accept = accept }, ProblemCode.RepresentationNotSupported);

    [Fact]
    public async Task Asks_nobody_for_another_version()
    {
        await IsRefusedUnaskedAsync(new() { VersionId = "1" }, ProblemCode.FeatureNotSupported);
        await IsRefusedUnaskedAsync(new() { VersionTime = "2021-05-10T17:00:00Z" }, ProblemCode.FeatureNotSupported);
    }

    [Fact]
    public async Task Relative_urls_are_written_out_when_asked_for()
    {
        using var key = SigningKey.Generate(KeyType.P256);
        string method = $$"""{"id":"#a","type":"Multikey","controller":"{{Did}}","publicKeyMultibase":"{{Multikey.Encode(key.PublicKey)}}"}""";
        _web.Serve(Url, $$"""{"id":"{{Did}}","verificationMethod":[{{method}}],"assertionMethod":["#a"],"service":[{"id":"#s","type":"X","serviceEndpoint":"https://s.example"}]}""");

        DidDocument asWritten = (await Resolver.ResolveAsync(Did, DidResolutionOptions.None, CancellationToken.None)).Document!;
        DidDocument expanded = (await Resolver.ResolveAsync(Did, new() { ExpandRelativeUrls = true }, CancellationToken.None)).Document!;

        Assert.Equal("#a", asWritten.Json.GetProperty("verificationMethod")[0].GetProperty("id").GetString());
        Assert.Equal(Did + "#a", expanded.Json.GetProperty("verificationMethod")[0].GetProperty("id").GetString());
        Assert.Equal(Did + "#a", expanded.Json.GetProperty("assertionMethod")[0].GetString());
        Assert.Equal(Did + "#s", expanded.Json.GetProperty("service")[0].GetProperty("id").GetString());
        Assert.Equal(asWritten.AssertionMethods, expanded.AssertionMethods);
    }

    [Fact]
    public async Task A_key_of_the_type_that_Ed25519Signature2020_uses_is_read()
    {
        using var key = SigningKey.Generate(KeyType.Ed25519);
        using var other = SigningKey.Generate(KeyType.P256);
        string Method(string id, PublicKey k) => $$"""{"id":"{{Did}}#{{id}}","type":"Ed25519VerificationKey2020","controller":"{{Did}}","publicKeyMultibase":"{{Multikey.Encode(k)}}"}""";
        _web.Serve(Url, $$"""{"id":"{{Did}}","verificationMethod":[{{Method("a", key.PublicKey)}},{{Method("b", other.PublicKey)}}]}""");
        DidDocument document = (await Resolver.ResolveAsync(Did, CancellationToken.None)).Require();

        Assert.Equal(key.PublicKey, document.Find(Did + "#a")!.Key.Require());
        Assert.Equal(ProblemCode.InvalidVerificationMethod, document.Find(Did + "#b")!.Key.Problem?.Code);
    }

    [Fact]
    public async Task Two_methods_of_one_name_are_misuse()
    {
        Assert.Throws<ArgumentException>(() => new DidResolver([new DidKey(), new DidKey()]));
        await Assert.ThrowsAsync<ArgumentNullException>(() => Resolver.ResolveAsync(Did, null!, CancellationToken.None));
    }

    private DidResolver Resolver => DidResolver.Online(_web);

    private async Task IsRefusedUnaskedAsync(DidResolutionOptions options, string code)
    {
        _web.Serve(Url, $$"""{"id":"{{Did}}"}""");
        Assert.Equal(code, (await Resolver.ResolveAsync(Did, options, CancellationToken.None)).Error?.Code);
        Assert.Empty(_web.Asked);
    }

    private async Task<JsonElement> JsonAsync(string did) =>
        JsonDocument.Parse(DidResultJson.ToUtf8(await Resolver.ResolveAsync(did, DidResolutionOptions.None, CancellationToken.None))).RootElement;
}
