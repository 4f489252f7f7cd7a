using System.Text.Json;
using Credentials.Encoding;

namespace Credentials.Dids.Methods;

/// <summary>did:web: the document lies on the web server that the DID names. Always https, except on loopback hosts, where pilots run.</summary>
/// <remarks>https://w3c-ccg.github.io/did-method-web/</remarks>
public sealed class DidWeb(IDocumentFetcher fetcher) : IDidMethod
{
    private const string Accept = "application/did+ld+json, application/did+json, application/json";

    /// <inheritdoc/>
    public string Name => "web";

    /// <inheritdoc/>
    public async Task<Parsed<DidDocument>> ResolveAsync(DidUrl did, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(did);
        Parsed<Uri> url = DidWebUrl.Of(did);
        if (!url.Ok)
        {
            return url.Problem;
        }

        // "Perform an HTTP GET request to the URL using an agent that can successfully negotiate a secure HTTPS connection".
        FetchedDocument fetched = await fetcher.FetchAsync(url.Value, Accept, cancellationToken);
        if (!fetched.Ok)
        {
            return Unusable(url.Value, fetched.Fault!);
        }

        Parsed<JsonDocument> json = StrictJson.Parse(fetched.Body);

        // "Verify that the ID of the resolved DID document matches the Web DID being resolved."
        return json.Ok
            ? DidDocument.Read(json.Value.RootElement, did.Did)
            : Unusable(url.Value, $"the answer is no JSON ({json.Problem.Detail})");
    }

    private static Problem Unusable(Uri url, string fault) => new(ProblemCode.DidResolutionError, $"The DID document could not be had from {url}: {fault}.");
}
