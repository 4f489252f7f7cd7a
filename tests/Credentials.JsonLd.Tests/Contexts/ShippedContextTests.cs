using System.Security.Cryptography;
using System.Text.Json;
using Credentials.TestKit;

namespace Credentials.JsonLd.Tests.Contexts;

/// <summary>The contexts that ship inside the library, and the library itself.</summary>
public sealed class ShippedContextTests
{
    private const string CredentialsV2 = "https://www.w3.org/ns/credentials/v2";

    public static TheoryData<string> Urls => [.. ContextLibrary.Shipped.Urls];

    [Fact]
    public void Ships_what_credentials_are_made_of()
    {
        string[] wanted =
        [
            "https://www.w3.org/2018/credentials/v1", CredentialsV2, Trial.ExamplesV2, "https://www.w3.org/ns/credentials/undefined-terms/v2",
            "https://w3id.org/security/data-integrity/v2", "https://w3id.org/security/multikey/v1", "https://www.w3.org/ns/did/v1",
            "https://w3id.org/security/suites/ed25519-2020/v1", "https://purl.imsglobal.org/spec/ob/v3p0/context.json",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ];
        Assert.Empty(wanted.Except(ContextLibrary.Shipped.Urls));
    }

    [Fact]
    public void Holds_each_context_as_it_is_pinned()
    {
        JsonElement pins = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "tools", "contexts", "pins.json"))).RootElement;
        Assert.Equal(
            pins.EnumerateObject().ToDictionary(pin => pin.Name, pin => pin.Value.GetString()!),
            ContextLibrary.Shipped.Urls.ToDictionary(url => url, url => Convert.ToHexStringLower(SHA256.HashData(ContextLibrary.Shipped.Find(url)!.Value.Span))));
    }

    [Theory]
    [MemberData(nameof(Urls))]
    public void Compiles_every_context_in_safe_mode(string url) =>
        Assert.NotEmpty(Trial.Quads($$"""{"@context": "{{url}}", "@id": "urn:a", "urn:p": "A"}"""));

    [Fact]
    public void Refuses_a_context_that_is_not_known()
    {
        JsonLdError error = Trial.Refused("""{"@context": ["https://www.w3.org/ns/credentials/v2", "https://unknown.example/v1"], "type": "VerifiableCredential"}""");
        Assert.Equal(JsonLdErrorCode.LoadingRemoteContextFailed, error.Code);
        Assert.Contains("https://unknown.example/v1", error.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"description": "urn:other"}""")]
    [InlineData("""{"VerifiableCredential": "urn:other"}""")]
    [InlineData("""{"id": "urn:other"}""")]
    [InlineData("""{"name": null}""")]
    public void Refuses_another_meaning_of_a_protected_term(string redefinition) =>
        Assert.Equal("protected term redefinition", Trial.Refused($$"""{"@context": ["{{CredentialsV2}}", {{redefinition}}], "type": "VerifiableCredential"}""").Code);

    [Fact]
    public void Refuses_to_take_protected_terms_away() =>
        Assert.Equal("invalid context nullification", Trial.Refused($$"""{"@context": ["{{CredentialsV2}}", null], "type": "VerifiableCredential"}""").Code);

    [Fact]
    public void Takes_the_same_meaning_of_a_protected_term() =>
        Assert.NotEmpty(Trial.Quads($$"""{"@context": ["{{CredentialsV2}}", "{{CredentialsV2}}", {"id": "@id"}], "id": "urn:a", "type": "VerifiableCredential"}"""));

    [Fact]
    public void A_context_that_is_added_is_known_and_keeps_a_known_one()
    {
        ContextLibrary library = ContextLibrary.Shipped
            .With("https://a.example/v1", """{"@context": {"name": "urn:name"}}"""u8.ToArray())
            .With(CredentialsV2, """{"@context": {"name": "urn:swapped"}}"""u8.ToArray());
        Assert.Equal("<urn:a> <urn:name> \"A\" .\n", Trial.Quads("""{"@context": "https://a.example/v1", "@id": "urn:a", "name": "A"}""", library: library));
        Assert.Equal(ContextLibrary.Shipped.Find(CredentialsV2)!.Value.ToArray(), library.Find(CredentialsV2)!.Value.ToArray());
        Assert.DoesNotContain("https://a.example/v1", ContextLibrary.Shipped.Urls);
    }

    [Fact]
    public void A_loader_is_asked_for_what_is_not_known_and_only_for_that()
    {
        List<string> asked = [];
        ContextLibrary library = ContextLibrary.Shipped.WithLoader(url =>
        {
            asked.Add(url);
            return url == "https://a.example/v1" ? """{"@context": {"name": "urn:name"}}"""u8.ToArray() : null;
        });
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal("<urn:a> <urn:name> \"A\" .\n", Trial.Quads($$"""{"@context": ["{{Trial.ExamplesV2}}", "https://a.example/v1"], "@id": "urn:a", "name": "A"}""", library: library));
        }

        Assert.Equal(["https://a.example/v1"], asked);
    }

    [Theory]
    [InlineData("{", JsonLdErrorCode.LoadingRemoteContextFailed)]
    [InlineData("{}", "invalid remote context")]
    [InlineData("[]", "invalid remote context")]
    [InlineData("""{"@context": 7}""", "invalid local context")]
    [InlineData("""{"@context": {"a": "urn:a", "a": "urn:b"}}""", JsonLdErrorCode.LoadingRemoteContextFailed)]
    public void Refuses_a_document_that_is_no_context(string document, string code) =>
        Assert.Equal(code, Trial.Refused("""{"@context": "https://a.example/v1", "@id": "urn:a", "urn:p": 1}""", library: ContextLibrary.Empty.With("https://a.example/v1", Utf8.Bytes(document))).Code);

    [Fact]
    public async Task Threads_that_compile_the_same_contexts_come_to_the_same()
    {
        string badge = Utf8.Text(Samples.Diploma("open-badge"));
        string expected = Trial.Quads(badge);
        ContextLibrary cold = ContextLibrary.Empty;
        foreach (string url in ContextLibrary.Shipped.Urls)
        {
            cold = cold.With(url, ContextLibrary.Shipped.Find(url)!.Value);
        }

        string[] all = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Trial.Quads(badge, library: cold))));
        Assert.All(all, quads => Assert.Equal(expected, quads));
    }

    [Fact]
    public void The_order_of_contexts_matters_whatever_was_compiled_before()
    {
        ContextLibrary library = ContextLibrary.Empty
            .With("https://a.example/1", """{"@context": {"name": "urn:1"}}"""u8.ToArray())
            .With("https://a.example/2", """{"@context": {"name": "urn:2"}}"""u8.ToArray());
        for (int i = 0; i < 2; i++)
        {
            Assert.Contains("<urn:2>", Trial.Quads("""{"@context": ["https://a.example/1", "https://a.example/2"], "@id": "urn:a", "name": "A"}""", library: library), StringComparison.Ordinal);
            Assert.Contains("<urn:1>", Trial.Quads("""{"@context": ["https://a.example/2", "https://a.example/1"], "@id": "urn:a", "name": "A"}""", library: library), StringComparison.Ordinal);
            Assert.Contains("<urn:3>", Trial.Quads("""{"@context": ["https://a.example/2", {"name": "urn:3"}], "@id": "urn:a", "name": "A"}""", library: library), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_vocabulary_that_is_relative_is_each_document_s_own()
    {
        ContextLibrary library = ContextLibrary.Empty.With("https://a.example/1", """{"@context": {"@vocab": "#"}}"""u8.ToArray());
        foreach (string document in (string[])["http://b.example/x", "http://c.example/y"])
        {
            Assert.Equal(
                $"<urn:a> <{document}#name> \"A\" .\n",
                Trial.Quads("""{"@context": "https://a.example/1", "@id": "urn:a", "name": "A"}""", new JsonLdOptions { Base = document }, library));
        }
    }
}
