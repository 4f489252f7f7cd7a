using Credentials.Ethereum;
using Credentials.IssuerApi.Storage;

namespace Credentials.IssuerApi.Anchoring;

/// <summary>Repeats one step for as long as the host runs. No fault ends it: it says what is wrong, waits longer each time, and goes on.</summary>
internal sealed class PeriodicWorker(
    string name,
    Func<CancellationToken, Task<Stall?>> step,
    AnchoringOptions options,
    AnchoringStatus status,
    TimeProvider clock,
    ILogger<PeriodicWorker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        TimeSpan pause = options.PollInterval;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                Stall? stall = await TryStepAsync(stoppingToken);
                Report(stall);
                pause = stall is null ? options.PollInterval : Longer(pause);
                await Task.Delay(pause, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task<Stall?> TryStepAsync(CancellationToken stoppingToken)
    {
        try
        {
            return await step(stoppingToken);
        }
        catch (LedgerUnavailableException e)
        {
            return new Stall(StallKind.Unreachable, e.Message);
        }
        catch (SignerUnavailableException e)
        {
            return new Stall(StallKind.Signer, e.Message);
        }
        catch (StorageUnavailableException e)
        {
            return new Stall(StallKind.Storage, e.Message);
        }
#pragma warning disable CA1031 // A worker outlives every fault; what it is stands in the log and in the health check.
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            logger.StepFailed(e, name);
            return new Stall(StallKind.Fault, $"The anchoring worker '{name}' failed: {e.Message} See the log.");
        }
    }

    private void Report(Stall? stall)
    {
        if (!status.Report(name, stall))
        {
            return;
        }

        if (stall is null)
        {
            logger.Resumed(name);
        }
        else
        {
            logger.Stalled(name, stall.Kind, stall.Message);
        }
    }

    private TimeSpan Longer(TimeSpan pause) => pause * 2 < options.MaxBackoff ? pause * 2 : options.MaxBackoff;
}
