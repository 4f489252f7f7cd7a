using System.Text.Json;
using Credentials.TestKit;

namespace Credentials.JsonLd.Tests.Expansion;

/// <summary>What the specification leaves open or refuses, and the libraries of the field do in one way: a signature over another reading would verify nowhere else.</summary>
public sealed class FieldTests
{
    private const string Nested = """{"@context":[{"@context":{"name":"https://schema.org/name"}}],"@id":"urn:a","name":"A"}""";

    [Fact]
    public void Reads_a_context_in_a_context_where_it_is_asked_to() =>
        Assert.Contains("<https://schema.org/name> \"A\" .", RdfOf(Nested, new JsonLdOptions { NestedContexts = true }), StringComparison.Ordinal);

    [Fact]
    public void Refuses_it_otherwise_as_the_specification_does() => Assert.Equal("keyword redefinition", ErrorOf(Nested, new JsonLdOptions()));

    [Theory]
    [InlineData("""{"@context":[{"@context":{"name":"https://schema.org/name"},"other":"urn:other"}],"@id":"urn:a","name":"A"}""")]
    [InlineData("""{"@context":[{"@context":{"@context":{"name":"https://schema.org/name"}}}],"@id":"urn:a","name":"A"}""")]
    [InlineData("""{"@context":[{"@context":"https://www.w3.org/ns/credentials/v2"}],"@id":"urn:a","name":"A"}""")]
    public void Drops_nothing_that_stands_beside_it_and_goes_no_deeper(string document) =>
        Assert.Equal("keyword redefinition", ErrorOf(document, new JsonLdOptions { NestedContexts = true }));

    private static string RdfOf(string document, JsonLdOptions options)
    {
        using var json = JsonDocument.Parse(document);
        JsonLdResult<RdfDataset> result = new JsonLdProcessor(ContextLibrary.Shipped, options).ToRdf(json.RootElement);
        Assert.True(result.Ok, result.Error?.ToString());
        return Utf8.Text(Rdfc10.Canonicalize(result.Value, System.Security.Cryptography.HashAlgorithmName.SHA256).Value!.NQuads.ToArray());
    }

    private static string? ErrorOf(string document, JsonLdOptions options)
    {
        using var json = JsonDocument.Parse(document);
        return new JsonLdProcessor(ContextLibrary.Shipped, options).ToRdf(json.RootElement).Error?.Code;
    }
}
