using System.Security.Cryptography;
using System.Text.Json;
using Credentials.JsonLd;

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

        JsonElement diploma = JsonDocument.Parse(OpenBadge.Unsigned).RootElement;
        var processor = new JsonLdProcessor(ContextLibrary.Shipped);
        stage.Measure("json-ld/to-rdf", () => ToRdf(processor, diploma));
        stage.Measure("json-ld/expand", () => Check(processor.Expand(diploma)));
        stage.Measure("json-ld/find-blank-nodes", () => Check(processor.FindBlankNodes(diploma)));
        stage.Measure("json-ld/to-rdf-and-rdfc", () => Check(Rdfc10.Canonicalize(ToRdf(processor, diploma), HashAlgorithmName.SHA256)), aim: CanonicalAim);
    }

    private static RdfDataset ToRdf(JsonLdProcessor processor, JsonElement document) => Check(processor.ToRdf(document));

    private static T Check<T>(JsonLdResult<T> result)
        where T : class => result.Ok ? result.Value : throw new InvalidOperationException($"{result.Error.Detail} {result.Error.Pointer}: nothing was measured.");
}
