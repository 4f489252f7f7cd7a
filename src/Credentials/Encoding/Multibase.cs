namespace Credentials.Encoding;

/// <summary>Multibase: base58btc (<c>z</c>) and base64url without padding (<c>u</c>).</summary>
/// <remarks>https://www.w3.org/TR/cid-1.0/#multibase-0</remarks>
public static class Multibase
{
    /// <summary>base58btc with its <c>z</c>.</summary>
    public static string EncodeBase58Btc(ReadOnlySpan<byte> bytes) => throw new NotImplementedException();

    /// <summary>base64url without padding, with its <c>u</c>.</summary>
    public static string EncodeBase64Url(ReadOnlySpan<byte> bytes) => throw new NotImplementedException();

    /// <summary>Reads either; null for anything else, for a character outside the alphabet, and for a text over 64 KiB (base58 over 1 KiB).</summary>
    public static byte[]? Decode(string text) => throw new NotImplementedException();
}
