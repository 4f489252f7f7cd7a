using Credentials.Anchoring;
using Credentials.Ethereum.Registry;
using Credentials.TestKit.Ledger;

namespace Credentials.Ethereum;

public sealed class AnvilSmoke(AnvilFixture anvil) : IClassFixture<AnvilFixture>
{
    [AnvilFact]
    public async Task Anchors()
    {
        using ChainAccount account = await anvil.CreateAccountAsync();
        FeeSuggestion fees = await anvil.Ledger.SuggestFeesAsync(default);
        InstitutionId id = CredentialRegistryContract.InstitutionIdOf(account.Address, 7);
        var root = MerkleRoot.From(new byte[32].Select(_ => (byte)1).ToArray());
        byte[][] datas = [CredentialRegistryContract.CreateInstitution(7, account.Address), CredentialRegistryContract.Anchor(id, root)];
        ulong nonce = 0;
        List<SignedTransaction> sent = [];
        foreach (byte[] data in datas)
        {
            SignedTransaction tx = anvil.Ledger.Sign(new(anvil.ChainId, nonce++, anvil.Registry.Contract, data, 0, 110_000, fees), account);
            SendResult r = await anvil.Ledger.SendAsync(tx, default);
            Assert.Equal((SendOutcome.Accepted, null), (r.Outcome, r.Message));
            sent.Add(tx);
        }

        await anvil.MineAsync();
        foreach (var tx in sent)
        {
            Assert.True((await anvil.Ledger.GetReceiptAsync(tx.Hash, default))!.Succeeded);
        }

        RegistryReading reading = await new TrustedRegistryReader(anvil.Registry, anvil.Ledger).ReadAsync(new(id, root, RegistryHandle.Create()), default);
        Assert.Null(reading.Problem);
        Assert.Equal(Finality.Included, reading.Record!.Anchor!.Finality);
        Assert.Null(reading.Record.Revocation);
    }
}
