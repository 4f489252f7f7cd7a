using Credentials.Anchoring;
using Credentials.Ethereum.Cryptography;

namespace Credentials.TestKit.Ledger.Tries;

/// <summary>One node of a <see cref="SlowTrie"/>.</summary>
/// <param name="Rlp">Its encoding.</param>
/// <param name="Path">The nibbles of an extension.</param>
/// <param name="Children">One for an extension, sixteen for a branch, none for a leaf.</param>
internal sealed record TrieNode(byte[] Rlp, byte[] Path, TrieNode[] Children)
{
    public static TrieNode Empty { get; } = new(RlpOf([]), [], []);

    public bool IsEmpty => ReferenceEquals(this, Empty);

    // How its parent names it: by its hash, or by itself when that is shorter.
    private byte[] Reference => IsEmpty || Rlp.Length < Bytes32.Length ? Rlp : RlpOf(Keccak256.Hash(Rlp).ToArray());

    public static TrieNode Leaf(byte[] path, byte[] value) => new(Ethereum.Transactions.Rlp.List(RlpOf(SlowTrie.HexPrefix(path, leaf: true)), RlpOf(value)), path, []);

    public static TrieNode Extension(byte[] path, TrieNode child) => new(Ethereum.Transactions.Rlp.List(RlpOf(SlowTrie.HexPrefix(path, leaf: false)), child.Reference), path, [child]);

    public static TrieNode Branch(TrieNode[] children) => new(Ethereum.Transactions.Rlp.List([.. children.Select(static child => child.Reference), RlpOf([])]), [], children);

    /// <summary>The next node towards a key; null at the end.</summary>
    public TrieNode? Step(byte[] nibbles, ref int depth)
    {
        if (Children.Length == 0 || !nibbles.AsSpan(depth).StartsWith(Path))
        {
            return null;
        }

        depth += Path.Length;
        TrieNode next = Children.Length == 1 ? Children[0] : Children[nibbles[depth++]];
        return next.IsEmpty ? null : next;
    }

    private static byte[] RlpOf(ReadOnlySpan<byte> value) => Ethereum.Transactions.Rlp.Bytes(value);
}
