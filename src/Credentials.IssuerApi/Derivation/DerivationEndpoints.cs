using System.Text.Json;
using Credentials.IssuerApi.Http;
using Credentials.Securing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Credentials.IssuerApi.Derivation;

/// <summary>A credential that discloses less (VC-API).</summary>
internal sealed record DerivedCredential(RawJson VerifiableCredential);

internal static class DerivationEndpoints
{
    /// <summary>Needs no key and keeps nothing, so it is open to everybody, within the limits for clients without an API key.</summary>
    public static void MapDerivation(this IEndpointRouteBuilder app) => app
        .MapPost("/credentials/derive", DeriveAsync).AllowAnonymous().Accepts<object>("application/json").ProducesProblem(400).ProducesProblem(413).ProducesProblem(415)
        .WithTags("Deriving").WithSummary("A copy of a credential that discloses only what the holder names (VC-API); options: selectivePointers. Nothing of it is kept");

    private static async Task<Results<Created<DerivedCredential>, ProblemHttpResult>> DeriveAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        (JsonDocument? body, ProblemHttpResult? refusal) = await RequestBody.ReadDocumentAsync(request, RequestBody.MaxCredentialRequest, cancellationToken);
        if (body is null)
        {
            return refusal!;
        }

        using JsonDocument document = body;
        Parsed<DeriveRequest> parsed = DeriveRequest.Parse(document.RootElement);
        if (!parsed.Ok)
        {
            return ApiProblem.Invalid(parsed.Problem);
        }

        Parsed<byte[]> derived = SelectiveDisclosure.Derive(parsed.Value.Credential, parsed.Value.SelectivePointers);
        return derived.Ok
            ? TypedResults.Created((string?)null, new DerivedCredential(new RawJson(derived.Value)))
            : ApiProblem.Invalid(derived.Problem with { Pointer = "/verifiableCredential" + derived.Problem.Pointer });
    }
}
