using Credentials.IssuerApi.Http;
using Credentials.IssuerApi.Institutions;
using Credentials.OpenId.Messages;
using Credentials.OpenId.OAuth;

namespace Credentials.IssuerApi.Wallets.Authorization;

internal static class TokenEndpoint
{
    public static void MapToken(this IEndpointRouteBuilder app) => app
        .MapPost("/institutions/{slug}/openid/token", TokenAsync).AllowWallets()
        .Accepts<object>("application/x-www-form-urlencoded").Produces(200, contentType: "application/json").Produces(400, contentType: "application/json").ProducesProblem(404)
        .WithTags("OpenID4VCI").WithSummary("Token endpoint: pre-authorized codes and authorization codes, with DPoP or without");

    private static async Task<IResult> TokenAsync(
        string slug, HttpContext context, InstitutionStore institutions, DpopGate dpop, TokenGranting granting, CancellationToken cancellationToken)
    {
        if (await institutions.FindAsync(slug, cancellationToken) is not { } institution)
        {
            return ApiProblem.Missing("institution");
        }

        Parsed<FormParameters> form = await WalletForm.ReadFormAsync(context.Request, cancellationToken);
        Parsed<TokenRequest> request = form.Ok ? TokenRequest.Read(form.Value) : form.Problem;
        if (!request.Ok)
        {
            return WalletAnswer.Refusal(context, request.Problem);
        }

        (string? thumbprint, Problem? problem) = dpop.Check(context, institution.Id, accessToken: null);
        if (problem is not null)
        {
            return WalletAnswer.Refusal(context, problem);
        }

        Parsed<TokenResponse> answer = await granting.GrantAsync(institution.Id, request.Value, thumbprint, cancellationToken);
        return answer.Ok ? WalletAnswer.Message(context, answer.Value.Write()) : WalletAnswer.Refusal(context, answer.Problem);
    }
}
