using Credentials.Anchoring;
using Credentials.Ethereum.Registry;

namespace Credentials.Ethereum;

/// <summary>What identifies a trusted chain.</summary>
/// <param name="ChainId">EIP-155 chain id.</param>
/// <param name="GenesisHash">Hash of block 0.</param>
/// <param name="ContractCodeHash">keccak-256 of the contract's runtime code; null when no contract was asked for, of empty code when there is none.</param>
public sealed record ChainMarks(ulong ChainId, Bytes32 GenesisHash, Bytes32? ContractCodeHash);

/// <summary>The registry as of one block.</summary>
/// <param name="Block">The block that the tag named. The node may have moved on before it read the contract.</param>
/// <param name="State">The contract's answer; null when what lies at the address does not answer like the registry.</param>
public sealed record RegistrySnapshot(BlockHeader Block, RegistryState? State);

/// <summary>All that one verification reads from the chain, as the node said it and not yet believed.</summary>
/// <param name="Marks">What identifies the chain and the contract.</param>
/// <param name="Latest">As of the newest block.</param>
/// <param name="Safe">As of the safe block; null where the chain has none.</param>
/// <param name="Finalized">As of the finalized block; null where the chain has none.</param>
public sealed record RegistryView(ChainMarks Marks, RegistrySnapshot Latest, RegistrySnapshot? Safe, RegistrySnapshot? Finalized)
{
    /// <summary>Says how the answers contradict each other, as they do when the chain is reorganised, or another node answers, in between; null when they fit.</summary>
    /// <remarks>The contract writes a time once and never changes it: what a more settled block shows, a newer one shows alike, and nothing that happened is later than its block.
    /// The contract's block numbers are not compared: on some chains contracts count the blocks of another chain.</remarks>
    public string? Contradiction()
    {
        RegistrySnapshot?[] fromNewest = [Latest, Safe, Finalized];
        RegistrySnapshot newer = Latest;
        foreach (RegistrySnapshot snapshot in fromNewest.OfType<RegistrySnapshot>())
        {
            string? fault = snapshot.State is not { } state || newer.State is not { } after ? "the contract did not answer like the registry"
                : snapshot.Block.Number > newer.Block.Number ? "a more settled block is newer than a less settled one"
                : RegistryHistory.NewestOf(state) > (ulong)snapshot.Block.Time.ToUnixTimeSeconds() ? "a fact is newer than the block that shows it"
                : !RegistryHistory.Continues(state, after) ? "a settled fact is missing from a newer block"
                : !RegistryHistory.IsPossible(state) ? "facts that the contract cannot hold together, or of an institution that does not exist"
                : null;
            if (fault is not null)
            {
                return fault;
            }

            newer = snapshot;
        }

        return null;
    }
}
