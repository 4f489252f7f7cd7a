using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Credentials.Anchoring;

/// <summary>The two hashes of an RFC 9162 tree. The prefixes keep a node from being passed off as a leaf.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc9162#section-2.1.1</remarks>
internal static class MerkleHash
{
    internal const byte LeafPrefix = 0x00;
    internal const byte NodePrefix = 0x01;

    // Below this a level is hashed faster than it is shared out.
    private const int WorthSharing = 1 << 14;

    /// <summary>Puts the leaf hash in the place of each digest; large batches on all cores.</summary>
    internal static void Leaves(Bytes32[] hashes, int count) => InRanges(count, (from, to) =>
    {
        for (int i = from; i < to; i++)
        {
            hashes[i] = Leaf(hashes[i]);
        }
    });

    /// <summary>The node hash of each pair of neighbours of a level; a last one without a neighbour is left out.</summary>
    internal static void Nodes(Bytes32[] hashes, int below, int width, int above) => InRanges(width / 2, (from, to) =>
    {
        for (int i = from; i < to; i++)
        {
            hashes[above + i] = Node(hashes[below + (2 * i)], hashes[below + (2 * i) + 1]);
        }
    });

    /// <summary><c>SHA-256(0x00 || data)</c>.</summary>
    internal static Bytes32 Leaf(in Bytes32 data)
    {
        Span<byte> input = stackalloc byte[1 + Bytes32.Length];
        input[0] = LeafPrefix;
        ((ReadOnlySpan<byte>)data).CopyTo(input[1..]);
        Bytes32 hash = default;
        SHA256.HashData(input, hash);
        return hash;
    }

    /// <summary><c>SHA-256(0x01 || left || right)</c>.</summary>
    internal static Bytes32 Node(in Bytes32 left, in Bytes32 right)
    {
        Span<byte> input = stackalloc byte[1 + (2 * Bytes32.Length)];
        input[0] = NodePrefix;
        ((ReadOnlySpan<byte>)left).CopyTo(input[1..]);
        ((ReadOnlySpan<byte>)right).CopyTo(input[(1 + Bytes32.Length)..]);
        Bytes32 hash = default;
        SHA256.HashData(input, hash);
        return hash;
    }

    private static void InRanges(int count, Action<int, int> hash)
    {
        if (count < WorthSharing)
        {
            hash(0, count);
        }
        else
        {
            Parallel.ForEach(Partitioner.Create(0, count, WorthSharing / 4), range => hash(range.Item1, range.Item2));
        }
    }
}
