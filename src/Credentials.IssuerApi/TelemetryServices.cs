using Credentials.IssuerApi.Anchoring;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Credentials.IssuerApi;

internal static class TelemetryServices
{
    /// <summary>Exports our own traces and metrics over OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says to. The framework's request traces stay off: they carry paths, and a path may hold a token.</summary>
    public static WebApplicationBuilder AddIssuerTelemetry(this WebApplicationBuilder builder)
    {
        if (!string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            builder.Services.AddHostedService<TelemetryExport>();
        }

        return builder;
    }
}

/// <summary>Holds the exporters while the process lives, and flushes them when it stops.</summary>
internal sealed class TelemetryExport : IHostedService, IDisposable
{
    private const string Service = "credentials-issuer";
    private static readonly string[] s_sources = [Telemetry.Name, AnchoringTelemetry.Name];
    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        ResourceBuilder resource = ResourceBuilder.CreateDefault().AddService(Service);
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(s_sources).AddOtlpExporter().Build();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter([.. s_sources, "System.Runtime"]).AddOtlpExporter().Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }
}
