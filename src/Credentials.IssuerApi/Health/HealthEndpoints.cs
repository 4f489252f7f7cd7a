using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Credentials.IssuerApi.Health;

/// <summary>The state of the process and of what it leans on.</summary>
/// <param name="Status">healthy, degraded (works, but something waits) or unhealthy.</param>
/// <param name="Checks">One a thing that it leans on.</param>
internal sealed record HealthReportMessage(string Status, IReadOnlyList<HealthItem> Checks);

/// <summary>One thing and its state.</summary>
internal sealed record HealthItem(string Name, string Status, string? Detail);

internal static class HealthEndpoints
{
    private const string Ready = "ready";

    public static IServiceCollection AddIssuerHealth(this IServiceCollection services)
    {
        services.AddSingleton<ChainCheck>();
        services.AddHealthChecks()
            .AddCheck<StorageCheck>("database", tags: [Ready])
            .AddCheck<KeyRingCheck>("keyRing", tags: [Ready])
            .AddCheck<ChainCheck>("chain", HealthStatus.Degraded, tags: [Ready]);
        return services;
    }

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/health").AllowAnonymous().DisableRateLimiting().WithTags("Health");
        group.MapGet("/live", () => TypedResults.Ok(new HealthReportMessage("healthy", []))).WithSummary("200 while the process serves");
        group.MapGet("/ready", GetReadyAsync).Produces<HealthReportMessage>(503).WithSummary("200 while credentials can be issued; says what waits");
    }

    private static async Task<Results<Ok<HealthReportMessage>, JsonHttpResult<HealthReportMessage>>> GetReadyAsync(HealthCheckService health, CancellationToken cancellationToken)
    {
        HealthReport report = await health.CheckHealthAsync(check => check.Tags.Contains(Ready), cancellationToken);
        var message = new HealthReportMessage(
            NameOf(report.Status),
            [.. report.Entries.Select(entry => new HealthItem(entry.Key, NameOf(entry.Value.Status), entry.Value.Description))]);
        return report.Status == HealthStatus.Unhealthy
            ? TypedResults.Json(message, IssuerJson.Default.HealthReportMessage, statusCode: StatusCodes.Status503ServiceUnavailable)
            : TypedResults.Ok(message);
    }

    private static string NameOf(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };
}
