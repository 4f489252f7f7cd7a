using System.Globalization;
using System.Text;

namespace Credentials.VerifierWeb.Pages;

/// <summary>Text from outside as it may be shown: of bounded length, and without the characters that would reorder or hide what stands around it.</summary>
internal static class Shown
{
    private const int MaximumLength = 400;

    /// <summary>Cleaned and cut. Encoding it is <see cref="Markup.Html"/>'s business.</summary>
    public static string Text(string text)
    {
        StringBuilder shown = new(Math.Min(text.Length, MaximumLength + 1));
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (shown.Length >= MaximumLength)
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

    // Directional embeddings, overrides and isolates (UAX 9), and control characters. Joiners stay: Persian and Hindi names need them.
    private static bool Misleads(Rune rune) => rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
