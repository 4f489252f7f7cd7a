using Credentials.Anchoring;
using Credentials.Ethereum.Cryptography;

namespace Credentials.TestKit.Ledger.Tries;

/// <summary>A Merkle-Patricia trie built anew from all its entries: slow and obvious. What proofs it gives is the second opinion for the verifier.</summary>
/// <remarks>https://ethereum.org/developers/docs/data-structures-and-encoding/patricia-merkle-trie/</remarks>
public sealed class SlowTrie
{
    private readonly TrieNode _root;

    private SlowTrie(TrieNode root) => _root = root;

    /// <summary>The keccak-256 of the root node.</summary>
    public Bytes32 Root => Keccak256.Hash(_root.Rlp);

    /// <summary>A trie whose keys are used as they are; all of one length.</summary>
    public static SlowTrie Of(IEnumerable<(byte[] Key, byte[] Value)> entries) =>
        new(Build([.. entries.Select(static entry => (Nibbles(entry.Key), entry.Value))], 0));

    /// <summary>A trie of hashed keys, as accounts and storage have it.</summary>
    public static SlowTrie Hashed(IEnumerable<(byte[] Key, byte[] Value)> entries) =>
        Of(entries.Select(static entry => (Keccak256.Hash(entry.Key).ToArray(), entry.Value)));

    /// <summary>The nodes from the root towards a key, as far as there are any; nodes of less than 32 bytes stand inside of their parents. None for an empty trie.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Prove(byte[] key)
    {
        List<ReadOnlyMemory<byte>> proof = [];
        byte[] nibbles = Nibbles(key);
        int depth = 0;
        for (TrieNode? node = _root.IsEmpty ? null : _root; node is not null; node = node.Step(nibbles, ref depth))
        {
            if (proof.Count == 0 || node.Rlp.Length >= Bytes32.Length)
            {
                proof.Add(node.Rlp);
            }
        }

        return proof;
    }

    /// <summary>The same for a hashed key.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> ProveHashed(byte[] key) => Prove(Keccak256.Hash(key).ToArray());

    /// <summary>A path with its length's parity and its kind in front: hex-prefix encoding.</summary>
    public static byte[] HexPrefix(ReadOnlySpan<byte> nibbles, bool leaf)
    {
        int flag = (leaf ? 2 : 0) + (nibbles.Length % 2);
        byte[] whole = nibbles.Length % 2 == 1 ? [(byte)flag, .. nibbles] : [(byte)flag, 0, .. nibbles];
        return [.. whole.Chunk(2).Select(static pair => (byte)((pair[0] << 4) | pair[1]))];
    }

    private static TrieNode Build(IReadOnlyList<(byte[] Path, byte[] Value)> entries, int depth)
    {
        if (entries.Count == 0)
        {
            return TrieNode.Empty;
        }

        byte[] first = entries[0].Path;
        if (entries.Count == 1)
        {
            return TrieNode.Leaf(first[depth..], entries[0].Value);
        }

        int shared = Enumerable.Range(depth, first.Length - depth).TakeWhile(at => entries.All(entry => entry.Path[at] == first[at])).Count();
        return shared > 0
            ? TrieNode.Extension(first[depth..(depth + shared)], Build(entries, depth + shared))
            : TrieNode.Branch([.. Enumerable.Range(0, 16).Select(nibble => Build([.. entries.Where(entry => entry.Path[depth] == nibble)], depth + 1))]);
    }

    private static byte[] Nibbles(byte[] key) => [.. key.SelectMany(static value => new[] { (byte)(value >> 4), (byte)(value & 15) })];
}
