namespace Credentials.IssuerApi.Anchoring.Outbox;

/// <summary>How far the taking back of a transaction has come. The names are those of the database.</summary>
internal static class TransactionCancellation
{
    /// <summary>An operator asked for it.</summary>
    public const string Requested = "requested";

    /// <summary>Its bytes are now those of an empty transaction to ourselves with the same nonce. Which of the two is mined, the chain decides.</summary>
    public const string Signed = "signed";
}
