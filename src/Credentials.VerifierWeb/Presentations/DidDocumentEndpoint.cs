using Credentials.Dids;
using Credentials.VerifierWeb.Http;
using Credentials.VerifierWeb.Options;
using Microsoft.Extensions.Options;

namespace Credentials.VerifierWeb.Presentations;

/// <summary>The verifier's DID document, where its did:web says that it lies.</summary>
/// <remarks>https://w3c-ccg.github.io/did-method-web/#read-resolve</remarks>
internal static class DidDocumentEndpoint
{
    public static void MapDidDocument(this IEndpointRouteBuilder app)
    {
        string did = app.ServiceProvider.GetRequiredService<IOptions<VerifierOptions>>() is { } options ? DidOf(options) : "";
        if (DidUrl.Parse(did) is not { Value: { Method: "web" } url })
        {
            return;
        }

        // did:web:host → /.well-known/did.json; did:web:host:a:b → /a/b/did.json.
        string[] path = [.. url.MethodSpecificId.Split(':').Skip(1)];
        app.MapGet($"/{(path.Length == 0 ? ".well-known" : string.Join('/', path))}/did.json", (RequestSigner signer) => new BytesResult(StatusCodes.Status200OK, "application/did+json", signer.WriteDidDocument()))
            .RequireCors(WalletCors.Policy).WithTags("Wallets").WithSummary("The DID document of this verifier, with the key that signs its requests.").Produces(StatusCodes.Status200OK, contentType: "application/did+json");
    }

    // A configuration with faults is refused elsewhere, with all its faults at once.
    private static string DidOf(IOptions<VerifierOptions> options)
    {
        try
        {
            return options.Value.Requests.Did;
        }
        catch (OptionsValidationException)
        {
            return "";
        }
    }
}
