using System.Security.Cryptography;
using Credentials.Encoding;
using Credentials.Keys;
using Credentials.TestKit;

namespace Credentials.Verification.Tests.World;

/// <summary>A key binding that no honest wallet makes: with any key, over any text.</summary>
internal static class ForgedBinding
{
    public static Task<byte[]> AppendAsync(byte[] presentation, SigningKey key, string audience, string nonce, DateTimeOffset at, byte[]? over = null)
    {
        string header = StrictBase64Url.Encode("""{"alg":"ES256","typ":"kb+jwt"}"""u8);
        string digest = StrictBase64Url.Encode(SHA256.HashData(over ?? presentation));
        string payload = StrictBase64Url.Encode(Utf8.Bytes($$"""{"iat":{{at.ToUnixTimeSeconds()}},"aud":"{{audience}}","nonce":"{{nonce}}","sd_hash":"{{digest}}"}"""));
        string signature = StrictBase64Url.Encode(key.Sign(Utf8.Bytes($"{header}.{payload}")));
        return Task.FromResult<byte[]>([.. presentation, .. Utf8.Bytes($"{header}.{payload}.{signature}")]);
    }
}
