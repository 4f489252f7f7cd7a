using Credentials.Anchoring;
using Credentials.Ethereum.Registry;
using Credentials.IssuerApi.Anchoring.Outbox;
using Credentials.IssuerApi.ApiKeys;
using Credentials.IssuerApi.Audit;
using Credentials.IssuerApi.Http;
using Credentials.IssuerApi.Institutions;
using Credentials.IssuerApi.Storage;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Credentials.IssuerApi.Distrust;

/// <summary>Declares that an institution does not stand by a root.</summary>
/// <param name="Institution">Its slug.</param>
/// <param name="Credentials">How many credentials of this issuer lie under the root; left out for a root that is not of this issuer. They all will be rejected, so whoever asks has to know their number.</param>
internal sealed record DistrustRoot(string Institution, long? Credentials = null);

/// <summary>A root that an institution does not stand by.</summary>
/// <param name="Root">The root.</param>
/// <param name="Institution">Its slug.</param>
/// <param name="Credentials">How many credentials of this issuer are rejected for it.</param>
/// <param name="Registry">How far that has come in the registry: queued, submitted, included, safe or finalized; failed when it refuses: the institution never anchored the root.</param>
/// <param name="Problem">What stands in its way.</param>
internal sealed record DistrustedRoot(string Root, string Institution, long Credentials, string? Registry, string? Problem);

/// <summary>How the window of a thief is closed: roots that somebody else anchored with a stolen account are declared not to be the institution's, for good.</summary>
internal static class DistrustEndpoints
{
    private const string SelectSize = "SELECT tree_size FROM anchor_batches WHERE institution_id = @Institution AND root = @Root";

    public static void MapDistrust(this IEndpointRouteBuilder app) =>
        app.MapPost("/anchors/{root}/distrust", DistrustAsync).RequireAuthorization(Role.Administrator).WithTags("Anchors").Accepts<DistrustRoot>("application/json")
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(409)
            .WithSummary("Declares for good that an institution does not stand by a root: all under it is rejected");

    private static async Task<Results<Ok<DistrustedRoot>, ProblemHttpResult>> DistrustAsync(
        string root, Caller caller, HttpRequest request, InstitutionStore institutions, RegistryCalls calls, IDatabase database, AuditLog audit, CancellationToken cancellationToken)
    {
        (DistrustRoot? message, ProblemHttpResult? refusal) = await RequestBody.ReadMessageAsync(request, IssuerJson.Default.DistrustRoot, cancellationToken);
        if (message is null)
        {
            return refusal!;
        }

        if (!MerkleRoot.TryParse(root, out MerkleRoot distrusted) || distrusted == default)
        {
            return ApiProblem.Invalid(new Problem(ProblemCode.MalformedValueError, "The root must be 0x and 64 hexadecimal digits."));
        }

        if (await institutions.FindAsync(message.Institution, cancellationToken) is not { } institution)
        {
            return ApiProblem.Missing("institution");
        }

        long size = await database.ReadAsync(
            connection => connection.ExecuteScalarAsync<long>(SelectSize, new { Institution = institution.Id, Root = distrusted.Value.ToArray() }), cancellationToken);
        if (size != (message.Credentials ?? 0))
        {
            return ApiProblem.Of(StatusCodes.Status409Conflict, ApiProblem.Conflict, size == 0
                ? "No credential of this issuer lies under this root: leave credentials out."
                : $"Under this root lie {size} credentials of this issuer, and all of them would be rejected, for good. If that is what is wanted, say so with \"credentials\": {size}.");
        }

        byte[] call = CredentialRegistryContract.DistrustRoot(institution.ChainInstitution, distrusted);
        CallProgress? progress = await database.WriteAsync(
            async transaction =>
            {
                if (await calls.FindAsync(transaction, institution, call) is not { State: not (TransactionState.Failed or CallProgress.Cancelled) })
                {
                    await calls.EnqueueAsync(transaction, institution, TransactionPurpose.DistrustRoot, call);
                    await audit.WriteAsync(transaction, new AuditEntry(caller.KeyId, institution.Id, AuditAction.DistrustRoot, distrusted.ToString()));
                }

                return await calls.FindAsync(transaction, institution, call);
            },
            cancellationToken);
        return TypedResults.Ok(new DistrustedRoot(distrusted.ToString(), institution.Id, size, progress?.State, progress?.Problem));
    }
}
