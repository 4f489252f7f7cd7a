using System.Numerics;
using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Proofs;

namespace Credentials.IssuerApi.Tests.Anchoring.Lab;

/// <summary>Writes down all that any process ever handed to the chain, and can price itself up.</summary>
internal sealed class ChainRecorder(ILedger inner) : ILedger
{
    private readonly Dictionary<Bytes32, SignedTransaction> _sent = [];

    /// <summary>Every distinct transaction that was ever offered.</summary>
    public IReadOnlyCollection<SignedTransaction> Sent => _sent.Values;

    /// <summary>How often anything was offered.</summary>
    public int Sends { get; private set; }

    /// <summary>Below this fee the chain takes nothing new and mines nothing; suggestions are twice as high.</summary>
    public BigInteger BaseFee { get; set; } = BigInteger.Zero;

    /// <summary>What the last transaction that was taken may pay.</summary>
    public BigInteger NewestFee { get; private set; } = BigInteger.Pow(10, 30);

    /// <summary>The answer to every send, when set.</summary>
    public SendResult? Answer { get; set; }

    /// <summary>Whether it has no receipt any more, as nodes that keep only the newest.</summary>
    public bool ForgetsReceipts { get; set; }

    public string ClientName => inner.ClientName;

    public string Node => inner.Node;

    public Task<Parsed<EncodedHeader>?> GetHeaderAsync(BlockTag tag, CancellationToken cancellationToken) => inner.GetHeaderAsync(tag, cancellationToken);

    public Task<StateProof> GetProofAsync(EthereumAddress contract, IReadOnlyList<Bytes32> slots, BlockTag tag, CancellationToken cancellationToken) => inner.GetProofAsync(contract, slots, tag, cancellationToken);

    public SignedTransaction Sign(TransactionRequest request, ChainAccount account) => inner.Sign(request, account);

    public Task<SignedTransaction> SignAsync(TransactionRequest request, IChainSigner signer, CancellationToken cancellationToken) => inner.SignAsync(request, signer, cancellationToken);

    public async Task<SendResult> SendAsync(SignedTransaction transaction, CancellationToken cancellationToken)
    {
        Sends++;
        if (Answer is not null)
        {
            return Answer;
        }

        if (transaction.Request.Fees.MaxFeePerGas < BaseFee)
        {
            return new SendResult(SendOutcome.Underpriced, "max fee per gas less than block base fee");
        }

        _sent[transaction.Hash] = transaction;
        NewestFee = transaction.Request.Fees.MaxFeePerGas;
        return await inner.SendAsync(transaction, cancellationToken);
    }

    public async Task<FeeSuggestion> SuggestFeesAsync(CancellationToken cancellationToken)
    {
        FeeSuggestion usual = await inner.SuggestFeesAsync(cancellationToken);
        return usual with { MaxFeePerGas = BigInteger.Max(usual.MaxFeePerGas, 2 * BaseFee) };
    }

    public Task<ChainMarks> GetMarksAsync(EthereumAddress? contract, CancellationToken cancellationToken) => inner.GetMarksAsync(contract, cancellationToken);

    public Task<BigInteger> GetBalanceAsync(EthereumAddress account, CancellationToken cancellationToken) => inner.GetBalanceAsync(account, cancellationToken);

    public Task<ulong> GetTransactionCountAsync(EthereumAddress account, BlockTag tag, CancellationToken cancellationToken) => inner.GetTransactionCountAsync(account, tag, cancellationToken);

    public Task<TransactionReceipt?> GetReceiptAsync(Bytes32 transactionHash, CancellationToken cancellationToken) =>
        ForgetsReceipts ? Task.FromResult<TransactionReceipt?>(null) : inner.GetReceiptAsync(transactionHash, cancellationToken);

    public Task<BlockHeader?> GetBlockAsync(BlockTag tag, CancellationToken cancellationToken) => inner.GetBlockAsync(tag, cancellationToken);

    public Task<RegistryState> LookUpAsync(EthereumAddress contract, LookupQuery query, BlockTag tag, CancellationToken cancellationToken) =>
        inner.LookUpAsync(contract, query, tag, cancellationToken);

    public Task<RegistryView> ReadRegistryAsync(EthereumAddress contract, LookupQuery query, CancellationToken cancellationToken) =>
        inner.ReadRegistryAsync(contract, query, cancellationToken);
}
