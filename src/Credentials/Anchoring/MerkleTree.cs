using System.Runtime.InteropServices;

namespace Credentials.Anchoring;

/// <summary>The Merkle tree of RFC 9162: SHA-256, leaf <c>0x00 || digest</c>, node <c>0x01 || left || right</c>.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc9162#section-2.1. Kept as flat levels, leaves first: about 64 bytes a leaf.</remarks>
public sealed class MerkleTree
{
    /// <summary>The most leaves that one tree takes (its levels lie in one array).</summary>
    public const int MaxSize = 1 << 24;

    private readonly Bytes32[] _hashes;
    private readonly int[] _levels;

    private MerkleTree(Bytes32[] hashes, int[] levels, int size) => (_hashes, _levels, Size) = (hashes, levels, size);

    /// <summary>Number of leaves.</summary>
    public long Size { get; }

    /// <summary>The root.</summary>
    public MerkleRoot Root => new(_hashes[^1]);

    /// <summary>Builds the tree over at least one digest, in the order given.</summary>
    /// <exception cref="ArgumentException">No digest, or more than <see cref="MaxSize"/>.</exception>
    public static MerkleTree Build(ReadOnlySpan<AnchorDigest> digests)
    {
        if (digests.Length is 0 or > MaxSize)
        {
            throw new ArgumentException($"A tree takes 1 to {MaxSize} digests, not {digests.Length}.", nameof(digests));
        }

        int[] levels = LevelsOf(digests.Length, out int total);
        Bytes32[] hashes = GC.AllocateUninitializedArray<Bytes32>(total);
        MemoryMarshal.Cast<AnchorDigest, Bytes32>(digests).CopyTo(hashes);
        MerkleHash.Leaves(hashes, digests.Length);

        int width = digests.Length;
        for (int level = 0; width > 1; level++)
        {
            int below = levels[level];
            int above = below + width;
            MerkleHash.Nodes(hashes, below, width, above);

            // "k is the largest power of two smaller than n": a last node without a sibling rises as it is.
            if ((width & 1) == 1)
            {
                hashes[above + (width >> 1)] = hashes[above - 1];
            }

            width = (width + 1) >> 1;
        }

        return new(hashes, levels, digests.Length);
    }

    /// <summary>The inclusion path of a leaf, from the leaf up.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 &lt;= index &lt; size.</exception>
    public Bytes32[] PathOf(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Size);

        var path = new List<Bytes32>(_levels.Length);
        int node = (int)index;
        int width = (int)Size;
        for (int level = 0; width > 1; level++, node >>= 1, width = (width + 1) >> 1)
        {
            int sibling = node ^ 1;
            if (sibling < width)
            {
                path.Add(_hashes[_levels[level] + sibling]);
            }
        }

        return [.. path];
    }

    /// <summary>Recomputes the root from a leaf and its path (RFC 9162 section 2.1.3.2); null where index, size and path do not fit each other.</summary>
    /// <remarks>https://www.rfc-editor.org/rfc/rfc9162#section-2.1.3.2. The comparison with the root (the end of step 5) is the caller's.</remarks>
    public static MerkleRoot? RootFromPath(AnchorDigest digest, long index, long size, ReadOnlySpan<Bytes32> path)
    {
        // 1. "If leaf_index is greater than or equal to tree_size, then fail the proof verification."
        if (index < 0 || index >= size)
        {
            return null;
        }

        // 2. "Set fn to leaf_index and sn to tree_size - 1."
        long fn = index;
        long sn = size - 1;

        // 3. "Set r to hash."
        Bytes32 r = MerkleHash.Leaf(digest.Value);

        // 4. "For each value p in the inclusion_path array:"
        foreach (Bytes32 p in path)
        {
            // a. "If sn is 0, then stop the iteration and fail the proof verification."
            if (sn == 0)
            {
                return null;
            }

            // b. "If LSB(fn) is set, or if fn is equal to sn, then:"
            if ((fn & 1) == 1 || fn == sn)
            {
                // i. "Set r to HASH(0x01 || p || r)."
                r = MerkleHash.Node(p, r);

                // ii. "If LSB(fn) is not set, then right-shift both fn and sn equally until either LSB(fn) is set or fn is 0."
                while ((fn & 1) == 0 && fn != 0)
                {
                    fn >>= 1;
                    sn >>= 1;
                }
            }
            else
            {
                // "Otherwise: Set r to HASH(0x01 || r || p)."
                r = MerkleHash.Node(r, p);
            }

            // c. "Finally, right-shift both fn and sn one time."
            fn >>= 1;
            sn >>= 1;
        }

        // 5. "Compare sn to 0."
        return sn == 0 ? new MerkleRoot(r) : null;
    }

    private static int[] LevelsOf(int size, out int total)
    {
        var levels = new List<int>();
        total = 0;
        for (int width = size; ; width = (width + 1) >> 1)
        {
            levels.Add(total);
            total += width;
            if (width == 1)
            {
                return [.. levels];
            }
        }
    }
}
