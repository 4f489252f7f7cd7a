using Credentials.Encoding;
using Credentials.Keys;

namespace Credentials.DataIntegrity.SelectiveDisclosure;

/// <summary>The key of one proof, as the bytes of a Multikey.</summary>
internal static class ProofScopedKey
{
    private static readonly byte[] Prefix = Multicodec.Prefix(KeyAlgorithm.Of(KeyType.P256).PublicCodec);

    public static byte[] Write(PublicKey key) => [.. Prefix, .. key.Bytes.Span];

    /// <summary>The key, or null for other bytes.</summary>
    public static PublicKey? Read(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(Prefix) ? PublicKey.FromBytes(KeyType.P256, bytes[Prefix.Length..]).Value : null;
}
