namespace Credentials.Anchoring;

/// <summary>The Merkle tree of RFC 9162: SHA-256, leaf <c>0x00 || digest</c>, node <c>0x01 || left || right</c>.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc9162#section-2.1</remarks>
public sealed class MerkleTree
{
    private MerkleTree() => throw new NotImplementedException();

    /// <summary>Builds the tree over at least one digest, in the order given.</summary>
    /// <exception cref="ArgumentException">No digest.</exception>
    public static MerkleTree Build(ReadOnlySpan<AnchorDigest> digests) => throw new NotImplementedException();

    /// <summary>Number of leaves.</summary>
    public long Size => throw new NotImplementedException();

    /// <summary>The root.</summary>
    public MerkleRoot Root => throw new NotImplementedException();

    /// <summary>The inclusion path of a leaf, from the leaf up.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 &lt;= index &lt; size.</exception>
    public Bytes32[] PathOf(long index) => throw new NotImplementedException();

    /// <summary>Recomputes the root from a leaf and its path (RFC 9162 section 2.1.3.2); null where index, size and path do not fit each other.</summary>
    public static MerkleRoot? RootFromPath(AnchorDigest digest, long index, long size, ReadOnlySpan<Bytes32> path) => throw new NotImplementedException();
}
