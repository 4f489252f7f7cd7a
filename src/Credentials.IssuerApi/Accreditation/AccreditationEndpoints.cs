using Credentials.Anchoring;
using Credentials.IssuerApi.ApiKeys;
using Credentials.IssuerApi.Http;
using Credentials.IssuerApi.Identities;
using Credentials.IssuerApi.Institutions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Credentials.IssuerApi.Accreditation;

internal static class AccreditationEndpoints
{
    public static IServiceCollection AddAccreditations(this IServiceCollection services) => services
        .AddSingleton<AccreditationStore>()
        .AddSingleton<AccreditationPaths>()
        .AddSingleton<Accrediting>();

    public static void MapAccreditations(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/institutions/{slug}/accreditations").RequireAuthorization(Role.Administrator).WithTags("Accreditation");
        group.MapPost("", GiveAsync).Accepts<CreateAccreditation>("application/json").ProducesProblem(400).ProducesProblem(404)
            .WithSummary("Vouches in the institution's name for another institution under its identity; one that stands word for word is not given twice");
        group.MapGet("", ListAsync).ProducesProblem(404).WithSummary("What the institution vouches for, the newest first");
        group.MapDelete("/{id}", RevokeAsync).ProducesProblem(404).WithSummary("Ceases to vouch, as of the block; what was anchored before stays vouched for");
    }

    private static async Task<Results<Created<AccreditationInfo>, Ok<AccreditationInfo>, ProblemHttpResult>> GiveAsync(
        string slug, Caller caller, HttpRequest request, InstitutionStore institutions, IdentityStore identities, Accrediting accrediting, RegistryCalls calls, TimeProvider clock, CancellationToken cancellationToken)
    {
        (CreateAccreditation? message, ProblemHttpResult? refusal) = await RequestBody.ReadMessageAsync(request, IssuerJson.Default.CreateAccreditation, cancellationToken);
        if (message is null)
        {
            return refusal!;
        }

        if (message.Validate(clock.GetUtcNow()) is { Count: > 0 } problems)
        {
            return ApiProblem.Invalid(problems);
        }

        if (await institutions.FindAsync(slug, cancellationToken) is not { } accreditor)
        {
            return ApiProblem.Missing("institution");
        }

        (InstitutionId subject, IdentityHash identity, Problem? unknown) = await SubjectAsync(message, institutions, identities, cancellationToken);
        if (unknown is null && subject == accreditor.ChainInstitution)
        {
            unknown = new Problem(ProblemCode.MalformedValueError, "Nobody vouches for itself.", "/institution");
        }

        if (unknown is not null)
        {
            return ApiProblem.Invalid(unknown);
        }

        (AccreditationRecord record, bool isNew) = await accrediting.GiveAsync(accreditor, subject, identity, message, caller, cancellationToken);
        AccreditationInfo info = await DescribeAsync(accreditor, record, calls, cancellationToken);
        return isNew ? TypedResults.Created($"/institutions/{slug}/accreditations/{info.Id}", info) : TypedResults.Ok(info);
    }

    private static async Task<Results<Ok<IReadOnlyList<AccreditationInfo>>, ProblemHttpResult>> ListAsync(
        string slug, InstitutionStore institutions, AccreditationStore store, RegistryCalls calls, CancellationToken cancellationToken)
    {
        if (await institutions.FindAsync(slug, cancellationToken) is not { } accreditor)
        {
            return ApiProblem.Missing("institution");
        }

        List<AccreditationInfo> list = [];
        foreach (AccreditationRecord record in await store.GivenByAsync(slug, cancellationToken))
        {
            list.Add(await DescribeAsync(accreditor, record, calls, cancellationToken));
        }

        return TypedResults.Ok<IReadOnlyList<AccreditationInfo>>(list);
    }

    private static async Task<Results<Ok<AccreditationInfo>, ProblemHttpResult>> RevokeAsync(
        string slug, string id, Caller caller, InstitutionStore institutions, Accrediting accrediting, RegistryCalls calls, CancellationToken cancellationToken) =>
        await institutions.FindAsync(slug, cancellationToken) is { } accreditor
            && Bytes32.TryParse(id, out Bytes32 accreditation)
            && await accrediting.RevokeAsync(accreditor, accreditation, caller, cancellationToken) is { } record
            ? TypedResults.Ok(await DescribeAsync(accreditor, record, calls, cancellationToken))
            : ApiProblem.Missing("accreditation");

    /// <summary>Whom the message means, and under which identity.</summary>
    private static async Task<(InstitutionId, IdentityHash, Problem?)> SubjectAsync(CreateAccreditation message, InstitutionStore institutions, IdentityStore identities, CancellationToken cancellationToken)
    {
        _ = IdentityHash.TryParse(message.Identity, out IdentityHash identity);
        if (InstitutionId.TryParse(message.Institution, out InstitutionId id))
        {
            return message.Identity is null
                ? (default, default, new Problem(ProblemCode.MalformedValueError, "Name the identity: an accreditation is over an institution and its identity document together.", "/identity"))
                : (id, identity, null);
        }

        if (await institutions.FindAsync(message.Institution, cancellationToken) is not { } here)
        {
            return (default, default, new Problem(ProblemCode.MalformedValueError, "The institution must be its id in the registry (0x and 64 hexadecimal digits), or the slug of one of this issuer.", "/institution"));
        }

        return message.Identity is null && await identities.FindAsync(here.Id, cancellationToken) is { } present
            ? (here.ChainInstitution, present.Hash, null)
            : (here.ChainInstitution, identity, null);
    }

    private static async Task<AccreditationInfo> DescribeAsync(Institution accreditor, AccreditationRecord record, RegistryCalls calls, CancellationToken cancellationToken)
    {
        IReadOnlyList<CallProgress?> progress = await calls.FindAllAsync(accreditor, [record.GiveCall, record.RevokeCall], cancellationToken);
        return AccreditationInfo.Of(record, progress[0], progress[1]);
    }
}
