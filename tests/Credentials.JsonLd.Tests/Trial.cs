using System.Text.Json;
using Credentials.TestKit;

namespace Credentials.JsonLd.Tests;

/// <summary>Runs the processor over a document given as text.</summary>
internal static class Trial
{
    public const string ExamplesV2 = "https://www.w3.org/ns/credentials/examples/v2";

    public static JsonElement Parse(string json, int maxDepth = 64) => JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = maxDepth }).RootElement;

    /// <summary>The statements as N-Quads.</summary>
    public static string Quads(string json, JsonLdOptions? options = null, ContextLibrary? library = null)
    {
        JsonLdResult<RdfDataset> result = new JsonLdProcessor(library ?? ContextLibrary.Shipped, options).ToRdf(Parse(json));
        Assert.True(result.Ok, $"{result.Error?.Code}: {result.Error?.Detail} at {result.Error?.Pointer}");
        return Utf8.Text(NQuads.Write(result.Value).Value);
    }

    /// <summary>The error of a document that has no RDF.</summary>
    public static JsonLdError Refused(string json, JsonLdOptions? options = null, ContextLibrary? library = null)
    {
        JsonLdResult<RdfDataset> result = new JsonLdProcessor(library ?? ContextLibrary.Shipped, options).ToRdf(Parse(json));
        Assert.False(result.Ok, "It was taken.");
        return result.Error;
    }

    /// <summary>The pointers of the blank nodes.</summary>
    public static IReadOnlyList<string> BlankNodes(string json, ContextLibrary? library = null)
    {
        JsonLdResult<IReadOnlyList<string>> result = new JsonLdProcessor(library ?? ContextLibrary.Shipped).FindBlankNodes(Parse(json));
        Assert.True(result.Ok, $"{result.Error?.Code}: {result.Error?.Detail} at {result.Error?.Pointer}");
        return result.Value;
    }
}
