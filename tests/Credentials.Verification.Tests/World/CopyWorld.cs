using System.Text.Json.Nodes;
using Credentials.Anchoring;
using Credentials.DataModel;
using Credentials.DcSdJwt;
using Credentials.Jose;
using Credentials.Keys;
using Credentials.Status;
using Credentials.TestKit;
using Credentials.Wallets;

namespace Credentials.Verification.Tests.World;

/// <summary>A diploma that is anchored, copies of it in a learner's wallet, and the status list that they refer to.</summary>
internal sealed class CopyWorld : IDisposable
{
    public const string IssuerUrl = "https://universidade-modelo.example";
    public const string ListUrl = "https://status.example/lists/1/token";
    public const int Index = 7;

    private CopyWorld(TestWorld world, SampleAnchored master) => (World, Master) = (world, master);

    public TestWorld World { get; }

    public SampleAnchored Master { get; }

    public SigningKey Learner { get; } = SigningKey.Generate(KeyType.P256);

    public SigningKey Stranger { get; } = SigningKey.Generate(KeyType.P256);

    /// <summary>The statuses, 2 bits each.</summary>
    public TokenStatusList Statuses { get; } = new(131_072, 2);

    /// <summary>Somebody who knows the university and its institution on the chain: whose the award is, the copy's own word does not show.</summary>
    public TrustedMaterial Trusted => World.Trusted with { PinnedInstitutions = [new(World.Issuer.Registry, World.Issuer.Institution, World.Issuer.Did)] };

    public string KeyId => $"{World.Issuer.Did}#p256";

    public string LearnerDid => FormWorld.DidOf(Learner);

    public AwardEvidence Evidence => new(Master.Bare.Digest, Master.Receipt);

    public static async Task<CopyWorld> CreateAsync()
    {
        TestWorld world = await TestWorld.CreateAsync();
        var copies = new CopyWorld(world, await world.IssueAsync("morocco"));
        await copies.PublishAsync();
        return copies;
    }

    /// <summary>Signs the status list as it stands, and puts it on its host.</summary>
    public async Task PublishAsync(Func<StatusListClaims, StatusListClaims>? edit = null, SigningKey? key = null, string? keyId = null, bool cwt = false)
    {
        var claims = new StatusListClaims(ListUrl, World.Clock.Now, Statuses) { Expires = World.Clock.Now + TimeSpan.FromDays(7), TimeToLive = TimeSpan.FromMinutes(5) };
        claims = edit is null ? claims : edit(claims);
        byte[] token = (cwt
            ? await StatusListToken.SignCwtAsync(claims, key ?? World.Issuer.P256, keyId ?? KeyId, CancellationToken.None)
            : await StatusListToken.SignJwtAsync(claims, key ?? World.Issuer.P256, keyId ?? KeyId, [], CancellationToken.None)).Require();
        World.Web.Put(ListUrl, token, cwt ? StatusListToken.CwtMediaType : StatusListToken.JwtMediaType);
    }

    /// <summary>What a copy says of its own.</summary>
    public WalletCopyTerms Terms => new($"urn:uuid:{Guid.CreateVersion7()}", IssuerUrl, World.Clock.Now)
    {
        HolderDid = LearnerDid,
        StatusEntries = [new JsonObject { ["id"] = new RegistryEntry(World.Issuer.Registry, World.Issuer.Institution, RegistryHandle.Create()).Id, ["type"] = RegistryEntry.Type }],
        TokenStatus = new(Index, new Uri(ListUrl)),
        Evidence = Evidence,
    };

    /// <summary>The claims of a copy as an SD-JWT VC.</summary>
    public byte[] Claims(Action<JsonObject>? edit = null, WalletCopyTerms? terms = null)
    {
        byte[] claims = WalletCopy.ToSdJwtVc(VerifiableCredential.Parse(Master.Bare.Text).Require(), terms ?? Terms);
        return edit is null ? claims : Text.Edit(claims, edit);
    }

    /// <summary>A copy as an SD-JWT VC, with everything disclosed.</summary>
    public async Task<byte[]> IssueAsync(Action<JsonObject>? edit = null, SigningKey? key = null, Func<SdJwtVcOptions, SdJwtVcOptions>? options = null, WalletCopyTerms? terms = null)
    {
        byte[] claims = Claims(edit, terms);
        var said = new SdJwtVcOptions(KeyId) { Frame = WalletCopy.FrameOf(claims), HolderKey = Learner.PublicKey };
        return (await SdJwtVc.IssueAsync(claims, key ?? World.Issuer.P256, options is null ? said : options(said), CancellationToken.None)).Require();
    }

    /// <summary>The same, some of it shown to the employer with the learner's key binding.</summary>
    public async Task<byte[]> PresentAsync(byte[] copy, IReadOnlyList<string>? pointers = null, SigningKey? key = null, string? audience = null, string? nonce = null, DateTimeOffset? at = null)
    {
        byte[] shown = SdJwtVc.Open(copy).Require().Present([.. pointers ?? ["/eqf_level", "/evidence"]]).Require();
        return key is null
            ? (await SdJwt.BindAsync(shown, Learner, audience ?? PresentationWorld.Domain, nonce ?? PresentationWorld.Challenge, at ?? World.Clock.Now, CancellationToken.None)).Require()
            : await ForgedBinding.AppendAsync(shown, key, audience ?? PresentationWorld.Domain, nonce ?? PresentationWorld.Challenge, at ?? World.Clock.Now);
    }

    public Task<VerificationResult> VerifyAsync(byte[] copy, VerificationPolicy? policy = null, TrustedMaterial? trusted = null) => World.VerifyAsync(copy, policy, trusted ?? Trusted);

    public CredentialVerifier Verifier(TrustedMaterial? trusted = null) => World.Verifier(trusted: trusted ?? Trusted);

    public Task<PresentationResult> VerifyPresentationAsync(byte[] presentation, PresentationExpectation? expected = null, TrustedMaterial? trusted = null) =>
        Verifier(trusted).VerifyPresentationAsync(presentation, expected ?? PresentationWorld.Expected, CancellationToken.None);

    public void Dispose()
    {
        World.Dispose();
        Learner.Dispose();
        Stranger.Dispose();
    }
}
