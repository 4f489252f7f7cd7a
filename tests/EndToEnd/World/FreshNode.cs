using Credentials.Ethereum;
using Credentials.Ethereum.LocalChain;

namespace Credentials.EndToEnd.World;

/// <summary>A node that knows the chain's state and nothing of who used it.</summary>
internal sealed class FreshNode(AnvilProcess process) : IAsyncDisposable
{
    public EthereumLedger Ledger { get; } = new(process.Url);

    public async ValueTask DisposeAsync()
    {
        Ledger.Dispose();
        await process.DisposeAsync();
    }
}
