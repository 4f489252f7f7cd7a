using System.Security.Cryptography;
using Credentials.Encoding;

namespace Credentials.Jose.Disclosures;

/// <summary>A hash by its name in <c>_sd_alg</c>. To add one: a row in <see cref="All"/>.</summary>
/// <param name="Name">Its name in the IANA registry "Named Information Hash Algorithm".</param>
/// <param name="Hash">Computes it.</param>
/// <remarks>https://www.rfc-editor.org/rfc/rfc9901#section-4.1.1</remarks>
internal sealed record DigestAlgorithm(string Name, DigestAlgorithm.HashFunction Hash)
{
    /// <summary>Hashes into the destination and says how many bytes it wrote.</summary>
    internal delegate int HashFunction(ReadOnlySpan<byte> source, Span<byte> destination);

    private const int MaxLength = 64;

    /// <summary>The hash when none is named.</summary>
    public static DigestAlgorithm Sha256 { get; } = new("sha-256", SHA256.HashData);

    /// <summary>The hashes that are known here.</summary>
    public static IReadOnlyList<DigestAlgorithm> All { get; } =
    [
        Sha256,
        new("sha-384", SHA384.HashData), // https://www.iana.org/assignments/named-information
        new("sha-512", SHA512.HashData), // the same
    ];

    /// <summary>The base64url text of the digest over ASCII text.</summary>
    public string DigestOf(ReadOnlySpan<byte> ascii)
    {
        Span<byte> digest = stackalloc byte[MaxLength];
        return StrictBase64Url.Encode(digest[..Hash(ascii, digest)]);
    }
}
