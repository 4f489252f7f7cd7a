using System.Globalization;
using System.Text.Json;

namespace Credentials.Encoding;

/// <summary>Builds JSON pointers, and takes them apart.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc6901</remarks>
public static class JsonPointer
{
    /// <summary>The pointer to a member of the object that a pointer points to.</summary>
    public static string Member(string parent, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return $"{parent}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
    }

    /// <summary>The pointer to an item of the array that a pointer points to.</summary>
    public static string Item(string parent, int index) => string.Create(CultureInfo.InvariantCulture, $"{parent}/{index}");

    /// <summary>The names and indices that a pointer goes through, unescaped; none for the whole document; null for a text that is no pointer.</summary>
    public static string[]? Split(string pointer)
    {
        ArgumentNullException.ThrowIfNull(pointer);
        if (pointer.Length == 0)
        {
            return [];
        }

        if (pointer[0] != '/')
        {
            return null;
        }

        string[] tokens = pointer[1..].Split('/');
        for (int i = 0; i < tokens.Length; i++)
        {
            if (!EscapesAreWhole(tokens[i]))
            {
                return null;
            }

            // Section 4: first every ~1 becomes /, then every ~0 becomes ~.
            tokens[i] = tokens[i].Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
        }

        return tokens;
    }

    /// <summary>What a pointer points to; null when that is nothing. Indices are written without leading zeros.</summary>
    public static JsonElement? Find(JsonElement document, string pointer)
    {
        if (Split(pointer) is not { } tokens)
        {
            return null;
        }

        JsonElement at = document;
        foreach (string token in tokens)
        {
            if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty(token, out JsonElement member))
            {
                at = member;
            }
            else if (at.ValueKind == JsonValueKind.Array && IndexOf(token) is { } index && index < at.GetArrayLength())
            {
                at = at[index];
            }
            else
            {
                return null;
            }
        }

        return at;
    }

    private static bool EscapesAreWhole(string token)
    {
        for (int at = token.IndexOf('~', StringComparison.Ordinal); at >= 0; at = token.IndexOf('~', at + 1))
        {
            if (at + 1 == token.Length || token[at + 1] is not ('0' or '1'))
            {
                return false;
            }
        }

        return true;
    }

    private static int? IndexOf(string token) =>
        token is "0" || (token is [>= '1' and <= '9', ..] && !token.AsSpan().ContainsAnyExceptInRange('0', '9'))
            ? int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? index : null
            : null;
}
