using System.Buffers;
using System.Buffers.Text;

namespace Credentials.Encoding;

/// <summary>base64url without padding, with one spelling for each byte sequence: padding, white space and loose trailing bits are refused.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc4648#section-5, https://www.rfc-editor.org/rfc/rfc7515#section-2</remarks>
public static class StrictBase64Url
{
    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private static readonly SearchValues<byte> AsciiAlphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    /// <summary>Writes the one spelling.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    /// <summary>Reads it; null for anything that <see cref="Encode"/> would not write.</summary>
    public static byte[]? Decode(ReadOnlySpan<char> text)
    {
        if (text.Length % 4 == 1 || text.ContainsAnyExcept(Alphabet))
        {
            return null;
        }

        byte[] bytes = new byte[text.Length * 3 / 4];
        return Base64Url.DecodeFromChars(text, bytes, out _, out int written) == OperationStatus.Done
            && written == bytes.Length
            && (text.IsEmpty || TrailingBitsAreZero(text.Length, text[^1]))
                ? bytes
                : null;
    }

    /// <summary>The same from ASCII bytes.</summary>
    public static byte[]? DecodeAscii(ReadOnlySpan<byte> text)
    {
        if (text.Length % 4 == 1 || text.ContainsAnyExcept(AsciiAlphabet))
        {
            return null;
        }

        byte[] bytes = new byte[text.Length * 3 / 4];
        return Base64Url.DecodeFromUtf8(text, bytes, out _, out int written) == OperationStatus.Done
            && written == bytes.Length
            && (text.IsEmpty || TrailingBitsAreZero(text.Length, (char)text[^1]))
                ? bytes
                : null;
    }

    // A last group of two characters carries 4 bits too many, one of three carries 2.
    private static bool TrailingBitsAreZero(int length, char last) => (length % 4) switch
    {
        2 => "AQgw".Contains(last, StringComparison.Ordinal),
        3 => "AEIMQUYcgkosw048".Contains(last, StringComparison.Ordinal),
        _ => true,
    };
}
