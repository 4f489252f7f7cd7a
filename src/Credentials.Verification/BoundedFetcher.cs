namespace Credentials.Verification;

/// <summary>Fetches over HTTP within bounds of time, size and redirects, and never from a private address unless told to: the address actually connected to is checked.</summary>
public sealed class BoundedFetcher : IDocumentFetcher, IDisposable
{
    /// <summary>A fetcher.</summary>
    public BoundedFetcher(BoundedFetcherOptions options) => throw new NotImplementedException();

    /// <inheritdoc/>
    public Task<FetchedDocument> FetchAsync(Uri url, string accept, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Dispose() => throw new NotImplementedException();
}

/// <summary>The bounds of a fetch.</summary>
public sealed record BoundedFetcherOptions
{
    /// <summary>Time for the whole fetch.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Largest decoded body, in bytes.</summary>
    public int MaxBytes { get; init; } = 2 * 1024 * 1024;

    /// <summary>Most redirects that are followed.</summary>
    public int MaxRedirects { get; init; } = 3;

    /// <summary>Whether loopback, private and link-local addresses may be connected to, and plain http be used there. For pilots on one machine.</summary>
    public bool AllowPrivateAddresses { get; init; }
}
