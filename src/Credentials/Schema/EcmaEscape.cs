using System.Globalization;

namespace Credentials.Schema;

/// <summary>The escapes of a pattern, one at a time.</summary>
/// <remarks>https://tc39.es/ecma262/#prod-CharacterEscape, with the flag u: an escape that has no meaning is no literal, but a mistake.</remarks>
internal static class EcmaEscape
{
    /// <summary>A character beyond U+FFFF, which .NET sees as two.</summary>
    public const string Pair = @"[\uD800-\uDBFF][\uDC00-\uDFFF]";

    private const string Digit = "0-9";
    private const string Word = "a-zA-Z0-9_";
    private const string Space = @"\t\n\v\f\r\u2028\u2029\uFEFF\p{Zs}";
    private const string NoDigit = @"\u0000-/:-\uD7FF\uE000-\uFFFF";
    private const string NoWord = @"\u0000-/:-@\[-\^`{-\uD7FF\uE000-\uFFFF";
    private const string NoSpace = @"\u0000-\u0008\u000E-\u001F!-\u009F\u00A1-\u167F\u1681-\u1FFF\u200B-\u2027\u202A-\u202E\u2030-\u205E\u2060-\u2FFF\u3001-\uD7FF\uE000-\uFEFE\uFF00-\uFFFF";
    private const string Syntax = @"^$\.*+?()[]{}|/";

    // https://www.unicode.org/reports/tr44/#General_Category_Values, by both of their names.
    private static readonly Dictionary<string, string> Categories = new(StringComparer.Ordinal)
    {
        ["Letter"] = "L",
        ["Uppercase_Letter"] = "Lu",
        ["Lowercase_Letter"] = "Ll",
        ["Titlecase_Letter"] = "Lt",
        ["Modifier_Letter"] = "Lm",
        ["Other_Letter"] = "Lo",
        ["Mark"] = "M",
        ["Nonspacing_Mark"] = "Mn",
        ["Spacing_Mark"] = "Mc",
        ["Enclosing_Mark"] = "Me",
        ["Number"] = "N",
        ["Decimal_Number"] = "Nd",
        ["Letter_Number"] = "Nl",
        ["Other_Number"] = "No",
        ["Punctuation"] = "P",
        ["Symbol"] = "S",
        ["Separator"] = "Z",
        ["Space_Separator"] = "Zs",
    };

    /// <summary>The escape behind a backslash, in the words of .NET; null where it is none, or not translated.</summary>
    /// <param name="text">The pattern.</param>
    /// <param name="at">Just behind the backslash; then just behind the escape.</param>
    /// <param name="inClass">Whether it stands between brackets.</param>
    public static string? Read(string text, ref int at, bool inClass)
    {
        if (at == text.Length)
        {
            return null;
        }

        char c = text[at++];
        return c switch
        {
            'd' => Of(Digit, inClass),
            'D' => Not(NoDigit, inClass),
            'w' => Of(Word, inClass),
            'W' => Not(NoWord, inClass),
            's' => Of(Space, inClass),
            'S' => Not(NoSpace, inClass),
            't' or 'n' or 'v' or 'f' or 'r' => "\\" + c,
            '0' when at == text.Length || !char.IsAsciiDigit(text[at]) => @"\u0000",
            'x' => Hex(text, ref at, 2),
            'u' => Hex(text, ref at, 4),
            'p' or 'P' => Category(text, ref at, c),
            '-' when inClass => @"\-",
            _ => Syntax.Contains(c, StringComparison.Ordinal) ? "\\" + c : null,
        };
    }

    /// <summary>Whether the escape of that letter takes every character beyond U+FFFF.</summary>
    public static bool TakesPairs(char letter) => letter is 'D' or 'W' or 'S';

    private static string Of(string set, bool inClass) => inClass ? set : $"[{set}]";

    private static string Not(string set, bool inClass) => inClass ? set : $"(?:{Pair}|[{set}])";

    private static string? Hex(string text, ref int at, int digits)
    {
        if (at + digits > text.Length || !ushort.TryParse(text.AsSpan(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code) || char.IsSurrogate((char)code))
        {
            return null;
        }

        at += digits;
        return string.Create(CultureInfo.InvariantCulture, $"\\u{code:X4}");
    }

    private static string? Category(string text, ref int at, char letter)
    {
        int end = text.IndexOf('}', at);
        if (end < 0 || text[at] != '{')
        {
            return null;
        }

        string name = text[(at + 1)..end].Replace("General_Category=", "", StringComparison.Ordinal).Replace("gc=", "", StringComparison.Ordinal);
        at = end + 1;
        return Categories.TryGetValue(name, out string? category) || Categories.ContainsValue(category = name) || category is ['P' or 'S' or 'Z' or 'C', _] ? $"\\{letter}{{{category}}}" : null;
    }
}
