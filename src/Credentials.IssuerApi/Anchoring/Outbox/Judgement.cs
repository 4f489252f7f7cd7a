using Credentials.Ethereum;

namespace Credentials.IssuerApi.Anchoring.Outbox;

/// <summary>What the chain says of one transaction now.</summary>
/// <param name="Transaction">As it was recorded.</param>
/// <param name="State">As it is: see <see cref="TransactionState"/>.</param>
/// <param name="Place">Where the chain has it; null while it does not, or when nothing new was read.</param>
/// <param name="Problem">Why it failed.</param>
internal sealed record Judgement(FollowedTransaction Transaction, string State, MinedPlace? Place, string? Problem)
{
    public bool IsChange => State != Transaction.State || Place is not null;
}

/// <summary>Where the effect came about, and what it cost. Hints for people and explorers.</summary>
/// <param name="Block">The block.</param>
/// <param name="Receipt">Of the transaction of ours that did it; null when another one did.</param>
internal sealed record MinedPlace(BlockHeader Block, TransactionReceipt? Receipt);
