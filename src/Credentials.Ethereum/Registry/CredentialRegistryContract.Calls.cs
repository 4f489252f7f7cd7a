using Credentials.Anchoring;

namespace Credentials.Ethereum.Registry;

/// <content>The call data of the functions. What would change nothing, and what the sender may not do, reverts and changes nothing.</content>
public static partial class CredentialRegistryContract
{
    /// <summary>Call data of <c>createInstitution</c>: the sender becomes the controller.</summary>
    /// <param name="nonce">Any number that this sender has not used yet.</param>
    /// <param name="operatorAccount">The first account that may anchor and revoke; zero for none.</param>
    public static byte[] CreateInstitution(UInt128 nonce, EthereumAddress operatorAccount) =>
        Abi.Call(RegistrySelector.CreateInstitution, Abi.Word(nonce), Abi.Word(operatorAccount));

    /// <summary>Call data of <c>addOperator</c>. Controller only.</summary>
    public static byte[] AddOperator(InstitutionId institution, EthereumAddress operatorAccount) =>
        Abi.Call(RegistrySelector.AddOperator, institution.Value, Abi.Word(operatorAccount));

    /// <summary>Call data of <c>removeOperator</c>. Controller only; what the operator wrote stays.</summary>
    public static byte[] RemoveOperator(InstitutionId institution, EthereumAddress operatorAccount) =>
        Abi.Call(RegistrySelector.RemoveOperator, institution.Value, Abi.Word(operatorAccount));

    /// <summary>Call data of <c>anchor</c>. Operators only; a repeat reverts and changes nothing.</summary>
    public static byte[] Anchor(InstitutionId institution, MerkleRoot root) =>
        Abi.Call(RegistrySelector.Anchor, institution.Value, root.Value);

    /// <summary>Call data of <c>revoke</c>. Operators only, and for good; a repeat reverts and changes nothing.</summary>
    public static byte[] Revoke(InstitutionId institution, RegistryHandle handle) =>
        Abi.Call(RegistrySelector.Revoke, institution.Value, Abi.Word(handle));

    /// <summary>Call data of <c>proposeController</c>. Controller only; the account controls the institution once it accepts.</summary>
    /// <param name="institution">The institution.</param>
    /// <param name="candidate">The next controller; zero withdraws the offer.</param>
    public static byte[] ProposeController(InstitutionId institution, EthereumAddress candidate) =>
        Abi.Call(RegistrySelector.ProposeController, institution.Value, Abi.Word(candidate));

    /// <summary>Call data of <c>acceptController</c>. The proposed account only; the operators stay as they are.</summary>
    public static byte[] AcceptController(InstitutionId institution) => Abi.Call(RegistrySelector.AcceptController, institution.Value);

    /// <summary>Call data of <c>distrustRoot</c>: the institution does not stand by a root that somebody else anchored. Controller only, and for good.</summary>
    public static byte[] DistrustRoot(InstitutionId institution, MerkleRoot root) =>
        Abi.Call(RegistrySelector.DistrustRoot, institution.Value, root.Value);

    /// <summary>Call data of <c>addKey</c>. Controller only; a verification method is used once and its key never changes.</summary>
    /// <param name="institution">The institution.</param>
    /// <param name="verificationMethod">The DID URL by which proofs name the key.</param>
    /// <param name="multikey">The Multikey bytes, 1 to 128: multicodec prefix and public key.</param>
    /// <param name="validFrom">From when it counts, in whole seconds; what has passed counts as the block's time. Null for now.</param>
    public static byte[] AddKey(InstitutionId institution, string verificationMethod, ReadOnlySpan<byte> multikey, DateTimeOffset? validFrom)
    {
        Bytes32[] name = Abi.Tail(System.Text.Encoding.UTF8.GetBytes(verificationMethod));
        const int Head = 4 * Bytes32.Length;
        return Abi.Call(
            RegistrySelector.AddKey,
            [institution.Value, Abi.Word((UInt128)Head), Abi.Word((UInt128)(Head + (name.Length * Bytes32.Length))), Seconds(validFrom), .. name, .. Abi.Tail(multikey)]);
    }

    /// <summary>Call data of <c>revokeKey</c>: as of its block, and for good. Controller only.</summary>
    /// <param name="institution">The institution.</param>
    /// <param name="key">The key, as <see cref="KeyIdOf"/> names it.</param>
    /// <param name="reason">Why; never <see cref="KeyRevocationReason.None"/>.</param>
    public static byte[] RevokeKey(InstitutionId institution, Bytes32 key, KeyRevocationReason reason) =>
        Abi.Call(RegistrySelector.RevokeKey, institution.Value, key, Abi.Word((UInt128)(int)reason));

    /// <summary>Call data of <c>setIdentity</c>. Controller only; the one before ends, and none is taken twice.</summary>
    public static byte[] SetIdentity(InstitutionId institution, IdentityHash identity) =>
        Abi.Call(RegistrySelector.SetIdentity, institution.Value, identity.Value);

    /// <summary>Call data of <c>proposeSuccessor</c>. Controller only; the zero id withdraws the offer.</summary>
    public static byte[] ProposeSuccessor(InstitutionId institution, InstitutionId successor) =>
        Abi.Call(RegistrySelector.ProposeSuccessor, institution.Value, successor.Value);

    /// <summary>Call data of <c>acceptSuccession</c>. The successor's controller only, and for good.</summary>
    public static byte[] AcceptSuccession(InstitutionId institution, InstitutionId successor) =>
        Abi.Call(RegistrySelector.AcceptSuccession, institution.Value, successor.Value);

    /// <summary>Call data of <c>accredit</c>. The accreditor's controller only.</summary>
    /// <param name="link">Who vouches for whom, under which identity; a serial that was not used for these three.</param>
    /// <param name="from">From when, in whole seconds; what has passed counts as the block's time. Null for now.</param>
    /// <param name="until">The first moment after; null for no end.</param>
    /// <param name="scope">For what; never nothing.</param>
    public static byte[] Accredit(AccreditationLink link, DateTimeOffset? from, DateTimeOffset? until, AccreditationScope scope) =>
        Abi.Call(RegistrySelector.Accredit, [.. Words(link), Seconds(from), Seconds(until), Abi.Word((ulong)scope)]);

    /// <summary>Call data of <c>revokeAccreditation</c>: as of its block, and for good. The accreditor's controller only.</summary>
    public static byte[] RevokeAccreditation(AccreditationLink link) => Abi.Call(RegistrySelector.RevokeAccreditation, Words(link));

    /// <summary>Call data of <c>lookup</c>.</summary>
    internal static byte[] LookUp(LookupQuery query)
    {
        // One tuple of five words and an array behind them; the offsets count from the tuple's first word.
        const int Head = 6 * Bytes32.Length;
        return Abi.Call(
            RegistrySelector.LookUp,
            [
                Abi.Word((UInt128)Bytes32.Length),
                query.Institution.Value, query.Root.Value, Abi.Word(query.Handle), query.Key, query.Identity.Value, Abi.Word((UInt128)Head),
                Abi.Word((UInt128)query.Path.Count), .. query.Path.SelectMany(Words),
            ]);
    }

    private static Bytes32[] Words(AccreditationLink link)
    {
        ArgumentNullException.ThrowIfNull(link);
        return [link.Accreditor.Value, link.Institution.Value, link.Identity.Value, Abi.Word(link.Serial)];
    }

    private static Bytes32 Seconds(DateTimeOffset? time) => Abi.Word((ulong)Math.Max(0, time?.ToUnixTimeSeconds() ?? 0));
}
