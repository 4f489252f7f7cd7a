namespace Credentials.WalletWeb.Http;

/// <summary>The host leans on nothing, so it is ready whenever it answers.</summary>
/// <remarks><c>{"status":"healthy","checks":[]}</c>, as the other hosts write it.</remarks>
internal static class HealthEndpoints
{
    private const string Healthy = """{"status":"healthy","checks":[]}""";

    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => TypedResults.Text(Healthy, "application/json"));
        app.MapGet("/health/ready", () => TypedResults.Text(Healthy, "application/json"));
        return app;
    }
}
