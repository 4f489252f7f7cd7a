using System.Buffers;

namespace Credentials.JsonLd.Canonicalization;

/// <summary>Writes terms in the canonical form of N-Quads: one spelling each.</summary>
/// <remarks>https://www.w3.org/TR/rdf-canon/#canonical-quads</remarks>
internal static class NQuadsTerm
{
    internal const string XsdString = "http://www.w3.org/2001/XMLSchema#string";

    // "Characters BS, HT, LF, FF, CR, " and \ MUST be encoded using ECHAR. Characters in the range from U+0000 to U+0007, VT, U+000E to U+001F, DEL ... MUST be represented by UCHAR using a lowercase \u with 4 HEXes."
    private static readonly SearchValues<char> EscapedInLiteral = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (char)c), '"', '\\', '\u007f']);

    // What the grammar does not let stand in an IRI. A well-formed one has none of it; one that had could otherwise end early and pass for more statements than one.
    private static readonly SearchValues<char> EscapedInIri = SearchValues.Create([.. Enumerable.Range(0, 0x21).Select(c => (char)c), '<', '>', '"', '{', '}', '|', '^', '`', '\\']);

    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    private static readonly SearchValues<char> LettersAndDigits = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    /// <summary>Appends an IRI; false when it is no Unicode text.</summary>
    public static bool TryWriteIri(Utf8Buffer output, string iri)
    {
        output.Append((byte)'<');
        bool whole = TryWrite(output, iri, EscapedInIri);
        output.Append((byte)'>');
        return whole;
    }

    /// <summary>Appends a literal; false when it is no Unicode text, or its language is no language tag.</summary>
    public static bool TryWriteLiteral(Utf8Buffer output, RdfTerm literal)
    {
        output.Append((byte)'"');
        bool whole = TryWrite(output, literal.Value, EscapedInLiteral);
        output.Append((byte)'"');
        if (literal.Language is { } language)
        {
            output.Append((byte)'@');
            return whole && IsLanguageTag(language) && output.TryAppend(language);
        }

        // "Literals with the datatype http://www.w3.org/2001/XMLSchema#string MUST NOT use the datatype IRI part of the literal"
        if (literal.Datatype is null or XsdString)
        {
            return whole;
        }

        output.Append("^^"u8);
        return TryWriteIri(output, literal.Datatype) && whole;
    }

    /// <summary>Whether a text is a LANGTAG of the grammar, without its <c>@</c>.</summary>
    public static bool IsLanguageTag(ReadOnlySpan<char> text)
    {
        int part = 0;
        foreach (Range range in text.Split('-'))
        {
            ReadOnlySpan<char> subtag = text[range];
            if (subtag.IsEmpty || !(part++ == 0 ? AllLetters(subtag) : AllLettersOrDigits(subtag)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool AllLetters(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Letters);

    private static bool AllLettersOrDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(LettersAndDigits);

    private static bool TryWrite(Utf8Buffer output, ReadOnlySpan<char> text, SearchValues<char> escaped)
    {
        for (int at = text.IndexOfAny(escaped); at >= 0; at = text.IndexOfAny(escaped))
        {
            if (!output.TryAppend(text[..at]))
            {
                return false;
            }

            WriteEscape(output, text[at], inLiteral: ReferenceEquals(escaped, EscapedInLiteral));
            text = text[(at + 1)..];
        }

        return output.TryAppend(text);
    }

    private static void WriteEscape(Utf8Buffer output, char c, bool inLiteral)
    {
        byte letter = !inLiteral ? (byte)0 : c switch
        {
            '\b' => (byte)'b',
            '\t' => (byte)'t',
            '\n' => (byte)'n',
            '\f' => (byte)'f',
            '\r' => (byte)'r',
            '"' or '\\' => (byte)c,
            _ => (byte)0,
        };
        output.Append((byte)'\\');
        if (letter != 0)
        {
            output.Append(letter);
            return;
        }

        output.Append("u00"u8);
        output.Append(Hex(c >> 4));
        output.Append(Hex(c & 0xf));
    }

    private static byte Hex(int digit) => (byte)"0123456789ABCDEF"[digit];
}
