namespace Credentials.IssuerApi.Anchoring.Outbox;

/// <summary>How far a transaction has come, by what the contract says. The names are those of the database.</summary>
internal static class TransactionState
{
    /// <summary>An intent without a nonce.</summary>
    public const string Queued = "queued";

    /// <summary>It has its nonce, and no signature yet: the signer may be far away.</summary>
    public const string Leased = "leased";

    /// <summary>Signed; the node has it when <c>sent_at</c> is set.</summary>
    public const string Submitted = "submitted";

    public const string Included = "included";
    public const string Safe = "safe";
    public const string Finalized = "finalized";

    /// <summary>Its nonce is used up for good without the effect.</summary>
    public const string Failed = "failed";

    /// <summary>An operator took it back before it came about.</summary>
    public const string Cancelled = "cancelled";

    private static readonly string[] Order = [Queued, Leased, Submitted, Included, Safe, Finalized];

    /// <summary>Whether <paramref name="after"/> is further back than <paramref name="before"/>: only a chain that went back does that.</summary>
    public static bool IsBack(string before, string after) => Array.IndexOf(Order, after) < Array.IndexOf(Order, before);
}
