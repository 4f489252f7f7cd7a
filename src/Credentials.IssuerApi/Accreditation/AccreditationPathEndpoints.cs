using System.Text.Json;
using Credentials.Anchoring;
using Credentials.Ethereum.Registry;
using Credentials.Evidence;
using Credentials.IssuerApi.ApiKeys;
using Credentials.IssuerApi.Audit;
using Credentials.IssuerApi.Http;
using Credentials.IssuerApi.Identities;
using Credentials.IssuerApi.Institutions;
using Credentials.IssuerApi.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Credentials.IssuerApi.Accreditation;

/// <summary>The path by which an institution shows who vouches for it: its DID document names it, and verifiers hold it against the registry.</summary>
internal static class AccreditationPathEndpoints
{
    private static readonly TimeSpan s_maxAge = TimeSpan.FromMinutes(5);

    public static void MapAccreditationPaths(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/institutions/{slug}/accreditation").WithTags("Accreditation");
        group.MapGet("", GetAsync).AllowPublicReading().Produces(200, contentType: "application/json").ProducesProblem(400).ProducesProblem(404)
            .WithSummary("Who vouches for the institution (AccreditationPath); of=ID for the path over an earlier accreditation");
        group.MapPut("", PutAsync).RequireAuthorization(Role.Administrator).Accepts<JsonElement>("application/json").Produces(204).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409)
            .WithSummary("Keeps a path that an accreditor outside of this issuer handed over");
    }

    private static async Task<IResult> GetAsync(string slug, string? of, HttpContext context, InstitutionStore institutions, AccreditationPaths paths, CancellationToken cancellationToken)
    {
        Bytes32 id = default;
        if (of is not null && !Bytes32.TryParse(of, out id))
        {
            return ApiProblem.Invalid(new Problem(ProblemCode.MalformedValueError, "The parameter of must be 0x and 64 hexadecimal digits."));
        }

        return await institutions.FindAsync(slug, cancellationToken) is { } institution && await paths.FindAsync(institution, of is null ? null : id, cancellationToken) is { } path
            ? PublicReading.Cacheable(context, RawJson.TextOf(path.WriteTo), "application/json", s_maxAge)
            : ApiProblem.Missing("accreditation");
    }

    private static async Task<IResult> PutAsync(
        string slug,
        Caller caller,
        HttpRequest request,
        InstitutionStore institutions,
        IdentityStore identities,
        AccreditationStore store,
        IDatabase database,
        AuditLog audit,
        TrustedChain chain,
        CancellationToken cancellationToken)
    {
        (JsonDocument? read, ProblemHttpResult? refusal) = await RequestBody.ReadDocumentAsync(request, AccreditationPath.MaxLength, cancellationToken);
        if (read is null)
        {
            return refusal!;
        }

        using JsonDocument document = read;
        Parsed<AccreditationPath> parsed = AccreditationPath.Read(document.RootElement);
        if (!parsed.Ok)
        {
            return ApiProblem.Invalid(parsed.Problem);
        }

        if (await institutions.FindAsync(slug, cancellationToken) is not { } institution)
        {
            return ApiProblem.Missing("institution");
        }

        AccreditationPath path = parsed.Value;
        if (WrongWith(path, institution, await identities.ListAsync(slug, cancellationToken), chain) is { } wrong)
        {
            return ApiProblem.Invalid(wrong);
        }

        Bytes32 id = AccreditationPaths.IdOf(path);
        bool kept = await database.WriteAsync(
            async transaction =>
            {
                bool saved = await store.SavePathAsync(transaction, slug, id, path.Links[0].Identity, RawJson.TextOf(path.WriteTo), AccreditationPaths.Most);
                if (saved)
                {
                    await audit.WriteAsync(transaction, new AuditEntry(caller.KeyId, slug, AuditAction.SetAccreditationPath, id.ToString()));
                }

                return saved;
            },
            cancellationToken);
        return kept ? TypedResults.NoContent()
            : ApiProblem.Of(StatusCodes.Status409Conflict, ApiProblem.Conflict, $"{AccreditationPaths.Most} paths of this institution are kept already: that is the most.");
    }

    private static Problem? WrongWith(AccreditationPath path, Institution institution, IReadOnlyList<InstitutionIdentity> own, TrustedChain chain) =>
        path.Links.Count == 0 ? new(ProblemCode.MalformedValueError, "The path has no link: nobody vouches in it.", "/links")
        : path.Registry != chain.Registry ? new(ProblemCode.MalformedValueError, $"The path is of another registry: this issuer's is {chain.Registry}.", "/registry")
        : path.Institution != institution.ChainInstitution ? new(ProblemCode.MalformedValueError, $"The path is of another institution: this one is {institution.ChainInstitution}.", "/institution")
        : own.All(identity => identity.Hash != path.Links[0].Identity) ? new(ProblemCode.MalformedValueError, $"This institution never had that identity. Its present one is {(own is [{ } present, ..] ? present.Hash : default)}: ask the accreditor to vouch for it.", "/links/0/identity")
        : null;
}
