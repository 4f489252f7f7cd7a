using Credentials.Evidence;
using Credentials.IssuerApi.Anchoring;
using Credentials.IssuerApi.ApiKeys;
using Credentials.IssuerApi.Http;
using Credentials.IssuerApi.Issuance;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Evidence;

internal static class BundleEndpoints
{
    public static IServiceCollection AddEvidence(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<EvidenceOptions, EvidenceOptionsValidator>().BindConfiguration(EvidenceOptions.Section);
        services.AddHttpClient();
        return services
            .AddSingleton(provider => provider.GetRequiredService<IOptions<EvidenceOptions>>().Value)
            .AddSingleton<SeenBlockStore>()
            .AddSingleton<BundleMaker>()
            .AddSingleton<BundleAnswer>();
    }

    public static void MapBundles(this IEndpointRouteBuilder app) =>
        app.MapGet("/credentials/{id}/bundle", GetAsync).RequireAuthorization(Role.Reader).Produces(200, contentType: EvidenceBundle.MediaType).ProducesProblem(404).ProducesProblem(409).ProducesProblem(503)
            .WithTags("Reading").WithSummary("The credential with all evidence for it in one file, which verifies without a network; once its anchor is final");

    private static async Task<IResult> GetAsync(string id, Caller caller, CredentialStore credentials, BundleAnswer answer, CancellationToken cancellationToken) =>
        await credentials.FindAsync(caller.Institution, id, cancellationToken) is { } credential
            ? await answer.OfAsync(credential, cancellationToken)
            : ApiProblem.Missing("credential");
}

/// <summary>Answers with a credential's bundle, by id and by public link alike.</summary>
internal sealed class BundleAnswer(BundleMaker maker, CredentialForms forms, AnchoringQueries anchoring)
{
    public async Task<IResult> OfAsync(CredentialRecord credential, CancellationToken cancellationToken)
    {
        if (await anchoring.GetReceiptAsync(credential.Id, cancellationToken) is not { } receipt)
        {
            return CredentialEndpoints.NotFinal(await anchoring.GetStateAsync(credential.Id, cancellationToken));
        }

        byte[] document = await forms.NewestAsync(credential, cancellationToken);
        Parsed<EvidenceBundle> bundle = await maker.MakeAsync(credential, document, receipt, cancellationToken);
        return bundle.Ok
            ? TypedResults.Bytes(bundle.Value.ToUtf8(), EvidenceBundle.MediaType, "diploma.bundle.json")
            : ApiProblem.Of(StatusCodes.Status503ServiceUnavailable, bundle.Problem.Code, $"The evidence cannot be collected now: {bundle.Problem.Detail} Ask again later; the credential itself is valid already.");
    }
}
