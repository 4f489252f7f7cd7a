using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Evidence;
using Credentials.Ethereum.Proofs;
using Credentials.Ethereum.Registry;
using Credentials.Evidence;
using Credentials.Keys;
using Credentials.TestKit;
using Credentials.TestKit.Witnesses;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.Bundles;

/// <summary>A university that is accredited on a chain, whose diplomas get bundles; and somebody without a network who trusts accreditor, chain and a time-stamp authority, and keeps no document of the university.</summary>
internal sealed class BundleWorld : IDisposable
{
    private static readonly WitnessStatement Nobody = new(WitnessStatement.Signature, default);

    private BundleWorld(TestWorld world, TestTimeStampAuthority authority) => (World, Authority) = (world, authority);

    public TestWorld World { get; }

    public TestTimeStampAuthority Authority { get; }

    public SigningKey Witness { get; } = SigningKey.Generate(KeyType.P256);

    public AccreditationPath Path { get; private set; } = null!;

    public InstitutionId Accreditor { get; private set; }

    /// <summary>Whoever verifies: no registry to ask, no resolver, no pinned document.</summary>
    public TrustedMaterial Trusted => new()
    {
        EvidenceChains = [new(World.Chain.Registry, World.Chain.GenesisHash, new RegistryEvidenceReader(World.Chain))],
        Accreditors = [new(World.Chain.Registry, Accreditor, "Ministry")],
        Witnesses = [new("Authority", Authority.Root, null)],
    };

    public static async Task<BundleWorld> CreateAsync(ulong chainId = 424_242, TestTimeStampAuthority? authority = null)
    {
        var made = new BundleWorld(await TestWorld.CreateAsync(chainId), authority ?? TestTimeStampAuthority.Create());
        await made.RegisterAsync();
        return made;
    }

    /// <summary>An anchored diploma.</summary>
    public async Task<SampleAnchored> IssueAsync()
    {
        SampleAnchored diploma = await World.IssueAsync();
        World.Ledger.Mine(3);
        return diploma;
    }

    /// <summary>The bundle of a diploma as of now.</summary>
    /// <param name="diploma">The diploma.</param>
    /// <param name="witness">Who vouches for the block; the time-stamp authority unless said otherwise.</param>
    public async Task<EvidenceBundle> BundleAsync(SampleAnchored diploma, Func<HeaderStatement, WitnessStatement?>? witness = null)
    {
        BundledStatusList[] lists = [.. new[] { World.RevocationUrl, World.SuspensionUrl }.Select(url => new BundledStatusList(url, BundledDocument.Of(World.Web.Get(url)).Require()))];
        var collector = new BundleCollector(World.Chain, World.Ledger) { Witness = (statement, _) => Task.FromResult<Parsed<WitnessStatement>>((witness ?? Stamp)(statement) ?? Nobody) };
        EvidenceBundle bundle = (await collector.CollectAsync(BundleSubject.Read(diploma.Text).Require(), new([], Path, lists), BlockTag.Finalized, CancellationToken.None)).Require();
        return bundle.Chain!.Witnesses[0] == Nobody ? bundle with { Chain = bundle.Chain with { Witnesses = [] } } : bundle;
    }

    public async Task<EvidenceBundle> BundleAsync() => await BundleAsync(await IssueAsync());

    public WitnessStatement Stamp(HeaderStatement statement) => new(WitnessStatement.TimeStamp, Authority.Stamp(statement.Digest, World.Clock.Now));

    public WitnessStatement Sign(HeaderStatement statement) => WitnessSignature.SignAsync(statement, World.Clock.Now, Witness, CancellationToken.None).GetAwaiter().GetResult().Require();

    public EvidenceHeader HeaderOf(EvidenceBundle bundle) => new RegistryEvidenceReader(World.Chain).ReadHeader(bundle.Chain!.Header).Require();

    /// <summary>Verifies it without a network.</summary>
    public Task<VerificationResult> VerifyAsync(EvidenceBundle bundle, TrustedMaterial? trusted = null, VerificationPolicy? policy = null) =>
        new CredentialVerifier(trusted ?? Trusted, policy ?? VerificationPolicy.Offline, World.Clock).VerifyBundleAsync(bundle.ToUtf8(), CancellationToken.None);

    /// <summary>Verifies it twice, once by somebody who keeps the university's DID document too: both times it cannot be told, for that reason, and nobody is accused.</summary>
    public async Task CannotTellAsync(EvidenceBundle bundle, string code, TrustedMaterial? trusted = null)
    {
        TrustedMaterial by = trusted ?? Trusted;
        foreach (TrustedMaterial one in new[] { by, by with { PinnedDidDocuments = [World.Issuer.Document] } })
        {
            VerificationResult result = await VerifyAsync(bundle, one);
            Assert.True(result.Verdict == Verdict.Indeterminate && result.Checks.Any(check => check.Problem?.Code == code), $"expected {code}: {result.Show()}");
            Assert.DoesNotContain(result.Checks, check => check.Outcome == CheckOutcome.Failed);
        }
    }

    /// <summary>Registers keys and identity of the institution, and has it accredited.</summary>
    public async Task RegisterAsync()
    {
        SampleIssuer issuer = World.Issuer;
        var identity = InstitutionIdentity.Create(issuer.Did, "Universidade Modelo", "BR");
        using ChainAccount ministry = TestWorld.Funded(World.Ledger);
        Accreditor = CredentialRegistryContract.InstitutionIdOf(ministry.Address, 7);
        var link = new AccreditationLink(Accreditor, issuer.Institution, identity.Hash, 1);
        await SendAsync(World.Account, CredentialRegistryContract.AddKey(issuer.Institution, issuer.Did + "#p256", Multikey.ToBytes(issuer.P256.PublicKey), null));
        await SendAsync(World.Account, CredentialRegistryContract.AddKey(issuer.Institution, issuer.Did + "#ed25519", Multikey.ToBytes(issuer.Ed25519.PublicKey), null));
        await SendAsync(World.Account, CredentialRegistryContract.SetIdentity(issuer.Institution, identity.Hash));
        await SendAsync(ministry, CredentialRegistryContract.CreateInstitution(7, ministry.Address));
        await SendAsync(ministry, CredentialRegistryContract.Accredit(link, null, null, AccreditationScope.AwardsWithoutLevel | AccreditationScope.EqfLevel6 | AccreditationScope.EqfLevel7 | AccreditationScope.EqfLevel8));
        Path = new(World.Chain.Registry, issuer.Institution, [link], [identity]);
        World.Clock.Now += TimeSpan.FromMinutes(1);
    }

    public void Dispose()
    {
        World.Dispose();
        Authority.Dispose();
        Witness.Dispose();
    }

    private async Task SendAsync(ChainAccount account, byte[] data) => Assert.True(await World.SendAsync(account, data));
}
