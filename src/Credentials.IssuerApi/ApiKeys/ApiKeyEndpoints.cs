using Credentials.IssuerApi.Audit;
using Credentials.IssuerApi.Http;
using Credentials.IssuerApi.Institutions;
using Credentials.IssuerApi.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Credentials.IssuerApi.ApiKeys;

/// <summary>Asks for an API key of an institution.</summary>
/// <param name="Role"><c>registrar</c> or <c>reader</c>.</param>
internal sealed record CreateApiKey(string Role);

/// <summary>A new API key.</summary>
/// <param name="Id">Its readable part, as in the audit log.</param>
/// <param name="Role">Its role.</param>
/// <param name="Key">The key itself, shown this once.</param>
internal sealed record CreatedApiKey(string Id, string Role, string Key);

internal static class ApiKeyEndpoints
{
    public static void MapApiKeys(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/institutions/{slug}/api-keys").RequireAuthorization(Role.Administrator).WithTags("API keys");
        group.MapPost("", CreateAsync).Accepts<CreateApiKey>("application/json").ProducesProblem(400).WithSummary("Makes an API key; it is shown this once");
        group.MapGet("", ListAsync).WithSummary("Lists an institution's API keys, without their secrets");
        group.MapDelete("/{keyId}", RevokeAsync).WithSummary("Withdraws an API key");
    }

    private static async Task<Results<Created<CreatedApiKey>, ProblemHttpResult>> CreateAsync(
        string slug, Caller caller, HttpRequest request, InstitutionStore institutions, ApiKeyStore keys, AuditLog audit, IDatabase database, CancellationToken cancellationToken)
    {
        (CreateApiKey? message, ProblemHttpResult? refusal) = await RequestBody.ReadMessageAsync(request, IssuerJson.Default.CreateApiKey, cancellationToken);
        if (message is null)
        {
            return refusal!;
        }

        if (message.Role is not (Role.Registrar or Role.Reader))
        {
            return ApiProblem.Invalid(new Problem(ProblemCode.MalformedValueError, "The role must be registrar or reader.", "/role"));
        }

        if (await institutions.FindAsync(slug, cancellationToken) is null)
        {
            return ApiProblem.Missing("institution");
        }

        ApiKeyText key = await database.WriteAsync(
            async transaction =>
            {
                ApiKeyText made = await keys.CreateAsync(transaction, message.Role, slug);
                await audit.WriteAsync(transaction, new AuditEntry(caller.KeyId, slug, AuditAction.CreateApiKey, made.Id, message.Role));
                return made;
            },
            cancellationToken);
        return TypedResults.Created($"/institutions/{slug}/api-keys/{key.Id}", new CreatedApiKey(key.Id, message.Role, key.Text));
    }

    private static async Task<Results<Ok<IReadOnlyList<ApiKeyInfo>>, ProblemHttpResult>> ListAsync(
        string slug, InstitutionStore institutions, ApiKeyStore keys, CancellationToken cancellationToken) =>
        await institutions.FindAsync(slug, cancellationToken) is null
            ? ApiProblem.Missing("institution")
            : TypedResults.Ok(await keys.ListAsync(slug, cancellationToken));

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        string slug, string keyId, Caller caller, ApiKeyStore keys, AuditLog audit, IDatabase database, CancellationToken cancellationToken)
    {
        bool found = await database.WriteAsync(
            async transaction =>
            {
                bool revoked = await keys.RevokeAsync(transaction, slug, keyId);
                if (revoked)
                {
                    await audit.WriteAsync(transaction, new AuditEntry(caller.KeyId, slug, AuditAction.RevokeApiKey, keyId));
                }

                return revoked;
            },
            cancellationToken);
        return found ? TypedResults.NoContent() : ApiProblem.Missing("API key");
    }
}
