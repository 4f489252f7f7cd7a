using Credentials.Encoding;

namespace Credentials.DataModel;

/// <summary>Reads the two ways in which a credential writes the SHA-2 digest of a resource.</summary>
internal static class ResourceDigest
{
    private const int MaxLength = 1024;

    private static readonly (string Name, byte Multihash, int Length)[] Algorithms =
    [
        ("sha256", 0x12, 32),
        ("sha384", 0x20, 48),
        ("sha512", 0x13, 64),
    ];

    /// <summary>Hash expressions with white space between them; null when one is malformed.</summary>
    /// <remarks>https://www.w3.org/TR/SRI/#the-integrity-attribute</remarks>
    internal static IEnumerable<byte[]>? ReadSri(string text)
    {
        if (text.Length > MaxLength)
        {
            return null;
        }

        string[] expressions = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        byte[][] digests = [.. expressions.Select(ReadExpression).OfType<byte[]>()];
        return expressions.Length > 0 && digests.Length == expressions.Length ? digests : null;
    }

    /// <summary>A multihash in multibase, or the bare digest, as many write it; none for another algorithm than SHA-2, null when it is neither.</summary>
    /// <remarks>https://www.w3.org/TR/vc-data-integrity/#resource-integrity</remarks>
    internal static IEnumerable<byte[]>? ReadMultibase(string text)
    {
        byte[]? bytes = text.Length > MaxLength ? null : Multibase.Decode(text);
        return bytes is null ? null
            : Array.Exists(Algorithms, one => one.Length == bytes.Length) ? [bytes]
            : Array.Exists(Algorithms, one => bytes.Length == one.Length + 2 && bytes[0] == one.Multihash && bytes[1] == one.Length) ? [bytes[2..]]
            : bytes.Length > 2 && bytes[1] == bytes.Length - 2 ? []
            : null;
    }

    // hash-expression = hash-algorithm "-" base64-value; options follow a question mark, and none is known.
    private static byte[]? ReadExpression(string expression)
    {
        string[] parts = expression.Split('?')[0].Split('-', 2);
        byte[] digest = new byte[64];
        return parts.Length == 2
            && Array.Find(Algorithms, one => one.Name == parts[0]) is { Name: not null } algorithm
            && Convert.TryFromBase64String(parts[1], digest, out int length)
            && length == algorithm.Length
                ? digest[..length]
                : null;
    }
}
