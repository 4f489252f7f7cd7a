using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Credentials.Encoding;
using Credentials.Keys;

namespace Credentials.Cli.Wallet;

/// <summary>Writes private JWKs; the library writes public ones alone.</summary>
internal static class PrivateJwk
{
    /// <summary>The JSON text, for the caller to wipe.</summary>
    public static byte[] Write(SigningKey key)
    {
        var half = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(half))
        {
            JsonWebKey.Write(writer, key.PublicKey);
        }

        // {"kty":...,"x":...}  becomes  {"kty":...,"x":...,"d":"..."}
        byte[] secret = key.ExportSecret();
        try
        {
            return [.. half.WrittenSpan[..^1], .. ",\"d\":\""u8, .. System.Text.Encoding.ASCII.GetBytes(StrictBase64Url.Encode(secret)), .. "\"}"u8];
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }
}
