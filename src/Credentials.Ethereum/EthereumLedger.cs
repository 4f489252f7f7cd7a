using System.Numerics;
using System.Text.Json.Nodes;
using Credentials.Anchoring;
using Credentials.Ethereum.Cryptography;
using Credentials.Ethereum.JsonRpc;
using Credentials.Ethereum.Transactions;

namespace Credentials.Ethereum;

/// <summary>The built-in client: one node over plain JSON-RPC. Safe to share between threads.</summary>
/// <remarks>https://ethereum.github.io/execution-apis/</remarks>
public sealed partial class EthereumLedger : ILedger, IDisposable
{
    private const int FeeBlocks = 5;
    private const int MedianReward = 50;

    private readonly EthereumLedgerOptions _options;
    private readonly JsonRpcClient _node;
    private readonly HttpClient? _own;

    /// <summary>A client of its own connections, with the usual bounds.</summary>
    public EthereumLedger(Uri node)
        : this(new EthereumLedgerOptions(node), TimeProvider.System)
    {
    }

    /// <summary>A client of its own connections.</summary>
    public EthereumLedger(EthereumLedgerOptions options, TimeProvider clock)
        : this(options, clock, CreateHttp(), owns: true)
    {
    }

    /// <summary>A client over the caller's connections. They should follow no redirects and inflate compressed answers.</summary>
    public EthereumLedger(EthereumLedgerOptions options, TimeProvider clock, HttpClient http)
        : this(options, clock, http, owns: false)
    {
    }

    private EthereumLedger(EthereumLedgerOptions options, TimeProvider clock, HttpClient http, bool owns)
    {
        _options = options;
        _node = new(http, options, clock);
        _own = owns ? http : null;
    }

    /// <inheritdoc/>
    public string ClientName => "built-in";

    /// <inheritdoc/>
    public async Task<ChainMarks> GetMarksAsync(EthereumAddress? contract, CancellationToken cancellationToken)
    {
        IReadOnlyList<JsonRpcAnswer> answers = await _node.BatchAsync([.. MarkCalls(contract)], cancellationToken);
        return ReadMarks(answers, contract);
    }

    /// <inheritdoc/>
    public async Task<BigInteger> GetBalanceAsync(EthereumAddress account, CancellationToken cancellationToken)
    {
        JsonRpcAnswer answer = await _node.CallAsync(new("eth_getBalance", account.ToString(), BlockTag.Latest.Value), cancellationToken);
        return answer.Read(Hex.Quantity, "a quantity");
    }

    /// <inheritdoc/>
    public async Task<ulong> GetTransactionCountAsync(EthereumAddress account, BlockTag tag, CancellationToken cancellationToken)
    {
        string block = await ResolveAsync(tag, cancellationToken);
        JsonRpcAnswer answer = await _node.CallAsync(new("eth_getTransactionCount", account.ToString(), block), cancellationToken);
        return answer.Read(Hex.UInt64, "a nonce");
    }

    /// <inheritdoc/>
    public async Task<FeeSuggestion> SuggestFeesAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<JsonRpcAnswer> answers = await _node.BatchAsync(
            [new("eth_feeHistory", Hex.Write(FeeBlocks), BlockTag.Latest.Value, new JsonArray(MedianReward)), new("eth_gasPrice")],
            cancellationToken);
        if (answers[0].Error is null)
        {
            return answers[0].Read(FeeHistory.Read, "a fee history").Suggest(_options.MinimumTip);
        }

        return FeeHistory.SuggestFrom(answers[1].Read(Hex.Quantity, "a gas price"), _options.MinimumTip);
    }

    /// <inheritdoc/>
    public SignedTransaction Sign(TransactionRequest request, ChainAccount account) => Eip1559.Sign(request, account);

    /// <inheritdoc/>
    public Task<SignedTransaction> SignAsync(TransactionRequest request, IChainSigner signer, CancellationToken cancellationToken) => Eip1559.SignAsync(request, signer, cancellationToken);

    /// <inheritdoc/>
    public async Task<SendResult> SendAsync(SignedTransaction transaction, CancellationToken cancellationToken)
    {
        JsonRpcAnswer answer = await _node.CallAsync(new("eth_sendRawTransaction", Hex.Write(transaction.Raw.Span)), cancellationToken);
        if (answer.Error is not { } error)
        {
            return answer.Read(Hex.Hash, "a transaction hash").Equals(transaction.Hash)
                ? new(SendOutcome.Accepted, null)
                : throw answer.Unreadable($"the hash of what was sent, {transaction.Hash}");
        }

        SendOutcome outcome = NodeWords.OutcomeOf(error) ?? throw answer.Fault();

        // A nonce is used up by the very same transaction when an earlier send succeeded after all.
        return outcome == SendOutcome.NonceTooLow && await GetReceiptAsync(transaction.Hash, cancellationToken) is not null
            ? new(SendOutcome.Accepted, error.Message)
            : new(outcome, error.Message);
    }

    /// <inheritdoc/>
    public async Task<TransactionReceipt?> GetReceiptAsync(Bytes32 transactionHash, CancellationToken cancellationToken)
    {
        JsonRpcAnswer answer = await _node.CallAsync(new("eth_getTransactionReceipt", transactionHash.ToString()), cancellationToken);
        if (answer.IsNull)
        {
            return null;
        }

        TransactionReceipt receipt = answer.Read(NodeShapes.Receipt, "a receipt");
        return receipt.TransactionHash.Equals(transactionHash) ? receipt : throw answer.Unreadable($"the receipt of {transactionHash}");
    }

    /// <inheritdoc/>
    public void Dispose() => _own?.Dispose();

    private static JsonRpcCall[] MarkCalls(EthereumAddress? contract)
    {
        JsonRpcCall[] chain = [new("eth_chainId"), BlockCall(BlockTag.Number(0))];
        return contract is { } address ? [.. chain, new("eth_getCode", address.ToString(), BlockTag.Latest.Value)] : chain;
    }

    private static ChainMarks ReadMarks(IReadOnlyList<JsonRpcAnswer> answers, EthereumAddress? contract) => new(
        answers[0].Read(Hex.UInt64, "a chain id"),
        answers[1].Read(NodeShapes.Block, "the genesis block").Hash,
        contract is null ? null : Keccak256.Hash(answers[2].Read(Hex.Data, "code")));

    private static JsonRpcCall BlockCall(BlockTag tag) => new("eth_getBlockByNumber", tag.Value, false);

    private static HttpClient CreateHttp() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = System.Net.DecompressionMethods.All,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
