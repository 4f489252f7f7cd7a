namespace Credentials.Anchoring;

/// <summary>The proof that one digest lies under a root, and where that root was anchored.</summary>
/// <param name="LeafIndex">Zero-based index of the leaf; below <paramref name="TreeSize"/>.</param>
/// <param name="TreeSize">Number of leaves; at least 1.</param>
/// <param name="Path">The sibling hashes from the leaf up (RFC 9162 section 2.1.3); empty for a tree of one.</param>
/// <param name="Root">The tree's root.</param>
/// <param name="Registry">Chain id and contract in which the root was anchored.</param>
/// <param name="Institution">The institution that anchored it.</param>
/// <param name="Hints">Where to look on the chain; never evidence. Null when not known.</param>
/// <remarks>Versioned on the wire (JSON and CBOR): see <see cref="AnchorReceiptFormat"/>.</remarks>
public sealed record AnchorReceipt(
    long LeafIndex,
    long TreeSize,
    IReadOnlyList<Bytes32> Path,
    MerkleRoot Root,
    RegistryAddress Registry,
    InstitutionId Institution,
    AnchorHints? Hints);

/// <summary>Hints that help people and explorers: the contract's own state is what counts.</summary>
/// <param name="TransactionHash">Hash of the transaction that anchored the root.</param>
/// <param name="BlockNumber">Number of its block.</param>
/// <param name="BlockHash">Hash of its block.</param>
/// <param name="BlockTime">Time of its block.</param>
public sealed record AnchorHints(Bytes32 TransactionHash, ulong BlockNumber, Bytes32 BlockHash, DateTimeOffset BlockTime);
