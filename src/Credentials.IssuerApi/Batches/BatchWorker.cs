using System.Diagnostics;
using System.Threading.Channels;
using Credentials.IssuerApi.Storage;

namespace Credentials.IssuerApi.Batches;

/// <summary>Signs what uploads brought, one chunk a batch in turn, so that a small batch does not wait for a large one. What a crash left is taken up at start.</summary>
internal sealed partial class BatchWorker(IDatabase database, BatchStore batches, BatchIntake intake, BatchChunk chunk, TimeProvider clock, ILogger<BatchWorker> logger) : BackgroundService
{
    private static readonly TimeSpan s_pauseAfterFault = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_pauseWhenShared = TimeSpan.FromSeconds(1);
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Says that there is a new batch.</summary>
    public void Wake() => _wake.Writer.TryWrite(true);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await intake.RemoveUnfinishedAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await RunRoundAsync(stoppingToken))
                {
                    await WaitAsync(stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                // Nothing is lost: the chunk's rows are still pending. A disk that is full may have room again.
                Faulted(logger, fault);
                await Task.Delay(s_pauseAfterFault, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // Another process may have taken an upload in, or died over lines that it had claimed: nobody wakes us for those.
    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task woken = _wake.Reader.WaitToReadAsync(enough.Token).AsTask();
        await (database.IsShared ? Task.WhenAny(woken, Task.Delay(s_pauseWhenShared, clock, enough.Token)) : woken);
        await enough.CancelAsync();
        await woken.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        _wake.Reader.TryRead(out _);
    }

    /// <returns>Whether there may be more to sign.</returns>
    private async Task<bool> RunRoundAsync(CancellationToken cancellationToken)
    {
        int settled = 0;
        List<Exception> faults = [];
        foreach (BatchJob job in await batches.OpenAsync(cancellationToken))
        {
            using Activity? activity = Telemetry.Activities.StartActivity("sign batch chunk");
            activity?.SetTag("batch.id", job.Id);
            try
            {
                int rows = await chunk.SettleNextAsync(job, cancellationToken);
                settled += rows;
                Settled(logger, rows, job.Id);
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                // It may be this batch's alone (a key that does not open): the others go on.
                faults.Add(fault);
            }
        }

        return faults.Count == 0 ? settled > 0 : throw new AggregateException(faults);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Rows} rows of batch {BatchId} settled")]
    private static partial void Settled(ILogger logger, int rows, string batchId);

    [LoggerMessage(Level = LogLevel.Error, Message = "A chunk could not be signed or stored; it is tried again")]
    private static partial void Faulted(ILogger logger, Exception fault);
}
