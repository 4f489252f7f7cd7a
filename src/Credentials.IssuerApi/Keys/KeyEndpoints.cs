using System.Globalization;
using Credentials.IssuerApi.Anchoring;
using Credentials.IssuerApi.ApiKeys;
using Credentials.IssuerApi.Http;
using Credentials.IssuerApi.Institutions;
using Credentials.IssuerApi.Issuance;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Keys;

internal static class KeyEndpoints
{
    public static IServiceCollection AddInstitutionKeys(this IServiceCollection services) => services
        .AddSingleton<SigningKeyStore>()
        .AddSingleton<InstitutionKeys>()
        .AddSingleton<SignedCredentials>()
        .AddSingleton<KeyRotation>()
        .AddSingleton<KeyReports>()
        .AddSingleton<KeyRetirement>()
        .AddSingleton<IHostedService>(provider => new PeriodicWorker(
            "retire keys",
            provider.GetRequiredService<KeyRetirement>().StepAsync,
            provider.GetRequiredService<IOptions<AnchoringOptions>>().Value,
            provider.GetRequiredService<AnchoringStatus>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<PeriodicWorker>>()));

    public static void MapKeys(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/institutions/{slug}/keys").RequireAuthorization(Role.Administrator).WithTags("Keys");
        group.MapPost("", AddAsync).Accepts<CreateKey>("application/json").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422)
            .WithSummary("Makes a signing key, which signs for its type from now on; the one before stays good");
        group.MapGet("/{keyId}", GetAsync).ProducesProblem(400).ProducesProblem(404)
            .WithSummary("A key, what its retirement waits for, what it signed too late, and (since=TIME) the batches with credentials of it");
        group.MapPost("/{keyId}/retire", RetireAsync).Accepts<RetireKey>("application/json").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409)
            .WithSummary("Gives a key up: retired, when all that it signed is final; compromised, at once");
    }

    private static async Task<Results<Created<KeyReport>, ProblemHttpResult>> AddAsync(
        string slug, Caller caller, HttpRequest request, InstitutionStore institutions, KeyRotation rotation, KeyReports reports, CancellationToken cancellationToken)
    {
        (CreateKey? message, ProblemHttpResult? refusal) = await RequestBody.ReadMessageAsync(request, IssuerJson.Default.CreateKey, cancellationToken);
        if (message is null)
        {
            return refusal!;
        }

        (IdempotencyKey? idempotency, Problem? unusable) = IdempotencyKey.From(request, System.Text.Encoding.UTF8.GetBytes(message.Type));
        if (message.Validate() is { Count: > 0 } problems || (problems = unusable is null ? [] : [unusable]).Count > 0)
        {
            return ApiProblem.Invalid(problems);
        }

        if (await institutions.FindAsync(slug, cancellationToken) is not { } institution)
        {
            return ApiProblem.Missing("institution");
        }

        (KeyChange change, string? keyId) = await rotation.AddAsync(institution, message.KeyType, idempotency, caller, cancellationToken);
        return change == KeyChange.Done
            ? TypedResults.Created($"/institutions/{slug}/keys/{keyId}", await reports.FindAsync(institution, keyId!, null, cancellationToken))
            : Refused(change);
    }

    private static async Task<Results<Ok<KeyReport>, ProblemHttpResult>> GetAsync(
        string slug, string keyId, string? since, InstitutionStore institutions, KeyReports reports, CancellationToken cancellationToken)
    {
        DateTimeOffset? from = null;
        if (since is not null)
        {
            if (!DateTimeOffset.TryParse(since, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset read))
            {
                return ApiProblem.Invalid(new Problem(ProblemCode.MalformedValueError, "The parameter since must be a time, such as 2026-11-22T00:00:00Z."));
            }

            from = read;
        }

        return await institutions.FindAsync(slug, cancellationToken) is { } institution && await reports.FindAsync(institution, keyId, from, cancellationToken) is { } report
            ? TypedResults.Ok(report)
            : Refused(KeyChange.Missing);
    }

    private static async Task<Results<Ok<KeyReport>, ProblemHttpResult>> RetireAsync(
        string slug, string keyId, Caller caller, HttpRequest request, InstitutionStore institutions, KeyRotation rotation, KeyReports reports, CancellationToken cancellationToken)
    {
        (RetireKey? message, ProblemHttpResult? refusal) = await RequestBody.ReadMessageAsync(request, IssuerJson.Default.RetireKey, cancellationToken);
        if (message is null)
        {
            return refusal!;
        }

        if (message.Validate() is { Count: > 0 } problems)
        {
            return ApiProblem.Invalid(problems);
        }

        if (await institutions.FindAsync(slug, cancellationToken) is not { } institution)
        {
            return ApiProblem.Missing("institution");
        }

        KeyChange change = await rotation.RetireAsync(institution, keyId, message.Reason, caller, cancellationToken);
        return change == KeyChange.Done
            ? TypedResults.Ok(await reports.FindAsync(institution, keyId, null, cancellationToken))
            : Refused(change);
    }

    private static ProblemHttpResult Refused(KeyChange change) => change switch
    {
        KeyChange.Missing => ApiProblem.Missing("key"),
        KeyChange.GivenUp => ApiProblem.Of(StatusCodes.Status409Conflict, ApiProblem.Conflict, "This key was given up before, for another reason, and the registry keeps the first one. What its thief anchored meanwhile, if anything, can be distrusted: POST /anchors/{root}/distrust."),
        KeyChange.LastOfItsType => ApiProblem.Of(StatusCodes.Status409Conflict, ApiProblem.Conflict, "No other key of this type signs: make one first, with POST to …/keys."),
        KeyChange.TooMany => ApiProblem.Of(StatusCodes.Status409Conflict, ApiProblem.Conflict, $"This institution has {KeyRotation.MostKeys} keys, and its DID document lists them all for ever: that is the most."),
        KeyChange.KeyReused => ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, ApiProblem.IdempotencyKeyReused, $"This {IdempotencyKey.Header} was used for another request. Use a new key for a new request."),
        _ => throw new InvalidOperationException($"{change} is no refusal."),
    };
}
