namespace Credentials;

/// <summary>Fetches a small document over the network, within bounds. The port through which DID documents, status lists and credentials come in.</summary>
public interface IDocumentFetcher
{
    /// <summary>GETs a document. Never throws for what the network or the server does: that is the problem of the answer.</summary>
    /// <param name="url">An absolute http or https URL.</param>
    /// <param name="accept">Value of the Accept header.</param>
    /// <param name="cancellationToken">Cancels; the only way that this throws, besides misuse.</param>
    Task<FetchedDocument> FetchAsync(Uri url, string accept, CancellationToken cancellationToken);
}

/// <summary>What a fetch brought: the body of a 200 answer, or one sentence why there is none.</summary>
/// <param name="Body">The decoded body.</param>
/// <param name="ContentType">The media type without parameters, lower case.</param>
/// <param name="Fault">Why there is no body: <c>host not found</c>, <c>HTTP 503</c>, <c>no answer within 5 s</c>, <c>body is broken</c> ...</param>
public sealed record FetchedDocument(ReadOnlyMemory<byte> Body, string? ContentType, string? Fault)
{
    /// <summary>The HTTP status of the last answer; null where there was none, or the port is no HTTP.</summary>
    public int? Status { get; init; }

    /// <summary>True when there is a body.</summary>
    public bool Ok => Fault is null;
}
