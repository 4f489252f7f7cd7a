using Credentials.Dids;
using Credentials.IssuerApi.Accreditation;
using Credentials.IssuerApi.ApiKeys;
using Credentials.IssuerApi.Http;
using Credentials.IssuerApi.Identities;
using Credentials.IssuerApi.Keys;
using Credentials.IssuerApi.Succession;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Credentials.IssuerApi.Institutions;

internal static class InstitutionEndpoints
{
    // Short enough for a compromised key to be gone soon, long enough to spare us the crowd.
    private static readonly TimeSpan s_didDocumentAge = TimeSpan.FromMinutes(5);

    public static IServiceCollection AddInstitutions(this IServiceCollection services) => services
        .AddSingleton<InstitutionStore>()
        .AddSingleton<RegistryCalls>()
        .AddSingleton<InstitutionCreation>()
        .AddSingleton<InstitutionReports>()
        .AddInstitutionKeys()
        .AddIdentities()
        .AddAccreditations()
        .AddSuccession();

    public static void MapInstitutions(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/institutions").WithTags("Institutions");
        group.MapPost("", CreateAsync).RequireAuthorization(Role.Administrator).Accepts<CreateInstitution>("application/json").ProducesProblem(400).ProducesProblem(409).WithSummary("Makes an institution with its DID, keys, registry id and first API key");
        group.MapGet("/{slug}", GetAsync).AllowPublicReading().WithSummary("What anybody may know of an institution");
        group.MapGet("/{slug}/did.json", GetDidDocumentAsync).AllowPublicReading().Produces(200, contentType: "application/did+json").ProducesProblem(404).WithSummary("The institution's DID document (did:web)");
    }

    private static async Task<Results<Created<CreatedInstitution>, ProblemHttpResult>> CreateAsync(
        Caller caller, HttpRequest request, InstitutionCreation creation, CancellationToken cancellationToken)
    {
        (CreateInstitution? message, ProblemHttpResult? refusal) = await RequestBody.ReadMessageAsync(request, IssuerJson.Default.CreateInstitution, cancellationToken);
        if (message is null)
        {
            return refusal!;
        }

        if (message.Validate() is { Count: > 0 } problems)
        {
            return ApiProblem.Invalid(problems);
        }

        return await creation.CreateAsync(message, caller, cancellationToken) is { } made
            ? TypedResults.Created(
                $"/institutions/{made.Institution.Id}",
                new CreatedInstitution(made.Institution.Id, made.Institution.Did, made.Institution.ChainInstitution.ToString(), made.Institution.Account.ToString(), made.RegistrarKey.Text))
            : ApiProblem.Of(StatusCodes.Status409Conflict, ApiProblem.Conflict, $"The institution '{message.Slug}' exists already; nothing was changed. Its registrar's key was shown when it was made; an administrator can make another one at /institutions/{message.Slug}/api-keys.");
    }

    private static async Task<Results<Ok<InstitutionInfo>, ProblemHttpResult>> GetAsync(
        string slug, InstitutionStore institutions, InstitutionReports reports, CancellationToken cancellationToken) =>
        await institutions.FindAsync(slug, cancellationToken) is { } found
            ? TypedResults.Ok(await reports.DescribeAsync(found, cancellationToken))
            : ApiProblem.Missing("institution");

    private static async Task<IResult> GetDidDocumentAsync(string slug, HttpContext context, InstitutionStore institutions, InstitutionKeys keys, AccreditationPaths paths, CancellationToken cancellationToken)
    {
        if (await institutions.FindAsync(slug, cancellationToken) is not { } institution)
        {
            return ApiProblem.Missing("institution");
        }

        byte[] document = DidDocumentWriter.Write(institution.Did, await keys.PublishedAsync(institution.Id, cancellationToken), await paths.ServicesOfAsync(institution, cancellationToken));
        return PublicReading.Cacheable(context, document, "application/did+json", s_didDocumentAge);
    }
}
