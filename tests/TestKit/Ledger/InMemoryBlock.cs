using System.Collections.Immutable;
using System.Numerics;
using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Proofs;

namespace Credentials.TestKit.Ledger;

/// <summary>One block with the whole state after it, so that a reorganisation is nothing but forgetting blocks.</summary>
internal sealed record InMemoryBlock(EncodedHeader Sealed, InMemoryState State)
{
    public BlockHeader Header { get; } = Sealed.ToBlock();
}

/// <summary>Accounts, contracts and receipts as of one block.</summary>
internal sealed record InMemoryState(
    ImmutableDictionary<EthereumAddress, ulong> Nonces,
    ImmutableDictionary<EthereumAddress, BigInteger> Balances,
    ImmutableDictionary<EthereumAddress, InMemoryRegistry> Contracts,
    ImmutableDictionary<Bytes32, TransactionReceipt> Receipts)
{
    public static InMemoryState Empty { get; } = new(
        ImmutableDictionary<EthereumAddress, ulong>.Empty,
        ImmutableDictionary<EthereumAddress, BigInteger>.Empty,
        ImmutableDictionary<EthereumAddress, InMemoryRegistry>.Empty,
        ImmutableDictionary<Bytes32, TransactionReceipt>.Empty);

    public ulong NonceOf(EthereumAddress account) => Nonces.GetValueOrDefault(account);

    public BigInteger BalanceOf(EthereumAddress account) => Balances.GetValueOrDefault(account);
}
