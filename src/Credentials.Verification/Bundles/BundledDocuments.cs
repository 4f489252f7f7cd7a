using Credentials.Evidence;

namespace Credentials.Verification.Bundles;

/// <summary>The web as a bundle keeps it: what a host no longer says, or is not to be asked, is taken from there. Status lists are signed, so it does not matter whence they come.</summary>
internal sealed class BundledDocuments(IReadOnlyList<BundledStatusList> lists, IDocumentFetcher? web) : IDocumentFetcher
{
    /// <inheritdoc/>
    public async Task<FetchedDocument> FetchAsync(Uri url, string accept, CancellationToken cancellationToken)
    {
        FetchedDocument answer = web is null
            ? new(default, null, "the evidence bundle does not hold it, and no network is to be used")
            : await web.FetchAsync(url, accept, cancellationToken).ConfigureAwait(false);
        return answer.Ok || lists.FirstOrDefault(list => list.Url == url.OriginalString) is not { } kept
            ? answer
            : new(kept.Document.Secured, kept.Document.MediaType, null);
    }
}
