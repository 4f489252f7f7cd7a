using System.Buffers;

namespace Credentials.DataModel;

/// <summary>Absolute URLs as the data model wants them: a scheme, then at least one character; nothing that needs escaping; a host for http and https.</summary>
/// <remarks>https://www.w3.org/TR/vc-data-model-2.0/#dfn-url. Stricter than <see cref="Uri"/>, which takes <c>/path</c> for a file and repairs white space.</remarks>
internal static class AbsoluteUrl
{
    private static readonly SearchValues<char> SchemeRest = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-.");
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(" \"<>\\^`{|}\u007f");

    internal static bool Is(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            && colon < text.Length - 1
            && char.IsAsciiLetter(text[0])
            && !text.AsSpan(1, colon - 1).ContainsAnyExcept(SchemeRest)
            && !text.AsSpan().ContainsAny(Forbidden)
            && !HasControlOrSpace(text)
            && EscapesAreWhole(text)
            && (!IsHttp(text[..colon]) || (Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Host.Length > 0 && text.AsSpan(colon).StartsWith("://")));
    }

    private static bool IsHttp(string scheme) =>
        scheme.Equals("https", StringComparison.OrdinalIgnoreCase) || scheme.Equals("http", StringComparison.OrdinalIgnoreCase);

    private static bool HasControlOrSpace(string text)
    {
        foreach (char c in text)
        {
            if (char.IsControl(c) || char.IsWhiteSpace(c))
            {
                return true;
            }
        }

        return false;
    }

    private static bool EscapesAreWhole(string text)
    {
        for (int at = text.IndexOf('%', StringComparison.Ordinal); at >= 0; at = text.IndexOf('%', at + 1))
        {
            if (at + 2 >= text.Length || !char.IsAsciiHexDigit(text[at + 1]) || !char.IsAsciiHexDigit(text[at + 2]))
            {
                return false;
            }
        }

        return true;
    }
}
