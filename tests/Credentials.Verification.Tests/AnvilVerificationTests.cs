using System.Numerics;
using Credentials.Anchoring;
using Credentials.Dids;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;
using Credentials.TestKit;
using Credentials.TestKit.Ledger;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests;

/// <summary>A diploma on a real Ethereum node, from the first transaction to its revocation.</summary>
public sealed class AnvilVerificationTests(AnvilFixture chain) : IClassFixture<AnvilFixture>
{
    [AnvilFact]
    public async Task A_diploma_is_anchored_settles_verifies_and_is_revoked()
    {
        using ChainAccount account = await chain.CreateAccountAsync();
        using SampleIssuer issuer = IssuerOf(account);
        await SendAsync(account, CredentialRegistryContract.CreateInstitution(1, account.Address));
        SampleAnchored diploma = await IssueAsync(issuer);
        (await VerifyAsync(issuer, diploma)).CannotTell(CheckName.Anchor, ProblemCode.AnchorNotFinal);

        // Anchored, and settled block by block.
        await SendAsync(account, CredentialRegistryContract.Anchor(issuer.Institution, diploma.Receipt.Root));
        VerificationResult included = await VerifyAsync(issuer, diploma);
        included.CannotTell(CheckName.Anchor, ProblemCode.AnchorNotFinal);
        Assert.Equal(Remedy.TryLater, included.Decisive!.Remedy);
        await chain.MineAsync(3);
        VerificationResult verified = await VerifyAsync(issuer, diploma);
        verified.IsVerified();
        BlockHeader head = (await chain.Ledger.GetBlockAsync(BlockTag.Latest, CancellationToken.None))!;
        Assert.Equal(head.Number - 3, verified.Anchor!.Block);

        // Forged.
        (await VerifyAsync(issuer, diploma, Text.Replace(diploma.Text, "8.74", "9.74"))).IsRejected(CheckName.Proof, ProblemCode.CryptographicSecurityError);

        // Revoked.
        await SendAsync(account, CredentialRegistryContract.Revoke(issuer.Institution, diploma.Bare.Handle));
        (await VerifyAsync(issuer, diploma)).IsRejected(CheckName.Status, ProblemCode.CredentialRevoked);
    }

    [AnvilFact]
    public async Task An_anchor_by_an_account_that_is_no_operator_does_not_verify()
    {
        using ChainAccount account = await chain.CreateAccountAsync();
        using ChainAccount stranger = await chain.CreateAccountAsync();
        using SampleIssuer issuer = IssuerOf(account);
        await SendAsync(account, CredentialRegistryContract.CreateInstitution(1, account.Address));
        SampleAnchored diploma = await IssueAsync(issuer);
        TransactionReceipt receipt = await SendAsync(stranger, CredentialRegistryContract.Anchor(issuer.Institution, diploma.Receipt.Root));
        await chain.MineAsync(3);

        Assert.False(receipt.Succeeded);
        (await VerifyAsync(issuer, diploma)).CannotTell(CheckName.Anchor, ProblemCode.AnchorNotFinal);
    }

    [AnvilFact]
    public async Task An_anchor_that_was_reorganised_away_no_longer_verifies()
    {
        using ChainAccount account = await chain.CreateAccountAsync();
        using SampleIssuer issuer = IssuerOf(account);
        await SendAsync(account, CredentialRegistryContract.CreateInstitution(1, account.Address));
        await chain.MineAsync(3);
        SampleAnchored diploma = await IssueAsync(issuer);
        await SendAsync(account, CredentialRegistryContract.Anchor(issuer.Institution, diploma.Receipt.Root));
        VerificationPolicy impatient = VerificationPolicy.Default with { MinimumFinality = Finality.Included };
        (await VerifyAsync(issuer, diploma, policy: impatient)).IsVerified();

        await chain.ReorganiseAsync(1);
        (await VerifyAsync(issuer, diploma, policy: impatient)).CannotTell(CheckName.Anchor, ProblemCode.AnchorNotFinal);
    }

    [AnvilFact]
    public async Task A_node_of_another_chain_is_not_believed()
    {
        using ChainAccount account = await chain.CreateAccountAsync();
        using SampleIssuer issuer = IssuerOf(account);
        await SendAsync(account, CredentialRegistryContract.CreateInstitution(1, account.Address));
        SampleAnchored diploma = await IssueAsync(issuer);
        await SendAsync(account, CredentialRegistryContract.Anchor(issuer.Institution, diploma.Receipt.Root));
        await chain.MineAsync(3);
        TrustedChain another = chain.Registry with { GenesisHash = Bytes32.From(new byte[32]) };

        (await VerifyAsync(issuer, diploma, trust: another)).CannotTell(CheckName.Status, ProblemCode.LedgerMismatch);
        (await VerifyAsync(issuer, diploma)).IsVerified();
    }

    // Blocks of the node carry the time of this machine, and so must the issuer's.
    private SampleIssuer IssuerOf(ChainAccount account) => new("universidade-modelo")
    {
        Registry = chain.Registry.Registry,
        Institution = CredentialRegistryContract.InstitutionIdOf(account.Address, 1),
        Time = TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(1),
    };

    /// <summary>A diploma that begins to be valid at no particular time: this machine's clock may say anything.</summary>
    private static async Task<SampleAnchored> IssueAsync(SampleIssuer issuer)
    {
        (byte[] text, RegistryHandle handle, int index) = issuer.Prepare(Text.Edit(Samples.Diploma("brazil"), json => json.Remove("validFrom")));
        return issuer.Anchor(new SampleCredential(await issuer.SignAsync(text), handle, index));
    }

    private async Task<VerificationResult> VerifyAsync(SampleIssuer issuer, SampleAnchored diploma, byte[]? text = null, VerificationPolicy? policy = null, TrustedChain? trust = null)
    {
        var web = new TestWeb();
        web.Put($"{issuer.StatusBaseUrl}/revocation", await issuer.StatusListAsync("revocation"));
        web.Put($"{issuer.StatusBaseUrl}/suspension", await issuer.StatusListAsync("suspension"));
        var trusted = new TrustedMaterial
        {
            Registries = [new TrustedRegistryReader(trust ?? chain.Registry, chain.Ledger)],
            PinnedDidDocuments = [issuer.Document],
            DidResolver = DidResolver.Online(web),
            Fetcher = web,
        };
        return await new CredentialVerifier(trusted, policy ?? VerificationPolicy.Default, TimeProvider.System).VerifyAsync(text ?? diploma.Text, CancellationToken.None);
    }

    private async Task<TransactionReceipt> SendAsync(ChainAccount account, byte[] data)
    {
        ulong nonce = await chain.Ledger.GetTransactionCountAsync(account.Address, BlockTag.Latest, CancellationToken.None);
        FeeSuggestion fees = await chain.Ledger.SuggestFeesAsync(CancellationToken.None);
        SignedTransaction transaction = chain.Ledger.Sign(new(chain.ChainId, nonce, chain.Registry.Contract, data, BigInteger.Zero, 200_000, fees), account);
        Assert.Equal(SendOutcome.Accepted, (await chain.Ledger.SendAsync(transaction, CancellationToken.None)).Outcome);
        await chain.MineAsync();
        return (await chain.Ledger.GetReceiptAsync(transaction.Hash, CancellationToken.None))!;
    }
}
