using System.Numerics;
using Credentials.Anchoring;
using Credentials.Dids;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;
using Credentials.TestKit;
using Credentials.TestKit.Ledger;

namespace Credentials.Verification.Tests.World;

/// <summary>A university with its keys, hosts and chain account, a chain, and somebody who trusts that chain. All real but the wires.</summary>
internal sealed class TestWorld : IDisposable
{
    private TestWorld(InMemoryLedger ledger, TestClock clock, ChainAccount account, TrustedChain chain, SampleIssuer issuer) =>
        (Ledger, Clock, Account, Chain, Issuer) = (ledger, clock, account, chain, issuer);

    public InMemoryLedger Ledger { get; }

    public TestClock Clock { get; }

    /// <summary>The institution's operator.</summary>
    public ChainAccount Account { get; }

    public TrustedChain Chain { get; }

    public SampleIssuer Issuer { get; }

    public TestWeb Web { get; } = new();

    public string DidUrl => $"https://{Issuer.Did["did:web:".Length..]}/.well-known/did.json";

    public string RevocationUrl => Issuer.StatusBaseUrl + "/revocation";

    public string SuspensionUrl => Issuer.StatusBaseUrl + "/suspension";

    public TrustedMaterial Trusted => new()
    {
        Registries = [new TrustedRegistryReader(Chain, Ledger)],
        DidResolver = DidResolver.Online(Web),
        Fetcher = Web,
    };

    /// <summary>A world in which the institution is registered and nothing is issued yet.</summary>
    /// <param name="chainId">The chain's id.</param>
    /// <param name="p256Revoked">When the institution's P-256 key was revoked.</param>
    /// <param name="did">The institution's DID, if it is to be another.</param>
    /// <param name="statusBaseUrl">Where its status lists are, if elsewhere.</param>
    public static async Task<TestWorld> CreateAsync(ulong chainId = 424_242, DateTimeOffset? p256Revoked = null, string? did = null, string? statusBaseUrl = null)
    {
        var clock = new TestClock(Samples.Time + TimeSpan.FromHours(1));
        var ledger = new InMemoryLedger(chainId, clock) { MinesAtOnce = true };
        using ChainAccount deployer = Funded(ledger);
        TrustedChain chain = await new RegistryDeployer(ledger) { PollInterval = TimeSpan.FromMilliseconds(1) }.DeployAsync(deployer, CancellationToken.None);
        ChainAccount account = Funded(ledger);
        var issuer = new SampleIssuer("universidade-modelo")
        {
            Did = did ?? "did:web:universidade-modelo.example",
            StatusBaseUrl = statusBaseUrl ?? "https://status.example/lists/1",
            Registry = chain.Registry,
            Institution = CredentialRegistryContract.InstitutionIdOf(account.Address, 1),
            P256Revoked = p256Revoked,
        };
        var world = new TestWorld(ledger, clock, account, chain, issuer);
        Assert.True(await world.SendAsync(account, CredentialRegistryContract.CreateInstitution(1, account.Address)));
        world.Web.Put(world.DidUrl, issuer.DocumentText);
        await world.PublishStatusAsync();
        return world;
    }

    /// <summary>A funded account of nobody in particular.</summary>
    public static ChainAccount Funded(InMemoryLedger ledger)
    {
        ChainAccount account = ChainAccount.Generate();
        ledger.Fund(account.Address, AnvilFixture.Ether);
        return account;
    }

    /// <summary>Issues a diploma and anchors it, finalized.</summary>
    public async Task<SampleAnchored> IssueAsync(string diploma = "brazil", params string[] suites)
    {
        SampleAnchored anchored = await Issuer.IssueAnchoredAsync(diploma, suites: suites);
        Assert.True(await AnchorAsync(anchored.Receipt.Root));
        return anchored;
    }

    public Task<bool> AnchorAsync(MerkleRoot root) => SendAsync(Account, CredentialRegistryContract.Anchor(Issuer.Institution, root));

    public Task<bool> RevokeOnChainAsync(RegistryHandle handle) => SendAsync(Account, CredentialRegistryContract.Revoke(Issuer.Institution, handle));

    /// <summary>Signs the status lists as they stand now, and puts them on the status host.</summary>
    public async Task PublishStatusAsync(TimeSpan? validFor = null)
    {
        using SampleIssuer today = IssuerAt(Clock.Now);
        for (int index = 0; index < today.Revocations.Length; index++)
        {
            today.Revocations[index] = Issuer.Revocations[index];
            today.Suspensions[index] = Issuer.Suspensions[index];
        }

        foreach ((string url, string purpose) in ((string, string)[])[(RevocationUrl, "revocation"), (SuspensionUrl, "suspension")])
        {
            // With the other key: in some of these worlds the first one is revoked.
            byte[] list = Text.Edit(await today.StatusListAsync(purpose, validFor), json => json.Remove("proof"));
            Web.Put(url, await today.SignAsync(list, "eddsa-jcs-2022"));
        }
    }

    /// <summary>The same institution at another time.</summary>
    public SampleIssuer IssuerAt(DateTimeOffset time) => new("universidade-modelo")
    {
        Did = Issuer.Did,
        StatusBaseUrl = Issuer.StatusBaseUrl,
        Registry = Issuer.Registry,
        Institution = Issuer.Institution,
        Time = time,
    };

    /// <summary>Sends a transaction; false when it reverted.</summary>
    public async Task<bool> SendAsync(ChainAccount account, byte[] data)
    {
        ulong nonce = await Ledger.GetTransactionCountAsync(account.Address, BlockTag.Latest, CancellationToken.None);
        FeeSuggestion fees = await Ledger.SuggestFeesAsync(CancellationToken.None);
        SignedTransaction transaction = Ledger.Sign(new(Ledger.ChainId, nonce, Chain.Contract, data, BigInteger.Zero, 200_000, fees), account);
        SendResult sent = await Ledger.SendAsync(transaction, CancellationToken.None);
        Assert.Equal(SendOutcome.Accepted, sent.Outcome);
        return !Ledger.MinesAtOnce || (await Ledger.GetReceiptAsync(transaction.Hash, CancellationToken.None))!.Succeeded;
    }

    public CredentialVerifier Verifier(VerificationPolicy? policy = null, TrustedMaterial? trusted = null) => new(trusted ?? Trusted, policy ?? VerificationPolicy.Default, Clock);

    public Task<VerificationResult> VerifyAsync(byte[] text, VerificationPolicy? policy = null, TrustedMaterial? trusted = null) =>
        Verifier(policy, trusted).VerifyAsync(text, CancellationToken.None);

    public void Dispose()
    {
        Account.Dispose();
        Issuer.Dispose();
    }
}
