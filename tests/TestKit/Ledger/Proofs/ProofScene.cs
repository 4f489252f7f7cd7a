using System.Security.Cryptography;
using Credentials.Anchoring;
using Credentials.Ethereum.Registry;

namespace Credentials.TestKit.Ledger.Proofs;

/// <summary>A registry with something in every mapping, settled, and the questions to which that is the answer.</summary>
public sealed class ProofScene
{
    private const string Method = "did:web:university.example#key-1";
    private const string ShortMethod = "did:web:university.example#short";

    private readonly RegistryHandle _unrevoked = RegistryHandle.Create();
    private readonly MerkleRoot _unknown = MerkleRoot.From(RandomNumberGenerator.GetBytes(32));

    private ProofScene(InstitutionId institution, InstitutionId accreditor) => (Institution, Accreditor) = (institution, accreditor);

    /// <summary>The institution that anchors.</summary>
    public InstitutionId Institution { get; }

    /// <summary>Who vouches for it.</summary>
    public InstitutionId Accreditor { get; }

    /// <summary>An anchored root.</summary>
    public MerkleRoot Root { get; } = MerkleRoot.From(RandomNumberGenerator.GetBytes(32));

    /// <summary>An anchored root that the institution does not stand by.</summary>
    public MerkleRoot Distrusted { get; } = MerkleRoot.From(RandomNumberGenerator.GetBytes(32));

    /// <summary>A revoked handle.</summary>
    public RegistryHandle Revoked { get; } = RegistryHandle.Create();

    /// <summary>The institution's identity.</summary>
    public IdentityHash Identity { get; } = IdentityHash.From(RandomNumberGenerator.GetBytes(32));

    /// <summary>A key of 35 bytes, which takes two slots beside its own.</summary>
    public byte[] Multikey { get; } = RandomNumberGenerator.GetBytes(35);

    /// <summary>A key that fits into its slot.</summary>
    public byte[] ShortKey { get; } = RandomNumberGenerator.GetBytes(31);

    /// <summary>All there is to ask, and all of it is there.</summary>
    public RegistryQuery Full => new(Institution, Root, Revoked)
    {
        VerificationMethod = Method,
        Identity = Identity,
        Path = [Link, new(Accreditor, Institution, Identity, 7)],
    };

    /// <summary>A diploma that is in good order: anchored, and not revoked.</summary>
    public RegistryQuery Good => Full with { Handle = _unrevoked };

    /// <summary>Questions of every kind, by what they are about.</summary>
    public IReadOnlyDictionary<string, RegistryQuery> Questions => new Dictionary<string, RegistryQuery>(StringComparer.Ordinal)
    {
        ["everything"] = Full,
        ["a good diploma"] = Good,
        ["a distrusted root, and a key in one slot"] = new(Institution, Distrusted, null) { VerificationMethod = ShortMethod },
        ["nothing but the institution"] = new(Institution, null, null),
        ["a root and a handle that are not there"] = new(Institution, _unknown, _unrevoked),
        ["a key, an identity and a link that are not there"] = new(Institution, null, null) { VerificationMethod = "did:web:nobody.example#key", Identity = new(Root.Value), Path = [Link with { Serial = 9 }] },
        ["an institution that is not there"] = new(new(Root.Value), Root, Revoked) { VerificationMethod = Method, Identity = Identity },
        ["the accreditor"] = new(Accreditor, null, null),
    };

    private AccreditationLink Link => new(Accreditor, Institution, Identity, 0);

    /// <summary>Puts the scene on a chain and lets it settle.</summary>
    public static async Task<ProofScene> CreateAsync(LedgerWorld world)
    {
        LedgerActor accreditor = await LedgerActor.CreateInstitutionAsync(world);
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        LedgerActor successor = await LedgerActor.CreateInstitutionAsync(world);
        ProofScene scene = new(actor.Institution, accreditor.Institution);
        byte[][] calls =
        [
            CredentialRegistryContract.SetIdentity(scene.Institution, scene.Identity),
            CredentialRegistryContract.AddKey(scene.Institution, Method, scene.Multikey, null),
            CredentialRegistryContract.AddKey(scene.Institution, ShortMethod, scene.ShortKey, null),
            CredentialRegistryContract.Anchor(scene.Institution, scene.Root),
            CredentialRegistryContract.Anchor(scene.Institution, scene.Distrusted),
            CredentialRegistryContract.DistrustRoot(scene.Institution, scene.Distrusted),
            CredentialRegistryContract.Revoke(scene.Institution, scene.Revoked),
            CredentialRegistryContract.RevokeKey(scene.Institution, CredentialRegistryContract.KeyIdOf(ShortMethod), KeyRevocationReason.Compromised),
            CredentialRegistryContract.ProposeSuccessor(scene.Institution, successor.Institution),
        ];
        foreach (byte[] call in calls)
        {
            await MustAsync(actor, call);
        }

        await MustAsync(accreditor, CredentialRegistryContract.Accredit(scene.Link, null, null, AccreditationScope.EqfLevel6 | AccreditationScope.EqfLevel7));
        await MustAsync(successor, CredentialRegistryContract.AcceptSuccession(scene.Institution, successor.Institution));
        await world.MineAsync(3);
        return scene;
    }

    /// <summary>All facts of a record as text, whoever told them: two readings say the same when these are equal.</summary>
    public static string Facts(RegistryRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        string key = record.Key is { } found ? $"{Convert.ToHexString(found.Multikey.Span)} {found.ValidFrom:u} {found.RevokedAt:u} {found.Reason}" : "none";
        RegistryRecord plain = record with { Key = null, Path = [], Remarks = [], Assurance = RegistryAssurance.TrustedNode };
        return $"{plain} key {key} path {string.Join("; ", record.Path)}";
    }

    private static async Task MustAsync(LedgerActor actor, byte[] call)
    {
        if (!(await actor.MineAsync(call)).Succeeded)
        {
            throw new InvalidOperationException("A call of the scene reverted.");
        }
    }
}
