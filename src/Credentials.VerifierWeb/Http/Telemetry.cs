using Credentials.VerifierWeb.Verifying;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Credentials.VerifierWeb.Http;

/// <summary>Exports our own counts over OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says to. The framework's request traces stay off: they carry queries, and a query carries the link to somebody's diploma.</summary>
internal sealed class Telemetry : IHostedService, IDisposable
{
    private MeterProvider? _metrics;

    /// <summary>Registers the export when it is configured.</summary>
    public static void AddTo(WebApplicationBuilder builder)
    {
        if (!string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            builder.Services.AddHostedService<Telemetry>();
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateDefault().AddService("credentials-verifier"))
            .AddMeter(VerificationDesk.MeterName, "System.Runtime")
            .AddOtlpExporter()
            .Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _metrics?.Dispose();
}
