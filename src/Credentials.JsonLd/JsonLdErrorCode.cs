namespace Credentials.JsonLd;

/// <summary>The error codes that callers tell apart; the others are the specification's strings.</summary>
/// <remarks>https://www.w3.org/TR/json-ld11-api/#jsonlderrorcode</remarks>
public static class JsonLdErrorCode
{
    /// <summary>A context that is not in the library: nothing is known of the document's meaning.</summary>
    public const string LoadingRemoteContextFailed = "loading remote context failed";

    /// <summary>A document that is no text of JSON-LD: half of a surrogate pair, a relative context URL without a base.</summary>
    public const string LoadingDocumentFailed = "loading document failed";

    /// <summary>Contexts that lead to contexts without end, or define more than any honest document's.</summary>
    public const string ContextOverflow = "context overflow";

    /// <summary>Safe mode: something would be dropped, such as a term that no context defines.</summary>
    public const string WouldBeDropped = "safe mode violation";

    /// <summary>Nested deeper than any honest document.</summary>
    public const string TooDeep = "nesting limit exceeded";

    /// <summary>More values, nodes and types than <see cref="JsonLdOptions.MaxItems"/>, or so long names that they come to more text than any honest document.</summary>
    public const string TooLarge = "size limit exceeded";

    /// <summary>RDFC-1.0: more work than the limit allows; a poisoned graph.</summary>
    public const string TooMuchWork = "canonicalization limit exceeded";

    /// <summary>A statement that has no N-Quads form, or text that is no N-Quads.</summary>
    public const string InvalidStatement = "invalid statement";
}
