using Credentials.Anchoring;
using Credentials.IssuerApi.Anchoring.Outbox;
using Credentials.IssuerApi.ApiKeys;
using Credentials.IssuerApi.Tests.Anchoring.Lab;

namespace Credentials.IssuerApi.Tests.Anchoring;

/// <summary>An operator takes a transaction back; the chain decides whether that comes in time.</summary>
public sealed class CancellationTests
{
    private static readonly Caller s_administrator = new("administrator", Role.Administrator, null);

    [Fact]
    public async Task Takes_back_at_once_what_has_no_nonce()
    {
        using AnchoringLab lab = await AnchoringLab.CreateAsync();
        InstitutionId institution = await lab.CreateInstitutionAsync("coimbra");
        await lab.RevokeAsync("coimbra", institution, RegistryHandle.Create());

        Assert.True(await CancelAsync(lab, "revoke"));
        await lab.SettleAsync();

        Assert.Equal(["create-institution finalized", "revoke cancelled"], await StatesAsync(lab));
        Assert.Single(lab.Recorder.Sent);
    }

    [Fact]
    public async Task Uses_the_nonce_of_a_waiting_batch_up_and_anchors_its_credentials_with_another()
    {
        using AnchoringLab lab = await AnchoringLab.CreateSealedAsync();
        await lab.Process.SendAsync();
        await lab.IssueAsync("coimbra", 2);

        Assert.True(await CancelAsync(lab, "anchor"));
        Assert.True(await CancelAsync(lab, "anchor"));
        await lab.SettleAsync();

        await AnchoringLaw.AssertAsync(lab);
        Assert.Equal(5, await lab.QueryOneAsync<long>("SELECT sum(tree_size) FROM anchor_batches"));
        Assert.Equal(["cancelled", "finalized", "finalized"], await lab.QueryAsync<string>("SELECT state FROM transactions WHERE purpose = 'anchor' ORDER BY state, id"));
        Assert.Equal(1, await lab.QueryOneAsync<long>("SELECT count(*) FROM transactions WHERE state = 'cancelled' AND gas_used > 0"));
        Assert.Equal(1, await lab.QueryOneAsync<long>("SELECT count(*) FROM audit_log WHERE action = 'cancel-transaction'"));
    }

    [Fact]
    public async Task Comes_too_late_when_the_chain_takes_the_dearer_one_first()
    {
        using AnchoringLab lab = await AnchoringLab.CreateSealedAsync();
        await lab.Process.SendAsync();
        Assert.True(await CancelAsync(lab, "anchor"));
        lab.Chain.Mine();
        await lab.SettleAsync();

        await AnchoringLaw.AssertAsync(lab);
        Assert.Equal(["create-institution finalized", "anchor finalized"], await StatesAsync(lab));
        Assert.Equal(3, await lab.QueryOneAsync<long>("SELECT sum(tree_size) FROM anchor_batches"));
    }

    [Fact]
    public async Task Is_refused_for_what_is_in_the_chain_and_for_what_is_not_there()
    {
        using AnchoringLab lab = await AnchoringLab.CreateSealedAsync();
        await lab.SettleAsync();

        Assert.False(await CancelAsync(lab, "anchor"));
        Assert.Null(await lab.Process.Get<TransactionCancelling>().CancelAsync(4711, s_administrator, CancellationToken.None));
        Assert.Equal(0, await lab.QueryOneAsync<long>("SELECT count(*) FROM audit_log"));
    }

    [Fact]
    public async Task Ends_the_attempts_at_what_the_contract_refuses_again_and_again()
    {
        using AnchoringLab lab = await AnchoringLab.CreateAsync();
        InstitutionId institution = await lab.CreateInstitutionAsync("coimbra");
        await lab.SettleAsync();
        await lab.CallAsync(TransactionPurpose.Call, "coimbra", Ethereum.Registry.CredentialRegistryContract.RemoveOperator(institution, lab.Account));
        await lab.SettleAsync();
        await lab.RevokeAsync("coimbra", institution, RegistryHandle.Create());
        for (int round = 0; round < 8; round++)
        {
            await lab.RoundAsync();
        }

        Assert.True(await CancelAsync(lab, "revoke"));
        await lab.SettleAsync();

        Assert.Equal("cancelled", await lab.QueryOneAsync<string>("SELECT state FROM transactions WHERE purpose = 'revoke' ORDER BY id DESC LIMIT 1"));
    }

    private static async Task<bool?> CancelAsync(AnchoringLab lab, string purpose)
    {
        long id = await lab.QueryOneAsync<long>("SELECT max(id) FROM transactions WHERE purpose = @purpose", new { purpose });
        return await lab.Process.Get<TransactionCancelling>().CancelAsync(id, s_administrator, CancellationToken.None);
    }

    private static Task<IEnumerable<string>> StatesAsync(AnchoringLab lab) => lab.QueryAsync<string>("SELECT purpose || ' ' || state FROM transactions ORDER BY id");
}
