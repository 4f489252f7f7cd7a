using System.Collections.Concurrent;

namespace Credentials.TestKit;

/// <summary>A web in memory: what lies at a URL, whole hosts that are down, and how often it was asked.</summary>
public sealed class InMemoryWeb : IDocumentFetcher
{
    private readonly ConcurrentDictionary<string, FetchedDocument> _documents = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _faults = new(StringComparer.Ordinal);
    private int _asked;

    /// <summary>Number of fetches so far.</summary>
    public int Asked => _asked;

    /// <summary>Puts a document in a place.</summary>
    public void Put(string url, byte[] body, string contentType = "application/json") =>
        Put(url, new FetchedDocument(body, contentType, null));

    /// <summary>Puts an answer in a place, good or bad.</summary>
    public void Put(string url, FetchedDocument answer) => _documents[new Uri(url).AbsoluteUri] = answer;

    /// <summary>Takes a host down; every fetch from it says so until <see cref="BringUp"/>.</summary>
    public void TakeDown(string host, string fault = "connection refused") => _faults[host] = fault;

    /// <summary>Brings a host up again.</summary>
    public void BringUp(string host) => _faults.TryRemove(host, out _);

    /// <inheritdoc/>
    public Task<FetchedDocument> FetchAsync(Uri url, string accept, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(url);
        cancellationToken.ThrowIfCancellationRequested();
        Interlocked.Increment(ref _asked);
        return Task.FromResult(_faults.TryGetValue(url.Host, out string? fault) ? new FetchedDocument(default, null, fault)
            : _documents.TryGetValue(url.AbsoluteUri, out FetchedDocument? document) ? document
            : new FetchedDocument(default, null, "HTTP 404") { Status = 404 });
    }
}
