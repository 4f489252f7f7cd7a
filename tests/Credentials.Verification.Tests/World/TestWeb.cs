using System.Collections.Concurrent;

namespace Credentials.Verification.Tests.World;

/// <summary>The web in memory: what lies at which URL, and what is wrong with a host.</summary>
internal sealed class TestWeb : IDocumentFetcher
{
    private readonly ConcurrentDictionary<string, FetchedDocument> _documents = new(StringComparer.Ordinal);
    private int _fetches;

    /// <summary>How many fetches there were.</summary>
    public int Fetches => _fetches;

    /// <summary>Never answers while true.</summary>
    public bool Hangs { get; set; }

    public void Put(string url, ReadOnlyMemory<byte> body, string type = "application/json") => _documents[url] = new(body, type, null);

    public void Break(string url, string fault) => _documents[url] = new(default, null, fault);

    /// <summary>The host answers that there is nothing of that name.</summary>
    public void Miss(string url) => _documents[url] = new(default, null, "HTTP 404") { Status = 404 };

    public ReadOnlyMemory<byte> Get(string url) => _documents[url].Body;

    public async Task<FetchedDocument> FetchAsync(Uri url, string accept, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _fetches);
        if (Hangs)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        return _documents.GetValueOrDefault(url.AbsoluteUri, new FetchedDocument(default, null, "host not found"));
    }
}
