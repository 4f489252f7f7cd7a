using System.Numerics;
using System.Security.Cryptography;
using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;
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
        await lab.CallAsync("distrust-root", "coimbra", CredentialRegistryContract.DistrustRoot(institution, MerkleRoot.From(SHA256.HashData([1]))));

        Assert.Equal(CancelOutcome.Cancelled, await CancelAsync(lab, "distrust-root"));
        await lab.SettleAsync();

        Assert.Equal(["create-institution finalized", "distrust-root cancelled"], await StatesAsync(lab));
        Assert.Single(lab.Recorder.Sent);
    }

    [Fact]
    public async Task Uses_the_nonce_of_a_waiting_batch_up_and_anchors_its_credentials_with_another()
    {
        using AnchoringLab lab = await AnchoringLab.CreateSealedAsync();
        await lab.Process.SendAsync();
        await lab.IssueAsync("coimbra", 2);

        Assert.Equal(CancelOutcome.Cancelled, await CancelAsync(lab, "anchor"));
        Assert.Equal(CancelOutcome.Cancelled, await CancelAsync(lab, "anchor"));
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
        Assert.Equal(CancelOutcome.Cancelled, await CancelAsync(lab, "anchor"));
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

        Assert.Equal(CancelOutcome.TooLate, await CancelAsync(lab, "anchor"));
        Assert.Equal(CancelOutcome.Missing, await lab.Process.Get<TransactionCancelling>().CancelAsync(4711, s_administrator, CancellationToken.None));
        Assert.Equal(0, await lab.QueryOneAsync<long>("SELECT count(*) FROM audit_log"));
    }

    [Theory]
    [InlineData("create-institution")]
    [InlineData("revoke")]
    [InlineData("add-key")]
    [InlineData("revoke-key")]
    [InlineData("set-identity")]
    [InlineData("accredit")]
    [InlineData("revoke-accreditation")]
    public async Task Is_refused_for_what_this_issuer_acted_on(string purpose)
    {
        using AnchoringLab lab = await AnchoringLab.CreateAsync();
        await lab.CreateInstitutionAsync("coimbra");
        await lab.CallAsync(purpose, "coimbra", new byte[68]);

        Assert.Equal(CancelOutcome.Bound, await CancelAsync(lab, purpose));

        Assert.Equal(["create-institution queued", $"{purpose} queued"], await StatesAsync(lab));
        Assert.Equal(0, await lab.QueryOneAsync<long>("SELECT count(*) FROM audit_log"));
    }

    [Fact]
    public async Task Is_paid_above_the_ceiling_and_never_sends_what_is_to_be_taken_back_again()
    {
        using AnchoringLab lab = await AnchoringLab.CreateSealedAsync();
        lab.Options.MaxFeePerGasGwei = 100;
        await lab.Process.SendAsync();
        int sends = lab.Recorder.Sends;
        lab.Recorder.BaseFee = BigInteger.Pow(10, 12);

        Assert.Equal(CancelOutcome.Cancelled, await CancelAsync(lab, "anchor"));
        await lab.Process.SendAsync();

        Assert.Equal(sends + 1, lab.Recorder.Sends);
        SignedTransaction empty = Assert.Single(lab.Recorder.Sent, sent => sent.Request.Data.IsEmpty);
        Assert.Equal((1UL, 21_000UL, lab.Account), (empty.Request.Nonce, empty.Request.GasLimit, empty.Request.To));
        Assert.True(empty.Request.Fees.MaxFeePerGas > lab.Recorder.BaseFee);
        lab.Recorder.BaseFee = 0;
        await lab.SettleAsync();
        await AnchoringLaw.AssertAsync(lab);
        Assert.Equal(["cancelled", "finalized"], await lab.QueryAsync<string>("SELECT state FROM transactions WHERE purpose = 'anchor' ORDER BY id"));
    }

    [Fact]
    public async Task Ends_the_attempts_at_what_the_contract_refuses_again_and_again()
    {
        using AnchoringLab lab = await AnchoringLab.CreateAsync();
        InstitutionId institution = await lab.CreateInstitutionAsync("coimbra");
        await lab.SettleAsync();
        await lab.CallAsync(TransactionPurpose.Call, "coimbra", CredentialRegistryContract.RemoveOperator(institution, lab.Account));
        await lab.SettleAsync();
        await lab.IssueAsync("coimbra", 2);
        for (int round = 0; round < 8; round++)
        {
            await lab.RoundAsync();
        }

        Assert.Equal(CancelOutcome.Cancelled, await CancelAsync(lab, "anchor"));
        await lab.CallAsync(TransactionPurpose.Call, "coimbra", CredentialRegistryContract.AddOperator(institution, lab.Account));
        await lab.SettleAsync();

        Assert.Equal(1, await lab.QueryOneAsync<long>("SELECT count(*) FROM transactions WHERE purpose = 'anchor' AND state = 'cancelled'"));
        Assert.Equal(2, await lab.QueryOneAsync<long>("SELECT sum(tree_size) FROM anchor_batches b JOIN transactions t ON t.id = b.transaction_id WHERE t.state = 'finalized'"));
    }

    private static async Task<CancelOutcome> CancelAsync(AnchoringLab lab, string purpose)
    {
        long id = await lab.QueryOneAsync<long>("SELECT max(id) FROM transactions WHERE purpose = @purpose", new { purpose });
        return await lab.Process.Get<TransactionCancelling>().CancelAsync(id, s_administrator, CancellationToken.None);
    }

    private static Task<IEnumerable<string>> StatesAsync(AnchoringLab lab) => lab.QueryAsync<string>("SELECT purpose || ' ' || state FROM transactions ORDER BY id");
}
