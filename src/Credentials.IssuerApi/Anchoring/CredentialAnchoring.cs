using Credentials.Anchoring;

namespace Credentials.IssuerApi.Anchoring;

/// <summary>The states of an anchor, in their order, as they stand in the API.</summary>
internal static class AnchoringState
{
    /// <summary>Signed; waits for its batch.</summary>
    public const string Queued = "queued";

    /// <summary>Under a root that no node has been given yet.</summary>
    public const string Sealed = "sealed";

    /// <summary>The node has the transaction.</summary>
    public const string Submitted = "submitted";

    /// <summary>In a block that can still be reorganised away.</summary>
    public const string Included = "included";

    /// <summary>At or below the chain's safe block.</summary>
    public const string Safe = "safe";

    /// <summary>At or below the chain's finalized block.</summary>
    public const string Finalized = "finalized";
}

/// <summary>How far the anchoring of one credential has come.</summary>
/// <param name="State">As in <see cref="AnchoringState"/>.</param>
/// <param name="Institution">The institution's id on the chain.</param>
/// <param name="Root">The root that the credential lies under; null while queued.</param>
/// <param name="Hints">Where the chain has it; null until included.</param>
/// <param name="FinalizedAt">When we saw it final.</param>
/// <param name="Problem">What stands in its way, in words; null when nothing does.</param>
internal sealed record CredentialAnchoring(string State, InstitutionId Institution, MerkleRoot? Root, AnchorHints? Hints, DateTimeOffset? FinalizedAt, string? Problem);

/// <summary>The columns of a batch and its transaction as they are read together.</summary>
internal sealed class AnchorRow
{
    public required string State { get; init; }

    public required byte[] Institution { get; init; }

    public long? BatchId { get; init; }

    public byte[]? Root { get; init; }

    public long? TreeSize { get; init; }

    public long? LeafIndex { get; init; }

    public byte[]? TransactionHash { get; init; }

    public long? BlockNumber { get; init; }

    public byte[]? BlockHash { get; init; }

    public long? BlockTime { get; init; }

    public long? FinalizedAt { get; init; }

    public string? Problem { get; init; }

    public AnchorHints? ToHints() => this is { TransactionHash: { } transaction, BlockNumber: { } number, BlockHash: { } block, BlockTime: { } time }
        ? new AnchorHints(Bytes32.From(transaction), (ulong)number, Bytes32.From(block), DateTimeOffset.FromUnixTimeMilliseconds(time))
        : null;

    public CredentialAnchoring ToAnchoring() => new(
        State,
        InstitutionId.From(Institution),
        Root is null ? null : MerkleRoot.From(Root),
        ToHints(),
        FinalizedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
        Problem);
}
