using System.Numerics;
using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Proofs;

namespace Credentials.TestKit.Ledger.Proofs;

/// <summary>What a lie starts from: the honest answer, and how to ask honestly for something else.</summary>
public sealed record ProofLie(StateProof Truth, IReadOnlyList<Bytes32> Slots, BlockTag Tag, ILedger Honest, EthereumAddress Contract);

/// <summary>A node of another name before a ledger, that tells the truth but for what a test changes.</summary>
public sealed class LyingLedger(ILedger inner, string node) : ILedger
{
    /// <inheritdoc/>
    public string ClientName => inner.ClientName;

    /// <inheritdoc/>
    public string Node => node;

    /// <summary>What becomes of a state proof.</summary>
    public Func<ProofLie, Task<StateProof>>? Proof { get; init; }

    /// <summary>What becomes of a header.</summary>
    public Func<EncodedHeader, Parsed<EncodedHeader>>? Header { get; init; }

    /// <summary>What becomes of the marks.</summary>
    public Func<ChainMarks, ChainMarks>? Marks { get; init; }

    /// <summary>The block that it tells to be the newest, safe and finalized one.</summary>
    public ulong? StuckAt { get; init; }

    /// <summary>How often it was asked for a proof.</summary>
    public int ProofsAsked { get; private set; }

    /// <inheritdoc/>
    public async Task<Parsed<EncodedHeader>?> GetHeaderAsync(BlockTag tag, CancellationToken cancellationToken)
    {
        bool isTag = tag == BlockTag.Latest || tag == BlockTag.Safe || tag == BlockTag.Finalized;
        Parsed<EncodedHeader>? header = await inner.GetHeaderAsync(isTag && StuckAt is { } number ? BlockTag.Number(number) : tag, cancellationToken);
        return Header is not null && header is { Ok: true, Value: { } value } ? Header(value) : header;
    }

    /// <inheritdoc/>
    public async Task<StateProof> GetProofAsync(EthereumAddress contract, IReadOnlyList<Bytes32> slots, BlockTag tag, CancellationToken cancellationToken)
    {
        ProofsAsked++;
        StateProof truth = await inner.GetProofAsync(contract, slots, tag, cancellationToken);
        return Proof is null ? truth : await Proof(new(truth, slots, tag, inner, contract));
    }

    /// <inheritdoc/>
    public async Task<ChainMarks> GetMarksAsync(EthereumAddress? contract, CancellationToken cancellationToken)
    {
        ChainMarks marks = await inner.GetMarksAsync(contract, cancellationToken);
        return Marks is null ? marks : Marks(marks);
    }

    /// <inheritdoc/>
    public Task<BigInteger> GetBalanceAsync(EthereumAddress account, CancellationToken cancellationToken) => inner.GetBalanceAsync(account, cancellationToken);

    /// <inheritdoc/>
    public Task<ulong> GetTransactionCountAsync(EthereumAddress account, BlockTag tag, CancellationToken cancellationToken) => inner.GetTransactionCountAsync(account, tag, cancellationToken);

    /// <inheritdoc/>
    public Task<FeeSuggestion> SuggestFeesAsync(CancellationToken cancellationToken) => inner.SuggestFeesAsync(cancellationToken);

    /// <inheritdoc/>
    public SignedTransaction Sign(TransactionRequest request, ChainAccount account) => inner.Sign(request, account);

    /// <inheritdoc/>
    public Task<SendResult> SendAsync(SignedTransaction transaction, CancellationToken cancellationToken) => inner.SendAsync(transaction, cancellationToken);

    /// <inheritdoc/>
    public Task<TransactionReceipt?> GetReceiptAsync(Bytes32 transactionHash, CancellationToken cancellationToken) => inner.GetReceiptAsync(transactionHash, cancellationToken);

    /// <inheritdoc/>
    public Task<BlockHeader?> GetBlockAsync(BlockTag tag, CancellationToken cancellationToken) => inner.GetBlockAsync(tag, cancellationToken);

    /// <inheritdoc/>
    public Task<SignedTransaction> SignAsync(TransactionRequest request, IChainSigner signer, CancellationToken cancellationToken) => inner.SignAsync(request, signer, cancellationToken);

    /// <inheritdoc/>
    public Task<RegistryState> LookUpAsync(EthereumAddress contract, LookupQuery query, BlockTag tag, CancellationToken cancellationToken) => inner.LookUpAsync(contract, query, tag, cancellationToken);

    /// <inheritdoc/>
    public Task<RegistryView> ReadRegistryAsync(EthereumAddress contract, LookupQuery query, CancellationToken cancellationToken) => inner.ReadRegistryAsync(contract, query, cancellationToken);
}
