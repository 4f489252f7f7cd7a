using System.Text.Json;

namespace Credentials.DataModel;

/// <summary>A text with its language and base direction, as VCDM 2.0 writes names.</summary>
/// <param name="Value">The text.</param>
/// <param name="Language">BCP 47 tag; null when not said.</param>
/// <param name="Direction"><c>ltr</c> or <c>rtl</c>; null when not said.</param>
/// <remarks>https://www.w3.org/TR/vc-data-model-2.0/#language-and-base-direction</remarks>
public sealed record LanguageValue(string Value, string? Language, string? Direction)
{
    /// <summary>Reads a string, a value object, or an array of both; what is neither is passed over.</summary>
    public static IReadOnlyList<LanguageValue> ReadAll(JsonElement element) => element.ValueKind == JsonValueKind.Array
        ? [.. element.EnumerateArray().Select(ReadOne).OfType<LanguageValue>()]
        : ReadOne(element) is { } one ? [one] : [];

    private static LanguageValue? ReadOne(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => new(element.GetString()!, null, null),
        JsonValueKind.Object when Text(element, "@value") is { } value => new(value, Text(element, "@language"), Text(element, "@direction")),
        _ => null,
    };

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}
