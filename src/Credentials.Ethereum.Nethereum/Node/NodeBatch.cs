using Nethereum.JsonRpc.Client;

namespace Credentials.Ethereum.Nethereum.Node;

/// <summary>Several calls in one round trip. The answers can be taken after <see cref="SendAsync"/>.</summary>
internal sealed class NodeBatch(NethereumNode node)
{
    private readonly RpcRequestResponseBatch _batch = new() { AcceptPartiallySuccessful = true };

    /// <summary>Adds a call.</summary>
    /// <param name="handler">Knows how to read the answer.</param>
    /// <param name="build">Builds the request, given its id.</param>
    /// <returns>Gives the answer.</returns>
    public Func<NodeAnswer<T>> Add<T>(IRpcRequestHandler<T> handler, Func<object, RpcRequest> build)
        where T : class
    {
        RpcRequestResponseBatchItem<IRpcRequestHandler<T>, T> item = new(handler, build(_batch.BatchItems.Count));
        _batch.BatchItems.Add(item);
        return () => new(node.Name, handler.MethodName, item.Response, item.HasError ? new(item.RpcError.Code, item.RpcError.Message) : null);
    }

    /// <summary>Asks.</summary>
    public Task SendAsync(CancellationToken cancellationToken) => node.AskAsync(_batch, cancellationToken);
}
