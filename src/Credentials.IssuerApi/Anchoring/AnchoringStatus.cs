using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Credentials.IssuerApi.Anchoring;

/// <summary>How the workers fare now, for the health check and the operators' page.</summary>
internal sealed class AnchoringStatus(TimeProvider clock) : IHealthCheck
{
    private readonly ConcurrentDictionary<string, WorkerState> _workers = new(StringComparer.Ordinal);

    /// <summary>What stands in the way now, by worker.</summary>
    public IReadOnlyList<WorkerState> Stalled => [.. _workers.Values.Where(worker => worker.Stall is not null).OrderBy(worker => worker.Name, StringComparer.Ordinal)];

    /// <summary>Takes the outcome of a worker's step.</summary>
    /// <returns>True when the outcome is another than that of the step before, and so worth a word in the log.</returns>
    public bool Report(string worker, Stall? stall)
    {
        bool changed = !_workers.TryGetValue(worker, out WorkerState? before) ? stall is not null : before.Stall != stall;
        if (changed || before is null)
        {
            _workers[worker] = new WorkerState(worker, stall, clock.GetUtcNow());
        }

        return changed;
    }

    /// <summary>Degraded while anything stands in the way: credentials are issued and queued all the same. Everybody may read this, so it names neither node nor account.</summary>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        Stalled is { Count: > 0 } stalled
            ? HealthCheckResult.Degraded($"Anchoring stalls: {string.Join(", ", stalled.Select(worker => worker.Stall!.Kind).Distinct())}. GET /anchors and the log say more.")
            : HealthCheckResult.Healthy());
}

/// <summary>A worker, what stands in its way, and since when.</summary>
internal sealed record WorkerState(string Name, Stall? Stall, DateTimeOffset Since);
