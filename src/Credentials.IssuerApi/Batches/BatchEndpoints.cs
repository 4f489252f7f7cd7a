using Credentials.IssuerApi.ApiKeys;
using Credentials.IssuerApi.Audit;
using Credentials.IssuerApi.Http;
using Credentials.IssuerApi.Institutions;
using Credentials.IssuerApi.Issuance;
using Credentials.IssuerApi.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Credentials.IssuerApi.Batches;

internal static class BatchEndpoints
{
    private static readonly string[] s_ndjson = ["application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines"];

    public static IServiceCollection AddBatches(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<BatchOptions, BatchOptionsValidator>().BindConfiguration(BatchOptions.Section);
        services.AddSingleton<BatchStore>().AddSingleton<BatchIntake>().AddSingleton<BatchChunk>().AddSingleton<BatchQueries>().AddSingleton<BatchWorker>();
        return services.AddHostedService(provider => provider.GetRequiredService<BatchWorker>());
    }

    public static void MapBatches(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/batches").WithTags("Batches");
        group.MapPost("", AcceptAsync).RequireAuthorization(Role.Registrar).WithMetadata(new RequestSizeLimitAttribute(BatchOptions.MaxBytes))
            .Accepts<string>(s_ndjson[0]).ProducesProblem(400).ProducesProblem(413).ProducesProblem(415).ProducesProblem(422)
            .WithSummary("Takes many credentials, one a line (NDJSON), to be signed in the background; cryptosuite=NAME[,NAME] or form=NAME as when issuing one");
        group.MapGet("/{id}", GetAsync).RequireAuthorization(Role.Reader).WithSummary("How far the batch has come");
        group.MapGet("/{id}/errors", GetErrorsAsync).RequireAuthorization(Role.Reader).WithSummary("The refused lines, with what is wrong and where");
        group.MapGet("/{id}/credentials", GetCredentialsAsync).RequireAuthorization(Role.Reader).WithSummary("The credentials of the signed lines");
        group.MapDelete("/{id}", CancelAsync).RequireAuthorization(Role.Registrar).WithSummary("Cancels what is not signed yet");
    }

    private static async Task<Results<Accepted<BatchProgress>, ProblemHttpResult>> AcceptAsync(
        string? cryptosuite, string? form, Caller caller, HttpRequest request, BatchIntake intake, BatchStore batches, BatchWorker worker,
        InstitutionStore institutions, CredentialSigner signer, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!s_ndjson.Contains((request.ContentType ?? "").Split(';')[0].Trim(), StringComparer.OrdinalIgnoreCase))
        {
            return ApiProblem.Of(StatusCodes.Status415UnsupportedMediaType, ApiProblem.UnsupportedMediaType, $"Send one credential a line as Content-Type: {s_ndjson[0]}.");
        }

        (IdempotencyKey? key, Problem? problem) = IdempotencyKey.From(request, []);
        Parsed<SecuringPlan> plan = (cryptosuite, form) switch
        {
            (null, null) => SecuringPlan.Default,
            (not null, not null) => new Problem(ProblemCode.MalformedValueError, "Name a cryptosuite or a form, not both."),
            _ => SecuringPlan.Of((cryptosuite ?? form)!.Split(','), ""),
        };
        if (problem is not null || !plan.Ok)
        {
            return ApiProblem.Invalid(problem ?? plan.Problem!);
        }

        Institution institution = await institutions.GetAsync(caller.Institution, cancellationToken);
        if (await signer.RefusalAsync(institution, plan.Value, null, cancellationToken) is { } keyless)
        {
            return ApiProblem.Invalid(keyless);
        }

        (string? id, ProblemHttpResult? refusal) = await intake.AcceptAsync(request.BodyReader, plan.Value, key, caller, cancellationToken);
        if (id is null)
        {
            return refusal!;
        }

        worker.Wake();
        BatchJob job = (await batches.FindAsync(caller.Institution, id, CancellationToken.None))!;
        return TypedResults.Accepted($"/batches/{id}", BatchProgress.Of(job, clock.GetUtcNow()));
    }

    private static async Task<Results<Ok<BatchProgress>, ProblemHttpResult>> GetAsync(string id, Caller caller, BatchStore batches, TimeProvider clock, CancellationToken cancellationToken) =>
        await batches.FindAsync(caller.Institution, id, cancellationToken) is { } job
            ? TypedResults.Ok(BatchProgress.Of(job, clock.GetUtcNow()))
            : ApiProblem.Missing("batch");

    private static async Task<Results<Ok<BatchErrors>, ProblemHttpResult>> GetErrorsAsync(
        string id, long? after, int? limit, Caller caller, BatchStore batches, BatchQueries queries, CancellationToken cancellationToken) =>
        await batches.FindAsync(caller.Institution, id, cancellationToken) is null
            ? ApiProblem.Missing("batch")
            : TypedResults.Ok(await queries.ErrorsAsync(id, after ?? 0, PageOf(limit), cancellationToken));

    private static async Task<Results<Ok<BatchCredentials>, ProblemHttpResult>> GetCredentialsAsync(
        string id, long? after, int? limit, Caller caller, BatchStore batches, BatchQueries queries, CancellationToken cancellationToken) =>
        await batches.FindAsync(caller.Institution, id, cancellationToken) is null
            ? ApiProblem.Missing("batch")
            : TypedResults.Ok(await queries.CredentialsAsync(id, after ?? 0, PageOf(limit), cancellationToken));

    private static async Task<Results<Ok<BatchProgress>, ProblemHttpResult>> CancelAsync(
        string id, Caller caller, BatchStore batches, AuditLog audit, IDatabase database, TimeProvider clock, CancellationToken cancellationToken)
    {
        bool cancelled = await database.WriteAsync(
            async transaction =>
            {
                bool done = await batches.CancelAsync(transaction, caller.Institution, id);
                if (done)
                {
                    await audit.WriteAsync(transaction, new AuditEntry(caller.KeyId, caller.Institution, AuditAction.CancelBatch, id));
                }

                return done;
            },
            cancellationToken);
        if (await batches.FindAsync(caller.Institution, id, cancellationToken) is not { } job)
        {
            return ApiProblem.Missing("batch");
        }

        return cancelled || job.State == BatchState.Cancelled
            ? TypedResults.Ok(BatchProgress.Of(job, clock.GetUtcNow()))
            : ApiProblem.Of(StatusCodes.Status409Conflict, ApiProblem.Conflict, "This batch is completed: there is nothing left to cancel. Revoke what should not have been issued.");
    }

    private static int PageOf(int? limit) => Math.Clamp(limit ?? BatchQueries.UsualPage, 1, BatchQueries.LargestPage);
}
