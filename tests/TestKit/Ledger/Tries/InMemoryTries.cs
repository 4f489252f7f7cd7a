using System.Numerics;
using System.Runtime.CompilerServices;
using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Cryptography;
using Credentials.Ethereum.Proofs;
using Credentials.Ethereum.Registry;
using Credentials.Ethereum.Transactions;
using Credentials.Evidence;

namespace Credentials.TestKit.Ledger.Tries;

/// <summary>The tries of a state in memory, and the headers over them: real roots, real hashes, real proofs.</summary>
internal static class InMemoryTries
{
    private const int Bloom = 256;
    private const ulong GasLimit = 60_000_000;

    private static readonly ConditionalWeakTable<InMemoryRegistry, SlowTrie> Storages = [];
    private static readonly byte[] NoCode = Keccak256.Hash([]).ToArray();
    private static readonly byte[] EmptyRoot = SlowTrie.Of([]).Root.ToArray();
    private static readonly byte[] NoUncles = Keccak256.Hash(Rlp.List()).ToArray();

    /// <summary>A header of the Prague fork.</summary>
    public static EncodedHeader Seal(EncodedHeader? parent, DateTimeOffset time, InMemoryState state, byte[] salt, int fork) => EncodedHeader.Read(Rlp.List(
        Rlp.Bytes((parent?.Hash ?? default).ToArray()),
        Rlp.Bytes(NoUncles),
        Rlp.Bytes(new byte[20]),
        Rlp.Bytes(AccountsOf(state).Root.ToArray()),
        Rlp.Bytes(EmptyRoot),
        Rlp.Bytes(EmptyRoot),
        Rlp.Bytes(new byte[Bloom]),
        Rlp.Integer(0),
        Rlp.Integer(parent is null ? 0 : parent.Number + 1),
        Rlp.Integer(GasLimit),
        Rlp.Integer(0),
        Rlp.Integer(time.ToUnixTimeSeconds()),
        Rlp.Integer(fork),
        Rlp.Bytes(salt),
        Rlp.Bytes(new byte[8]),
        Rlp.Integer(InMemoryMachine.BaseFee),
        Rlp.Bytes(EmptyRoot),
        Rlp.Integer(0),
        Rlp.Integer(0),
        Rlp.Bytes(new byte[32]),
        Rlp.Bytes(System.Security.Cryptography.SHA256.HashData([])))).Require();

    /// <summary>What a node answers to <c>eth_getProof</c>.</summary>
    public static StateProof Prove(InMemoryState state, EthereumAddress contract, IReadOnlyList<Bytes32> slots)
    {
        SlowTrie storage = state.Contracts.TryGetValue(contract, out InMemoryRegistry? registry) ? StorageOf(registry) : SlowTrie.Of([]);
        return new(
            AccountsOf(state).ProveHashed(contract.ToArray()),
            [.. slots.Select(slot => new StorageProof(slot, storage.ProveHashed(slot.ToArray())))]);
    }

    private static SlowTrie AccountsOf(InMemoryState state) => SlowTrie.Hashed(state.Nonces.Keys.Concat(state.Balances.Keys).Concat(state.Contracts.Keys).Distinct()
        .Select(account => (Account: account, Nonce: state.Contracts.ContainsKey(account) ? 1 : state.NonceOf(account), Balance: state.BalanceOf(account)))
        .Where(static entry => entry.Nonce > 0 || entry.Balance > 0)
        .Select(entry => (entry.Account.ToArray(), AccountRlp(entry.Nonce, entry.Balance, state.Contracts.GetValueOrDefault(entry.Account)))));

    private static byte[] AccountRlp(ulong nonce, BigInteger balance, InMemoryRegistry? registry) => Rlp.List(
        Rlp.Integer(nonce),
        Rlp.Integer(balance),
        Rlp.Bytes(registry is null ? EmptyRoot : StorageOf(registry).Root.ToArray()),
        Rlp.Bytes(registry is null ? NoCode : CredentialRegistryContract.CodeHash.ToArray()));

    private static SlowTrie StorageOf(InMemoryRegistry registry) => Storages.GetValue(registry, static registry => SlowTrie.Hashed(
        InMemoryStorage.SlotsOf(registry).Where(static slot => !slot.Value.IsZero).Select(static slot => (slot.Key.ToArray(), Rlp.Integer(slot.Value)))));
}
