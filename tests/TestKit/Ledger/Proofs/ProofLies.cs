using Credentials.Anchoring;
using Credentials.Ethereum.Proofs;
using Credentials.Ethereum.Transactions;
using Credentials.Evidence;
using Credentials.TestKit.Ledger.Tries;

namespace Credentials.TestKit.Ledger.Proofs;

/// <summary>Every way in which a node's state proof can lie, by name. None may ever be believed.</summary>
public static class ProofLies
{
    /// <summary>The lies.</summary>
    public static IReadOnlyDictionary<string, Func<ProofLie, Task<StateProof>>> All { get; } = new Dictionary<string, Func<ProofLie, Task<StateProof>>>(StringComparer.Ordinal)
    {
        ["another value in every slot"] = Slots(static nodes => [.. nodes.SkipLast(1), Flip(nodes[^1])]),
        ["truncated storage proofs"] = Slots(static nodes => [.. nodes.SkipLast(1)]),
        ["empty proofs for set slots"] = Slots(static _ => []),
        ["the empty trie's proof for set slots"] = Slots(static _ => [new byte[] { Rlp.StringPrefix }]),
        ["storage proofs without their roots"] = Slots(static nodes => [.. nodes.Skip(1)]),
        ["a node too many in each storage proof"] = Slots(static nodes => [.. nodes, nodes[^1]]),
        ["a byte too many in each storage proof"] = Slots(static nodes => [.. nodes.SkipLast(1), (byte[])[.. nodes[^1].Span, 0]]),
        ["the slots' proofs exchanged"] = static lie => Task.FromResult(lie.Truth with { StorageProofs = [.. lie.Truth.StorageProofs.Select((proof, index) => proof with { Nodes = lie.Truth.StorageProofs[(index + 1) % lie.Truth.StorageProofs.Count].Nodes })] }),
        ["slots left out"] = static lie => Task.FromResult(lie.Truth with { StorageProofs = [.. lie.Truth.StorageProofs.Take(1)] }),
        ["one slot told twice"] = static lie => Task.FromResult(lie.Truth with { StorageProofs = [.. lie.Truth.StorageProofs, lie.Truth.StorageProofs[0]] }),
        ["a thousand slots"] = static lie => Task.FromResult(lie.Truth with { StorageProofs = [.. Enumerable.Repeat(lie.Truth.StorageProofs[0], 1000)] }),
        ["storage of its own making"] = static lie => Task.FromResult(lie.Truth with { StorageProofs = OwnStorage(lie.Slots) }),
        ["an empty account proof"] = Account(static _ => []),
        ["the empty trie's account proof"] = Account(static _ => [new byte[] { Rlp.StringPrefix }]),
        ["a truncated account proof"] = Account(static nodes => [.. nodes.SkipLast(1)]),
        ["an altered account"] = Account(static nodes => [.. nodes.SkipLast(1), Flip(nodes[^1])]),
        ["an account proof with a node too many"] = Account(static nodes => [.. nodes, nodes[0]]),
        ["the account of somebody else"] = static async lie =>
        {
            StateProof other = await lie.Honest.GetProofAsync(Ethereum.EthereumAddress.From(new byte[20]), [], lie.Tag, CancellationToken.None);
            return lie.Truth with { AccountProof = [.. other.AccountProof, other.AccountProof[^1]] };
        },
        ["the state of the genesis block"] = static lie => lie.Honest.GetProofAsync(lie.Contract, lie.Slots, Ethereum.BlockTag.Number(1), CancellationToken.None),
        ["nothing at all"] = static _ => Task.FromResult(new StateProof([], [])),
    };

    private static Func<ProofLie, Task<StateProof>> Slots(Func<IReadOnlyList<ReadOnlyMemory<byte>>, IReadOnlyList<ReadOnlyMemory<byte>>> change) =>
        lie => Task.FromResult(lie.Truth with { StorageProofs = [.. lie.Truth.StorageProofs.Select(proof => proof with { Nodes = change(proof.Nodes) })] });

    private static Func<ProofLie, Task<StateProof>> Account(Func<IReadOnlyList<ReadOnlyMemory<byte>>, IReadOnlyList<ReadOnlyMemory<byte>>> change) =>
        lie => Task.FromResult(lie.Truth with { AccountProof = change(lie.Truth.AccountProof) });

    // A trie that is sound in itself, in which every slot that was asked for holds one.
    private static StorageProof[] OwnStorage(IReadOnlyList<Bytes32> slots)
    {
        SlowTrie trie = SlowTrie.Hashed(slots.Select(static slot => (slot.ToArray(), Rlp.Integer(1))));
        return [.. slots.Select(slot => new StorageProof(slot, trie.ProveHashed(slot.ToArray())))];
    }

    private static ReadOnlyMemory<byte> Flip(ReadOnlyMemory<byte> node)
    {
        byte[] altered = node.ToArray();
        altered[^1] ^= 1;
        return altered;
    }
}
