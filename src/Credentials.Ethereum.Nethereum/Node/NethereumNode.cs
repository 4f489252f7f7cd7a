using System.Net;
using System.Net.Http.Headers;
using Nethereum.Contracts.Services;
using Nethereum.JsonRpc.Client;
using Nethereum.Web3;

namespace Credentials.Ethereum.Nethereum.Node;

/// <summary>One node, asked through Nethereum within bounds of time and size. Every fault becomes a <see cref="LedgerUnavailableException"/>.</summary>
internal sealed class NethereumNode : IDisposable
{
    private readonly EthereumLedgerOptions _options;
    private readonly TimeProvider _clock;
    private readonly HttpClient _http;
    private readonly Web3 _web3;

    public NethereumNode(EthereumLedgerOptions options, TimeProvider clock, HttpMessageHandler transport)
    {
        _options = options;
        _clock = clock;
        Name = options.Node.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

        // Nethereum's calls take no cancellation token: what is abandoned ends by this bound.
        _http = new(new AnswerGuard(Name, options.MaxAnswerBytes) { InnerHandler = transport }) { Timeout = options.Timeout };
        Uri endpoint = new UriBuilder(options.Node) { UserName = "", Password = "" }.Uri;
        _web3 = new(new GuardedRpcClient(endpoint, _http, CredentialsIn(options.Node)));
    }

    /// <summary>The node's address for people: scheme, host and port. User names, paths and queries may hold keys of a provider.</summary>
    public string Name { get; }

    /// <summary>Nethereum's client, for the handlers of a <see cref="NodeBatch"/>.</summary>
    public IClient Client => _web3.Client;

    /// <summary>The connections that one client has for itself.</summary>
    public static HttpMessageHandler CreateTransport() => new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    /// <summary>Asks one thing.</summary>
    public async Task<NodeAnswer<T>> AskAsync<T>(string method, Func<IEthApiContractService, Task<T>> ask, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return new(Name, method, await BoundAsync(method, () => ask(_web3.Eth), cancellationToken), null);
        }
        catch (RpcResponseException refusal)
        {
            return new(Name, method, null, new(refusal.RpcError.Code, NodesOwnWords(refusal.RpcError, method)));
        }
    }

    /// <summary>Asks several things in one round trip.</summary>
    public Task AskAsync(RpcRequestResponseBatch batch, CancellationToken cancellationToken) =>
        BoundAsync("a batch", () => Client.SendBatchRequestAsync(batch), cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<T> BoundAsync<T>(string what, Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using CancellationTokenSource bound = new(_options.Timeout, _clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        try
        {
            return await ask().WaitAsync(either.Token);
        }
        catch (Exception fault) when (fault is not RpcResponseException)
        {
            // Nethereum and its JSON reader throw what they like at a strange answer: all of it is the node's fault.
            cancellationToken.ThrowIfCancellationRequested();
            throw FaultOf(what, fault, bound.IsCancellationRequested);
        }
    }

    private LedgerUnavailableException FaultOf(string what, Exception fault, bool late) => fault switch
    {
        RpcClientUnknownException { InnerException: LedgerUnavailableException guarded } => guarded,
        _ when late || fault is RpcClientTimeoutException => new($"The node at {Name} did not answer within {_options.Timeout.TotalSeconds:0.###} s.", fault),
        RpcClientUnknownException { InnerException: { } cause } => new($"The node at {Name} could not be asked: {Words(cause)}.", fault),
        _ => new($"The node at {Name} answered {what} with something that cannot be read: {Words(fault)}.", fault),
    };

    private static string Words(Exception fault) => (fault.InnerException ?? fault).Message.TrimEnd('.');

    // Nethereum appends the method.
    private static string NodesOwnWords(RpcError error, string method)
    {
        string suffix = ": " + method;
        return error.Message.EndsWith(suffix, StringComparison.Ordinal) ? error.Message[..^suffix.Length] : error.Message;
    }

    private static AuthenticationHeaderValue? CredentialsIn(Uri node) => node.UserInfo.Length == 0
        ? null
        : new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Uri.UnescapeDataString(node.UserInfo))));
}
