using Credentials.IssuerApi.ApiKeys;
using Credentials.IssuerApi.Audit;
using Credentials.IssuerApi.Http;
using Credentials.IssuerApi.Issuance;
using Credentials.IssuerApi.Links;
using Credentials.IssuerApi.Storage;
using Credentials.OpenId.Issuance;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Wallets.Offers;

internal static class OfferEndpoints
{
    public static void MapOffers(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/credentials/{id}/offers").RequireAuthorization(Role.Registrar).WithTags("Wallets");
        group.MapPost("", CreateAsync).Accepts<OfferRequest>("application/json").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409)
            .WithSummary("Offers the credential to the learner's wallet (OpenID4VCI): by reference, by QR code, by links; secrets are seen this once");
        group.MapGet("", ListAsync).ProducesProblem(404).WithSummary("The offers of a credential and how they stand");
        group.MapDelete("/{offerId}", RevokeAsync).ProducesProblem(404).WithSummary("Takes an offer back; what was issued by it stays issued");
        app.MapGet("/offers/{token}", GetAsync).AllowWallets().Produces(200, contentType: "application/json").ProducesProblem(404).WithTags("Wallets").WithSummary("A credential offer by reference");
        app.MapGet("/offers/{token}/qr.svg", (string token, string? link, OfferStore offers, WalletUrls urls, Configuration.IssuerOptions options, IOptions<WalletOptions> wallets, TimeProvider clock, CancellationToken cancellationToken) =>
            GetQrAsync(token, link, offers, urls, options, wallets, clock, QrCode.Svg, "image/svg+xml", cancellationToken)).AllowAnonymous().Produces(200, contentType: "image/svg+xml").ProducesProblem(404).WithTags("Wallets").WithSummary("QR code of an offer's deep link, as SVG; link=wallet for the web wallet's");
        app.MapGet("/offers/{token}/qr.png", (string token, string? link, OfferStore offers, WalletUrls urls, Configuration.IssuerOptions options, IOptions<WalletOptions> wallets, TimeProvider clock, CancellationToken cancellationToken) =>
            GetQrAsync(token, link, offers, urls, options, wallets, clock, QrCode.Png, "image/png", cancellationToken)).AllowAnonymous().Produces(200, contentType: "image/png").ProducesProblem(404).WithTags("Wallets").WithSummary("The same as PNG");
    }

    private static async Task<Results<Created<OfferAnswer>, ProblemHttpResult>> CreateAsync(
        string id, Caller caller, HttpRequest request, CredentialStore credentials, OfferMaking making, IDatabase database, IOptions<WalletOptions> options, CancellationToken cancellationToken)
    {
        (OfferRequest? message, ProblemHttpResult? refusal) = await RequestBody.ReadMessageAsync(request, IssuerJson.Default.OfferRequest, cancellationToken);
        if (message is null)
        {
            return refusal!;
        }

        if (message.Validate(options.Value.LongestOfferLifetime) is { Count: > 0 } problems)
        {
            return ApiProblem.Invalid(problems);
        }

        if (await credentials.FindAsync(caller.Institution, id, cancellationToken) is not { } credential)
        {
            return ApiProblem.Missing("credential");
        }

        (OfferAnswer? offer, refusal) = await database.WriteAsync(transaction => making.MakeAsync(transaction, credential, message, caller), cancellationToken);
        return offer is null ? refusal! : TypedResults.Created($"/credentials/{credential.Id}/offers/{offer.Id}", offer);
    }

    private static async Task<Results<Ok<IReadOnlyList<OfferInfo>>, ProblemHttpResult>> ListAsync(
        string id, Caller caller, CredentialStore credentials, OfferStore offers, IOptions<WalletOptions> options, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await credentials.FindAsync(caller.Institution, id, cancellationToken) is not { } credential)
        {
            return ApiProblem.Missing("credential");
        }

        long now = clock.Now();
        return TypedResults.Ok<IReadOnlyList<OfferInfo>>([.. (await offers.ListAsync(credential.Id, cancellationToken)).Select(offer => new OfferInfo(
            offer.Id, offer.GrantType, WalletConfiguration.Split(offer.Configurations), offer.StateAt(now, options.Value.CodeAttempts), UnixTime.From(offer.CreatedAt), UnixTime.From(offer.ExpiresAt), offer.IssuedAt is { } at ? UnixTime.From(at) : null))]);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        string id, string offerId, Caller caller, CredentialStore credentials, OfferStore offers, IDatabase database, AuditLog audit, CancellationToken cancellationToken)
    {
        if (await credentials.FindAsync(caller.Institution, id, cancellationToken) is not { } credential)
        {
            return ApiProblem.Missing("credential");
        }

        bool revoked = await database.WriteAsync(
            async transaction =>
            {
                bool done = await offers.RevokeAsync(transaction, caller.Institution, credential.Id, offerId);
                if (done)
                {
                    await audit.WriteAsync(transaction, new AuditEntry(caller.KeyId, caller.Institution, AuditAction.RevokeOffer, credential.Id, offerId));
                }

                return done;
            },
            cancellationToken);
        return revoked || (await offers.ListAsync(credential.Id, cancellationToken)).Any(offer => offer.Id == offerId) ? TypedResults.NoContent() : ApiProblem.Missing("offer");
    }

    private static async Task<IResult> GetAsync(string token, HttpContext context, OfferStore offers, OfferMaking making, IOptions<WalletOptions> options, TimeProvider clock, CancellationToken cancellationToken) =>
        await FindOpenAsync(token, offers, options.Value, clock, cancellationToken) is { } offer
            ? WalletAnswer.Message(context, making.Of(offer, token).Write())
            : ApiProblem.Missing("offer");

    private static async Task<IResult> GetQrAsync(
        string token, string? link, OfferStore offers, WalletUrls urls, Configuration.IssuerOptions issuer, IOptions<WalletOptions> options, TimeProvider clock, Func<string, byte[]> draw, string contentType, CancellationToken cancellationToken) =>
        await FindOpenAsync(token, offers, options.Value, clock, cancellationToken) is null
            ? ApiProblem.Missing("offer")
            : TypedResults.Bytes(draw(link == "wallet" ? CredentialOfferLink.At(issuer.WalletUrl("offer"), urls.Offer(token)) : CredentialOfferLink.ByReference(urls.Offer(token))), contentType);

    private static async Task<OfferRecord?> FindOpenAsync(string token, OfferStore offers, WalletOptions options, TimeProvider clock, CancellationToken cancellationToken) =>
        await offers.FindByTokenAsync(token, cancellationToken) is { } offer && offer.IsOpen(clock.Now(), options.CodeAttempts) ? offer : null;
}
