using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Credentials.Ethereum.JsonRpc;

/// <summary>Asks one node over HTTP: several calls in one round trip, within bounds of time and size. Every fault becomes a <see cref="LedgerUnavailableException"/>.</summary>
/// <remarks>https://www.jsonrpc.org/specification</remarks>
internal sealed class JsonRpcClient(HttpClient http, EthereumLedgerOptions options, TimeProvider clock)
{
    private const int ReadSize = 16 * 1024;

    private readonly AuthenticationHeaderValue? _credentials = CredentialsIn(options.Node);
    private readonly Uri _endpoint = new UriBuilder(options.Node) { UserName = "", Password = "" }.Uri;
    private volatile bool _refusesBatches;

    /// <summary>The node's address for people: scheme, host and port. User names, paths and queries may hold keys of a provider.</summary>
    public string Node { get; } = options.Node.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    /// <summary>Asks one thing.</summary>
    public async Task<JsonRpcAnswer> CallAsync(JsonRpcCall call, CancellationToken cancellationToken) =>
        (await AskAsync([call], cancellationToken))![0];

    /// <summary>Asks several things, in one round trip unless the node refuses that; the answers come in the order of the calls.</summary>
    public async Task<IReadOnlyList<JsonRpcAnswer>> BatchAsync(IReadOnlyList<JsonRpcCall> calls, CancellationToken cancellationToken)
    {
        if (!_refusesBatches && await AskAsync(calls, cancellationToken) is { } answers)
        {
            return answers;
        }

        _refusesBatches = true;
        return await Task.WhenAll(calls.Select(async call => (await AskAsync([call], cancellationToken))![0]));
    }

    // Null where the node refuses to be asked several things at once.
    private async Task<IReadOnlyList<JsonRpcAnswer>?> AskAsync(IReadOnlyList<JsonRpcCall> calls, CancellationToken cancellationToken)
    {
        using CancellationTokenSource bound = new(options.Timeout, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        try
        {
            return JsonRpcBatch.Match(Node, calls, await PostAsync(JsonRpcBatch.Write(calls), either.Token));
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested && IsNetworks(fault))
        {
            string what = bound.IsCancellationRequested ? $"did not answer within {options.Timeout.TotalSeconds:0.###} s" : $"could not be asked: {Words(fault)}";
            throw new LedgerUnavailableException($"The node at {Node} {what}.", fault);
        }
    }

    private async Task<byte[]> PostAsync(JsonNode body, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, _endpoint) { Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Accept.Add(new("application/json"));
        request.Headers.Authorization = _credentials;
        using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

        // Some providers say 400 and put the node's own error in the body.
        return response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.BadRequest
            ? await ReadAsync(response.Content, cancellationToken)
            : throw new LedgerUnavailableException($"The node at {Node} answered with HTTP status {(int)response.StatusCode}.");
    }

    private async Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using Stream stream = await content.ReadAsStreamAsync(cancellationToken);
        using MemoryStream body = new();
        byte[] buffer = new byte[ReadSize];
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and int read)
        {
            if (body.Length + read > options.MaxAnswerBytes)
            {
                throw new LedgerUnavailableException($"The node at {Node} answered with more than {options.MaxAnswerBytes} bytes.");
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    private static bool IsNetworks(Exception fault) => fault is HttpRequestException or IOException or OperationCanceledException or InvalidDataException;

    private static string Words(Exception fault) => (fault.InnerException ?? fault).Message.TrimEnd('.');

    private static AuthenticationHeaderValue? CredentialsIn(Uri node) => node.UserInfo.Length == 0
        ? null
        : new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Uri.UnescapeDataString(node.UserInfo))));
}
