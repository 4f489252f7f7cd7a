using System.Buffers;

namespace Credentials.Enveloping;

/// <summary>A <c>data:</c> URL taken apart: media type with its parameters, and the bytes.</summary>
/// <param name="MediaType">The media type, parameters included.</param>
/// <param name="Bytes">What it holds.</param>
/// <remarks>https://www.rfc-editor.org/rfc/rfc2397#section-3</remarks>
internal sealed record DataUrl(string MediaType, byte[] Bytes)
{
    private const string Scheme = "data:";
    private const string Base64Mark = ";base64";

    // RFC 3986 unreserved and reserved characters; a "%" begins an escape.
    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%");

    /// <summary>Reads one; null for anything else.</summary>
    public static DataUrl? Read(string text)
    {
        // dataurl := "data:" [ mediatype ] [ ";base64" ] "," data
        int comma = text.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0 || !text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        string mediaType = text[Scheme.Length..comma];
        bool isBase64 = mediaType.EndsWith(Base64Mark, StringComparison.OrdinalIgnoreCase);
        mediaType = isBase64 ? mediaType[..^Base64Mark.Length] : mediaType;
        return Unescape(text.AsSpan(comma + 1)) is { } data && (isBase64 ? DecodeBase64(data) : data) is { } bytes ? new(mediaType, bytes) : null;
    }

    /// <summary>Writes one whose bytes are ASCII characters that need no escape.</summary>
    public static string WriteText(string mediaType, ReadOnlySpan<byte> ascii) => $"{Scheme}{mediaType},{System.Text.Encoding.ASCII.GetString(ascii)}";

    /// <summary>Writes one in base64.</summary>
    public static string WriteBase64(string mediaType, ReadOnlySpan<byte> bytes) => $"{Scheme}{mediaType}{Base64Mark},{Convert.ToBase64String(bytes)}";

    private static byte[]? Unescape(ReadOnlySpan<char> data)
    {
        if (data.ContainsAnyExcept(Allowed))
        {
            return null;
        }

        byte[] bytes = new byte[data.Length];
        int length = 0;
        for (int i = 0; i < data.Length; i++)
        {
            if (data[i] != '%')
            {
                bytes[length++] = (byte)data[i];
            }
            else if (i + 2 < data.Length && Convert.FromHexString(data.Slice(i + 1, 2), bytes.AsSpan(length), out _, out int written) == OperationStatus.Done)
            {
                length += written;
                i += 2;
            }
            else
            {
                return null;
            }
        }

        return length == bytes.Length ? bytes : bytes[..length];
    }

    // One spelling: the decoder forgives white space and loose bits, so what it read is written again and compared.
    private static byte[]? DecodeBase64(byte[] ascii)
    {
        byte[] bytes = new byte[ascii.Length];
        if (System.Buffers.Text.Base64.DecodeFromUtf8(ascii, bytes, out _, out int length) != OperationStatus.Done)
        {
            return null;
        }

        byte[] again = new byte[System.Buffers.Text.Base64.GetMaxEncodedToUtf8Length(length)];
        System.Buffers.Text.Base64.EncodeToUtf8(bytes.AsSpan(0, length), again, out _, out int written);
        return again.AsSpan(0, written).SequenceEqual(ascii) ? bytes[..length] : null;
    }
}
