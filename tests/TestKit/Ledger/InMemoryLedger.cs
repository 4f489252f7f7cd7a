using System.Numerics;
using System.Security.Cryptography;
using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Cryptography;
using Credentials.Ethereum.Proofs;
using Credentials.Ethereum.Registry;
using Credentials.Ethereum.Transactions;
using Credentials.TestKit.Ledger.Tries;

namespace Credentials.TestKit.Ledger;

/// <summary>A chain in memory that behaves as Anvil does: pool, nonces, balances, blocks, tags (safe one block behind the head, finalized two), reorganisations, and a plug to pull. Obeys the same law-book.</summary>
public sealed partial class InMemoryLedger(ulong chainId, TimeProvider clock) : ILedger
{
    private readonly Lock _gate = new();
    private readonly byte[] _salt = RandomNumberGenerator.GetBytes(32);

    /// <summary>A chain of a random id, on the system's clock.</summary>
    public InMemoryLedger()
        : this((ulong)RandomNumberGenerator.GetInt32(100_000_000, int.MaxValue), TimeProvider.System)
    {
    }

    /// <inheritdoc/>
    public string ClientName => "in memory";

    /// <inheritdoc/>
    public string Node { get; init; } = "memory";

    /// <summary>The chain's id.</summary>
    public ulong ChainId => chainId;

    /// <inheritdoc/>
    public Task<ChainMarks> GetMarksAsync(EthereumAddress? contract, CancellationToken cancellationToken) =>
        Ask(() => MarksOf(contract), cancellationToken);

    /// <inheritdoc/>
    public Task<BigInteger> GetBalanceAsync(EthereumAddress account, CancellationToken cancellationToken) =>
        Ask(() => Head.State.BalanceOf(account), cancellationToken);

    /// <inheritdoc/>
    public Task<ulong> GetTransactionCountAsync(EthereumAddress account, BlockTag tag, CancellationToken cancellationToken) =>
        Ask(() => Require(tag).State.NonceOf(account), cancellationToken);

    /// <inheritdoc/>
    public Task<FeeSuggestion> SuggestFeesAsync(CancellationToken cancellationToken) =>
        Ask(() => new FeeSuggestion(3 * InMemoryMachine.BaseFee, InMemoryMachine.BaseFee), cancellationToken);

    /// <inheritdoc/>
    public SignedTransaction Sign(TransactionRequest request, ChainAccount account) => Eip1559.Sign(request, account);

    /// <inheritdoc/>
    public Task<SignedTransaction> SignAsync(TransactionRequest request, IChainSigner signer, CancellationToken cancellationToken) => Eip1559.SignAsync(request, signer, cancellationToken);

    /// <inheritdoc/>
    public Task<SendResult> SendAsync(SignedTransaction transaction, CancellationToken cancellationToken) =>
        Ask(() => Send(SignedTransaction.Decode(transaction.Raw)), cancellationToken);

    /// <inheritdoc/>
    public Task<TransactionReceipt?> GetReceiptAsync(Bytes32 transactionHash, CancellationToken cancellationToken) =>
        Ask(() => Head.State.Receipts.GetValueOrDefault(transactionHash), cancellationToken);

    /// <inheritdoc/>
    public Task<BlockHeader?> GetBlockAsync(BlockTag tag, CancellationToken cancellationToken) =>
        Ask(() => Find(tag)?.Header, cancellationToken);

    /// <inheritdoc/>
    public Task<RegistryState> LookUpAsync(EthereumAddress contract, LookupQuery query, BlockTag tag, CancellationToken cancellationToken) =>
        Ask(
            () => Require(tag).State.Contracts.TryGetValue(contract, out InMemoryRegistry? registry) ? registry.LookUp(query)
                : tag == BlockTag.Latest ? throw new LedgerUnavailableException($"The chain in memory has no contract at {contract}.")
                : RegistryState.Nothing,
            cancellationToken);

    /// <inheritdoc/>
    public Task<RegistryView> ReadRegistryAsync(EthereumAddress contract, LookupQuery query, CancellationToken cancellationToken)
    {
        RegistrySnapshot? Snapshot(InMemoryBlock? block) => block is null
            ? null
            : new(block.Header, block.State.Contracts.GetValueOrDefault(contract)?.LookUp(query) ?? RegistryState.Nothing);
        return Ask(() => new RegistryView(MarksOf(contract), Snapshot(Head)!, Snapshot(Find(BlockTag.Safe)), Snapshot(Find(BlockTag.Finalized))), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Parsed<EncodedHeader>?> GetHeaderAsync(BlockTag tag, CancellationToken cancellationToken) =>
        Ask(() => Find(tag)?.Sealed is { } header ? (Parsed<EncodedHeader>?)header : null, cancellationToken);

    /// <inheritdoc/>
    public Task<StateProof> GetProofAsync(EthereumAddress contract, IReadOnlyList<Bytes32> slots, BlockTag tag, CancellationToken cancellationToken) =>
        Ask(() => InMemoryTries.Prove(Require(tag).State, contract, slots), cancellationToken);

    /// <summary>Calls the registry at an address as of the newest block: what it gives back, null where it reverts.</summary>
    public byte[]? Call(EthereumAddress contract, byte[] data)
    {
        lock (_gate)
        {
            return Head.State.Contracts[contract].Answer(data);
        }
    }

    private ChainMarks MarksOf(EthereumAddress? contract)
    {
        Bytes32? code = contract is not { } address ? null
            : Head.State.Contracts.ContainsKey(address) ? CredentialRegistryContract.CodeHash
            : Keccak256.Hash([]);
        return new(chainId, _blocks[0].Header.Hash, code);
    }

    private Task<T> Ask<T>(Func<T> answer, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        lock (_gate)
        {
            try
            {
                return Unplugged ? throw new LedgerUnavailableException("The chain in memory is unplugged.") : Task.FromResult(answer());
            }
            catch (LedgerUnavailableException fault)
            {
                return Task.FromException<T>(fault);
            }
        }
    }
}
