namespace Credentials.IssuerApi.Anchoring;

/// <summary>The calls of the registry that were ever to be made.</summary>
/// <param name="Transactions">The newest first.</param>
/// <param name="Next">Value of <c>before</c> for the next page; absent on the last one.</param>
internal sealed record TransactionReport(IReadOnlyList<TransactionItem> Transactions, long? Next);

/// <summary>One attempt at one call of the registry.</summary>
/// <param name="Id">To cancel it by.</param>
/// <param name="Purpose">create-institution, anchor, revoke, add-key and so on.</param>
/// <param name="Institution">The institution's slug.</param>
/// <param name="State">queued, leased, submitted, included, safe, finalized, failed (a later attempt carries it on) or cancelled.</param>
/// <param name="QueuedAt">When this attempt was queued.</param>
/// <param name="FinalizedAt">When its effect was seen final.</param>
/// <param name="Attempt">1, and one more for each nonce that was used up without effect.</param>
/// <param name="Cancellation">requested or signed, when an operator wants it back.</param>
/// <param name="Nonce">Its nonce.</param>
/// <param name="Hash">Hash of the transaction that is in the chain, or that is on its way there.</param>
/// <param name="MaxFeePerGas">The most that it may pay for gas, in wei.</param>
/// <param name="Block">Number of its block.</param>
/// <param name="Fee">What this attempt cost, in wei.</param>
/// <param name="Problem">What stands, or stood, in its way.</param>
internal sealed record TransactionItem(
    long Id,
    string Purpose,
    string Institution,
    string State,
    DateTimeOffset QueuedAt,
    DateTimeOffset? FinalizedAt,
    long Attempt,
    string? Cancellation,
    long? Nonce,
    string? Hash,
    string? MaxFeePerGas,
    long? Block,
    string? Fee,
    string? Problem);

/// <summary>What operators ordered, as it holds now.</summary>
/// <param name="PausedAt">Since when nothing new is sealed, signed or sent; absent when anchoring runs.</param>
/// <param name="PausedBy">The API key that ordered the pause.</param>
/// <param name="Flushing">Slugs of institutions whose queue is sealed at the next step.</param>
internal sealed record AnchoringOrdersReport(DateTimeOffset? PausedAt, string? PausedBy, IReadOnlyList<string> Flushing);
