using Credentials.Anchoring;

namespace Credentials.Ethereum;

/// <summary>The chain as the issuer needs it: fees, nonces, signed transactions, blocks, and the registry contract. One port, two clients (built-in, Nethereum) and one law-book.</summary>
/// <remarks>Every method throws <see cref="LedgerUnavailableException"/> when the node cannot be asked, and nothing else for what the network does.</remarks>
public interface ILedger
{
    /// <summary>Name of the client, such as <c>built-in</c> or <c>Nethereum 6.1.0</c>.</summary>
    string ClientName { get; }

    /// <summary>What identifies the chain and the contract that the node serves, read afresh.</summary>
    /// <param name="contract">Address of the registry contract, or null to read the chain's marks alone.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<ChainMarks> GetMarksAsync(EthereumAddress? contract, CancellationToken cancellationToken);

    /// <summary>Balance in wei at the newest block.</summary>
    Task<System.Numerics.BigInteger> GetBalanceAsync(EthereumAddress account, CancellationToken cancellationToken);

    /// <summary>Number of transactions that the account has in the chain up to a block: the next nonce when the tag is <see cref="BlockTag.Latest"/>.</summary>
    Task<ulong> GetTransactionCountAsync(EthereumAddress account, BlockTag tag, CancellationToken cancellationToken);

    /// <summary>Fees that should get a transaction into one of the next blocks.</summary>
    Task<FeeSuggestion> SuggestFeesAsync(CancellationToken cancellationToken);

    /// <summary>Builds and signs an EIP-1559 transaction. Touches no network: what is signed can be stored before it is sent, and sent again.</summary>
    SignedTransaction Sign(TransactionRequest request, ChainAccount account);

    /// <summary>Hands a signed transaction to the node. Idempotent: a transaction that the node has is <see cref="SendOutcome.Accepted"/>.</summary>
    Task<SendResult> SendAsync(SignedTransaction transaction, CancellationToken cancellationToken);

    /// <summary>The receipt of a mined transaction, or null.</summary>
    Task<TransactionReceipt?> GetReceiptAsync(Bytes32 transactionHash, CancellationToken cancellationToken);

    /// <summary>The block at a tag, or null when the chain has no such tag.</summary>
    Task<BlockHeader?> GetBlockAsync(BlockTag tag, CancellationToken cancellationToken);

    /// <summary>Reads the registry contract as of a tag.</summary>
    Task<RegistryState> LookUpAsync(EthereumAddress contract, InstitutionId institution, MerkleRoot root, RegistryHandle handle, BlockTag tag, CancellationToken cancellationToken);
}

/// <summary>The node could not be asked. Says nothing about what was asked.</summary>
public sealed class LedgerUnavailableException : Exception
{
    /// <summary>With a sentence that names the node and the fault.</summary>
    public LedgerUnavailableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>Without a cause.</summary>
    public LedgerUnavailableException()
    {
    }

    /// <summary>With a sentence.</summary>
    public LedgerUnavailableException(string message)
        : base(message)
    {
    }
}

/// <summary>A block by tag, or by number.</summary>
public readonly record struct BlockTag(string Value)
{
    /// <summary>The newest block.</summary>
    public static BlockTag Latest => new("latest");

    /// <summary>The newest safe block.</summary>
    public static BlockTag Safe => new("safe");

    /// <summary>The newest finalized block.</summary>
    public static BlockTag Finalized => new("finalized");

    /// <summary>One block.</summary>
    public static BlockTag Number(ulong number) => new("0x" + number.ToString("x", System.Globalization.CultureInfo.InvariantCulture));
}

/// <summary>What identifies a trusted chain.</summary>
/// <param name="ChainId">EIP-155 chain id.</param>
/// <param name="GenesisHash">Hash of block 0.</param>
/// <param name="ContractCodeHash">keccak-256 of the contract's runtime code; null when no contract was asked for, of empty code when there is none.</param>
public sealed record ChainMarks(ulong ChainId, Bytes32 GenesisHash, Bytes32? ContractCodeHash);

/// <summary>Fees of EIP-1559, in wei per gas.</summary>
public sealed record FeeSuggestion(System.Numerics.BigInteger MaxFeePerGas, System.Numerics.BigInteger MaxPriorityFeePerGas);

/// <summary>A transaction before it is signed. <paramref name="To"/> null creates a contract.</summary>
public sealed record TransactionRequest(ulong ChainId, ulong Nonce, EthereumAddress? To, ReadOnlyMemory<byte> Data, System.Numerics.BigInteger Value, ulong GasLimit, FeeSuggestion Fees);

/// <summary>A signed transaction: what is stored in the outbox and sent.</summary>
/// <param name="Hash">Transaction hash.</param>
/// <param name="Raw">The EIP-2718 bytes that go to the node.</param>
/// <param name="From">The account that signed.</param>
/// <param name="Request">What was signed.</param>
public sealed record SignedTransaction(Bytes32 Hash, ReadOnlyMemory<byte> Raw, EthereumAddress From, TransactionRequest Request);

/// <summary>What the node said to a transaction.</summary>
public enum SendOutcome
{
    /// <summary>It is in the node's pool, or already in the chain.</summary>
    Accepted = 1,

    /// <summary>Its nonce is used up by another transaction.</summary>
    NonceTooLow = 2,

    /// <summary>Another transaction with this nonce waits, and this one pays too little to replace it; or it pays less than the base fee.</summary>
    Underpriced = 3,

    /// <summary>The account cannot pay.</summary>
    InsufficientFunds = 4,

    /// <summary>Refused for another reason, which the text says.</summary>
    Refused = 5,
}

/// <summary>The outcome of a send, with the node's own words.</summary>
public sealed record SendResult(SendOutcome Outcome, string? Message);

/// <summary>What came of a mined transaction.</summary>
public sealed record TransactionReceipt(Bytes32 TransactionHash, bool Succeeded, ulong BlockNumber, Bytes32 BlockHash, ulong GasUsed, System.Numerics.BigInteger EffectiveGasPrice, EthereumAddress? ContractAddress);

/// <summary>A block's header, as far as we need it.</summary>
public sealed record BlockHeader(ulong Number, Bytes32 Hash, DateTimeOffset Time);

/// <summary>The contract's answer to one look-up; zero address and zero times where there is nothing.</summary>
public sealed record RegistryState(EthereumAddress Controller, ulong AnchoredAt, ulong AnchoredBlock, ulong RevokedAt);
