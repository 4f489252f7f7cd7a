using System.Text.Json;
using Credentials.Encoding;

namespace Credentials.Dids.Methods;

/// <summary>did:web: the document lies on the web server that the DID names. Always https, except on loopback hosts, where pilots run.</summary>
/// <remarks>https://w3c-ccg.github.io/did-method-web/</remarks>
public sealed class DidWeb(IDocumentFetcher fetcher) : IDidMethod
{
    private const string Accept = "application/did, application/did+ld+json, application/did+json, application/json";
    private const int NotFound = 404;
    private const int Gone = 410;

    /// <inheritdoc/>
    public string Name => "web";

    /// <summary>The did:web that lies under a URL, such as <c>did:web:uni.example:a</c> for <c>https://uni.example/a</c>, by which the issuer of that name is known to registries; null where there is none. http is taken for loopback alone.</summary>
    public static string? OfUrl(string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return DidWebUrl.ToDid(url);
    }

    /// <inheritdoc/>
    public async Task<DidResolutionResult> ResolveAsync(DidUrl did, DidResolutionOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(did);
        Parsed<Uri> url = DidWebUrl.Of(did);
        if (!url.Ok)
        {
            return DidResolutionResult.Of(url.Problem);
        }

        // "Perform an HTTP GET request to the URL using an agent that can successfully negotiate a secure HTTPS connection".
        FetchedDocument fetched = await fetcher.FetchAsync(url.Value, Accept, cancellationToken);
        if (!fetched.Ok)
        {
            return fetched.Status switch
            {
                NotFound => Unusable(ProblemCode.NotFound, url.Value, fetched.Fault!),

                // RFC 9110: "no longer available at the origin server and ... this condition is likely to be permanent".
                Gone => DidResolutionResult.GivenUp(),
                _ => Unusable(ProblemCode.DidResolutionError, url.Value, fetched.Fault!),
            };
        }

        Parsed<JsonDocument> json = StrictJson.Parse(fetched.Body);

        // "Verify that the ID of the resolved DID document matches the Web DID being resolved."
        return json.Ok
            ? DidResolutionResult.Of(DidDocument.Read(json.Value.RootElement, did.Did))
            : Unusable(ProblemCode.DidResolutionError, url.Value, $"the answer is no JSON ({json.Problem.Detail})");
    }

    private static DidResolutionResult Unusable(string code, Uri url, string fault) => DidResolutionResult.Fault(code, $"The DID document could not be had from {url}: {fault}.");
}
