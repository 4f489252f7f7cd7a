using Credentials.Anchoring;
using Credentials.DataModel;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;
using Credentials.Evidence;
using Credentials.Keys;
using Credentials.TestKit.Ledger;

namespace Credentials.TestKit;

/// <summary>All that a relying party meets: a chain with an institution on it, the institution's DID document and status lists on a web, and diplomas at public links. Everything in memory, on a clock of its own, and with plugs to pull.</summary>
public sealed class DiplomaWorld : IDisposable
{
    private const ulong InstitutionNonce = 1;
    private const ulong MostGas = 300_000;

    private readonly ChainAccount _account;
    private ulong _nonce;
    private bool _hasKey;

    private DiplomaWorld(InMemoryLedger ledger, TrustedChain chain, SettableClock clock, ChainAccount account)
    {
        (Ledger, Chain, Clock, _account) = (ledger, chain, clock, account);
        Issuer = new() { Registry = chain.Registry, Institution = CredentialRegistryContract.InstitutionIdOf(account.Address, InstitutionNonce) };
    }

    /// <summary>The chain's node.</summary>
    public InMemoryLedger Ledger { get; }

    /// <summary>The marks by which it is trusted.</summary>
    public TrustedChain Chain { get; }

    /// <summary>The world's time: a day after <see cref="Samples.Time"/>.</summary>
    public SettableClock Clock { get; }

    /// <summary>The institution.</summary>
    public SampleIssuer Issuer { get; }

    /// <summary>Where everything lies that is fetched.</summary>
    public InMemoryWeb Web { get; } = new();

    /// <summary>Builds it.</summary>
    /// <param name="chainId">The chain's id; null for a random one.</param>
    public static async Task<DiplomaWorld> CreateAsync(ulong? chainId = null)
    {
        SettableClock clock = new(Samples.Time);
        InMemoryLedger ledger = new(chainId ?? new InMemoryLedger().ChainId, clock);
        TrustedChain chain = await ledger.DeployRegistryAsync();
        ledger.MinesAtOnce = true;
        ChainAccount account = ChainAccount.Generate();
        ledger.Fund(account.Address, 10 * AnvilFixture.Ether);

        DiplomaWorld world = new(ledger, chain, clock, account);
        await world.SendAsync(CredentialRegistryContract.CreateInstitution(InstitutionNonce, account.Address));
        world.Web.Put($"https://{world.Issuer.Did["did:web:".Length..]}/.well-known/did.json", world.Issuer.DocumentText);
        await world.PublishStatusAsync();
        clock.Set(Samples.Time.AddDays(1));
        ledger.Mine(3);
        return world;
    }

    /// <summary>A signed diploma whose root is final on the chain.</summary>
    public async Task<SampleAnchored> IssueAnchoredAsync(string diploma = "brazil") => await AnchorAsync(await Issuer.IssueAsync(diploma));

    /// <summary>Anchors a signed diploma.</summary>
    public async Task<SampleAnchored> AnchorAsync(SampleCredential bare)
    {
        SampleAnchored anchored = Issuer.Anchor(bare);
        await SendAsync(CredentialRegistryContract.Anchor(Issuer.Institution, anchored.Batch.Root));
        return anchored;
    }

    /// <summary>Revokes by handle on the chain and by index in the status list.</summary>
    public async Task RevokeAsync(SampleCredential credential)
    {
        ArgumentNullException.ThrowIfNull(credential);
        await SendAsync(CredentialRegistryContract.Revoke(Issuer.Institution, credential.Handle));
        Issuer.Revocations[credential.StatusListIndex] = true;
        await PublishStatusAsync();
    }

    /// <summary>Has a ministry vouch for the institution on the chain, for EQF levels 6 to 8, and writes the institution's key down there.</summary>
    /// <returns>The ministry's id, and the path that leads to it.</returns>
    public async Task<(InstitutionId Ministry, AccreditationPath Path)> AccreditAsync()
    {
        const ulong MinistryNonce = 2;
        InstitutionId ministry = CredentialRegistryContract.InstitutionIdOf(_account.Address, MinistryNonce);
        InstitutionIdentity identity = InstitutionIdentity.Create(Issuer.Did, "Universidade Modelo de São Paulo", "BR");
        AccreditationLink link = new(ministry, Issuer.Institution, identity.Hash, 0);
        await SendAsync(CredentialRegistryContract.CreateInstitution(MinistryNonce, _account.Address));
        await SendAsync(CredentialRegistryContract.SetIdentity(Issuer.Institution, identity.Hash));
        await WriteKeyDownAsync();
        await SendAsync(CredentialRegistryContract.Accredit(link, null, null, AccreditationScope.EqfLevel6 | AccreditationScope.EqfLevel7 | AccreditationScope.EqfLevel8));
        return (ministry, new(Chain.Registry, Issuer.Institution, [link], [identity]));
    }

    /// <summary>Writes the institution's key down on the chain, as the issuer does when an institution is created: it shows strangers whose the institution is. Done once.</summary>
    public async Task WriteKeyDownAsync()
    {
        if (!_hasKey)
        {
            _hasKey = true;
            await SendAsync(CredentialRegistryContract.AddKey(Issuer.Institution, Issuer.Did + "#p256", Multikey.ToBytes(Issuer.P256.PublicKey), null));
        }
    }

    /// <summary>Takes the institution's key out of use on the chain, for good.</summary>
    public Task RetireKeyAsync(KeyRevocationReason reason) => SendAsync(CredentialRegistryContract.RevokeKey(Issuer.Institution, CredentialRegistryContract.KeyIdOf(Issuer.Did + "#p256"), reason));

    /// <summary>Puts a document at a public link.</summary>
    public CredentialLink Publish(byte[] document, string contentType = "application/vc", string name = "Q7c2Zt9xLw")
    {
        CredentialLink link = new(new Uri($"https://issuer.example/c/{name}"));
        Web.Put(link.CredentialUrl.AbsoluteUri, document, contentType);
        return link;
    }

    public void Dispose()
    {
        Issuer.Dispose();
        _account.Dispose();
    }

    private async Task PublishStatusAsync()
    {
        foreach (string purpose in (string[])["revocation", "suspension"])
        {
            Web.Put($"{Issuer.StatusBaseUrl}/{purpose}", await Issuer.StatusListAsync(purpose), "application/vc");
        }
    }

    private async Task SendAsync(byte[] data)
    {
        TransactionRequest request = new(Chain.ChainId, _nonce++, Chain.Contract, data, 0, MostGas, await Ledger.SuggestFeesAsync(CancellationToken.None));
        SignedTransaction transaction = Ledger.Sign(request, _account);
        SendResult result = await Ledger.SendAsync(transaction, CancellationToken.None);
        if (result.Outcome != SendOutcome.Accepted || (await Ledger.GetReceiptAsync(transaction.Hash, CancellationToken.None))?.Succeeded != true)
        {
            throw new InvalidOperationException($"The chain refused: {result.Outcome} {result.Message}");
        }
    }
}
