namespace Credentials.Ethereum.Proofs;

/// <summary>A path in a trie: half bytes, one to a byte.</summary>
internal static class TriePath
{
    /// <summary>Half bytes of a key that is a hash.</summary>
    public const int KeyLength = 64;

    private const int LeafFlag = 2;
    private const int OddFlag = 1;

    /// <summary>The half bytes of a key.</summary>
    public static byte[] OfKey(ReadOnlySpan<byte> key)
    {
        byte[] nibbles = new byte[2 * key.Length];
        Spread(key, nibbles);
        return nibbles;
    }

    /// <summary>Reads the hex-prefix form: what kind of node, and its path; null for flags that mean nothing, padding that is not zero, and more than a key's length.</summary>
    /// <remarks>Yellow paper, appendix C.</remarks>
    public static (bool IsLeaf, byte[] Path)? FromHexPrefix(ReadOnlySpan<byte> encoded)
    {
        if (encoded.IsEmpty || encoded.Length > 1 + (KeyLength / 2))
        {
            return null;
        }

        int flag = encoded[0] >> 4;
        int first = encoded[0] & 0x0f;
        bool odd = (flag & OddFlag) != 0;
        if (flag > (LeafFlag | OddFlag) || (!odd && first != 0))
        {
            return null;
        }

        byte[] path = new byte[(odd ? 1 : 0) + (2 * (encoded.Length - 1))];
        if (odd)
        {
            path[0] = (byte)first;
        }

        Spread(encoded[1..], path.AsSpan(odd ? 1 : 0));
        return ((flag & LeafFlag) != 0, path);
    }

    private static void Spread(ReadOnlySpan<byte> bytes, Span<byte> nibbles)
    {
        for (int index = 0; index < bytes.Length; index++)
        {
            nibbles[2 * index] = (byte)(bytes[index] >> 4);
            nibbles[(2 * index) + 1] = (byte)(bytes[index] & 0x0f);
        }
    }
}
