using Credentials.Anchoring;
using Credentials.Ethereum.Cryptography;
using Credentials.Ethereum.Transactions;

namespace Credentials.Ethereum.Proofs;

/// <summary>What a trie is proven to hold under a key.</summary>
/// <param name="Value">The bytes; null where it is proven that there is nothing.</param>
internal sealed record TrieEntry(ReadOnlyMemory<byte>? Value)
{
    public static TrieEntry Absent { get; } = new((ReadOnlyMemory<byte>?)null);
}

/// <summary>Verifies Merkle-Patricia proofs of tries whose keys are hashes, as those of accounts and storage are. Presence and absence are proven with the same strictness: every node hashes to what its parent says, none is missing, none is left over.</summary>
/// <remarks>Yellow paper, appendix D; https://eips.ethereum.org/EIPS/eip-1186. A missing node never stands for absence: only an empty place, or a path that leads elsewhere, does.</remarks>
internal sealed class TrieProof
{
    // A branch with sixteen hashes has 532 bytes; no value of ours is longer.
    private const int MaxNodeLength = 1024;
    private const int BranchItems = 17;
    private const int ShortItems = 2;
    private static readonly byte[] EmptyNode = [Rlp.StringPrefix];

    private readonly byte[] _key;
    private readonly IReadOnlyList<ReadOnlyMemory<byte>> _nodes;
    private int _used;
    private int _depth;

    private TrieProof(Bytes32 key, IReadOnlyList<ReadOnlyMemory<byte>> nodes) => (_key, _nodes) = (TriePath.OfKey(key), nodes);

    /// <summary>The root of a trie without entries.</summary>
    public static Bytes32 EmptyRoot { get; } = Keccak256.Hash(EmptyNode);

    /// <summary>What the trie of that root holds under a key that is hashed already, or what is wrong with the proof.</summary>
    public static Parsed<TrieEntry> Verify(Bytes32 root, Bytes32 key, IReadOnlyList<ReadOnlyMemory<byte>> nodes)
    {
        if (root.Equals(EmptyRoot))
        {
            // Some nodes prove an empty trie by its one empty node, others by nothing.
            return nodes.Count == 0 || (nodes.Count == 1 && nodes[0].Span.SequenceEqual(EmptyNode)) ? TrieEntry.Absent : Fault("has nodes of an empty trie");
        }

        if (nodes.Count > TriePath.KeyLength + 1)
        {
            return Fault("has more nodes than a key has places");
        }

        TrieProof proof = new(key, nodes);
        Parsed<TrieEntry> entry = proof.Follow(root);
        return entry.Ok && proof._used < nodes.Count ? Fault("has nodes that lead nowhere") : entry;
    }

    private Parsed<TrieEntry> Follow(Bytes32 reference)
    {
        Step step = new(reference, null, null, MustBeBranch: false);
        while (step.Entry is null)
        {
            Parsed<RlpItem> node = step.Inline ?? Take(step.Reference);
            if (!node.Ok)
            {
                return node.Problem;
            }

            if ((node.Value.Items?.Count == BranchItems ? StepFromBranch(node.Value.Items)
                : node.Value.Items?.Count == ShortItems && !step.MustBeBranch ? StepFromShort(node.Value.Items)
                : null) is not { } next)
            {
                return Fault("has a malformed node");
            }

            step = next;
        }

        return step.Entry;
    }

    private Parsed<RlpItem> Take(Bytes32 reference)
    {
        if (_used == _nodes.Count)
        {
            return Fault(_used == 0 ? "is empty" : "is truncated");
        }

        ReadOnlyMemory<byte> node = _nodes[_used++];
        return node.Length > MaxNodeLength ? Fault("has a node longer than any")
            : !Keccak256.Hash(node.Span).Equals(reference) ? Fault(_used == 1 ? "does not begin at the root" : "has a node that is not the one which its parent names")
            : node.Length < Bytes32.Length && _used > 1 ? Fault("has a node by itself that belongs into its parent")
            : RlpItem.Decode(node) is { } item ? item
            : Fault("has a node that is no canonical RLP");
    }

    private Step? StepFromBranch(IReadOnlyList<RlpItem> items)
    {
        // All keys have one length, so that no branch holds a value; and one of fewer than two children would be an extension or a leaf.
        bool sound = _depth < TriePath.KeyLength && IsEmpty(items[^1]) && items.SkipLast(1).All(IsReference) && items.Count(static item => !IsEmpty(item)) >= 2;
        return !sound ? null
            : items[_key[_depth++]] is var child && IsEmpty(child) ? Step.To(TrieEntry.Absent)
            : Step.Into(child, mustBeBranch: false);
    }

    private Step? StepFromShort(IReadOnlyList<RlpItem> items)
    {
        if (items[0].Bytes is not { } encoded || TriePath.FromHexPrefix(encoded.Span) is not { } node)
        {
            return null;
        }

        ReadOnlySpan<byte> rest = _key.AsSpan(_depth);
        if (node.IsLeaf)
        {
            bool sound = node.Path.Length == rest.Length && items[1].Bytes is { Length: > 0 };
            return !sound ? null : Step.To(rest.SequenceEqual(node.Path) ? new(items[1].Bytes) : TrieEntry.Absent);
        }

        if (node.Path.Length == 0 || node.Path.Length >= rest.Length || IsEmpty(items[1]) || !IsReference(items[1]))
        {
            return null;
        }

        _depth += node.Path.Length;
        return rest.StartsWith(node.Path) ? Step.Into(items[1], mustBeBranch: true) : Step.To(TrieEntry.Absent);
    }

    private static bool IsEmpty(RlpItem item) => item.Bytes is { Length: 0 };

    // Nothing, a hash, or a node that is shorter than a hash.
    private static bool IsReference(RlpItem item) => item.Bytes is { } bytes ? bytes.Length is 0 or Bytes32.Length : item.Encoded.Length < Bytes32.Length;

    private static Problem Fault(string what) => new(ProblemCode.LedgerProofError, $"The state proof {what}.");

    private sealed record Step(Bytes32 Reference, RlpItem? Inline, TrieEntry? Entry, bool MustBeBranch)
    {
        public static Step To(TrieEntry entry) => new(default, null, entry, MustBeBranch: false);

        public static Step Into(RlpItem child, bool mustBeBranch) => child.Bytes is { } hash
            ? new(Bytes32.From(hash.Span), null, null, mustBeBranch)
            : new(default, child, null, mustBeBranch);
    }
}
