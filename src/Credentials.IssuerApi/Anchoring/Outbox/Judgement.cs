using Credentials.Ethereum;

namespace Credentials.IssuerApi.Anchoring.Outbox;

/// <summary>What the chain says of one transaction now.</summary>
/// <param name="Transaction">As it was recorded.</param>
/// <param name="State">As it is: see <see cref="TransactionState"/>.</param>
/// <param name="Place">Where the chain has it, and what it cost; null while it does not, or when nothing new was read.</param>
/// <param name="Problem">Why it failed.</param>
/// <param name="IsRefusedForGood">Whether a failed intent is not to be tried again.</param>
internal sealed record Judgement(FollowedTransaction Transaction, string State, MinedPlace? Place, string? Problem, bool IsRefusedForGood = false)
{
    public bool IsChange => State != Transaction.State || Place is not null;
}

/// <summary>Where the effect came about, and what we paid. Hints for people and explorers.</summary>
/// <param name="Block">The block.</param>
/// <param name="Receipt">Of the transaction of ours that used the nonce: it may have failed, when another one brought the effect about; null when it is not in the chain.</param>
internal sealed record MinedPlace(BlockHeader Block, TransactionReceipt? Receipt);
