using Credentials.Dids.Methods;

namespace Credentials.Dids;

/// <summary>Resolves DIDs by their methods. A resolution that fails is an answer: the DID is unknown here and now, nothing more.</summary>
/// <remarks>https://www.w3.org/TR/did-resolution/</remarks>
public sealed class DidResolver
{
    private readonly Dictionary<string, IDidMethod> _methods;

    /// <summary>A resolver over some methods; see <see cref="Offline"/> for those that need no network.</summary>
    /// <exception cref="ArgumentException">Two methods of one name.</exception>
    public DidResolver(IReadOnlyList<IDidMethod> methods) => _methods = methods.ToDictionary(method => method.Name, StringComparer.Ordinal);

    /// <summary>did:key and did:jwk: the key is in the DID.</summary>
    public static DidResolver Offline { get; } = new(
    [
        new DidKey(), // https://w3c-ccg.github.io/did-key-spec/
        new DidJwk(), // https://github.com/quartzjer/did-jwk/blob/main/spec.md
    ]);

    /// <summary>did:key, did:jwk and did:web through the fetcher.</summary>
    public static DidResolver Online(IDocumentFetcher fetcher) => new(
    [
        .. Offline._methods.Values,
        new DidWeb(fetcher), // https://w3c-ccg.github.io/did-method-web/
    ]);

    /// <summary>The DID's document.</summary>
    /// <param name="did">A DID; of a DID URL, resolve its <see cref="DidUrl.Did"/>.</param>
    /// <param name="cancellationToken">Cancels; the only way that this throws, besides misuse.</param>
    public async Task<Parsed<DidDocument>> ResolveAsync(string did, CancellationToken cancellationToken)
    {
        Parsed<DidUrl> url = DidUrl.Parse(did);
        if (!url.Ok)
        {
            return url.Problem;
        }

        if (!url.Value.IsDid)
        {
            return new Problem(ProblemCode.InvalidDid, "Only a DID has a document: leave out path, query and fragment.");
        }

        return _methods.TryGetValue(url.Value.Method, out IDidMethod? method)
            ? await method.ResolveAsync(url.Value, cancellationToken)
            : new Problem(ProblemCode.MethodNotSupported, $"DIDs of the method {url.Value.Method} are not resolved here; these are: {string.Join(", ", _methods.Keys)}.");
    }
}
