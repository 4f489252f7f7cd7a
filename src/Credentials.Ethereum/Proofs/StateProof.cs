using System.Text.Json;
using Credentials.Ethereum.JsonRpc;
using Credentials.Evidence;

namespace Credentials.Ethereum.Proofs;

/// <summary>What a node answers to <c>eth_getProof</c>, as it said it and not yet believed.</summary>
/// <param name="AccountProof">The nodes from the state root to the contract's account.</param>
/// <param name="StorageProofs">One for each slot that was asked for, in that order.</param>
/// <remarks>https://eips.ethereum.org/EIPS/eip-1186. The account and the values that the node tells beside the proofs are not read: the proofs hold them.</remarks>
public sealed record StateProof(IReadOnlyList<ReadOnlyMemory<byte>> AccountProof, IReadOnlyList<StorageProof> StorageProofs)
{
    /// <summary>Reads the node's JSON; null where it has another shape, or proves another number of slots.</summary>
    internal static StateProof? Read(JsonElement proof, IReadOnlyList<Anchoring.Bytes32> slots)
    {
        JsonElement storage = NodeShapes.Member(proof, "storageProof");
        if (Nodes(NodeShapes.Member(proof, "accountProof")) is not { } account || storage.ValueKind != JsonValueKind.Array || storage.GetArrayLength() != slots.Count)
        {
            return null;
        }

        IReadOnlyList<ReadOnlyMemory<byte>>?[] proofs = [.. storage.EnumerateArray().Select(static slot => Nodes(NodeShapes.Member(slot, "proof")))];
        return proofs.Contains(null) ? null : new(account, [.. proofs.Select((nodes, index) => new StorageProof(slots[index], nodes!))]);
    }

    private static ReadOnlyMemory<byte>[]? Nodes(JsonElement nodes)
    {
        if (nodes.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        byte[]?[] read = [.. nodes.EnumerateArray().Select(Hex.Data)];
        return read.Contains(null) ? null : [.. read.Select(static node => (ReadOnlyMemory<byte>)node)];
    }
}
