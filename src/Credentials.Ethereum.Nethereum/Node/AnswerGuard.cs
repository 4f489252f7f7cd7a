using System.Net;
using System.Text.Json;
using Credentials.Ethereum.JsonRpc;

namespace Credentials.Ethereum.Nethereum.Node;

/// <summary>Stands between Nethereum's client and the network, and lets only bounded, strict JSON-RPC answers pass that answer what was asked: Nethereum takes a missing answer for null.</summary>
internal sealed class AnswerGuard(string node, int maxAnswerBytes) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        byte[] asked = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        using HttpResponseMessage response = await base.SendAsync(request, cancellationToken);

        // Some providers say 400 and put the node's own error in the body.
        if (!response.IsSuccessStatusCode && response.StatusCode != HttpStatusCode.BadRequest)
        {
            throw new LedgerUnavailableException($"The node at {node} answered with HTTP status {(int)response.StatusCode}.");
        }

        byte[] body = await ReadAsync(response.Content, cancellationToken);
        JsonRpcBatch.Match(node, CallsIn(asked), body);
        return new(HttpStatusCode.OK) { RequestMessage = request, Content = new ByteArrayContent(body) };
    }

    private async Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        try
        {
            await content.LoadIntoBufferAsync(maxAnswerBytes, cancellationToken);
        }
        catch (HttpRequestException fault) when (fault.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw new LedgerUnavailableException($"The node at {node} answered with more than {maxAnswerBytes} bytes.", fault);
        }

        return await content.ReadAsByteArrayAsync(cancellationToken);
    }

    private static JsonRpcCall[] CallsIn(byte[] asked)
    {
        JsonElement json = JsonElement.Parse(asked);
        JsonElement[] requests = json.ValueKind == JsonValueKind.Array ? [.. json.EnumerateArray()] : [json];
        return [.. requests.Select(static request => new JsonRpcCall(request.GetProperty("method").GetString()!))];
    }
}
