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
        foreach ((InstitutionId institution, InMemoryInstitution self) in registry.Institutions)
        {
            AddInstitution(slots, institution.Value, self);
        }

        foreach (((InstitutionId institution, MerkleRoot root), InMemoryAnchor anchor) in registry.Anchors)
        {
            slots[Slot(1, institution.Value, root.Value)] = Packed(anchor.Time, anchor.Block, anchor.DistrustedAt);
        }

        foreach (((InstitutionId institution, RegistryHandle handle), ulong time) in registry.Revocations)
        {
            slots[Slot(2, institution.Value, Abi.Word(handle))] = time;
        }

        foreach (((InstitutionId institution, Bytes32 name), KeyState key) in registry.Keys)
        {
            Bytes32 slot = Slot(3, institution.Value, name);
            slots[slot] = Packed(key.ValidFrom, key.RevokedAt, (ulong)key.Reason);
            AddBytes(slots, After(slot, 1), key.Multikey.ToArray());
        }

        foreach (((InstitutionId institution, IdentityHash identity), PeriodState period) in registry.Identities)
        {
            slots[Slot(4, institution.Value, identity.Value)] = Packed(period.From, period.Until);
        }

        foreach ((AccreditationLink link, AccreditationState given) in registry.Accreditations)
        {
            slots[Slot(8, CredentialRegistryContract.AccreditationIdOf(link))] = Packed(given.From, given.Until, given.RevokedAt, (ulong)given.Scope);
        }

        return slots.Where(static slot => !slot.Value.IsZero).ToDictionary();
    }

    private static void AddInstitution(Dictionary<Bytes32, BigInteger> slots, Bytes32 institution, InMemoryInstitution self)
    {
        Bytes32 slot = Slot(0, institution);
        slots[slot] = Number(self.Controller.ToArray());
        slots[After(slot, 1)] = Number(self.Candidate.ToArray());
        foreach (EthereumAddress account in self.Operators)
        {
            slots[Keccak256.Hash(Abi.Encode(Abi.Word(account), After(slot, 2)))] = 1;
        }

        slots[Slot(5, institution)] = Number(self.Identity.Value.ToArray());
        slots[Slot(6, institution)] = Number(self.Succession.Successor.Value.ToArray());
        slots[After(Slot(6, institution), 1)] = self.Succession.Since;
        slots[Slot(7, institution)] = Number(self.Proposed.Value.ToArray());
    }

    // Up to 31 bytes lie in the slot itself, with twice their number; more lie at its hash, and the slot says twice their number and one.
    private static void AddBytes(Dictionary<Bytes32, BigInteger> slots, Bytes32 slot, byte[] bytes)
    {
        Bytes32[] words = Abi.Tail(bytes)[1..];
        if (bytes.Length < Bytes32.Length)
        {
            slots[slot] = Number(words[0].ToArray()) + (2 * bytes.Length);
            return;
        }

        slots[slot] = (2 * bytes.Length) + 1;
        for (int word = 0; word < words.Length; word++)
        {
            slots[After(Keccak256.Hash(slot.ToArray()), word)] = Number(words[word].ToArray());
        }
    }

    // The first field lies at the right.
    private static BigInteger Packed(params ulong[] fields) => fields.Select(static (field, index) => (BigInteger)field << (64 * index)).Aggregate(BigInteger.Add);

    private static Bytes32 After(Bytes32 slot, int words)
    {
        byte[] number = (Number(slot.ToArray()) + words).ToByteArray(isUnsigned: true, isBigEndian: true);
        return Bytes32.From([.. new byte[Bytes32.Length - number.Length], .. number]);
    }

    // A mapping's entry lies at the keccak-256 of its key and of the mapping's own slot.
    private static Bytes32 Slot(UInt128 mapping, params Bytes32[] keys) =>
        keys.Aggregate(Abi.Word(mapping), static (slot, key) => Keccak256.Hash([.. key.ToArray(), .. slot.ToArray()]));

    private static BigInteger Number(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);
}
