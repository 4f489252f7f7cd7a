using Credentials.IssuerApi.ApiKeys;
using Credentials.IssuerApi.Http;
using Credentials.IssuerApi.Issuance;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Credentials.IssuerApi.Status;

internal static class StatusEndpoints
{
    private static readonly TimeSpan s_maxAge = TimeSpan.FromMinutes(1);

    public static IServiceCollection AddStatus(this IServiceCollection services) => services
        .AddSingleton<StatusAllocator>()
        .AddSingleton<StatusListStore>()
        .AddSingleton<StatusListPublisher>()
        .AddSingleton<StatusChanges>();

    public static void MapStatus(this IEndpointRouteBuilder app)
    {
        app.MapPost("/credentials/status", UpdateAsync).RequireAuthorization(Role.Registrar).Accepts<UpdateStatus>("application/json").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409)
            .WithTags("Status").WithSummary("Revokes (for good), supersedes (for good, by replacedBy), suspends or resumes a credential");
        app.MapGet("/status-lists/{listId}/{purpose}", GetListAsync).AllowPublicReading().Produces(200, contentType: StatusListAnswer.MediaType).ProducesProblem(404)
            .WithTags("Status").WithSummary("A signed Bitstring Status List credential");
    }

    private static async Task<Results<Ok<StatusInfo>, ProblemHttpResult>> UpdateAsync(
        Caller caller, HttpRequest request, CredentialStore credentials, StatusChanges changes, CancellationToken cancellationToken)
    {
        (UpdateStatus? message, ProblemHttpResult? refusal) = await RequestBody.ReadMessageAsync(request, IssuerJson.Default.UpdateStatus, cancellationToken);
        if (message is null)
        {
            return refusal!;
        }

        if (message.Validate() is { Count: > 0 } problems)
        {
            return ApiProblem.Invalid(problems);
        }

        if (await credentials.FindAsync(caller.Institution, message.CredentialId, cancellationToken) is not { } credential)
        {
            return ApiProblem.Missing("credential");
        }

        (StatusInfo? status, refusal) = await changes.ApplyAsync(credential, message.CredentialStatus, caller, cancellationToken);
        return status is null ? refusal! : TypedResults.Ok(status);
    }

    private static async Task<IResult> GetListAsync(string listId, string purpose, HttpContext context, StatusListPublisher publisher, CancellationToken cancellationToken) =>
        await publisher.GetAsync(listId, purpose, cancellationToken) is { } document
            ? StatusListAnswer.Of(context, document, s_maxAge)
            : ApiProblem.Missing("status list");
}
