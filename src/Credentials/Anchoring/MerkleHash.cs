using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Credentials.Anchoring;

/// <summary>The two hashes of an RFC 9162 tree. The prefixes keep a node from being passed off as a leaf.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc9162#section-2.1.1</remarks>
internal static class MerkleHash
{
    internal const byte LeafPrefix = 0x00;
    internal const byte NodePrefix = 0x01;

    /// <summary>The leaf hash of each digest.</summary>
    internal static void Leaves(ReadOnlySpan<Bytes32> digests, Span<Bytes32> hashes)
    {
        Span<byte> input = stackalloc byte[1 + Bytes32.Length];
        input[0] = LeafPrefix;
        for (int i = 0; i < digests.Length; i++)
        {
            ((ReadOnlySpan<byte>)digests[i]).CopyTo(input[1..]);
            SHA256.HashData(input, hashes[i]);
        }
    }

    /// <summary>The node hash of each pair of neighbours; a last one without a neighbour is left out.</summary>
    internal static void Nodes(ReadOnlySpan<Bytes32> children, Span<Bytes32> hashes)
    {
        Span<byte> input = stackalloc byte[1 + (2 * Bytes32.Length)];
        input[0] = NodePrefix;
        for (int i = 0; i + 1 < children.Length; i += 2)
        {
            MemoryMarshal.AsBytes(children.Slice(i, 2)).CopyTo(input[1..]);
            SHA256.HashData(input, hashes[i / 2]);
        }
    }

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
}
