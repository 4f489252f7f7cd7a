using Credentials.Dids.Dereferencing;
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

    /// <summary>The DID's document, for those who only want its keys: that there is none, and that it could not be had, are one problem here.</summary>
    /// <param name="did">A DID; of a DID URL, resolve its <see cref="DidUrl.Did"/>.</param>
    /// <param name="cancellationToken">Cancels; the only way that this throws, besides misuse.</param>
    public async Task<Parsed<DidDocument>> ResolveAsync(string did, CancellationToken cancellationToken)
    {
        DidResolutionResult result = await ResolveAsync(did, DidResolutionOptions.None, cancellationToken);
        return result switch
        {
            { Document: { } document } => document,
            { Error: { Code: ProblemCode.NotFound } absent } => absent with { Code = ProblemCode.DidResolutionError },
            { Error: { } problem } => problem,
            _ => new Problem(ProblemCode.DidResolutionError, $"The DID {did} was given up: it has no document any more."),
        };
    }

    /// <summary>The DID's document with its metadata, or the error under the name that the specification gives it.</summary>
    /// <param name="did">A DID; for a DID URL, <see cref="DereferenceAsync"/>.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Cancels; the only way that this throws, besides misuse.</param>
    /// <remarks>https://www.w3.org/TR/did-resolution/#did-resolution-algorithm</remarks>
    public async Task<DidResolutionResult> ResolveAsync(string did, DidResolutionOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);

        // 1. Validate that the input DID conforms to the did rule of the DID Syntax.
        Parsed<DidUrl> url = DidUrl.Parse(did);
        if (!url.Ok)
        {
            return DidResolutionResult.Fault(ProblemCode.InvalidDid, url.Problem.Detail);
        }

        if (!url.Value.IsDid)
        {
            return DidResolutionResult.Fault(ProblemCode.InvalidDid, "Only a DID has a document: leave out path, query and fragment.");
        }

        // 2. Determine whether the DID method of the input DID is supported.
        if (!_methods.TryGetValue(url.Value.Method, out IDidMethod? method))
        {
            return DidResolutionResult.Fault(ProblemCode.MethodNotSupported, $"DIDs of the method {url.Value.Method} are not resolved here; these are: {string.Join(", ", _methods.Keys)}.");
        }

        // 3. and 4. Determine whether the input DID resolution options are supported and valid.
        if (RefuseOptions(options) is { } refusal)
        {
            return refusal;
        }

        // 5. Obtain the DID document for the input DID by executing the Resolve operation, as defined by the input DID method.
        DidResolutionResult result = await method.ResolveAsync(url.Value, options, cancellationToken);

        // 6. If the options contain expandRelativeUrls: update the document by replacing the relative DID URLs with absolute ones.
        if (result.Document is { } document && options.ExpandRelativeUrls)
        {
            result = DidResolutionResult.Of(RelativeDidUrls.Expand(document));
        }

        return result with { ContentType = options.Accept ?? DidMediaType.Did };
    }

    /// <summary>What a DID URL leads to: the document, a verification method or service in it, or what a service's address makes of a relative reference.</summary>
    /// <param name="didUrl">A DID URL; a DID is one.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Cancels; the only way that this throws, besides misuse.</param>
    /// <remarks>https://www.w3.org/TR/did-resolution/#dereferencing-algorithm. The addresses of services are told, never followed.</remarks>
    public async Task<DidDereferencingResult> DereferenceAsync(string didUrl, DidResolutionOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        Parsed<DidUrlDereferencing> dereferencing = DidUrlDereferencing.Of(didUrl, options);
        if (!dereferencing.Ok)
        {
            return DidDereferencingResult.Fault(dereferencing.Problem);
        }

        DidResolutionResult resolved = await ResolveAsync(dereferencing.Value.Did, dereferencing.Value.ResolutionOptions, cancellationToken);
        return resolved switch
        {
            { Document: { } document } => dereferencing.Value.Follow(document),
            { Error: { } error } => DidDereferencingResult.Fault(error),
            _ => DidDereferencingResult.GivenUp(),
        };
    }

    private static DidResolutionResult? RefuseOptions(DidResolutionOptions options) =>
        options.VersionId is not null || options.VersionTime is not null
            ? DidResolutionResult.Fault(ProblemCode.FeatureNotSupported, "Earlier versions of a DID document are not kept: leave out versionId and versionTime.")
        : options.Accept is { } accept && !DidMediaType.Representations.Contains(accept, StringComparer.Ordinal)
            ? DidResolutionResult.Fault(ProblemCode.RepresentationNotSupported, $"A DID document is had as {string.Join(", ", DidMediaType.Representations)}.")
        : null;
}
