namespace Credentials.Dids;

/// <summary>Resolves DIDs by their methods. A resolution that fails is an answer: the DID is unknown here and now, nothing more.</summary>
/// <remarks>https://www.w3.org/TR/did-resolution/</remarks>
public sealed class DidResolver
{
    /// <summary>A resolver over some methods; see <see cref="Offline"/> for those that need no network.</summary>
    public DidResolver(IReadOnlyList<IDidMethod> methods) => throw new NotImplementedException();

    /// <summary>did:key and did:jwk: the key is in the DID.</summary>
    public static DidResolver Offline => throw new NotImplementedException();

    /// <summary>did:key, did:jwk and did:web through the fetcher.</summary>
    public static DidResolver Online(IDocumentFetcher fetcher) => throw new NotImplementedException();

    /// <summary>The DID's document.</summary>
    public Task<Parsed<DidDocument>> ResolveAsync(string did, CancellationToken cancellationToken) => throw new NotImplementedException();
}
