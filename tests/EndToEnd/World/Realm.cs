using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Proofs;
using Credentials.Ethereum.Registry;
using Credentials.Evidence;
using Credentials.Keys;
using Credentials.TestKit;
using Credentials.TestKit.Ledger;
using Credentials.Verification;

namespace Credentials.EndToEnd.World;

/// <summary>A real node with a ministry on it, and institutions as honest as their accounts: no web at all, so that nothing but the chain can tell.</summary>
internal sealed class Realm : IAsyncDisposable
{
    private const AccreditationScope Degrees = AccreditationScope.AwardsWithoutLevel | AccreditationScope.EqfLevel6 | AccreditationScope.EqfLevel7 | AccreditationScope.EqfLevel8;

    private readonly LedgerWorld _chain;
    private readonly List<IDisposable> _owned = [];
    private LedgerActor _ministry = null!;

    private Realm(LedgerWorld chain) => _chain = chain;

    public TrustedChain Registry => _chain.Registry;

    public ILedger Ledger => _chain.Ledger;

    public static async Task<Realm> CreateAsync()
    {
        AnvilWorld chain = new();
        await chain.InitializeAsync();
        return await CreateAsync(chain);
    }

    /// <summary>Another chain with the same id, on which everything can be made to look the same.</summary>
    public async Task<Realm> CreateTwinAsync() => await CreateAsync(await _chain.CreateTwinAsync());

    /// <summary>An institution on chain under a DID: its identity document, its key.</summary>
    public async Task<Seat> CreateInstitutionAsync(string name, string? did = null)
    {
        LedgerActor account = await LedgerActor.CreateInstitutionAsync(_chain);
        SampleIssuer issuer = new(name)
        {
            Did = did ?? $"did:web:{name}.example",
            Registry = Registry.Registry,
            Institution = account.Institution,
            Time = TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(1),
        };
        _owned.Add(issuer);
        Seat seat = new(issuer, account, InstitutionIdentity.Create(issuer.Did, name, "PT"));
        await MineAsync(account, CredentialRegistryContract.SetIdentity(account.Institution, seat.Identity.Hash));
        await MineAsync(account, CredentialRegistryContract.AddKey(account.Institution, seat.Method, Multikey.ToBytes(issuer.P256.PublicKey), null));
        return seat;
    }

    /// <summary>The ministry vouches.</summary>
    public async Task AccreditAsync(Seat seat) => await MineAsync(_ministry, CredentialRegistryContract.Accredit(LinkOf(seat), null, null, Degrees));

    /// <summary>A diploma whose root is final.</summary>
    public async Task<SampleAnchored> IssueAsync(Seat seat) => await AnchorAsync(seat, await SignAsync(seat));

    public static async Task<SampleCredential> SignAsync(Seat seat)
    {
        (byte[] text, RegistryHandle handle, int index) = seat.Issuer.Prepare(Samples.Diploma("brazil"));
        return new SampleCredential(await seat.Issuer.SignAsync(text), handle, index);
    }

    public async Task<SampleAnchored> AnchorAsync(Seat seat, SampleCredential signed)
    {
        SampleAnchored anchored = seat.Issuer.Anchor(signed);
        await MineAsync(seat.Account, CredentialRegistryContract.Anchor(seat.Issuer.Institution, anchored.Receipt.Root));
        await _chain.MineAsync(3);
        return anchored;
    }

    /// <summary>Lets the chain's clock go on: blocks that are mined at once may have one time.</summary>
    public Task PassAsync() => _chain.PassAsync(2);

    public static Task DoAsync(Seat seat, byte[] call) => MineAsync(seat.Account, call);

    /// <summary>What a relying party trusts who knows the chain and the ministry, and was handed a path for the institution.</summary>
    public TrustedMaterial TrustedFor(Seat seat, ILedger? node = null) => new()
    {
        Registries = [new TrustedRegistryReader(Registry, node ?? Ledger)],
        Accreditors = [new TrustedAccreditor(Registry.Registry, _ministry.Institution, "Ministry")],
        AccreditationPaths = [PathOf(seat)],
        EvidenceChains = [new EvidenceChain(Registry.Registry, Registry.GenesisHash, new RegistryEvidenceReader(Registry))],
    };

    /// <summary>The path by which the ministry vouches, or is said to.</summary>
    public AccreditationPath PathOf(Seat seat) => new(Registry.Registry, seat.Issuer.Institution, [LinkOf(seat)], [seat.Identity]);

    /// <summary>A bundle of a diploma as of the finalized block, without a witness.</summary>
    public async Task<EvidenceBundle> BundleAsync(Seat seat, SampleAnchored diploma)
    {
        RegistryQuery query = new(seat.Issuer.Institution, diploma.Receipt.Root, diploma.Bare.Handle)
        {
            VerificationMethod = seat.Method,
            Identity = seat.Identity.Hash,
            Path = [LinkOf(seat)],
        };
        ChainEvidence evidence = (await new EvidenceCollector(Registry, Ledger).CollectAsync([query], CancellationToken.None)).Require();
        return new EvidenceBundle(BundledDocument.Of(diploma.Text).Require()) { Receipt = diploma.Receipt, Chain = evidence, Accreditation = PathOf(seat) };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IDisposable one in _owned)
        {
            one.Dispose();
        }

        await _chain.DisposeAsync();
    }

    private static async Task<Realm> CreateAsync(LedgerWorld chain) => new(chain) { _ministry = await LedgerActor.CreateInstitutionAsync(chain) };

    private static async Task MineAsync(LedgerActor account, byte[] call) => Assert.True((await account.MineAsync(call)).Succeeded);

    private AccreditationLink LinkOf(Seat seat) => new(_ministry.Institution, seat.Issuer.Institution, seat.Identity.Hash, 1);
}

/// <summary>An institution and the account that acts for it.</summary>
internal sealed record Seat(SampleIssuer Issuer, LedgerActor Account, InstitutionIdentity Identity)
{
    /// <summary>The verification method of its key.</summary>
    public string Method => $"{Issuer.Did}#p256";
}
