using Credentials.Ethereum;

namespace Credentials.TestKit.Ledger;

/// <summary>What every client of a node obeys, whichever node: the clients that a law connects are gone when it ends.</summary>
public abstract class ClientLaws : IDisposable
{
    private readonly List<ILedger> _clients = [];

    /// <inheritdoc/>
    public void Dispose()
    {
        _clients.OfType<IDisposable>().ToList().ForEach(static client => client.Dispose());
        GC.SuppressFinalize(this);
    }

    /// <summary>The client under the law.</summary>
    protected abstract ILedger Create(EthereumLedgerOptions options);

    /// <summary>A client with the usual bounds.</summary>
    protected ILedger Connect(Uri node) => Connect(new EthereumLedgerOptions(node));

    /// <summary>A client.</summary>
    protected ILedger Connect(EthereumLedgerOptions options)
    {
        _clients.Add(Create(options));
        return _clients[^1];
    }
}
