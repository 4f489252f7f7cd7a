using System.Security.Cryptography;
using System.Text.Json;
using Credentials.JsonLd;
using Credentials.TestKit;

namespace Credentials.Benchmarks;

/// <summary>A 2.5 KB Open Badges diploma, parsed already and its contexts compiled: its statements, and their canonical form.</summary>
internal static class JsonLdFigures
{
    // Expansion, RDF and canonicalization together.
    private const double CanonicalAim = 60;

    public static void Run(Stage stage)
    {
        if (!stage.Wanted("json-ld"))
        {
            return;
        }

        JsonElement diploma = JsonDocument.Parse(OpenBadge()).RootElement;
        var processor = new JsonLdProcessor(ContextLibrary.Shipped);
        stage.Measure("json-ld/to-rdf", () => ToRdf(processor, diploma));
        stage.Measure("json-ld/expand", () => Check(processor.Expand(diploma)));
        stage.Measure("json-ld/find-blank-nodes", () => Check(processor.FindBlankNodes(diploma)));
        stage.Measure("json-ld/to-rdf-and-rdfc", () => Check(Rdfc10.Canonicalize(ToRdf(processor, diploma), HashAlgorithmName.SHA256)), aim: CanonicalAim);
    }

    private static RdfDataset ToRdf(JsonLdProcessor processor, JsonElement document) => Check(processor.ToRdf(document));

    private static T Check<T>(JsonLdResult<T> result)
        where T : class => result.Ok ? result.Value : throw new InvalidOperationException($"{result.Error.Detail} {result.Error.Pointer}: nothing was measured.");

    // The Open Badge among the samples, with the id that its issuer gives it.
    private static byte[] OpenBadge()
    {
        System.Text.Json.Nodes.JsonNode node = System.Text.Json.Nodes.JsonNode.Parse(Samples.Diploma("open-badge"))!;
        node["id"] = "urn:uuid:7b9a3c52-44f1-4a4e-9d0e-1c0f6a2f5d11";
        return JsonSerializer.SerializeToUtf8Bytes(node);
    }
}
