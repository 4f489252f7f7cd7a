using Credentials.IssuerApi.ApiKeys;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Credentials.IssuerApi.Anchoring;

internal static class AnchoringEndpoints
{
    private const int UsualPage = 50;
    private const int LargestPage = 500;

    public static void MapAnchoring(this IEndpointRouteBuilder app) =>
        app.MapGet("/anchors", ListAsync).RequireAuthorization(Role.Any).WithTags("Anchors")
            .WithSummary("How anchoring fares: what waits, what it costs, what stands in the way. A registrar sees the own institution, the administrator all");

    private static async Task<Ok<AnchoringReport>> ListAsync(long? before, int? limit, Caller caller, AnchoringReports reports, CancellationToken cancellationToken) =>
        TypedResults.Ok(await reports.ReadAsync(caller.InstitutionId, before ?? long.MaxValue, Math.Clamp(limit ?? UsualPage, 1, LargestPage), cancellationToken));
}
