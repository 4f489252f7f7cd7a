using Credentials.Anchoring;
using Credentials.Ethereum.Proofs;

namespace Credentials.Ethereum;

/// <summary>The chain as the issuer needs it: fees, nonces, signed transactions, blocks, and the registry contract. One port, two clients (built-in, Nethereum) and one law-book.</summary>
/// <remarks>Every method throws <see cref="LedgerUnavailableException"/> when the node cannot be asked, and nothing else for what the network does.</remarks>
public interface ILedger
{
    /// <summary>Name of the client, such as <c>built-in</c> or <c>Nethereum 6.1.0</c>.</summary>
    string ClientName { get; }

    /// <summary>The node for people: scheme, host and port, never a user name, path or query.</summary>
    string Node { get; }

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

    /// <summary>The same for an account whose key may be elsewhere: builds the transaction here and has its hash signed there. Asks no node.</summary>
    /// <exception cref="SignerUnavailableException">The holder of the key could not be asked, or gave no signature of the account.</exception>
    Task<SignedTransaction> SignAsync(TransactionRequest request, IChainSigner signer, CancellationToken cancellationToken);

    /// <summary>Hands a signed transaction to the node. Idempotent: a transaction that the node has is <see cref="SendOutcome.Accepted"/>.</summary>
    Task<SendResult> SendAsync(SignedTransaction transaction, CancellationToken cancellationToken);

    /// <summary>The receipt of a mined transaction, or null.</summary>
    Task<TransactionReceipt?> GetReceiptAsync(Bytes32 transactionHash, CancellationToken cancellationToken);

    /// <summary>The block at a tag, or null when the chain has no such tag.</summary>
    Task<BlockHeader?> GetBlockAsync(BlockTag tag, CancellationToken cancellationToken);

    /// <summary>Reads the registry contract as of a tag. Where no contract lies at the address yet as of <c>safe</c>, <c>finalized</c> or a number, there is nothing; at <c>latest</c> that is a fault.</summary>
    Task<RegistryState> LookUpAsync(EthereumAddress contract, LookupQuery query, BlockTag tag, CancellationToken cancellationToken);

    /// <summary>Reads all that one verification needs, in as few round trips as the node allows: the marks, and the registry as of the newest, the safe and the finalized block.</summary>
    /// <remarks>The answers may be of different moments: <see cref="RegistryView.Contradiction"/> says whether they fit each other.</remarks>
    Task<RegistryView> ReadRegistryAsync(EthereumAddress contract, LookupQuery query, CancellationToken cancellationToken);

    /// <summary>The header of the block at a tag, rebuilt from its fields and held against the hash that the node tells; null when the chain has no such block. A problem names the node.</summary>
    Task<Parsed<EncodedHeader>?> GetHeaderAsync(BlockTag tag, CancellationToken cancellationToken);

    /// <summary>The state proof of a contract and some of its slots as of a block, as the node gives it and not yet verified. A node that has no state of that block any more cannot be asked.</summary>
    Task<StateProof> GetProofAsync(EthereumAddress contract, IReadOnlyList<Bytes32> slots, BlockTag tag, CancellationToken cancellationToken);
}
