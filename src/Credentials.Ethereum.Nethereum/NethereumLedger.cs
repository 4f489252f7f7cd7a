using System.Numerics;
using System.Reflection;
using Credentials.Anchoring;
using Credentials.Ethereum.JsonRpc;
using Credentials.Ethereum.Nethereum.Node;
using Nethereum.Hex.HexTypes;
using Nethereum.Model;
using Nethereum.RPC.Eth.DTOs;
using Nethereum.Web3;

namespace Credentials.Ethereum.Nethereum;

/// <summary>The ledger over Nethereum: one node, asked through <see cref="Web3"/>. Safe to share between threads.</summary>
/// <remarks>Nonces and fees come from the caller and nothing is estimated: none of Nethereum's transaction managers is used. Its process-wide <c>ClientBase.ConnectionTimeout</c> (20 s) bounds a round trip too. https://docs.nethereum.com</remarks>
public sealed partial class NethereumLedger : ILedger, IDisposable
{
    private const int FeeBlocks = 5;
    private const decimal MedianReward = 50;

    private static readonly string Client = "Nethereum " + VersionOf(typeof(Web3).Assembly);

    private readonly EthereumLedgerOptions _options;
    private readonly NethereumNode _node;

    /// <summary>A client of its own connections, with the usual bounds.</summary>
    public NethereumLedger(Uri node)
        : this(new EthereumLedgerOptions(node), TimeProvider.System)
    {
    }

    /// <summary>A client of its own connections.</summary>
    public NethereumLedger(EthereumLedgerOptions options, TimeProvider clock)
        : this(options, clock, NethereumNode.CreateTransport())
    {
    }

    /// <summary>A client over the caller's transport, which it disposes of. It should follow no redirects and inflate compressed answers.</summary>
    public NethereumLedger(EthereumLedgerOptions options, TimeProvider clock, HttpMessageHandler transport)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _node = new(options, clock, transport);
    }

    /// <inheritdoc/>
    public string ClientName => Client;

    /// <inheritdoc/>
    public async Task<BigInteger> GetBalanceAsync(EthereumAddress account, CancellationToken cancellationToken)
    {
        NodeAnswer<HexBigInteger> answer = await _node.AskAsync("eth_getBalance", eth => eth.GetBalance.SendRequestAsync(account.ToString(), BlockParameter.CreateLatest()), cancellationToken);
        return answer.Read(NodeValues.Quantity, "a quantity");
    }

    /// <inheritdoc/>
    public async Task<ulong> GetTransactionCountAsync(EthereumAddress account, BlockTag tag, CancellationToken cancellationToken)
    {
        BlockParameter block = await ResolveAsync(tag, cancellationToken);
        NodeAnswer<HexBigInteger> answer = await _node.AskAsync("eth_getTransactionCount", eth => eth.Transactions.GetTransactionCount.SendRequestAsync(account.ToString(), block), cancellationToken);
        return answer.Read(NodeValues.UInt64, "a nonce");
    }

    /// <inheritdoc/>
    public async Task<FeeSuggestion> SuggestFeesAsync(CancellationToken cancellationToken)
    {
        NodeAnswer<FeeHistoryResult> history = await _node.AskAsync("eth_feeHistory", eth => eth.FeeHistory.SendRequestAsync(new HexBigInteger(FeeBlocks), BlockParameter.CreateLatest(), [MedianReward]), cancellationToken);
        if (history.Error is null)
        {
            return history.Read(NodeValues.Fees, "a fee history").Suggest(_options.MinimumTip);
        }

        NodeAnswer<HexBigInteger> price = await _node.AskAsync("eth_gasPrice", eth => eth.GasPrice.SendRequestAsync(), cancellationToken);
        return FeeHistory.SuggestFrom(price.Read(NodeValues.Quantity, "a gas price"), _options.MinimumTip);
    }

    /// <inheritdoc/>
    /// <remarks>The key stays in the account: Nethereum encodes and hashes, the account signs the hash.</remarks>
    public SignedTransaction Sign(TransactionRequest request, ChainAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        Transaction1559 transaction = Unsigned(request);
        return Signed(transaction, request, account.Address, account.SignHash(transaction.RawHash));
    }

    /// <inheritdoc/>
    /// <remarks>One of Nethereum's own external signers comes in as an <see cref="ExternalChainSigner"/>.</remarks>
    public async Task<SignedTransaction> SignAsync(TransactionRequest request, IChainSigner signer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(signer);
        Transaction1559 transaction = Unsigned(request);
        Bytes32 hash = Bytes32.From(transaction.RawHash);
        ChainSignature signature = await signer.SignHashAsync(hash, cancellationToken);
        return Signed(transaction, request, signer.Address, signature.Complete(hash, signer.Address));
    }

    /// <inheritdoc/>
    public async Task<SendResult> SendAsync(SignedTransaction transaction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        NodeAnswer<string> answer = await _node.AskAsync("eth_sendRawTransaction", eth => eth.Transactions.SendRawTransaction.SendRequestAsync(Hex.Write(transaction.Raw.Span)), cancellationToken);
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
        var answer = await _node.AskAsync("eth_getTransactionReceipt", eth => eth.Transactions.GetTransactionReceipt.SendRequestAsync(transactionHash.ToString()), cancellationToken);
        if (answer.IsNull)
        {
            return null;
        }

        TransactionReceipt receipt = answer.Read(NodeValues.Receipt, "a receipt");
        return receipt.TransactionHash.Equals(transactionHash) ? receipt : throw answer.Unreadable($"the receipt of {transactionHash}");
    }

    /// <inheritdoc/>
    public void Dispose() => _node.Dispose();

    private static Transaction1559 Unsigned(TransactionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new(
            request.ChainId,
            request.Nonce,
            Word(request.Fees.MaxPriorityFeePerGas),
            Word(request.Fees.MaxFeePerGas),
            request.GasLimit,
            request.To?.ToString(),
            Word(request.Value),
            Hex.Write(request.Data.Span),
            accessList: null);
    }

    private static SignedTransaction Signed(Transaction1559 transaction, TransactionRequest request, EthereumAddress from, (byte[] R, byte[] S, int RecoveryId) signature)
    {
        transaction.SetSignature(new Signature(signature.R, signature.S, [(byte)signature.RecoveryId]));
        return new(Bytes32.From(transaction.Hash), transaction.GetRLPEncoded(), from, request);
    }

    // Nethereum would encode a negative number as it comes.
    private static BigInteger Word(BigInteger value) => value.Sign >= 0 && value.GetBitLength() <= 256
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), "Fees and values are unsigned and of at most 256 bits.");

    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? assembly.GetName().Version!.ToString(3);
}
