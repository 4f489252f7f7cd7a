using System.Net.Http.Headers;
using Nethereum.JsonRpc.Client;
using Nethereum.JsonRpc.Client.RpcMessages;

namespace Credentials.Ethereum.Nethereum.Node;

/// <summary>Nethereum's client with ids that are the calls' places, as <see cref="AnswerGuard"/> expects them.</summary>
internal sealed class GuardedRpcClient(Uri endpoint, HttpClient http, AuthenticationHeaderValue? credentials) : RpcClient(endpoint, http, credentials)
{
    /// <inheritdoc/>
    public override Task<RpcResponseMessage> SendAsync(RpcRequestMessage request, string? route = null)
    {
        request.Id = 0;
        return base.SendAsync(request, route);
    }
}
