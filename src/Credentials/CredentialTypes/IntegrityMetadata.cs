using System.Security.Cryptography;

namespace Credentials.CredentialTypes;

/// <summary>The digests by which a document is pinned: <c>sha256-…</c>, several of them divided by spaces.</summary>
/// <remarks>https://www.ietf.org/archive/id/draft-ietf-oauth-sd-jwt-vc-19.html#name-integrity-of-referenced-doc, https://www.w3.org/TR/SRI/#integrity-metadata-description</remarks>
public sealed class IntegrityMetadata
{
    private const int MaxLength = 4096;

    // From the weakest to the strongest.
    private static readonly (string Name, int Length, Func<byte[], byte[]> Hash)[] Algorithms =
    [
        ("sha256", SHA256.HashSizeInBytes, SHA256.HashData),
        ("sha384", SHA384.HashSizeInBytes, SHA384.HashData),
        ("sha512", SHA512.HashSizeInBytes, SHA512.HashData),
    ];

    private readonly List<(int Algorithm, byte[] Digest)> _digests;

    private IntegrityMetadata(List<(int, byte[])> digests) => _digests = digests;

    /// <summary>The metadata of a document, by SHA-256.</summary>
    public static string Of(ReadOnlySpan<byte> document) => "sha256-" + Convert.ToBase64String(SHA256.HashData(document));

    /// <summary>Reads metadata. Expressions of algorithms that are not known here are passed over; what is malformed is a problem.</summary>
    public static Parsed<IntegrityMetadata> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] expressions = text.Length > MaxLength ? [] : text.Split([' ', '\t', '\r', '\n', '\f'], StringSplitOptions.RemoveEmptyEntries);
        if (expressions.Length == 0)
        {
            return Fault("Integrity metadata is one digest or several, such as sha256-….");
        }

        List<(int, byte[])> digests = [];
        foreach (string expression in expressions)
        {
            // hash-with-options = hash-expression *("?" option-expression)
            string[] parts = expression.Split('?')[0].Split('-', 2);
            int algorithm = Array.FindIndex(Algorithms, row => row.Name == parts[0]);
            if (parts.Length != 2 || parts[0].Length == 0 || Decode(parts[1]) is not { } digest || (algorithm >= 0 && digest.Length != Algorithms[algorithm].Length))
            {
                return Fault($"The integrity metadata has a part that is no digest: '{(expression.Length <= 80 ? expression : expression[..80] + "…")}'.");
            }

            if (algorithm >= 0)
            {
                digests.Add((algorithm, digest));
            }
        }

        return new IntegrityMetadata(digests);
    }

    /// <summary>Whether a document is the one that is meant. "If the integrity metadata contains multiple hash expressions, the Consumer MUST use the hash expressions with the strongest hash algorithm it supports"; false when it supports none.</summary>
    public bool Matches(ReadOnlyMemory<byte> document)
    {
        if (_digests.Count == 0)
        {
            return false;
        }

        int strongest = _digests.Max(digest => digest.Algorithm);
        byte[] actual = Algorithms[strongest].Hash(document.ToArray());
        return _digests.Exists(digest => digest.Algorithm == strongest && digest.Digest.AsSpan().SequenceEqual(actual));
    }

    // base64-value of CSP: the URL alphabet is allowed too, and padding may be left out.
    private static byte[]? Decode(string text)
    {
        string standard = text.TrimEnd('=').Replace('-', '+').Replace('_', '/');
        byte[] bytes = new byte[standard.Length];
        return Convert.TryFromBase64String(standard.PadRight((standard.Length + 3) / 4 * 4, '='), bytes, out int length) && length > 0 ? bytes[..length] : null;
    }

    private static Problem Fault(string detail) => new(ProblemCode.MalformedValueError, detail);
}
