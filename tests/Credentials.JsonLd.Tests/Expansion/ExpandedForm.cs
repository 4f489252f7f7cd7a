using System.Text.Json;

namespace Credentials.JsonLd.Tests.Expansion;

/// <summary>Expanded documents, compared as the specification's suite says: arrays are sets, but for the items of lists and what is inside of JSON literals.</summary>
internal static class ExpandedForm
{
    public static string Normalize(byte[] json) => Normalize(JsonDocument.Parse(json).RootElement, ordered: false);

    private static string Normalize(JsonElement value, bool ordered)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                bool literal = ordered || (value.TryGetProperty("@type", out JsonElement type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("@json"));
                return "{" + string.Join(',', value.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal)
                    .Select(p => $"{JsonSerializer.Serialize(p.Name)}:{NormalizeMember(p, literal)}")) + "}";
            case JsonValueKind.Array:
                IEnumerable<string> items = value.EnumerateArray().Select(item => Normalize(item, ordered));
                return "[" + string.Join(',', ordered ? items : items.Order(StringComparer.Ordinal)) + "]";
            case JsonValueKind.Number:
                return JsonSerializer.Serialize(value.GetDouble());
            case JsonValueKind.String:
                return JsonSerializer.Serialize(value.GetString());
            default:
                return value.GetRawText();
        }
    }

    private static string NormalizeMember(JsonProperty member, bool literal) =>
        member.Name == "@list" && !literal && member.Value.ValueKind == JsonValueKind.Array
            ? "[" + string.Join(',', member.Value.EnumerateArray().Select(item => Normalize(item, ordered: false))) + "]"
            : Normalize(member.Value, literal && member.Name == "@value");
}
