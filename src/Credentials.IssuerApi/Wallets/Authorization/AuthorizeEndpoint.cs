using System.Security.Cryptography;
using Credentials.IssuerApi.Http;
using Credentials.IssuerApi.Institutions;
using Credentials.IssuerApi.Storage;
using Credentials.IssuerApi.Wallets.Offers;
using Credentials.OpenId.Messages;
using Credentials.OpenId.OAuth;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Wallets.Authorization;

/// <summary>The page on which a learner shows who they are and agrees. Errors go to the wallet only where client and address are registered; else they stay here.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1, https://www.rfc-editor.org/rfc/rfc9207</remarks>
internal sealed class AuthorizeEndpoint(
    InstitutionStore institutions, AuthorizationStore authorizations, AuthorizationStarting starting, WalletClients clients, WalletUrls urls, IDatabase database, IOptions<WalletOptions> options, TimeProvider clock)
{
    private const string Path = "/institutions/{slug}/openid/authorize";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Path, (string slug, HttpContext context, AuthorizeEndpoint endpoint, CancellationToken cancellationToken) => endpoint.ShowAsync(slug, context, cancellationToken)).AllowAnonymous()
            .Produces(200, contentType: "text/html").Produces(303).Produces(400, contentType: "text/html").ProducesProblem(404).WithTags("OpenID4VCI").WithSummary("Authorization endpoint: a page for the learner");
        app.MapPost(Path, (string slug, HttpContext context, AuthorizeEndpoint endpoint, CancellationToken cancellationToken) => endpoint.DecideAsync(slug, context, cancellationToken)).AllowAnonymous()
            .Accepts<object>("application/x-www-form-urlencoded").Produces(200, contentType: "text/html").Produces(303).Produces(400, contentType: "text/html").ProducesProblem(404).WithTags("OpenID4VCI").WithSummary("What the learner decided on that page");
    }

    private async Task<IResult> ShowAsync(string slug, HttpContext context, CancellationToken cancellationToken)
    {
        if (await institutions.FindAsync(slug, cancellationToken) is not { } institution)
        {
            return ApiProblem.Missing("institution");
        }

        Parsed<FormParameters> query = FormParameters.Read(context.Request.QueryString.Value?.TrimStart('?') ?? "");
        var page = AuthorizePage.For(context, institution, query.Value?["ui_locales"]);
        if (!query.Ok)
        {
            return page.Error(page.Text.CannotContinue);
        }

        string? handle = HandleOf(query.Value["request_uri"]);
        if (query.Value["request_uri"] is null)
        {
            if (starting.RefusalOfClient(query.Value) is not null)
            {
                return page.Error(page.Text.UnknownWallet);
            }

            Parsed<string> begun = await starting.BeginAsync(institution.Id, query.Value, thumbprint: null, cancellationToken);
            if (!begun.Ok)
            {
                return Back(institution, query.Value["redirect_uri"]!, query.Value["state"], ("error", begun.Problem.Code), ("error_description", ErrorMessage.Printable(begun.Problem.Detail)));
            }

            handle = begun.Value;
        }

        return handle is not null && await FindAsync(institution, handle, query.Value["client_id"], cancellationToken) is { } request
            ? page.Ask(ActionOf(institution), NameOf(request), request, handle, problem: null)
            : page.Error(page.Text.CannotContinue);
    }

    private async Task<IResult> DecideAsync(string slug, HttpContext context, CancellationToken cancellationToken)
    {
        if (await institutions.FindAsync(slug, cancellationToken) is not { } institution)
        {
            return ApiProblem.Missing("institution");
        }

        Parsed<FormParameters> form = await WalletForm.ReadFormAsync(context.Request, cancellationToken);
        var page = AuthorizePage.For(context, institution, form.Value?["ui_locales"]);
        if (!form.Ok || HandleOf(form.Value["request_uri"]) is not { } handle || await FindAsync(institution, handle, form.Value["client_id"], cancellationToken) is not { } request)
        {
            return page.Error(page.Text.CannotContinue);
        }

        if (form.Value["decision"] != "allow")
        {
            // No ends the request: whoever finds the page open later cannot say yes.
            await database.WriteAsync(
                async transaction =>
                {
                    await AuthorizationStore.DeleteAsync(transaction, request.Id);
                    return true;
                },
                cancellationToken);
            return Back(institution, request.RedirectUri, request.State, ("error", OAuthError.AccessDenied));
        }

        string code = WalletSecret.Create();
        string digits = string.Concat((form.Value["collection_code"] ?? "").Normalize(System.Text.NormalizationForm.FormKC).Where(char.IsAsciiDigit));
        Decision decision = await database.WriteAsync(transaction => DecideAsync(transaction, request, digits, code), cancellationToken);
        return decision switch
        {
            Decision.Given => Back(institution, request.RedirectUri, request.State, ("code", code)),
            Decision.Wrong => page.Ask(ActionOf(institution), NameOf(request), request, handle, page.Text.WrongCode),
            _ => Back(institution, request.RedirectUri, request.State, ("error", OAuthError.AccessDenied), ("error_description", "The offer is locked, used, expired or revoked.")),
        };
    }

    private async Task<Decision> DecideAsync(System.Data.Common.DbTransaction transaction, AuthorizationRecord request, string digits, string code)
    {
        OfferRecord offer = await OfferStore.GetAsync(transaction, request.OfferId);
        if (!offer.IsOpen(clock.Now(), options.Value.CodeAttempts) || offer.RedeemedAt is not null)
        {
            return Decision.Over;
        }

        if (!CryptographicOperations.FixedTimeEquals(offer.LearnerCodeHash, WalletSecret.HashOfDigits(offer.Id, digits)))
        {
            await OfferStore.CountAttemptAsync(transaction, offer.Id);
            return offer.Attempts + 1 < options.Value.CodeAttempts ? Decision.Wrong : Decision.Over;
        }

        return await AuthorizationStore.SetCodeAsync(transaction, request.Id, code, clock.GetUtcNow() + options.Value.CodeLifetime) ? Decision.Given : Decision.Over;
    }

    private async Task<AuthorizationRecord?> FindAsync(Institution institution, string handle, string? clientId, CancellationToken cancellationToken) =>
        await authorizations.FindAsync(handle, cancellationToken) is { CodeHash: null } request && request.InstitutionId == institution.Id && request.ClientId == clientId ? request : null;

    // As the world names it: a proxy may have taken a part of the path away.
    private string ActionOf(Institution institution) => urls.Endpoint(institution.Id, "authorize").AbsolutePath;

    private string NameOf(AuthorizationRecord request) => clients.Find(request.ClientId) is { } client ? client.Name ?? client.Id : request.ClientId;

    // RFC 9207: iss tells the wallet who answers, so that it cannot be led to send the code elsewhere.
    private SeeOther Back(Institution institution, string redirectUri, string? state, params (string Name, string? Value)[] answer)
    {
        string query = FormParameters.Write([.. answer, ("state", state), ("iss", urls.IssuerOf(institution.Id))]);
        return new SeeOther($"{redirectUri}{(redirectUri.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}");
    }

    private static string? HandleOf(string? requestUri) =>
        requestUri?.StartsWith(AuthorizationStarting.RequestUriPrefix, StringComparison.Ordinal) == true ? requestUri[AuthorizationStarting.RequestUriPrefix.Length..] : null;

    private enum Decision
    {
        Given,
        Wrong,
        Over,
    }

    // RFC 9700 section 4.12: 303, so that the browser does not post the learner's code to the wallet.
    private sealed class SeeOther(string location) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = location;
            return Task.CompletedTask;
        }
    }
}
