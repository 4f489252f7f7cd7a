using System.Text.Json;
using Credentials.Ethereum;
using Credentials.VerifierWeb.Chain;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Credentials.VerifierWeb.Http;

/// <summary>Liveness says that the process answers; readiness also whether each trusted chain does. A chain that is down degrades the verifier: it goes on telling the truth, which then is "cannot tell".</summary>
internal static class HealthEndpoints
{
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<ChainsHealth>("chains", tags: ["ready"]);
        return services;
    }

    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready"), ResponseWriter = WriteAsync });
        return app;
    }

    private static async Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        await using Utf8JsonWriter writer = new(context.Response.BodyWriter);
        writer.WriteStartObject();
        writer.WriteString("status", report.Status.ToString());
        writer.WriteStartObject("checks");
        foreach ((string name, HealthReportEntry entry) in report.Entries)
        {
            writer.WriteStartObject(name);
            writer.WriteString("status", entry.Status.ToString());
            writer.WriteString("description", entry.Description);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
        await writer.FlushAsync(context.RequestAborted);
    }
}

/// <summary>Whether each trusted chain's node answers, and is the chain that it should be.</summary>
internal sealed class ChainsHealth(IReadOnlyList<ChainClient> chains) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (chains.Count == 0)
        {
            return HealthCheckResult.Degraded("No chain is trusted: anchors cannot be told. Set Verifier__Chains__0__RpcUrl and its marks.");
        }

        string?[] faults = await Task.WhenAll(chains.Select(chain => FaultOfAsync(chain, cancellationToken)));
        return faults.OfType<string>().ToArray() is { Length: > 0 } found
            ? HealthCheckResult.Degraded(string.Join(' ', found))
            : HealthCheckResult.Healthy("Every trusted chain answers.");
    }

    private static async Task<string?> FaultOfAsync(ChainClient client, CancellationToken cancellationToken)
    {
        try
        {
            ChainMarks marks = await client.Ledger.GetMarksAsync(client.Chain.Contract, cancellationToken);
            bool same = marks.ChainId == client.Chain.ChainId && marks.GenesisHash.Equals(client.Chain.GenesisHash) && marks.ContractCodeHash is { } code && code.Equals(client.Chain.CodeHash);
            return same ? null : $"{client.Chain.Registry}: the node serves another chain or another contract.";
        }
        catch (LedgerUnavailableException unavailable)
        {
            return $"{client.Chain.Registry}: {unavailable.Message}";
        }
    }
}
