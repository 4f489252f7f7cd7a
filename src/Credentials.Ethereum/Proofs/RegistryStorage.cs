using System.Numerics;
using Credentials.Anchoring;
using Credentials.Ethereum.Cryptography;
using Credentials.Ethereum.Registry;

namespace Credentials.Ethereum.Proofs;

/// <summary>Where the registry contract keeps what: the slots of its mappings. The layout is frozen; <c>contracts/abi/storage-layout.json</c> holds it.</summary>
/// <remarks>https://docs.soliditylang.org/en/latest/internals/layout_in_storage.html</remarks>
internal static class RegistryStorage
{
    public const int Institutions = 0;
    public const int Anchors = 1;
    public const int Revocations = 2;
    public const int Keys = 3;
    public const int Identities = 4;
    public const int CurrentIdentities = 5;
    public const int Successions = 6;
    public const int ProposedSuccessors = 7;
    public const int Accreditations = 8;

    /// <summary>Slots of 32 bytes that the longest key fills.</summary>
    public const int MaxKeySlots = 128 / Bytes32.Length;

    /// <summary>The controller: zero where there is no such institution.</summary>
    public static Bytes32 Controller(InstitutionId institution) => In(Institutions, institution.Value);

    /// <summary>Time, block number and time of the distrust, from the right, eight bytes each.</summary>
    public static Bytes32 Anchor(InstitutionId institution, MerkleRoot root) => In(Anchors, institution.Value, root.Value);

    /// <summary>The time.</summary>
    public static Bytes32 Revocation(InstitutionId institution, RegistryHandle handle) => In(Revocations, institution.Value, Abi.Word(handle));

    /// <summary>Valid from, revoked at, and one byte of reason, from the right. The key's bytes begin in the slot after it.</summary>
    public static Bytes32 Key(InstitutionId institution, string verificationMethod) =>
        In(Keys, institution.Value, CredentialRegistryContract.KeyIdOf(verificationMethod));

    /// <summary>From and until, from the right.</summary>
    public static Bytes32 Identity(InstitutionId institution, IdentityHash identity) => In(Identities, institution.Value, identity.Value);

    /// <summary>The hash.</summary>
    public static Bytes32 CurrentIdentity(InstitutionId institution) => In(CurrentIdentities, institution.Value);

    /// <summary>The successor; in the slot after it, since when.</summary>
    public static Bytes32 Succession(InstitutionId institution) => In(Successions, institution.Value);

    /// <summary>From, until, revoked at and scope, from the right.</summary>
    public static Bytes32 Accreditation(AccreditationLink link) => In(Accreditations, CredentialRegistryContract.AccreditationIdOf(link));

    /// <summary>The slot so many places after another.</summary>
    public static Bytes32 After(Bytes32 slot, int places) => Word(new BigInteger(slot, isUnsigned: true, isBigEndian: true) + places);

    /// <summary>The slots in which <c>bytes</c> of 32 bytes or more lie.</summary>
    public static IEnumerable<Bytes32> DataOf(Bytes32 bytesSlot, int count) => Enumerable.Range(0, count).Select(place => After(Keccak256.Hash(bytesSlot), place));

    /// <summary>A number as 32 bytes; beyond that it begins again at zero.</summary>
    public static Bytes32 Word(BigInteger value)
    {
        byte[] bytes = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        byte[] word = new byte[Bytes32.Length];
        ReadOnlySpan<byte> tail = bytes.AsSpan(Math.Max(0, bytes.Length - word.Length));
        tail.CopyTo(word.AsSpan(word.Length - tail.Length));
        return Bytes32.From(word);
    }

    // A mapping's entry lies at the keccak-256 of its key and of the mapping's own slot.
    private static Bytes32 In(int mapping, params ReadOnlySpan<Bytes32> keys)
    {
        Bytes32 slot = Abi.Word((UInt128)mapping);
        foreach (Bytes32 key in keys)
        {
            slot = Keccak256.Hash([.. key.ToArray(), .. slot.ToArray()]);
        }

        return slot;
    }
}
