using System.Globalization;
using System.Text.Json.Nodes;

namespace Credentials.DataIntegrity.SelectiveDisclosure;

/// <summary>A JSON pointer, taken apart.</summary>
/// <remarks>https://www.w3.org/TR/vc-di-ecdsa/#jsonpointertopaths, https://www.rfc-editor.org/rfc/rfc6901</remarks>
internal static class JsonPointerPath
{
    /// <summary>The steps of a pointer; null when it is none.</summary>
    public static string[]? Parse(string pointer)
    {
        if (pointer.Length == 0)
        {
            return [];
        }

        // 2. Initialize splitPath to an array by splitting pointer on the "/" character and skipping the first, empty, split element.
        string[] split = pointer.Split('/');
        if (split[0].Length > 0)
        {
            return null;
        }

        // 3.2 Otherwise, unescape any JSON pointer escape sequences in path and add the result to paths.
        string[] paths = split[1..];
        for (int i = 0; i < paths.Length; i++)
        {
            if (paths[i].Replace("~0", "", StringComparison.Ordinal).Replace("~1", "", StringComparison.Ordinal).Contains('~', StringComparison.Ordinal))
            {
                return null;
            }

            paths[i] = paths[i].Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
        }

        return paths;
    }

    /// <summary>The value one step down; false when there is none. An index has no sign and no leading zero.</summary>
    public static bool TryStep(JsonNode? node, string path, out JsonNode? value)
    {
        value = null;
        switch (node)
        {
            case JsonObject members:
                return members.TryGetPropertyValue(path, out value);
            case JsonArray items when TryIndex(path, items.Count, out int index):
                value = items[index];
                return true;
            default:
                return false;
        }
    }

    /// <summary>Reads an index below a count.</summary>
    public static bool TryIndex(string path, int count, out int index) =>
        int.TryParse(path, NumberStyles.None, CultureInfo.InvariantCulture, out index) && index < count && (path.Length == 1 || path[0] != '0');
}
