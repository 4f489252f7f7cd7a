using System.Text.Json;
using Credentials.Anchoring;
using Credentials.Ethereum.Registry;
using Credentials.Evidence;
using Credentials.IssuerApi.ApiKeys;
using Credentials.IssuerApi.Http;
using Credentials.IssuerApi.Institutions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Credentials.IssuerApi.Identities;

/// <summary>Asks for another name or country of an institution. Its DID stays.</summary>
/// <param name="Name">Its legal name.</param>
/// <param name="Country">ISO 3166-1 alpha-2, in capitals.</param>
internal sealed record SetIdentity(string Name, string Country)
{
    public IReadOnlyList<Problem> Validate() => InstitutionRules.Check(Name, Country);
}

/// <summary>An institution's identity.</summary>
/// <param name="Identity">SHA-256 of the document's JCS form: what accreditors vouch for.</param>
/// <param name="Registry">How far it has come in the registry: queued, submitted, included, safe or finalized.</param>
/// <param name="Document">The document as hashed.</param>
/// <param name="Problem">What stands in its way.</param>
internal sealed record IdentityInfo(string Identity, string? Registry, JsonElement Document, string? Problem)
{
    public static IdentityInfo Of(InstitutionIdentity identity, CallProgress? progress) => new(identity.Hash.ToString(), progress?.State, identity.Json, progress?.Problem);
}

internal static class IdentityEndpoints
{
    private static readonly TimeSpan s_maxAge = TimeSpan.FromMinutes(5);

    public static IServiceCollection AddIdentities(this IServiceCollection services) => services.AddSingleton<IdentityStore>().AddSingleton<IdentityChange>();

    public static void MapIdentities(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/institutions/{slug}/identity").WithTags("Identities");
        group.MapGet("", GetAsync).AllowPublicReading().Produces(200, contentType: "application/json").ProducesProblem(400).ProducesProblem(404)
            .WithSummary("The institution's identity document, as hashed in the registry; of=HASH for an earlier one");
        group.MapPut("", PutAsync).RequireAuthorization(Role.Administrator).Accepts<SetIdentity>("application/json").ProducesProblem(400).ProducesProblem(404)
            .WithSummary("Changes the legal name or the country: a new identity document, which accreditations of the old one do not cover");
    }

    private static async Task<IResult> GetAsync(string slug, string? of, HttpContext context, IdentityStore identities, CancellationToken cancellationToken)
    {
        IdentityHash hash = default;
        if (of is not null && !IdentityHash.TryParse(of, out hash))
        {
            return ApiProblem.Invalid(new Problem(ProblemCode.MalformedValueError, "The parameter of must be 0x and 64 hexadecimal digits."));
        }

        IReadOnlyList<InstitutionIdentity> all = await identities.ListAsync(slug, cancellationToken);
        return all.FirstOrDefault(each => of is null || each.Hash == hash) is { } identity
            ? PublicReading.Cacheable(context, JsonSerializer.SerializeToUtf8Bytes(identity.Json), "application/json", s_maxAge)
            : ApiProblem.Missing("identity");
    }

    private static async Task<Results<Ok<IdentityInfo>, ProblemHttpResult>> PutAsync(
        string slug, Caller caller, HttpRequest request, InstitutionStore institutions, IdentityChange change, RegistryCalls calls, CancellationToken cancellationToken)
    {
        (SetIdentity? message, ProblemHttpResult? refusal) = await RequestBody.ReadMessageAsync(request, IssuerJson.Default.SetIdentity, cancellationToken);
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

        (InstitutionIdentity identity, _) = await change.ApplyAsync(institution, message, caller, cancellationToken);
        return TypedResults.Ok(IdentityInfo.Of(identity, await calls.FindAsync(institution, CredentialRegistryContract.SetIdentity(institution.ChainInstitution, identity.Hash), cancellationToken)));
    }
}
