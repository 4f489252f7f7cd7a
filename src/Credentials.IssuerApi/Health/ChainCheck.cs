using Credentials.Ethereum;
using Credentials.Ethereum.Registry;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Credentials.IssuerApi.Health;

/// <summary>Whether the node answers and serves the configured registry. Degraded at worst: credentials are issued, queued and valid without it.</summary>
internal sealed class ChainCheck(ILedger ledger, TrustedChain chain, TimeProvider clock) : IHealthCheck, IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    // A health page that is asked often must not become a load on the node.
    private static readonly TimeSpan s_memory = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private (HealthCheckResult Result, DateTimeOffset At)? _last;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_last is not { } last || clock.GetUtcNow() - last.At > s_memory)
            {
                _last = last = (await AskAsync(cancellationToken), clock.GetUtcNow());
            }

            return last.Result;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<HealthCheckResult> AskAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(s_patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            ChainMarks marks = await ledger.GetMarksAsync(chain.Contract, either.Token);
            bool same = marks.ChainId == chain.ChainId && marks.GenesisHash.Equals(chain.GenesisHash) && marks.ContractCodeHash is { } code && code.Equals(chain.CodeHash);
            return same
                ? HealthCheckResult.Healthy($"The node answers ({ledger.ClientName} client).")
                : HealthCheckResult.Degraded("The node serves another chain or another contract than Chain:ChainId, Chain:GenesisHash and Chain:Contract name.");
        }
        catch (LedgerUnavailableException)
        {
            return HealthCheckResult.Degraded("The node at Chain:RpcUrl does not answer. Credentials are issued and wait for their anchors.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Degraded("The node at Chain:RpcUrl is slow to answer. Credentials are issued and wait for their anchors.");
        }
    }
}
