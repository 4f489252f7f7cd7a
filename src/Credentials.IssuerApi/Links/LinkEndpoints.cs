using Credentials.Evidence;
using Credentials.IssuerApi.ApiKeys;
using Credentials.IssuerApi.Audit;
using Credentials.IssuerApi.Configuration;
using Credentials.IssuerApi.Evidence;
using Credentials.IssuerApi.Http;
using Credentials.IssuerApi.Issuance;
using Credentials.IssuerApi.Status;
using Credentials.IssuerApi.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Credentials.IssuerApi.Links;

/// <summary>A credential's public link.</summary>
/// <param name="Url">Where anybody who knows it reads the credential.</param>
/// <param name="QrLink">What its QR code says: the same, wrapped in a link to a verifier's page.</param>
internal sealed record PublicLink(string Url, string QrLink);

internal static class LinkEndpoints
{
    public static void MapLinks(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/credentials/{id}").WithTags("Links");
        group.MapPost("/link", RotateAsync).RequireAuthorization(Role.Registrar).WithSummary("Makes a new public link; the old one dies");
        group.MapDelete("/link", DeleteAsync).RequireAuthorization(Role.Registrar).WithSummary("Takes the credential off the public web");
        group.MapGet("/qr.svg", (string id, Caller caller, CredentialStore credentials, IssuerOptions options, CancellationToken cancellationToken) =>
            GetQrAsync(id, caller, credentials, options, QrCode.Svg, "image/svg+xml", cancellationToken)).RequireAuthorization(Role.Reader).Produces(200, contentType: "image/svg+xml").ProducesProblem(404).WithSummary("QR code of the link, as SVG");
        group.MapGet("/qr.png", (string id, Caller caller, CredentialStore credentials, IssuerOptions options, CancellationToken cancellationToken) =>
            GetQrAsync(id, caller, credentials, options, QrCode.Png, "image/png", cancellationToken)).RequireAuthorization(Role.Reader).Produces(200, contentType: "image/png").ProducesProblem(404).WithSummary("QR code of the link, as PNG");
        app.MapGet("/c/{token}", GetPublicAsync).AllowPublicReading().Produces(200, responseType: null, SecuredText.EmbeddedMediaType, "application/vc+jwt", "application/vc+sd-jwt", EvidenceBundle.MediaType).ProducesProblem(404).ProducesProblem(409).ProducesProblem(503)
            .WithTags("Links").WithSummary("The credential behind a public link, in its newest form; download=1 as a file; form=bundle with all evidence for it");
    }

    private static async Task<Results<Ok<PublicLink>, ProblemHttpResult>> RotateAsync(
        string id, Caller caller, CredentialStore credentials, IDatabase database, AuditLog audit, IssuerOptions options, CancellationToken cancellationToken)
    {
        string token = LinkToken.Create();
        if (!await SetTokenAsync(id, token, AuditAction.RotateLink, caller, credentials, database, audit, cancellationToken))
        {
            return ApiProblem.Missing("credential");
        }

        Uri url = LinkToken.UrlOf(options, token)!;
        return TypedResults.Ok(new PublicLink(url.AbsoluteUri, QrCode.LinkTo(url, options).AbsoluteUri));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string id, Caller caller, CredentialStore credentials, IDatabase database, AuditLog audit, CancellationToken cancellationToken) =>
        await SetTokenAsync(id, null, AuditAction.DeleteLink, caller, credentials, database, audit, cancellationToken)
            ? TypedResults.NoContent()
            : ApiProblem.Missing("credential");

    private static async Task<bool> SetTokenAsync(
        string id, string? token, string action, Caller caller, CredentialStore credentials, IDatabase database, AuditLog audit, CancellationToken cancellationToken)
    {
        if (await credentials.FindAsync(caller.Institution, id, cancellationToken) is not { } credential)
        {
            return false;
        }

        return await database.WriteAsync(
            async transaction =>
            {
                await CredentialStore.SetTokenAsync(transaction, credential.Id, token);
                await audit.WriteAsync(transaction, new AuditEntry(caller.KeyId, credential.InstitutionId, action, credential.Id));
                return true;
            },
            cancellationToken);
    }

    private static async Task<IResult> GetQrAsync(
        string id, Caller caller, CredentialStore credentials, IssuerOptions options, Func<Uri, byte[]> draw, string contentType, CancellationToken cancellationToken)
    {
        if (await credentials.FindAsync(caller.Institution, id, cancellationToken) is not { } credential)
        {
            return ApiProblem.Missing("credential");
        }

        return LinkToken.UrlOf(options, credential.LinkToken) is { } url
            ? TypedResults.Bytes(draw(QrCode.LinkTo(url, options)), contentType)
            : ApiProblem.Of(StatusCodes.Status404NotFound, ApiProblem.NotFound, $"This credential has no public link. Make one with POST /credentials/{credential.Id}/link.");
    }

    private static async Task<IResult> GetPublicAsync(
        string token, string? download, string? form, HttpContext context, CredentialStore credentials, StatusListStore statuses, CredentialForms forms, BundleAnswer bundles, CancellationToken cancellationToken)
    {
        if (token.Length != LinkToken.Length || await credentials.FindByTokenAsync(token, cancellationToken) is not { } credential)
        {
            return ApiProblem.Missing("link");
        }

        if (form == "bundle")
        {
            return await bundles.OfAsync(credential, cancellationToken);
        }

        // Of one that was superseded the file is still to be had: a link (RFC 5829) names what took its place, and no way to get it.
        if (await statuses.ReplacedByAsync(credential, cancellationToken) is { } successor)
        {
            context.Response.Headers.Link = $"<{successor}>; rel=\"successor-version\"";
        }

        byte[] document = await forms.NewestAsync(credential, cancellationToken);
        return TypedResults.Bytes(document, SecuredText.MediaTypeOf(document), download == "1" ? SecuredText.FileNameOf(document) : null);
    }
}
