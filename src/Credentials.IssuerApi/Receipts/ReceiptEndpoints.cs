using Credentials.Anchoring;
using Credentials.IssuerApi.Anchoring;
using Credentials.IssuerApi.ApiKeys;
using Credentials.IssuerApi.Http;
using Credentials.IssuerApi.Issuance;

namespace Credentials.IssuerApi.Receipts;

internal static class ReceiptEndpoints
{
    private static readonly TimeSpan s_forEver = TimeSpan.FromDays(365);

    public static void MapReceipts(this IEndpointRouteBuilder app)
    {
        app.MapGet("/credentials/{id}/receipt", GetReceiptAsync).RequireAuthorization(Role.Reader).Produces(200, contentType: "application/json").ProducesProblem(404).ProducesProblem(409)
            .WithTags("Anchors").WithSummary("The credential's receipt, once its anchor is final");
        app.MapGet("/anchors/{root}", GetBatchAsync).AllowPublicReading().Produces(200, contentType: "application/json").ProducesProblem(404)
            .WithTags("Anchors").WithSummary("The receipt file of a whole batch: fetched whole, it tells nobody which diploma is meant");
    }

    private static async Task<IResult> GetReceiptAsync(string id, Caller caller, CredentialStore credentials, AnchoringQueries anchoring, CancellationToken cancellationToken)
    {
        if (await credentials.FindAsync(caller.Institution, id, cancellationToken) is not { } credential)
        {
            return ApiProblem.Missing("credential");
        }

        return await anchoring.GetReceiptAsync(credential.Id, cancellationToken) is { } receipt
            ? TypedResults.Bytes(RawJson.TextOf(writer => AnchorReceiptFormat.WriteJson(writer, receipt)), "application/json")
            : CredentialEndpoints.NotFinal(await anchoring.GetStateAsync(credential.Id, cancellationToken));
    }

    private static async Task<IResult> GetBatchAsync(string root, HttpContext context, AnchoringQueries anchoring, CancellationToken cancellationToken) =>
        MerkleRoot.TryParse(root, out MerkleRoot value) && await anchoring.GetBatchAsync(value, cancellationToken) is { } batch
            ? PublicReading.Cacheable(context, RawJson.TextOf(batch.WriteJson), "application/json", s_forEver, immutable: true)
            : ApiProblem.Of(StatusCodes.Status404NotFound, ApiProblem.NotFound, "No batch with this root was anchored here, or its anchor is not final yet.");
}
