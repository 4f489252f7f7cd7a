namespace Credentials.IssuerApi.Anchoring;

/// <summary>How anchoring fares.</summary>
/// <param name="Registry">The registry, in CAIP-10.</param>
/// <param name="Account">The account that pays for the transactions: keep it funded.</param>
/// <param name="Queued">Credentials that wait for their batch.</param>
/// <param name="Stalled">What stands in the way now; empty when nothing does.</param>
/// <param name="Orders">What operators ordered: a pause, flushes.</param>
/// <param name="Anchors">Batches, the newest first.</param>
/// <param name="Next">Value of <c>before</c> for the next page; absent on the last one.</param>
internal sealed record AnchoringReport(string Registry, string Account, long Queued, IReadOnlyList<StallItem> Stalled, AnchoringOrdersReport Orders, IReadOnlyList<AnchorItem> Anchors, long? Next);

/// <summary>One thing that stands in the way.</summary>
internal sealed record StallItem(string Worker, string Kind, string Message, DateTimeOffset Since);

/// <summary>One batch and its transaction.</summary>
/// <param name="Root">The root; its receipt file is at <c>/anchors/{root}</c> once it is finalized.</param>
/// <param name="Institution">The institution's slug.</param>
/// <param name="Credentials">Number of credentials under the root.</param>
/// <param name="State">sealed, submitted, included, safe or finalized.</param>
/// <param name="SealedAt">When the root was computed.</param>
/// <param name="FinalizedAt">When it was seen final.</param>
/// <param name="Transaction">Hash of the transaction that is in the chain, or that is on its way there.</param>
/// <param name="TransactionId">To cancel it by.</param>
/// <param name="Nonce">Its nonce.</param>
/// <param name="Attempt">1, and one more for each nonce that was used up without effect.</param>
/// <param name="Block">Number of its block.</param>
/// <param name="GasUsed">Gas that it used.</param>
/// <param name="Fee">What it cost, in wei: the transaction, and every attempt before it that was mined without effect.</param>
/// <param name="FeePerCredential">What one credential cost, in wei.</param>
/// <param name="Problem">What stands in its way.</param>
internal sealed record AnchorItem(
    string Root,
    string Institution,
    long Credentials,
    string State,
    DateTimeOffset SealedAt,
    DateTimeOffset? FinalizedAt,
    string? Transaction,
    long TransactionId,
    long? Nonce,
    long Attempt,
    long? Block,
    long? GasUsed,
    string? Fee,
    string? FeePerCredential,
    string? Problem);
