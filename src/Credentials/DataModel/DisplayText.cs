using System.Globalization;
using System.Text;

namespace Credentials.DataModel;

/// <summary>Text from a document as it may be shown to a person: of bounded length, and without the characters that would steer a terminal or reorder and hide what stands around it. Markup is not its business.</summary>
public static class DisplayText
{
    /// <summary>The text on one line, cut after some characters with an ellipsis.</summary>
    public static string Of(string text, int maximumLength = 400)
    {
        ArgumentNullException.ThrowIfNull(text);
        StringBuilder shown = new(Math.Min(text.Length, maximumLength + 1));
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (shown.Length >= maximumLength)
            {
                return shown.Append('…').ToString();
            }

            if (!Misleads(rune))
            {
                shown.Append(rune);
            }
        }

        return shown.ToString();
    }

    // Control characters; directional embeddings, overrides and isolates (UAX 9). Joiners and marks stay: Persian and Hindi names need them.
    private static bool Misleads(Rune rune) => rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
