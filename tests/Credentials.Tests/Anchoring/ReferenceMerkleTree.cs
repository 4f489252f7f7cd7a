using System.Security.Cryptography;

namespace Credentials.Tests.Anchoring;

/// <summary>The definitions of RFC 9162 section 2.1, word for word and slow: a second opinion.</summary>
internal static class ReferenceMerkleTree
{
    /// <summary>MTH(D_n), section 2.1.1.</summary>
    public static byte[] Root(ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length == 1)
        {
            return SHA256.HashData([0x00, .. leaves[0]]);
        }

        int k = Split(leaves.Length);
        return SHA256.HashData([0x01, .. Root(leaves[..k]), .. Root(leaves[k..])]);
    }

    /// <summary>PATH(m, D_n), section 2.1.3.1.</summary>
    public static byte[][] Path(int m, ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length == 1)
        {
            return [];
        }

        int k = Split(leaves.Length);
        return m < k
            ? [.. Path(m, leaves[..k]), Root(leaves[k..])]
            : [.. Path(m - k, leaves[k..]), Root(leaves[..k])];
    }

    /// <summary>"Let k be the largest power of two smaller than n."</summary>
    private static int Split(int n)
    {
        int k = 1;
        while (k * 2 < n)
        {
            k *= 2;
        }

        return k;
    }
}
