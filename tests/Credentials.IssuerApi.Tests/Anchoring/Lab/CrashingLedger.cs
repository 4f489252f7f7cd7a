using System.Numerics;
using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Proofs;

namespace Credentials.IssuerApi.Tests.Anchoring.Lab;

/// <summary>The chain as a process sees it that dies at some moment. The chain itself lives on.</summary>
internal sealed class CrashingLedger(ILedger inner, CrashPoint crash) : ILedger
{
    public string ClientName => inner.ClientName;

    public string Node => inner.Node;

    public Task<Parsed<EncodedHeader>?> GetHeaderAsync(BlockTag tag, CancellationToken cancellationToken) => inner.GetHeaderAsync(tag, cancellationToken);

    public Task<StateProof> GetProofAsync(EthereumAddress contract, IReadOnlyList<Bytes32> slots, BlockTag tag, CancellationToken cancellationToken) => inner.GetProofAsync(contract, slots, tag, cancellationToken);

    public SignedTransaction Sign(TransactionRequest request, ChainAccount account) => inner.Sign(request, account);

    public Task<SignedTransaction> SignAsync(TransactionRequest request, IChainSigner signer, CancellationToken cancellationToken) => inner.SignAsync(request, signer, cancellationToken);

    public Task<ChainMarks> GetMarksAsync(EthereumAddress? contract, CancellationToken cancellationToken) => RunAsync(() => inner.GetMarksAsync(contract, cancellationToken));

    public Task<BigInteger> GetBalanceAsync(EthereumAddress account, CancellationToken cancellationToken) => RunAsync(() => inner.GetBalanceAsync(account, cancellationToken));

    public Task<ulong> GetTransactionCountAsync(EthereumAddress account, BlockTag tag, CancellationToken cancellationToken) => RunAsync(() => inner.GetTransactionCountAsync(account, tag, cancellationToken));

    public Task<FeeSuggestion> SuggestFeesAsync(CancellationToken cancellationToken) => RunAsync(() => inner.SuggestFeesAsync(cancellationToken));

    public Task<SendResult> SendAsync(SignedTransaction transaction, CancellationToken cancellationToken) => RunAsync(() => inner.SendAsync(transaction, cancellationToken));

    public Task<TransactionReceipt?> GetReceiptAsync(Bytes32 transactionHash, CancellationToken cancellationToken) => RunAsync(() => inner.GetReceiptAsync(transactionHash, cancellationToken));

    public Task<BlockHeader?> GetBlockAsync(BlockTag tag, CancellationToken cancellationToken) => RunAsync(() => inner.GetBlockAsync(tag, cancellationToken));

    public Task<RegistryState> LookUpAsync(EthereumAddress contract, LookupQuery query, BlockTag tag, CancellationToken cancellationToken) =>
        RunAsync(() => inner.LookUpAsync(contract, query, tag, cancellationToken));

    public Task<RegistryView> ReadRegistryAsync(EthereumAddress contract, LookupQuery query, CancellationToken cancellationToken) =>
        RunAsync(() => inner.ReadRegistryAsync(contract, query, cancellationToken));

    private Task<T> RunAsync<T>(Func<Task<T>> ask) => crash.RunAsync(ask);
}
