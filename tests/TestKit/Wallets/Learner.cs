using System.Text.Json.Nodes;
using Credentials.Anchoring;
using Credentials.DataModel;
using Credentials.DcSdJwt;
using Credentials.JwtVcs;
using Credentials.Keys;
using Credentials.OpenId;
using Credentials.OpenId.Wallet;
using Credentials.Securing;
using Credentials.Wallets;

namespace Credentials.TestKit.Wallets;

/// <summary>A learner with copies of an anchored diploma in a wallet, in every format.</summary>
public sealed class Learner : IDisposable
{
    private readonly SigningKey _key = SigningKey.Generate(KeyType.P256);
    private readonly SampleIssuer _issuer;
    private readonly DateTimeOffset _now;

    private Learner(SampleIssuer issuer, SampleAnchored master, DateTimeOffset now)
    {
        (_issuer, Master, _now) = (issuer, master, now);
        Key = new(_key, HolderBinding.DidJwk);
    }

    /// <summary>The key to which the copies are bound.</summary>
    public HolderKey Key { get; }

    /// <summary>The anchored master.</summary>
    public SampleAnchored Master { get; }

    /// <summary>The handle under which the copies are revoked: one for all of them.</summary>
    public RegistryHandle Handle { get; } = RegistryHandle.Create();

    /// <summary>What the wallet holds.</summary>
    public IReadOnlyList<HeldCredential> Held { get; private set; } = [];

    /// <summary>The copy of a format.</summary>
    public HeldCredential this[string format] => Held.First(one => one.Format == format);

    /// <summary>A learner in a world, with a diploma of its institution.</summary>
    public static async Task<Learner> CreateAsync(DiplomaWorld world, string diploma = "brazil")
    {
        ArgumentNullException.ThrowIfNull(world);
        await world.WriteKeyDownAsync();
        return await CreateAsync(world.Issuer, await world.IssueAnchoredAsync(diploma), world.Clock.GetUtcNow());
    }

    /// <summary>A learner with copies of a master that is anchored already.</summary>
    public static async Task<Learner> CreateAsync(SampleIssuer issuer, SampleAnchored master, DateTimeOffset now)
    {
        Learner learner = new(issuer, master, now);
        learner.Held =
        [
            new("sd-jwt", CredentialFormat.SdJwtVc, await learner.SdJwtAsync(), learner.Key),
            new("ldp", CredentialFormat.LdpVc, await learner.DataModelAsync("ecdsa-rdfc-2019"), learner.Key),
            new("jwt-vc", CredentialFormat.JwtVcJson, await learner.JwtVcAsync(), learner.Key),
            new("vc-jwt", CredentialFormat.VcJwt, await learner.DataModelAsync("vc+jwt"), learner.Key),
        ];
        return learner;
    }

    /// <summary>Wipes the key.</summary>
    public void Dispose() => _key.Dispose();

    private string KeyId => _issuer.Did + "#p256";

    private WalletCopyTerms Terms() => new($"urn:uuid:{Guid.CreateVersion7()}", "https://" + _issuer.Did["did:web:".Length..], _now)
    {
        HolderDid = Key.Did,
        Evidence = new AwardEvidence(Master.Bare.Digest, Master.Receipt),
        StatusEntries = [new JsonObject { ["id"] = new RegistryEntry(_issuer.Registry, _issuer.Institution, Handle).Id, ["type"] = RegistryEntry.Type }],
    };

    private VerifiableCredential Read() => Master.Bare.Read();

    private async Task<string> SdJwtAsync()
    {
        byte[] claims = WalletCopy.ToSdJwtVc(Read(), Terms());
        return Utf8.Text((await SdJwtVc.IssueAsync(claims, _issuer.P256, new(KeyId) { Frame = WalletCopy.FrameOf(claims), HolderKey = _key.PublicKey }, default)).Require());
    }

    private async Task<string> JwtVcAsync() => Utf8.Text((await JwtVc.SignAsync(WalletCopy.ToJwtVc(Read(), Terms()), _issuer.P256, KeyId, default)).Require());

    private async Task<string> DataModelAsync(string form) =>
        Utf8.Text((await SecuringForm.Find(form)!.SignAsync(WalletCopy.ToDataModel(Read(), Terms()), _issuer.P256, new(KeyId, _now), default)).Require());
}
