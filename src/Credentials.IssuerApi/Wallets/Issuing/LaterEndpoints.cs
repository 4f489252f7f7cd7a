using Credentials.IssuerApi.Audit;
using Credentials.IssuerApi.Http;
using Credentials.IssuerApi.Institutions;
using Credentials.IssuerApi.Storage;
using Credentials.IssuerApi.Wallets.Authorization;
using Credentials.OpenId.Issuance;

namespace Credentials.IssuerApi.Wallets.Issuing;

/// <summary>What wallets ask before and after the credential request: nonces, deferred credentials, how it ended.</summary>
internal static class LaterEndpoints
{
    // In the order in which they may follow one another: a copy that could not be kept may be kept after all, and one that was kept may be deleted.
    private static readonly string[] s_events = [NotificationRequest.Failure, NotificationRequest.Accepted, NotificationRequest.Deleted];

    public static void MapLater(this IEndpointRouteBuilder app)
    {
        app.MapPost("/institutions/{slug}/openid/nonce", NonceAsync).AllowWallets().Produces(200, contentType: "application/json").ProducesProblem(404)
            .WithTags("OpenID4VCI").WithSummary("Nonce endpoint: a fresh c_nonce for key proofs");
        app.MapPost("/institutions/{slug}/openid/deferred", DeferredAsync).AllowWallets()
            .Accepts<object>("application/json", "application/jwt").Produces(200, contentType: "application/json", additionalContentTypes: "application/jwt").Produces(202, contentType: "application/json").Produces(400, contentType: "application/json").Produces(401, contentType: "application/json").ProducesProblem(404)
            .WithTags("OpenID4VCI").WithSummary("Deferred credential endpoint");
        app.MapPost("/institutions/{slug}/openid/notification", NotifyAsync).AllowWallets()
            .Accepts<object>("application/json").Produces(204).Produces(400, contentType: "application/json").Produces(401, contentType: "application/json").ProducesProblem(404)
            .WithTags("OpenID4VCI").WithSummary("Notification endpoint: whether the wallet kept the credential");
    }

    private static async Task<IResult> NonceAsync(string slug, HttpContext context, InstitutionStore institutions, ServerNonces nonces, CancellationToken cancellationToken)
    {
        if (await institutions.FindAsync(slug, cancellationToken) is not { } institution)
        {
            return ApiProblem.Missing("institution");
        }

        // "The Credential Issuer MAY provide a DPoP nonce in an HTTP header": it saves a wallet a refusal.
        context.Response.Headers[DpopGate.NonceHeader] = nonces.Create(ServerNonces.ForDpop, institution.Id);
        return WalletAnswer.Message(context, new NonceResponse(nonces.Create(ServerNonces.ForKeys, institution.Id)).Write());
    }

    private static async Task<IResult> DeferredAsync(
        string slug, HttpContext context, InstitutionStore institutions, AccessGate gate, IssueStore issues, CopyIssuing issuing, RequestEncryption encryption, CancellationToken cancellationToken)
    {
        (Access? access, IResult? refusal) = await OpenAsync(slug, context, institutions, gate, cancellationToken);
        if (access is null)
        {
            return refusal!;
        }

        Parsed<byte[]> body = await encryption.ReadAsync(context.Request, IssuanceError.InvalidCredentialRequest, cancellationToken);
        Parsed<DeferredCredentialRequest> request = body.Ok ? DeferredCredentialRequest.Read(body.Value) : body.Problem;
        if (!request.Ok)
        {
            return WalletAnswer.Refusal(context, request.Problem);
        }

        // It is obtained when the wallet has told so: until then a wallet that lost the answer gets the same again.
        // "invalid_transaction_id: ... was not issued by the respective Credential Issuer or it was already used to obtain a Credential."
        if (await issues.FindDeferredAsync(request.Value.TransactionId, cancellationToken) is not { } issue || issue.OfferId != access.Offer.Id || (issue.Holders is null && issue.Event is not null))
        {
            return WalletAnswer.Refusal(context, new Problem(IssuanceError.InvalidTransactionId, "There is no such transaction, or its credential was handed out."));
        }

        if (access.Offer.RevokedAt is not null)
        {
            return WalletAnswer.Refusal(context, new Problem(IssuanceError.CredentialRequestDenied, "The offer was taken back."));
        }

        Parsed<CredentialResponse> response = await issuing.SettleAsync(access, issue, cancellationToken);
        return response.Ok ? CredentialEndpoint.AnswerOf(context, response.Value, request.Value.ResponseEncryption) : WalletAnswer.Refusal(context, response.Problem);
    }

    private static async Task<IResult> NotifyAsync(string slug, HttpContext context, InstitutionStore institutions, AccessGate gate, IssueStore issues, IDatabase database, AuditLog audit, CancellationToken cancellationToken)
    {
        (Access? access, IResult? refusal) = await OpenAsync(slug, context, institutions, gate, cancellationToken);
        if (access is null)
        {
            return refusal!;
        }

        Parsed<byte[]> body = await WalletForm.ReadJsonAsync(context.Request, IssuanceError.InvalidNotificationRequest, cancellationToken);
        Parsed<NotificationRequest> request = body.Ok ? NotificationRequest.Read(body.Value) : body.Problem;
        if (!request.Ok)
        {
            return WalletAnswer.Refusal(context, request.Problem);
        }

        // Wallets repeat themselves: what is known already, or goes back, is taken and not written again.
        (bool isKnown, string? before) = await issues.FindEventAsync(access.Offer.Id, request.Value.NotificationId, cancellationToken);
        if (!isKnown)
        {
            return WalletAnswer.Refusal(context, new Problem(IssuanceError.InvalidNotificationId, "There is no such notification_id."));
        }

        if (Array.IndexOf(s_events, request.Value.Event) <= Array.IndexOf(s_events, before))
        {
            return TypedResults.NoContent();
        }

        // The description is the wallet's free text, and kept nowhere.
        await database.WriteAsync(
            async transaction =>
            {
                bool noted = await issues.NoteEventAsync(transaction, access.Offer.Id, request.Value.NotificationId, before, request.Value.Event);
                if (noted)
                {
                    await audit.WriteAsync(transaction, new AuditEntry("wallet", access.Offer.InstitutionId, AuditAction.NotifyCopy, access.Offer.CredentialId, request.Value.Event));
                }

                return noted;
            },
            cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<(Access? Access, IResult? Refusal)> OpenAsync(string slug, HttpContext context, InstitutionStore institutions, AccessGate gate, CancellationToken cancellationToken) =>
        await institutions.FindAsync(slug, cancellationToken) is { } institution
            ? await gate.AuthorizeAsync(context, institution.Id, cancellationToken)
            : (null, ApiProblem.Missing("institution"));
}
