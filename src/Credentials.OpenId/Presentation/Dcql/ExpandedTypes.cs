using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.JsonLd;

namespace Credentials.OpenId.Presentation.Dcql;

/// <summary>The types of a W3C credential as IRIs.</summary>
/// <remarks>https://openid.net/specs/openid-4-verifiable-presentations-1_0.html#name-parameters-in-the-meta-param</remarks>
internal static class ExpandedTypes
{
    private const string CredentialsVocabulary = "https://www.w3.org/2018/credentials#";
    private const string VerifiableCredential = "VerifiableCredential";

    // A type that no context defines stays a relative IRI, which safe mode would refuse.
    private static readonly JsonLdOptions s_reading = new() { Safe = false };

    /// <summary>The types, expanded where a context that is known defines them, else as they stand.</summary>
    public static IReadOnlyList<string> Of(JsonElement credential, ContextLibrary? contexts)
    {
        string[] written = credential.ValueKind == JsonValueKind.Object && credential.TryGetProperty("type", out JsonElement type)
            ? type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Where(IsText).Select(item => item.GetString()!)] : IsText(type) ? [type.GetString()!] : []
            : [];
        return written.Length == 0 ? [] : [.. written.Select(name => Expand(credential, name, contexts)).Distinct(StringComparer.Ordinal)];
    }

    // One by one and without the rest of the document: only the contexts and the type decide, and a type that is no IRI drops out alone.
    private static string Expand(JsonElement credential, string name, ContextLibrary? contexts)
    {
        if (credential.TryGetProperty("@context", out JsonElement context))
        {
            JsonObject bare = new() { ["@context"] = JsonNode.Parse(context.GetRawText()), ["type"] = name };
            JsonLdResult<byte[]> expanded = new JsonLdProcessor(contexts ?? ContextLibrary.Shipped, s_reading).Expand(JsonSerializer.SerializeToElement(bare));
            if (expanded.Ok && FirstType(expanded.Value) is { } iri)
            {
                return iri;
            }
        }

        // With a context that is not known here only this one is certain: every credential's first context defines it.
        return name == VerifiableCredential ? CredentialsVocabulary + name : name;
    }

    private static string? FirstType(byte[] expanded)
    {
        using var document = JsonDocument.Parse(expanded);
        return document.RootElement is { ValueKind: JsonValueKind.Array } nodes && nodes.GetArrayLength() > 0 && nodes[0].TryGetProperty("@type", out JsonElement types) && types.GetArrayLength() > 0 ? types[0].GetString() : null;
    }

    private static bool IsText(JsonElement item) => item.ValueKind == JsonValueKind.String;
}
