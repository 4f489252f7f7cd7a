using Credentials.IssuerApi.Anchoring;
using Credentials.IssuerApi.ApiKeys;
using Credentials.IssuerApi.Configuration;
using Credentials.IssuerApi.Http;
using Credentials.IssuerApi.Institutions;
using Credentials.IssuerApi.Status;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Credentials.IssuerApi.Issuance;

internal static class CredentialEndpoints
{
    public static IServiceCollection AddCredentialReading(this IServiceCollection services) => services.AddSingleton<CredentialForms>();

    public static void MapCredentials(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/credentials/{id}").RequireAuthorization(Role.Reader).WithTags("Reading");
        group.MapGet("", GetAsync).Produces(200, responseType: null, SecuredText.EmbeddedMediaType, "application/vc+jwt", "application/vc+sd-jwt").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).WithSummary("The credential: form=bare (default), or form=anchored once its anchor is final");
        group.MapGet("/state", GetStateAsync).WithSummary("How far its anchoring has come, and whether it is active, suspended or revoked");
    }

    private static async Task<IResult> GetAsync(string id, string? form, Caller caller, CredentialStore credentials, CredentialForms forms, AnchoringQueries anchoring, CancellationToken cancellationToken)
    {
        if (form is not (null or "bare" or "anchored"))
        {
            return ApiProblem.Invalid(new Problem(ProblemCode.MalformedValueError, "The form must be bare or anchored."));
        }

        if (await credentials.FindAsync(caller.Institution, id, cancellationToken) is not { } credential)
        {
            return ApiProblem.Missing("credential");
        }

        if (form == "anchored" && SecuredText.IsEnvelope(credential.Document))
        {
            return ApiProblem.Invalid(new Problem(ProblemCode.MalformedValueError, $"Nothing can be added to an envelope: fetch its receipt at /credentials/{credential.Id}/receipt."));
        }

        byte[]? document = form == "anchored" ? await forms.AnchoredAsync(credential, cancellationToken) : credential.Document;
        return document is null
            ? NotFinal(await anchoring.GetStateAsync(credential.Id, cancellationToken))
            : TypedResults.Bytes(document, SecuredText.MediaTypeOf(document));
    }

    private static async Task<Results<Ok<CredentialState>, ProblemHttpResult>> GetStateAsync(
        string id, Caller caller, CredentialStore credentials, InstitutionStore institutions, StatusListStore statuses, AnchoringQueries anchoring, IssuerOptions options, CancellationToken cancellationToken)
    {
        if (await credentials.FindAsync(caller.Institution, id, cancellationToken) is not { } credential
            || await anchoring.GetStateAsync(credential.Id, cancellationToken) is not { } state)
        {
            return ApiProblem.Missing("credential");
        }

        (bool revoked, bool suspended) = await statuses.ReadStatusAsync(credential.Position, cancellationToken);
        Institution institution = await institutions.GetAsync(credential.InstitutionId, cancellationToken);
        string? revocation = revoked ? await anchoring.GetRevocationStateAsync(institution.ChainInstitution, credential.RegistryHandle, cancellationToken) : null;
        string? replacedBy = await statuses.ReplacedByAsync(credential, cancellationToken);
        string status = replacedBy is not null ? CredentialState.Superseded : revoked ? CredentialState.Revoked : suspended ? CredentialState.Suspended : CredentialState.Active;
        return TypedResults.Ok(CredentialState.Of(credential, state, status, replacedBy, revocation, CredentialLinks.Of(credential, options)));
    }

    /// <summary>409: the anchor is on its way.</summary>
    public static ProblemHttpResult NotFinal(CredentialAnchoring? state) => ApiProblem.Of(
        StatusCodes.Status409Conflict,
        ProblemCode.AnchorNotFinal,
        $"The anchor is not final yet (state: {state?.State ?? AnchoringState.Queued}). Ask again later; the bare form is valid already.");
}
