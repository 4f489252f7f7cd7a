using Credentials.Ethereum;
using Credentials.IssuerApi.Anchoring;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;

namespace Credentials.IssuerApi.Tests.Anchoring;

public sealed class PeriodicWorkerTests
{
    private readonly AnchoringStatus _status = new(TimeProvider.System);
    private readonly AnchoringOptions _options = new() { PollInterval = TimeSpan.FromMilliseconds(1), MaxBackoff = TimeSpan.FromMilliseconds(4) };

    [Fact]
    public async Task Outlives_every_fault_and_says_what_it_was()
    {
        int steps = 0;
        TaskCompletionSource recovered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        List<StallKind?> seen = [];
        using PeriodicWorker worker = Worker(_ =>
        {
            seen.Add(_status.Stalled.SingleOrDefault()?.Stall?.Kind);
            switch (++steps)
            {
                case 1: throw new InvalidOperationException("a fault");
                case 2: throw new LedgerUnavailableException("no node");
                case 3: return Task.FromResult<Stall?>(new Stall(StallKind.InsufficientFunds, "no money"));
                case 5: recovered.TrySetResult(); break;
            }

            return Task.FromResult<Stall?>(null);
        });

        await worker.StartAsync(CancellationToken.None);
        await recovered.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await worker.StopAsync(CancellationToken.None);

        Assert.Equal([null, StallKind.Fault, StallKind.Unreachable, StallKind.InsufficientFunds, null], seen.Take(5));
        Assert.Empty(_status.Stalled);
    }

    [Fact]
    public async Task Stops_at_once_in_the_middle_of_a_step()
    {
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using PeriodicWorker worker = Worker(async cancellationToken =>
        {
            started.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return null;
        });

        await worker.StartAsync(CancellationToken.None);
        await started.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await worker.StopAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.True(worker.ExecuteTask!.IsCompletedSuccessfully);
        Assert.Empty(_status.Stalled);
    }

    [Fact]
    public async Task Is_degraded_while_anything_stands_in_the_way_and_healthy_after()
    {
        HealthCheckContext context = new();
        _status.Report("send", new Stall(StallKind.InsufficientFunds, "The account 0xabc at node.internal cannot pay."));
        HealthCheckResult stalled = await _status.CheckHealthAsync(context);
        _status.Report("send", null);
        HealthCheckResult well = await _status.CheckHealthAsync(context);

        Assert.Equal(HealthStatus.Degraded, stalled.Status);
        Assert.Contains("InsufficientFunds", stalled.Description, StringComparison.Ordinal);
        Assert.DoesNotContain("0xabc", stalled.Description, StringComparison.Ordinal);
        Assert.DoesNotContain("node.internal", stalled.Description, StringComparison.Ordinal);
        Assert.Equal(HealthStatus.Healthy, well.Status);
    }

    [Fact]
    public void Tells_the_same_trouble_once()
    {
        Assert.False(_status.Report("send", null));
        Assert.True(_status.Report("send", new Stall(StallKind.Refused, "no")));
        Assert.False(_status.Report("send", new Stall(StallKind.Refused, "no")));
        Assert.True(_status.Report("send", null));
    }

    private PeriodicWorker Worker(Func<CancellationToken, Task<Stall?>> step) =>
        new("test", step, _options, _status, TimeProvider.System, NullLogger<PeriodicWorker>.Instance);
}
