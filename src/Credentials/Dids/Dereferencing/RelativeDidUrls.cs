using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Encoding;

namespace Credentials.Dids.Dereferencing;

/// <summary>Writes the relative DID URLs of a document out in full.</summary>
/// <remarks>https://www.w3.org/TR/did-resolution/#did-resolution-algorithm, step 6</remarks>
internal static class RelativeDidUrls
{
    private static readonly string[] Lists =
    [
        "verificationMethod", "service", .. DidDocument.Relationships,
    ];

    internal static Parsed<DidDocument> Expand(DidDocument document)
    {
        JsonObject json = JsonObject.Create(document.Json)!;
        foreach (JsonArray list in Lists.Select(name => json[name]).OfType<JsonArray>())
        {
            for (int i = 0; i < list.Count; i++)
            {
                // 6.2 if the item is an object and the value of the id property is a relative DID URL, or if a verification relationship is one
                if (list[i] is JsonObject item && Absolute(item["id"], document.Id) is { } id)
                {
                    item["id"] = id;
                }
                else if (Absolute(list[i], document.Id) is { } reference)
                {
                    list[i] = reference;
                }
            }
        }

        return DidDocument.Read(StrictJson.Parse(JsonSerializer.SerializeToUtf8Bytes(json)).Require().RootElement, document.Id);
    }

    private static string? Absolute(JsonNode? value, string did) =>
        value is JsonValue text && text.GetValueKind() == JsonValueKind.String && text.GetValue<string>() is ['#' or '/' or '?', ..] relative ? did + relative : null;
}
