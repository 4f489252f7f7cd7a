using Credentials.Ethereum;
using Credentials.VerifierWeb.Chain;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Credentials.VerifierWeb.Http;

/// <summary>Whether each trusted chain's node answers in time, and is the chain that it should be. Asked anew at most every five seconds: anybody may ask this page.</summary>
internal sealed class ChainsCheck(IReadOnlyList<ChainClient> chains, TimeProvider clock) : IHealthCheck
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_memory = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private Task<HealthCheckResult>? _last;
    private DateTimeOffset _asked;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_last is null || clock.GetUtcNow() - _asked > s_memory)
            {
                _asked = clock.GetUtcNow();
                _last = AskAsync();
            }

            return _last.WaitAsync(cancellationToken);
        }
    }

    private async Task<HealthCheckResult> AskAsync()
    {
        if (chains.Count == 0)
        {
            return HealthCheckResult.Degraded("No chain is trusted: anchors cannot be told. Set Verifier__Chains__0__RpcUrl and its marks.");
        }

        string?[] faults = await Task.WhenAll(chains.SelectMany(static chain => chain.Ledgers.Select(ledger => FaultOfAsync(chain, ledger))));
        return faults.OfType<string>().ToArray() is { Length: > 0 } found
            ? HealthCheckResult.Degraded(string.Join(' ', found))
            : HealthCheckResult.Healthy($"Every trusted chain answers ({chains[0].Ledgers[0].ClientName} client).");
    }

    /// <summary>Names the registry only: this page is public, and a node's URL may hold a key.</summary>
    private static async Task<string?> FaultOfAsync(ChainClient client, ILedger ledger)
    {
        using CancellationTokenSource patience = new(s_patience);
        try
        {
            ChainMarks marks = await ledger.GetMarksAsync(client.Chain.Contract, patience.Token);
            bool same = marks.ChainId == client.Chain.ChainId && marks.GenesisHash.Equals(client.Chain.GenesisHash) && marks.ContractCodeHash is { } code && code.Equals(client.Chain.CodeHash);
            return same ? null : $"{client.Chain.Registry}: the node serves another chain or another contract.";
        }
        catch (LedgerUnavailableException)
        {
            return $"{client.Chain.Registry}: the node does not answer.";
        }
        catch (OperationCanceledException)
        {
            return $"{client.Chain.Registry}: the node is slow to answer.";
        }
    }
}
