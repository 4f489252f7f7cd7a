namespace Credentials.Encoding;

/// <summary>Multibase: base58btc (<c>z</c>) and base64url without padding (<c>u</c>).</summary>
/// <remarks>https://www.w3.org/TR/cid-1.0/#multibase-0</remarks>
public static class Multibase
{
    /// <summary>The prefix of base58btc.</summary>
    public const char Base58BtcPrefix = 'z';

    /// <summary>The prefix of base64url without padding.</summary>
    public const char Base64UrlPrefix = 'u';

    // base58 takes time in the square of its length, hence the tighter bound.
    private const int MaxBase58 = 1024;
    private const int MaxBase64 = 64 * 1024;

    /// <summary>base58btc with its <c>z</c>.</summary>
    public static string EncodeBase58Btc(ReadOnlySpan<byte> bytes) => Base58BtcPrefix + Base58.Encode(bytes);

    /// <summary>base64url without padding, with its <c>u</c>.</summary>
    public static string EncodeBase64Url(ReadOnlySpan<byte> bytes) => Base64UrlPrefix + StrictBase64Url.Encode(bytes);

    /// <summary>Writes in the base that a prefix names.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Another prefix.</exception>
    public static string Encode(char prefix, ReadOnlySpan<byte> bytes) => prefix switch
    {
        Base58BtcPrefix => EncodeBase58Btc(bytes),
        Base64UrlPrefix => EncodeBase64Url(bytes),
        _ => throw new ArgumentOutOfRangeException(nameof(prefix), prefix, "There is no such base here."),
    };

    /// <summary>Reads either; null for anything else, for a character outside the alphabet, and for a text over 64 KiB (base58 over 1 KiB).</summary>
    public static byte[]? Decode(string text) => Decode(text, MaxBase64);

    /// <summary>As <see cref="Decode(string)"/>, with another bound of the text in base64url.</summary>
    public static byte[]? Decode(string text, int maxBase64)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text switch
        {
            [Base58BtcPrefix, ..] => DecodeBase58Btc(text),
            [Base64UrlPrefix, ..] when text.Length <= maxBase64 => StrictBase64Url.Decode(text.AsSpan(1)),
            _ => null,
        };
    }

    /// <summary>Reads base58btc with its <c>z</c>, as Multikey and the proof values of the ECDSA and EdDSA suites demand; null for anything else.</summary>
    public static byte[]? DecodeBase58Btc(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text is [Base58BtcPrefix, ..] && text.Length <= MaxBase58 ? Base58.Decode(text.AsSpan(1)) : null;
    }
}
