using Credentials.Evidence;

namespace Credentials.Verification.Bundles;

/// <summary>The web as a bundle keeps it, for a verification without a network. Status lists are signed, so it does not matter whence they come.</summary>
internal sealed class BundledDocuments(IReadOnlyList<BundledStatusList> lists) : IDocumentFetcher
{
    /// <inheritdoc/>
    public Task<FetchedDocument> FetchAsync(Uri url, string accept, CancellationToken cancellationToken) => Task.FromResult(
        lists.FirstOrDefault(list => list.Url == url.OriginalString) is { } kept
            ? new FetchedDocument(kept.Document.Secured, kept.Document.MediaType, null)
            : new FetchedDocument(default, null, "the evidence bundle does not hold it, and no network is to be used"));
}
