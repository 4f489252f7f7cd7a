using Credentials.Anchoring;
using Credentials.Ethereum.Registry;
using Credentials.IssuerApi.Anchoring.Outbox;
using Credentials.IssuerApi.ApiKeys;
using Credentials.IssuerApi.Audit;
using Credentials.IssuerApi.Http;
using Credentials.IssuerApi.Institutions;
using Credentials.IssuerApi.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Credentials.IssuerApi.Succession;

/// <summary>Offers the place of the successor.</summary>
/// <param name="Institution">Its id in the registry, or the slug of an institution of this issuer; null withdraws the offer.</param>
internal sealed record ProposeSuccessor(string? Institution);

/// <summary>Accepts to succeed another institution, which offered it.</summary>
/// <param name="Predecessor">Its id in the registry, or the slug of an institution of this issuer.</param>
internal sealed record AcceptSuccession(string Predecessor);

internal static class SuccessionEndpoints
{
    public static IServiceCollection AddSuccession(this IServiceCollection services) => services.AddSingleton<SuccessionStore>();

    public static void MapSuccession(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/institutions/{slug}").RequireAuthorization(Role.Administrator).WithTags("Succession");
        group.MapPost("/successor", ProposeAsync).Accepts<ProposeSuccessor>("application/json").ProducesProblem(400).ProducesProblem(404)
            .WithSummary("Offers to be succeeded by another institution, which has to accept; null withdraws");
        group.MapPost("/succession", AcceptAsync).Accepts<AcceptSuccession>("application/json").ProducesProblem(400).ProducesProblem(404)
            .WithSummary("Accepts to succeed an institution that offered it, for good");
    }

    private static async Task<Results<Ok<SuccessionInfo>, ProblemHttpResult>> ProposeAsync(
        string slug, Caller caller, HttpRequest request, InstitutionStore institutions, SuccessionStore successions, RegistryCalls calls, IDatabase database, AuditLog audit, CancellationToken cancellationToken)
    {
        (ProposeSuccessor? message, ProblemHttpResult? refusal) = await RequestBody.ReadMessageAsync(request, IssuerJson.Default.ProposeSuccessor, cancellationToken);
        if (message is null)
        {
            return refusal!;
        }

        if (await institutions.FindAsync(slug, cancellationToken) is not { } institution)
        {
            return ApiProblem.Missing("institution");
        }

        InstitutionId? named = message.Institution is null ? default(InstitutionId) : await institutions.ResolveAsync(message.Institution, cancellationToken);
        if (named is not { } successor || successor == institution.ChainInstitution)
        {
            return NoInstitution("/institution");
        }

        SuccessionInfo? info = await database.WriteAsync(
            async transaction =>
            {
                // An offer may be made again after it was withdrawn, so the outbox takes each call as a new one: not what stands already.
                SuccessionInfo? before = await successions.DescribeAsync(transaction, institution);
                string? wanted = successor == default ? null : successor.ToString();
                if (before?.Proposed == wanted && before?.ProposalState is not (TransactionState.Failed or CallProgress.Cancelled))
                {
                    return before;
                }

                await calls.EnqueueAsync(transaction, institution, TransactionPurpose.ProposeSuccessor, CredentialRegistryContract.ProposeSuccessor(institution.ChainInstitution, successor));
                await audit.WriteAsync(transaction, new AuditEntry(caller.KeyId, institution.Id, AuditAction.ProposeSuccessor, successor.ToString()));
                return await successions.DescribeAsync(transaction, institution);
            },
            cancellationToken);
        return TypedResults.Ok(info ?? new SuccessionInfo(null, null, []));
    }

    private static async Task<Results<Ok<SuccessionInfo>, ProblemHttpResult>> AcceptAsync(
        string slug, Caller caller, HttpRequest request, InstitutionStore institutions, SuccessionStore successions, RegistryCalls calls, IDatabase database, AuditLog audit, CancellationToken cancellationToken)
    {
        (AcceptSuccession? message, ProblemHttpResult? refusal) = await RequestBody.ReadMessageAsync(request, IssuerJson.Default.AcceptSuccession, cancellationToken);
        if (message is null)
        {
            return refusal!;
        }

        if (await institutions.FindAsync(slug, cancellationToken) is not { } institution)
        {
            return ApiProblem.Missing("institution");
        }

        if (await institutions.ResolveAsync(message.Predecessor, cancellationToken) is not { } predecessor || predecessor == institution.ChainInstitution)
        {
            return NoInstitution("/predecessor");
        }

        SuccessionInfo? info = await database.WriteAsync(
            async transaction =>
            {
                byte[] call = CredentialRegistryContract.AcceptSuccession(predecessor, institution.ChainInstitution);
                if (await calls.FindAsync(transaction, institution, call) is not { State: not (TransactionState.Failed or CallProgress.Cancelled) })
                {
                    await calls.EnqueueAsync(transaction, institution, TransactionPurpose.AcceptSuccession, call);
                    await audit.WriteAsync(transaction, new AuditEntry(caller.KeyId, institution.Id, AuditAction.AcceptSuccession, predecessor.ToString()));
                }

                return await successions.DescribeAsync(transaction, institution);
            },
            cancellationToken);
        return TypedResults.Ok(info);
    }

    private static ProblemHttpResult NoInstitution(string pointer) => ApiProblem.Invalid(new Problem(
        ProblemCode.MalformedValueError, "Name another institution: its id in the registry (0x and 64 hexadecimal digits), or the slug of one of this issuer.", pointer));
}
