namespace Credentials.JsonLd;

/// <summary>The error codes that callers tell apart; the others are the specification's strings.</summary>
/// <remarks>https://www.w3.org/TR/json-ld11-api/#jsonlderrorcode</remarks>
public static class JsonLdErrorCode
{
    /// <summary>A context that is not in the library: nothing is known of the document's meaning.</summary>
    public const string LoadingDocumentFailed = "loading document failed";

    /// <summary>Safe mode: something would be dropped, such as a term that no context defines.</summary>
    public const string WouldBeDropped = "safe mode violation";

    /// <summary>RDFC-1.0: more work than the limit allows; a poisoned graph.</summary>
    public const string TooMuchWork = "canonicalization limit exceeded";

    /// <summary>A statement that has no N-Quads form, or text that is no N-Quads.</summary>
    public const string InvalidStatement = "invalid statement";
}
