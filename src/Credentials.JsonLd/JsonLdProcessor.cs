using System.Text.Json;

namespace Credentials.JsonLd;

/// <summary>JSON-LD 1.1 for what signing needs: expansion and RDF.</summary>
/// <param name="contexts">The contexts that may be used.</param>
/// <param name="options">How; safe mode unless said otherwise.</param>
/// <remarks>https://www.w3.org/TR/json-ld11-api/</remarks>
public sealed class JsonLdProcessor(ContextLibrary contexts, JsonLdOptions? options = null)
{
    /// <summary>The expanded form, as JSON text.</summary>
    public JsonLdResult<byte[]> Expand(JsonElement document) => throw new NotImplementedException($"{contexts}{options}");

    /// <summary>The document's statements.</summary>
    public JsonLdResult<RdfDataset> ToRdf(JsonElement document) => throw new NotImplementedException();

    /// <summary>RFC 6901 pointers to the objects of a compact document that become nodes without an <c>@id</c>; the place where ecdsa-sd-2023 puts its skolem ids.</summary>
    public JsonLdResult<IReadOnlyList<string>> FindBlankNodes(JsonElement document) => throw new NotImplementedException();
}
