using Credentials.Anchoring;

namespace Credentials.Evidence;

/// <summary>What the registry said at one block, provable without any node: the raw header and the Merkle-Patricia proofs under its state root.</summary>
/// <param name="Registry">The registry.</param>
/// <param name="GenesisHash">The chain's genesis hash, as claimed: it counts only if it is the trusted chain's.</param>
/// <param name="Header">The RLP of the block's header; its keccak-256 is the block's hash.</param>
/// <param name="AccountProof">The nodes from the state root to the contract's account (<c>eth_getProof</c>).</param>
/// <param name="StorageProofs">Proofs of single slots.</param>
/// <param name="Witnesses">Who saw the header, and when.</param>
public sealed record ChainEvidence(
    RegistryAddress Registry,
    Bytes32 GenesisHash,
    ReadOnlyMemory<byte> Header,
    IReadOnlyList<ReadOnlyMemory<byte>> AccountProof,
    IReadOnlyList<StorageProof> StorageProofs,
    IReadOnlyList<WitnessStatement> Witnesses);

/// <summary>The proof of one slot of a contract, present or absent.</summary>
/// <param name="Slot">The slot, unhashed.</param>
/// <param name="Nodes">The trie's nodes from the storage root down.</param>
public sealed record StorageProof(Bytes32 Slot, IReadOnlyList<ReadOnlyMemory<byte>> Nodes);

/// <summary>A statement that somebody saw a header (and a root) at a time.</summary>
/// <param name="Type"><see cref="TimeStamp"/> or <see cref="Signature"/>.</param>
/// <param name="Value">The RFC 3161 token in DER, or the witness's compact JWS in ASCII.</param>
public sealed record WitnessStatement(string Type, ReadOnlyMemory<byte> Value)
{
    /// <summary>An RFC 3161 time-stamp token.</summary>
    public const string TimeStamp = "rfc3161";

    /// <summary>A JWS by a named witness.</summary>
    public const string Signature = "jws";
}

/// <summary>A block that the relying party knows to be of the chain: its hash is enough to believe a header.</summary>
/// <param name="ChainId">EIP-155 chain id.</param>
/// <param name="BlockHash">keccak-256 of the header.</param>
public sealed record Checkpoint(ulong ChainId, Bytes32 BlockHash);

/// <summary>Reads the registry out of evidence instead of asking a node. The port between the verifier and what knows Ethereum's tries; pure.</summary>
public interface IRegistryEvidenceReader
{
    /// <summary>What the evidence proves about a query, with <see cref="RegistryRecord.HeadTime"/> the time of its header and all facts <see cref="Finality.Finalized"/>; or why it proves nothing. Whether the header is of the chain is the caller's to judge.</summary>
    RegistryReading Read(ChainEvidence evidence, RegistryQuery query);

    /// <summary>Hash, number and time of the header; a problem when it is none.</summary>
    Parsed<EvidenceHeader> ReadHeader(ReadOnlyMemory<byte> header);
}

/// <summary>What a header says.</summary>
public sealed record EvidenceHeader(Bytes32 Hash, ulong Number, DateTimeOffset Time, Bytes32 StateRoot);
