using System.Text.Json.Nodes;
using Credentials.Anchoring;
using Credentials.DataModel;
using Credentials.DcSdJwt;
using Credentials.JwtVcs;
using Credentials.Keys;
using Credentials.OpenId;
using Credentials.OpenId.Wallet;
using Credentials.Securing;
using Credentials.TestKit;
using Credentials.Wallets;

namespace Credentials.VerifierWeb.Tests.Presentations;

/// <summary>A learner with copies of an anchored diploma in the wallet, in every format.</summary>
internal sealed class Learner : IDisposable
{
    private readonly SigningKey _key = SigningKey.Generate(KeyType.P256);
    private readonly DiplomaWorld _world;

    private Learner(DiplomaWorld world)
    {
        _world = world;
        Key = new(_key, HolderBinding.DidJwk);
    }

    public HolderKey Key { get; }

    /// <summary>The anchored master.</summary>
    public SampleAnchored Master { get; private set; } = null!;

    /// <summary>What the wallet holds.</summary>
    public IReadOnlyList<HeldCredential> Held { get; private set; } = [];

    /// <summary>The copy of a format.</summary>
    public HeldCredential this[string format] => Held.First(one => one.Format == format);

    public static async Task<Learner> CreateAsync(DiplomaWorld world, string diploma = "brazil")
    {
        Learner learner = new(world) { Master = await world.IssueAnchoredAsync(diploma) };
        learner.Held =
        [
            new("sd-jwt", CredentialFormat.SdJwtVc, await learner.SdJwtAsync(), learner.Key),
            new("ldp", CredentialFormat.LdpVc, await learner.LinkedDataAsync("ecdsa-rdfc-2019"), learner.Key),
            new("jwt-vc", CredentialFormat.JwtVcJson, await learner.JwtVcAsync(), learner.Key),
            new("vc-jwt", CredentialFormat.VcJwt, await learner.LinkedDataAsync("vc+jwt"), learner.Key),
        ];
        return learner;
    }

    public void Dispose() => _key.Dispose();

    private WalletCopyTerms Terms() => new($"urn:uuid:{Guid.CreateVersion7()}", "https://" + _world.Issuer.Did["did:web:".Length..], _world.Clock.GetUtcNow())
    {
        HolderDid = Key.Did,
        Evidence = new AwardEvidence(Master.Bare.Digest, Master.Receipt),
        StatusEntries = [new JsonObject { ["id"] = new RegistryEntry(_world.Chain.Registry, _world.Issuer.Institution, RegistryHandle.Create()).Id, ["type"] = RegistryEntry.Type }],
    };

    private VerifiableCredential Read() => Master.Bare.Read();

    private async Task<string> SdJwtAsync()
    {
        byte[] claims = WalletCopy.ToSdJwtVc(Read(), Terms());
        byte[] issued = (await SdJwtVc.IssueAsync(claims, _world.Issuer.P256, new(_world.Issuer.Did + "#p256") { Frame = WalletCopy.FrameOf(claims), HolderKey = _key.PublicKey }, default)).Require();
        return Utf8.Text(issued);
    }

    private async Task<string> JwtVcAsync() =>
        Utf8.Text((await JwtVc.SignAsync(WalletCopy.ToJwtVc(Read(), Terms()), _world.Issuer.P256, _world.Issuer.Did + "#p256", default)).Require());

    private async Task<string> LinkedDataAsync(string form) => Utf8.Text(
        (await SecuringForm.Find(form)!.SignAsync(WalletCopy.ToDataModel(Read(), Terms()), _world.Issuer.P256, new(_world.Issuer.Did + "#p256", _world.Clock.GetUtcNow()), default)).Require());
}
