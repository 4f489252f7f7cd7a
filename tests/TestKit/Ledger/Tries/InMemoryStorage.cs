using System.Numerics;
using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Cryptography;
using Credentials.Ethereum.Registry;

namespace Credentials.TestKit.Ledger.Tries;

/// <summary>Where the contract keeps what the registry in memory knows: Solidity's layout, written out from <c>contracts/abi/storage-layout.json</c> and not from the code under test.</summary>
/// <remarks>https://docs.soliditylang.org/en/latest/internals/layout_in_storage.html</remarks>
internal static class InMemoryStorage
{
    /// <summary>Every slot that is set, with its value.</summary>
    public static Dictionary<Bytes32, BigInteger> SlotsOf(InMemoryRegistry registry)
    {
        Dictionary<Bytes32, BigInteger> slots = [];
        foreach ((InstitutionId institution, EthereumAddress controller) in registry.Controllers)
        {
            slots[Slot(0, institution.Value)] = Number(controller.ToArray());
        }

        foreach (((InstitutionId institution, MerkleRoot root), (ulong time, ulong block)) in registry.Anchors)
        {
            slots[Slot(1, institution.Value, root.Value)] = time + ((BigInteger)block << 64);
        }

        foreach (((InstitutionId institution, RegistryHandle handle), ulong time) in registry.Revocations)
        {
            slots[Slot(2, institution.Value, Abi.Word(handle))] = time;
        }

        return slots;
    }

    // A mapping's entry lies at the keccak-256 of its key and of the mapping's own slot.
    private static Bytes32 Slot(UInt128 mapping, params Bytes32[] keys) =>
        keys.Aggregate(Abi.Word(mapping), static (slot, key) => Keccak256.Hash([.. key.ToArray(), .. slot.ToArray()]));

    private static BigInteger Number(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);
}
