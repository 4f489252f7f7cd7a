using Credentials.IssuerApi.ApiKeys;
using Credentials.IssuerApi.Configuration;
using Credentials.IssuerApi.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Credentials.IssuerApi.Issuance;

/// <summary>An issued credential (VC-API), with our own id of it and where to go on.</summary>
internal sealed record IssuedCredential(RawJson VerifiableCredential, string Id, CredentialLinks Links);

internal static class IssuanceEndpoints
{
    public static IServiceCollection AddIssuance(this IServiceCollection services) => services
        .AddSingleton<CredentialStore>()
        .AddSingleton<CredentialSigner>()
        .AddSingleton<IdempotencyKeys>()
        .AddSingleton<CredentialIssuing>();

    public static void MapIssuance(this IEndpointRouteBuilder app) => app
        .MapPost("/credentials/issue", IssueAsync).RequireAuthorization(Role.Registrar)
        .Accepts<object>("application/json").ProducesProblem(400).ProducesProblem(409).ProducesProblem(413).ProducesProblem(415).ProducesProblem(422)
        .WithTags("Issuing").WithSummary("Signs a credential (VC-API); send Idempotency-Key to repeat safely");

    private static async Task<Results<Created<IssuedCredential>, ProblemHttpResult>> IssueAsync(
        Caller caller, HttpRequest request, CredentialIssuing issuing, IssuerOptions options, CancellationToken cancellationToken)
    {
        (ReadOnlyMemory<byte> body, ProblemHttpResult? refusal) = await RequestBody.ReadJsonAsync(request, RequestBody.MaxCredentialRequest, cancellationToken);
        if (refusal is not null)
        {
            return refusal;
        }

        Parsed<IssueRequest> parsed = IssueRequest.Parse(body);
        (IdempotencyKey? key, Problem? keyProblem) = IdempotencyKey.From(request, body.Span);
        if (!parsed.Ok || keyProblem is not null)
        {
            return ApiProblem.Invalid(parsed.Problem ?? keyProblem!);
        }

        (CredentialRecord? credential, refusal) = await issuing.IssueAsync(parsed.Value, key, caller, cancellationToken);
        return credential is null
            ? refusal!
            : TypedResults.Created($"/credentials/{credential.Id}", new IssuedCredential(new RawJson(SecuredText.AsJson(credential.Document)), credential.Id, CredentialLinks.Of(credential, options)));
    }
}
