using System.Numerics;
using Credentials.Anchoring;

namespace Credentials.Ethereum;

/// <summary>Fees of EIP-1559, in wei per gas.</summary>
public sealed record FeeSuggestion(BigInteger MaxFeePerGas, BigInteger MaxPriorityFeePerGas);

/// <summary>A transaction before it is signed. <paramref name="To"/> null creates a contract.</summary>
public sealed record TransactionRequest(ulong ChainId, ulong Nonce, EthereumAddress? To, ReadOnlyMemory<byte> Data, BigInteger Value, ulong GasLimit, FeeSuggestion Fees);

/// <summary>A signed transaction: what is stored in the outbox and sent. <see cref="Decode"/> reads it back.</summary>
/// <param name="Hash">Transaction hash.</param>
/// <param name="Raw">The EIP-2718 bytes that go to the node.</param>
/// <param name="From">The account that signed.</param>
/// <param name="Request">What was signed.</param>
public sealed record SignedTransaction(Bytes32 Hash, ReadOnlyMemory<byte> Raw, EthereumAddress From, TransactionRequest Request)
{
    /// <summary>Reads stored bytes back: hash, sender and fields all come from them. Only EIP-1559 transactions without an access list.</summary>
    public static Parsed<SignedTransaction> Decode(ReadOnlyMemory<byte> raw) => Transactions.Eip1559.Decode(raw);
}

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
public sealed record TransactionReceipt(Bytes32 TransactionHash, bool Succeeded, ulong BlockNumber, Bytes32 BlockHash, ulong GasUsed, BigInteger EffectiveGasPrice, EthereumAddress? ContractAddress);
