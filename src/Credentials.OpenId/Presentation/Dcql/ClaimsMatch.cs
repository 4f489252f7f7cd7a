using System.Text.Json;
using Credentials.Encoding;

namespace Credentials.OpenId.Presentation.Dcql;

/// <summary>One claims query against one credential.</summary>
internal static class ClaimsMatch
{
    /// <summary>Pointers to the selected elements whose value was asked for: all of them where no values are named.</summary>
    public static IReadOnlyList<string> Find(ClaimsQuery claim, JsonElement credential)
    {
        IReadOnlyList<string> selected = claim.Path.Select(credential);
        return claim.Values.Count == 0 ? selected : [.. selected.Where(pointer => JsonPointer.Find(credential, pointer) is { } element && HasValue(claim, element))];
    }

    /// <summary>Whether a disclosure is above, at, or below a place: above, because nothing is seen without it; below, because the claim is asked for with all that it holds.</summary>
    public static bool IsOnTheWay(string disclosure, string place) => IsWithin(disclosure, place) || IsWithin(place, disclosure);

    // "the type and value of the claim both match exactly for at least one of the elements in the array".
    private static bool HasValue(ClaimsQuery claim, JsonElement element) => claim.Values.Any(value => Same(value, element));

    private static bool Same(JsonElement value, JsonElement element) => value.ValueKind == element.ValueKind
        && (value.ValueKind != JsonValueKind.Number ? JsonElement.DeepEquals(value, element) : element.TryGetInt64(out long number) && number == value.GetInt64());

    private static bool IsWithin(string pointer, string outer) =>
        pointer.StartsWith(outer, StringComparison.Ordinal) && (pointer.Length == outer.Length || pointer[outer.Length] == '/');
}
