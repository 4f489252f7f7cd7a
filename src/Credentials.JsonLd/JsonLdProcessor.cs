using System.Text.Json;
using Credentials.JsonLd.Expansion;
using Credentials.JsonLd.Rdf;

namespace Credentials.JsonLd;

/// <summary>JSON-LD 1.1 for what signing needs: expansion and RDF. Shared between threads.</summary>
/// <param name="contexts">The contexts that may be used.</param>
/// <param name="options">How; safe mode unless said otherwise.</param>
/// <remarks>https://www.w3.org/TR/json-ld11-api/</remarks>
public sealed class JsonLdProcessor(ContextLibrary contexts, JsonLdOptions? options = null)
{
    private readonly JsonLdOptions _options = options ?? new JsonLdOptions();

    /// <summary>The expanded form, as JSON text.</summary>
    public JsonLdResult<byte[]> Expand(JsonElement document) => Run(document, forRdf: false, trackPointers: false, ExpandedWriter.Write);

    /// <summary>The document's statements.</summary>
    public JsonLdResult<RdfDataset> ToRdf(JsonElement document) => Run(document, forRdf: true, trackPointers: false, items => new RdfBuilder(_options).Build(items));

    /// <summary>
    /// RFC 6901 pointers to the objects of a compact document that become nodes without an <c>@id</c>; the place where ecdsa-sd-2023 puts its skolem ids.
    /// The graph that an <c>@graph</c> container makes around an object has no place of its own, and is not among them.
    /// </summary>
    public JsonLdResult<IReadOnlyList<string>> FindBlankNodes(JsonElement document)
    {
        JsonLdResult<List<string>> found = Run(document, forRdf: true, trackPointers: true, items =>
        {
            List<string> pointers = [];
            BlankNodes.Find(items, pointers);
            return pointers;
        });
        return found.Ok ? found.Value : found.Error;
    }

    private JsonLdResult<T> Run<T>(JsonElement document, bool forRdf, bool trackPointers, Func<ItemChain, T> finish)
        where T : class
    {
        var expander = new Expander(contexts, _options, forRdf, trackPointers);
        try
        {
            return finish(expander.ExpandDocument(_options.Legacy ? new Contexts.ActiveContext() : contexts.Start, document));
        }
        catch (JsonLdFault fault)
        {
            return new JsonLdError(fault.Code, fault.Message, expander.Path.ToString());
        }
    }
}
