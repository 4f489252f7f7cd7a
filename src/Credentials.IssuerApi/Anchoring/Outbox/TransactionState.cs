namespace Credentials.IssuerApi.Anchoring.Outbox;

/// <summary>How far a transaction has come, by what the contract says. The names are those of the database.</summary>
internal static class TransactionState
{
    public const string Queued = "queued";
    public const string Submitted = "submitted";
    public const string Included = "included";
    public const string Safe = "safe";
    public const string Finalized = "finalized";
    public const string Failed = "failed";

    private static readonly string[] Order = [Queued, Submitted, Included, Safe, Finalized];

    /// <summary>Whether <paramref name="after"/> is further back than <paramref name="before"/>: only a chain that went back does that.</summary>
    public static bool IsBack(string before, string after) => Array.IndexOf(Order, after) < Array.IndexOf(Order, before);
}
