using System.Security.Cryptography;
using Credentials.Encoding;

namespace Credentials.DataIntegrity.SelectiveDisclosure;

/// <summary>Labels of blank nodes that tell nothing of their order, and that only the holder of the key can make.</summary>
/// <remarks>https://www.w3.org/TR/vc-di-ecdsa/#createhmacidlabelmapfunction</remarks>
internal static class HmacLabels
{
    /// <summary>Bytes of the key: "Per the recommendations of RFC2104, the HMAC key MUST be the same length as the digest size; for SHA-256, this is 256 bits or 32 bytes."</summary>
    public const int KeyLength = HMACSHA256.HashSizeInBytes;

    /// <summary>The label of each canonical identifier.</summary>
    public static Dictionary<string, string> Of(IEnumerable<string> canonicalIds, ReadOnlySpan<byte> key)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        foreach (string id in canonicalIds)
        {
            // 1.2.1 HMAC the canonical identifier from the value in entry to get an HMAC digest, digest.
            // 1.2.2 Generate a new string value, b64urlDigest, and initialize it to "u" followed by appending a base64url-no-pad encoded version of the digest value.
            HMACSHA256.HashData(key, System.Text.Encoding.ASCII.GetBytes(id), digest);
            labels.Add(id, Multibase.EncodeBase64Url(digest));
        }

        return labels;
    }
}
