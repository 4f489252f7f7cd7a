using Credentials.Anchoring;
using Credentials.Ethereum.Registry;

namespace Credentials.TestKit.Ledger;

/// <summary>The contract's questions as of a time. Verifiers ask for the facts and judge themselves; these are for a second opinion.</summary>
internal static class RegistryQuestion
{
    public static readonly byte[] KeyGoodAt = Abi.Selector("isKeyGoodAt(bytes32,bytes32,uint64)");
    public static readonly byte[] IdentityAt = Abi.Selector("hadIdentityAt(bytes32,bytes32,uint64)");
    public static readonly byte[] AccreditedAt = Abi.Selector("isAccreditedAt(bytes32,bytes32,bytes32,uint64,uint64)");
    public static readonly byte[] AnchoredAt = Abi.Selector("isAnchoredAt(bytes32,bytes32,uint64)");
    public static readonly byte[] RevokedAt = Abi.Selector("isRevokedAt(bytes32,bytes16,uint64)");

    public static byte[] WasKeyGood(InstitutionId institution, Bytes32 key, ulong time) => Abi.Call(KeyGoodAt, institution.Value, key, Abi.Word(time));

    public static byte[] HadIdentity(InstitutionId institution, IdentityHash identity, ulong time) => Abi.Call(IdentityAt, institution.Value, identity.Value, Abi.Word(time));

    public static byte[] WasAccredited(AccreditationLink link, ulong time) =>
        Abi.Call(AccreditedAt, link.Accreditor.Value, link.Institution.Value, link.Identity.Value, Abi.Word(link.Serial), Abi.Word(time));

    public static byte[] WasAnchored(InstitutionId institution, MerkleRoot root, ulong time) => Abi.Call(AnchoredAt, institution.Value, root.Value, Abi.Word(time));

    public static byte[] WasRevoked(InstitutionId institution, RegistryHandle handle, ulong time) => Abi.Call(RevokedAt, institution.Value, Abi.Word(handle), Abi.Word(time));

    /// <summary>A look-up about nothing, with a path of so many links, however many the contract allows.</summary>
    public static byte[] LookUpAnyway(int links)
    {
        byte[] data = CredentialRegistryContract.LookUp(new(default));
        return [.. data[..^1], (byte)links, .. new byte[links * 4 * Bytes32.Length]];
    }
}
