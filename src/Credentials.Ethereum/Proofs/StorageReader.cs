using System.Numerics;
using Credentials.Anchoring;

namespace Credentials.Ethereum.Proofs;

/// <summary>A key, or that there is none.</summary>
internal sealed record KeyAnswer(KeyFact? Fact)
{
    public static KeyAnswer None { get; } = new((KeyFact?)null);
}

/// <summary>Reads facts out of slots. All slots that it reads must be there.</summary>
internal sealed class StorageReader(IReadOnlyDictionary<Bytes32, BigInteger> slots)
{
    private const int Half = 64;

    public bool Exists(InstitutionId institution) => !slots[RegistryStorage.Controller(institution)].IsZero;

    public SettledFact? Anchor(InstitutionId institution, MerkleRoot root, Func<ulong, Finality> settled)
    {
        BigInteger word = slots[RegistryStorage.Anchor(institution, root)];
        return Part(word, 0) is > 0 and var time ? new(ContractTime.Of(time), Part(word, 1), settled(time)) : null;
    }

    public DateTimeOffset? Distrusted(InstitutionId institution, MerkleRoot root) => ContractTime.OfOptional(Part(slots[RegistryStorage.Anchor(institution, root)], 2));

    public SettledFact? Revocation(InstitutionId institution, RegistryHandle handle, Func<ulong, Finality> settled) =>
        Part(slots[RegistryStorage.Revocation(institution, handle)], 0) is > 0 and var time ? new(ContractTime.Of(time), null, settled(time)) : null;

    public Parsed<KeyAnswer> Key(InstitutionId institution, string verificationMethod)
    {
        Bytes32 place = RegistryStorage.Key(institution, verificationMethod);
        Bytes32 bytesPlace = RegistryStorage.After(place, 1);
        BigInteger word = slots[place];
        BigInteger head = slots[bytesPlace];
        if (Part(word, 0) == 0)
        {
            return KeyAnswer.None;
        }

        int data = StoredBytes.LengthOf(head) is { } length ? StoredBytes.DataSlots(length) : 0;
        ulong reason = Part(word, 2);
        return StoredBytes.Read(head, RegistryStorage.DataOf(bytesPlace, data).Select(slot => slots[slot])) is { Length: > 0 } multikey && reason <= (ulong)KeyRevocationReason.Compromised
            ? new KeyAnswer(new KeyFact(multikey, ContractTime.Of(Part(word, 0)), ContractTime.OfOptional(Part(word, 1)), (KeyRevocationReason)reason))
            : new Problem(ProblemCode.LedgerProofError, $"The registry holds something else than a key for {verificationMethod}.");
    }

    public IdentityHash? CurrentIdentity(InstitutionId institution) =>
        slots[RegistryStorage.CurrentIdentity(institution)] is { IsZero: false } hash ? new(RegistryStorage.Word(hash)) : null;

    public Period? Identity(InstitutionId institution, IdentityHash identity)
    {
        BigInteger word = slots[RegistryStorage.Identity(institution, identity)];
        return Part(word, 0) is > 0 and var from ? new(ContractTime.Of(from), ContractTime.OfOptional(Part(word, 1))) : null;
    }

    public SuccessionFact? Succession(InstitutionId institution)
    {
        Bytes32 place = RegistryStorage.Succession(institution);
        return Part(slots[RegistryStorage.After(place, 1)], 0) is > 0 and var since ? new(new(RegistryStorage.Word(slots[place])), ContractTime.Of(since)) : null;
    }

    public AccreditationFact? Accreditation(AccreditationLink link)
    {
        BigInteger word = slots[RegistryStorage.Accreditation(link)];
        return Part(word, 0) is > 0 and var from ? new(ContractTime.Of(from), ContractTime.OfOptional(Part(word, 1)), ContractTime.OfOptional(Part(word, 2)), (AccreditationScope)Part(word, 3)) : null;
    }

    // The eight bytes so many places from the right.
    private static ulong Part(BigInteger word, int place) => (ulong)((word >> (Half * place)) & ulong.MaxValue);
}
