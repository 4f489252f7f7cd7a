using Credentials.IssuerApi.Http;
using Credentials.IssuerApi.Institutions;
using Credentials.OpenId.Messages;
using Credentials.OpenId.OAuth;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Wallets.Authorization;

internal static class ParEndpoint
{
    public static void MapPar(this IEndpointRouteBuilder app) => app
        .MapPost("/institutions/{slug}/openid/par", PushAsync).AllowWallets()
        .Accepts<object>("application/x-www-form-urlencoded").Produces(201, contentType: "application/json").Produces(400, contentType: "application/json").ProducesProblem(404)
        .WithTags("OpenID4VCI").WithSummary("Pushed authorization requests (RFC 9126)");

    private static async Task<IResult> PushAsync(
        string slug, HttpContext context, InstitutionStore institutions, DpopGate dpop, AuthorizationStarting starting, IOptions<WalletOptions> options, CancellationToken cancellationToken)
    {
        if (await institutions.FindAsync(slug, cancellationToken) is not { } institution)
        {
            return ApiProblem.Missing("institution");
        }

        Parsed<FormParameters> form = await WalletForm.ReadFormAsync(context.Request, cancellationToken);
        if (!form.Ok)
        {
            return WalletAnswer.Refusal(context, form.Problem);
        }

        // RFC 9126 section 2.1: "The request_uri parameter ... MUST NOT be provided in this case".
        if (form.Value["request_uri"] is not null)
        {
            return WalletAnswer.Refusal(context, new Problem(OAuthError.InvalidRequest, "A pushed request holds no request_uri."));
        }

        (string? thumbprint, Problem? problem) = dpop.Check(context, institution.Id, accessToken: null);
        if ((problem ?? starting.RefusalOfClient(form.Value)) is { } refusal)
        {
            return WalletAnswer.Refusal(context, refusal, refusal.Code == OAuthError.InvalidClient ? StatusCodes.Status401Unauthorized : StatusCodes.Status400BadRequest);
        }

        Parsed<string> handle = await starting.BeginAsync(institution.Id, form.Value, thumbprint, cancellationToken);
        return handle.Ok
            ? WalletAnswer.Message(context, new PushedAuthorizationResponse(AuthorizationStarting.RequestUriPrefix + handle.Value, (int)options.Value.RequestLifetime.TotalSeconds).Write(), StatusCodes.Status201Created)
            : WalletAnswer.Refusal(context, handle.Problem);
    }
}
