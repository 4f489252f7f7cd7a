namespace Credentials.JsonLd.Syntax;

/// <summary>Language tags.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc5646#section-2.2.9</remarks>
internal static class LanguageTag
{
    private const int MaxSubtag = 8;

    // A default language stands in each text's statement. The longest tag of RFC 5646 section 4.4.1 has 35 characters, but for private use and extensions.
    private const int MaxTag = 255;

    /// <summary>A tag in lower case. Processors may do so; the JavaScript libraries do, and what is signed must be the same text everywhere.</summary>
    public static string Normalize(string tag) => tag.ToLowerInvariant();

    /// <summary>Whether a tag has the form <c>1*8ALPHA *("-" 1*8alphanum)</c>, which every well-formed one has.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> tag)
    {
        if (tag.Length > MaxTag)
        {
            return false;
        }

        bool first = true;
        foreach (Range range in tag.Split('-'))
        {
            ReadOnlySpan<char> subtag = tag[range];
            if (subtag.Length is 0 or > MaxSubtag)
            {
                return false;
            }

            foreach (char c in subtag)
            {
                if (!char.IsAsciiLetter(c) && (first || !char.IsAsciiDigit(c)))
                {
                    return false;
                }
            }

            first = false;
        }

        return true;
    }
}
