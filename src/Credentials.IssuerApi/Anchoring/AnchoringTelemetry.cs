using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Credentials.IssuerApi.Anchoring;

/// <summary>What anchoring counts and traces, under the name <see cref="Name"/>.</summary>
internal sealed class AnchoringTelemetry : IDisposable
{
    public const string Name = "Credentials.IssuerApi.Anchoring";

    private readonly Meter _meter;

    public AnchoringTelemetry(IMeterFactory meters, AnchoringStatus status)
    {
        _meter = meters.Create(Name);
        Sealed = _meter.CreateCounter<long>("credentials.anchoring.sealed", "{credential}", "Credentials put under a root.");
        Sent = _meter.CreateCounter<long>("credentials.anchoring.sent", "{transaction}", "Transactions that a node took, repeats included.");
        Replaced = _meter.CreateCounter<long>("credentials.anchoring.replaced", "{transaction}", "Transactions signed again with higher fees.");
        Finalized = _meter.CreateCounter<long>("credentials.anchoring.finalized", "{transaction}", "Transactions whose effect is final.");
        MovedBack = _meter.CreateCounter<long>("credentials.anchoring.moved_back", "{transaction}", "Transactions that a reorganisation took back.");
        Failed = _meter.CreateCounter<long>("credentials.anchoring.failed", "{transaction}", "Nonces used up without the effect.");
        Cancelled = _meter.CreateCounter<long>("credentials.anchoring.cancelled", "{transaction}", "Transactions that an operator took back.");
        Orders = _meter.CreateCounter<long>("credentials.anchoring.orders", "{order}", "Pauses, resumptions, flushes and cancellations that operators ordered.");
        _meter.CreateObservableGauge("credentials.anchoring.stalled", () => status.Stalled.Select(worker => new Measurement<int>(1, new KeyValuePair<string, object?>("worker", worker.Name), new KeyValuePair<string, object?>("kind", worker.Stall!.Kind.ToString()))), "{worker}", "Workers that something stands in the way of.");
        GasUsed = _meter.CreateCounter<long>("credentials.anchoring.gas", "{gas}", "Gas used by finalized transactions.");
    }

    public ActivitySource Activities { get; } = new(Name);

    public Counter<long> Sealed { get; }

    public Counter<long> Sent { get; }

    public Counter<long> Replaced { get; }

    public Counter<long> Finalized { get; }

    public Counter<long> MovedBack { get; }

    public Counter<long> Failed { get; }

    public Counter<long> Cancelled { get; }

    public Counter<long> Orders { get; }

    public Counter<long> GasUsed { get; }

    public void Dispose()
    {
        Activities.Dispose();
        _meter.Dispose();
    }
}
