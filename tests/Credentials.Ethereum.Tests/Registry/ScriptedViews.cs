using System.Numerics;
using Credentials.Anchoring;
using Credentials.Ethereum.Proofs;

namespace Credentials.Ethereum.Registry;

/// <summary>A ledger that gives one view after the other, and the last one for ever.</summary>
internal sealed class ScriptedViews(params RegistryView[] views) : ILedger
{
    public int Asked { get; private set; }

    public string ClientName => "scripted";

    public string Node => "scripted";

    public Task<Parsed<EncodedHeader>?> GetHeaderAsync(BlockTag tag, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<StateProof> GetProofAsync(EthereumAddress contract, IReadOnlyList<Bytes32> slots, BlockTag tag, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<RegistryView> ReadRegistryAsync(EthereumAddress contract, LookupQuery query, CancellationToken cancellationToken) =>
        Task.FromResult(views[Math.Min(Asked++, views.Length - 1)]);

    public Task<ChainMarks> GetMarksAsync(EthereumAddress? contract, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<BigInteger> GetBalanceAsync(EthereumAddress account, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ulong> GetTransactionCountAsync(EthereumAddress account, BlockTag tag, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<FeeSuggestion> SuggestFeesAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public SignedTransaction Sign(TransactionRequest request, ChainAccount account) => throw new NotSupportedException();

    public Task<SignedTransaction> SignAsync(TransactionRequest request, IChainSigner signer, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<SendResult> SendAsync(SignedTransaction transaction, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<TransactionReceipt?> GetReceiptAsync(Bytes32 transactionHash, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<BlockHeader?> GetBlockAsync(BlockTag tag, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<RegistryState> LookUpAsync(EthereumAddress contract, LookupQuery query, BlockTag tag, CancellationToken cancellationToken) => throw new NotSupportedException();
}
