using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Credentials.Canonicalization;

/// <summary>Texts of RFC 8785 section 3.2.2.2, and the order of members of section 3.2.3.</summary>
internal static class JcsString
{
    private const int ShortEscape = 2;
    private const int LongEscape = 6;

    private static readonly SearchValues<byte> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(b => (byte)b), (byte)'"', (byte)'\\']);

    /// <summary>Writes a text with its quotes.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="raw">The text as it stands between its quotes, in valid UTF-8.</param>
    /// <param name="hasEscapes">Whether it holds a backslash. Without one it is its own canonical form: what must be escaped could not stand there bare.</param>
    public static void Write(ByteBuffer output, ReadOnlySpan<byte> raw, bool hasEscapes)
    {
        if (hasEscapes)
        {
            output.Append((byte)'"');
            WriteEscaped(output, System.Text.Encoding.UTF8.GetBytes(Unescape(raw)));
            output.Append((byte)'"');
        }
        else
        {
            output.AppendQuoted(raw);
        }
    }

    /// <summary>Orders two names, as canonical texts without their quotes, by their UTF-16 code units.</summary>
    public static int CompareNames(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        int common = left.CommonPrefixLength(right);
        if (common == left.Length || common == right.Length)
        {
            return left.Length.CompareTo(right.Length);
        }

        int start = StartOf(left, common);
        return Rank(left[start..]).CompareTo(Rank(right[start..]));
    }

    // Where the escape begins in which a place of a canonical text lies; the place itself when it lies in none.
    private static int StartOf(ReadOnlySpan<byte> text, int place)
    {
        int start = 0;
        while (text[start..place].IndexOf((byte)'\\') is int index and >= 0)
        {
            start += index;
            int end = start + (text[start + 1] == (byte)'u' ? LongEscape : ShortEscape);
            if (end > place)
            {
                return start;
            }

            start = end;
        }

        return place;
    }

    // The code unit that an escape stands for, or the rank of a byte that stands for itself.
    private static int Rank(ReadOnlySpan<byte> text) => text[0] != (byte)'\\' ? Utf16Rank(text[0]) : text[1] switch
    {
        (byte)'b' => '\b',
        (byte)'t' => '\t',
        (byte)'n' => '\n',
        (byte)'f' => '\f',
        (byte)'r' => '\r',
        (byte)'u' => byte.Parse(text[4..LongEscape], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
        byte itself => itself,
    };

    // The order of UTF-8 bytes is that of UTF-16 code units but for one thing: surrogates (lead bytes F0 to F4) come before U+E000 to U+FFFF (lead bytes EE and EF).
    private static int Utf16Rank(byte value) => value is 0xEE or 0xEF ? value + 0x10 : value;

    private static void WriteEscaped(ByteBuffer output, ReadOnlySpan<byte> text)
    {
        while (text.IndexOfAny(Escaped) is int index and >= 0)
        {
            output.Append(text[..index]);
            WriteEscape(output, text[index]);
            text = text[(index + 1)..];
        }

        output.Append(text);
    }

    private static void WriteEscape(ByteBuffer output, byte value)
    {
        // RFC 8785 section 3.2.2.2: the short escapes where there are any, else "\u00xx" in lower case.
        output.Append(value switch
        {
            (byte)'\b' => "\\b"u8,
            (byte)'\t' => "\\t"u8,
            (byte)'\n' => "\\n"u8,
            (byte)'\f' => "\\f"u8,
            (byte)'\r' => "\\r"u8,
            (byte)'"' => "\\\""u8,
            (byte)'\\' => "\\\\"u8,
            _ => System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\\u{value:x4}")),
        });
    }

    /// <exception cref="FormatException">An escape is half of a surrogate pair (section 3.2.2.2: implementations MUST terminate with an error).</exception>
    private static string Unescape(ReadOnlySpan<byte> raw)
    {
        byte[] quoted = [(byte)'"', .. raw, (byte)'"'];
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new FormatException("A text holds half of a surrogate pair.", e);
        }
    }
}
