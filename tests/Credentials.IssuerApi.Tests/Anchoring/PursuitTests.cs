using System.Numerics;
using System.Security.Cryptography;
using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;
using Credentials.IssuerApi.Anchoring;
using Credentials.IssuerApi.Tests.Anchoring.Lab;
using Dapper;

namespace Credentials.IssuerApi.Tests.Anchoring;

/// <summary>How a transaction is pursued when the chain does not go along.</summary>
public sealed class PursuitTests
{
    [Fact]
    public async Task Walks_through_every_state_and_hands_the_receipt_out_at_the_end()
    {
        using AnchoringLab lab = await AnchoringLab.CreateAsync();
        await lab.CreateInstitutionAsync("coimbra");
        await lab.IssueAsync("coimbra", 1);
        string id = await lab.QueryOneAsync<string>("SELECT id FROM credentials");
        List<string> states = [await StateAsync(lab, id)];

        lab.Clock.Advance(lab.Options.MaxBatchAge);
        await lab.Process.SealAsync();
        states.Add(await StateAsync(lab, id));
        await lab.Process.SendAsync();
        states.Add(await StateAsync(lab, id));
        for (int block = 0; block < 3; block++)
        {
            Assert.Null(await lab.Process.Get<AnchoringQueries>().GetReceiptAsync(id, CancellationToken.None));
            lab.Chain.Mine();
            await lab.Process.FollowAsync();
            states.Add(await StateAsync(lab, id));
        }

        Assert.Equal([AnchoringState.Queued, AnchoringState.Sealed, AnchoringState.Submitted, AnchoringState.Included, AnchoringState.Safe, AnchoringState.Finalized], states);
        await AnchoringLaw.AssertAsync(lab);
    }

    [Fact]
    public async Task Sends_again_what_the_node_dropped()
    {
        using AnchoringLab lab = await AnchoringLab.CreateSealedAsync();
        await lab.Process.SendAsync();
        lab.Chain.DropPool();

        await lab.SettleAsync();

        await AnchoringLaw.AssertAsync(lab);
        Assert.Equal(2, lab.Recorder.Sent.Count);
    }

    [Fact]
    public async Task Raises_the_fees_of_what_has_become_too_cheap_and_keeps_its_nonce()
    {
        using AnchoringLab lab = await AnchoringLab.CreateSealedAsync();
        await lab.Process.SendAsync();
        lab.Recorder.BaseFee = 1000 * BigInteger.Pow(10, 9);

        await lab.SettleAsync();

        await AnchoringLaw.AssertAsync(lab);
        Assert.Equal(4, lab.Recorder.Sent.Count);
        Assert.Equal(2, await lab.QueryOneAsync<long>("SELECT count(*) FROM replaced_transactions"));
        Assert.Equal(2, await lab.QueryOneAsync<long>("SELECT count(*) FROM transactions WHERE mined_hash = hash"));
    }

    [Fact]
    public async Task Finds_its_transaction_when_the_cheaper_one_was_mined_after_all()
    {
        using AnchoringLab lab = await AnchoringLab.CreateSealedAsync();
        await lab.Process.SendAsync();
        await lab.WriteAsync(write => write.Connection!.ExecuteAsync(
            "INSERT INTO replaced_transactions (hash, transaction_id, replaced_at) SELECT hash, id, 0 FROM transactions WHERE nonce IS NOT NULL; UPDATE transactions SET hash = @other WHERE nonce IS NOT NULL", new { other = RandomNumberGenerator.GetBytes(32) }, write));

        await lab.SettleAsync();

        await AnchoringLaw.AssertAsync(lab);
        Assert.Equal(2, await lab.QueryOneAsync<long>("SELECT count(*) FROM transactions t JOIN replaced_transactions r ON r.transaction_id = t.id AND r.hash = t.mined_hash"));
    }

    [Fact]
    public async Task Counts_blocks_where_the_chain_has_no_tags()
    {
        using AnchoringLab lab = await AnchoringLab.CreateSealedAsync();
        lab.Chain.HasTags = false;
        lab.Options.FallbackDepth = 6;
        await lab.RoundAsync();
        await lab.RoundAsync();
        lab.Chain.Mine(4);
        await lab.Process.FollowAsync();
        Assert.False(await lab.IsSettledAsync());

        lab.Chain.Mine();
        await lab.Process.FollowAsync();

        Assert.True(await lab.IsSettledAsync());
    }

    [Fact]
    public async Task Takes_a_new_nonce_when_somebody_else_used_the_old_one()
    {
        using AnchoringLab lab = await AnchoringLab.CreateSealedAsync();
        var account = (ChainAccount)await lab.Process.Get<IssuerApi.Anchoring.Outbox.ChainAccounts>().OpenAsync(CancellationToken.None);
        lab.Chain.Unplugged = true;
        await lab.StepAsync(process => process.SendAsync());
        lab.Chain.Unplugged = false;
        await lab.Process.SendAsync();
        lab.Chain.DropPool();
        SignedTransaction thief = lab.Chain.Sign(new TransactionRequest(lab.Registry.ChainId, 0, account.Address, default, 0, 21_000, new(BigInteger.Pow(10, 11), BigInteger.Pow(10, 11))), account);
        await lab.Chain.SendAsync(thief, CancellationToken.None);

        await lab.SettleAsync();

        await AnchoringLaw.AssertAsync(lab);
        Assert.Contains("Another transaction used nonce 0", await lab.QueryOneAsync<string>("SELECT problem FROM transactions WHERE state = 'failed' ORDER BY id LIMIT 1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tries_again_later_and_says_why_when_the_contract_refuses()
    {
        using AnchoringLab lab = await AnchoringLab.CreateAsync();
        InstitutionId institution = await lab.CreateInstitutionAsync("coimbra");
        await lab.SettleAsync();
        await CallAsync(lab, CredentialRegistryContract.RemoveOperator(institution, lab.Account));
        await lab.IssueAsync("coimbra", 2);
        string id = await lab.QueryOneAsync<string>("SELECT id FROM credentials LIMIT 1");
        for (int round = 0; round < 8; round++)
        {
            await lab.RoundAsync();
        }

        CredentialAnchoring? waiting = await lab.Process.Get<AnchoringQueries>().GetStateAsync(id, CancellationToken.None);
        Assert.Contains(waiting!.State, (string[])[AnchoringState.Sealed, AnchoringState.Submitted]);
        Assert.Contains("still an operator of coimbra", await lab.QueryOneAsync<string>("SELECT problem FROM transactions WHERE state = 'failed' LIMIT 1"), StringComparison.Ordinal);

        await CallAsync(lab, CredentialRegistryContract.AddOperator(institution, lab.Account));
        await lab.SettleAsync();
        Assert.Equal(AnchoringState.Finalized, await StateAsync(lab, id));
    }

    [Fact]
    public async Task Is_content_when_another_operator_anchored_the_same_root_first()
    {
        using AnchoringLab lab = await AnchoringLab.CreateAsync();
        InstitutionId institution = await lab.CreateInstitutionAsync("coimbra");
        await lab.SettleAsync();
        using ChainAccount other = ChainAccount.Generate();
        lab.Chain.Fund(other.Address, BigInteger.Pow(10, 20));
        await CallAsync(lab, CredentialRegistryContract.AddOperator(institution, other.Address));
        await lab.IssueAsync("coimbra", 2);
        lab.Clock.Advance(lab.Options.MaxBatchAge);
        await lab.Process.SealAsync();
        var root = MerkleRoot.From(await lab.QueryOneAsync<byte[]>("SELECT root FROM anchor_batches"));
        await SendAsync(lab, other, CredentialRegistryContract.Anchor(institution, root));
        lab.Chain.Mine();

        await lab.SettleAsync();

        Assert.Equal(0, await lab.QueryOneAsync<long>("SELECT count(*) FROM transactions WHERE state = 'failed'"));
        AnchorReceipt? receipt = await lab.Process.Get<AnchoringQueries>().GetReceiptAsync(await lab.QueryOneAsync<string>("SELECT id FROM credentials LIMIT 1"), CancellationToken.None);
        Assert.Null(receipt!.Hints);
    }

    [Fact]
    public async Task Keeps_no_more_waiting_in_the_node_than_it_may()
    {
        using AnchoringLab lab = await AnchoringLab.CreateAsync();
        lab.Options.MaxUnmined = 7;
        InstitutionId institution = await lab.CreateInstitutionAsync("coimbra");
        for (int i = 0; i < 30; i++)
        {
            await lab.RevokeAsync("coimbra", institution, RegistryHandle.Create());
        }

        for (int poll = 0; poll < 3; poll++)
        {
            await lab.Process.SendAsync();
            Assert.Equal(7, lab.Chain.PoolSize);
        }

        await lab.SettleAsync();
        await AnchoringLaw.AssertAsync(lab);
    }

    private static async Task<string> StateAsync(AnchoringLab lab, string id) =>
        (await lab.Process.Get<AnchoringQueries>().GetStateAsync(id, CancellationToken.None))!.State;

    private static async Task CallAsync(AnchoringLab lab, byte[] data)
    {
        var account = (ChainAccount)await lab.Process.Get<IssuerApi.Anchoring.Outbox.ChainAccounts>().OpenAsync(CancellationToken.None);
        await SendAsync(lab, account, data);
        lab.Chain.Mine(3);
    }

    private static async Task SendAsync(AnchoringLab lab, ChainAccount account, byte[] data)
    {
        ulong nonce = await lab.Chain.GetTransactionCountAsync(account.Address, BlockTag.Latest, CancellationToken.None);
        SignedTransaction signed = lab.Chain.Sign(new TransactionRequest(lab.Registry.ChainId, nonce, lab.Registry.Contract, data, 0, 100_000, await lab.Chain.SuggestFeesAsync(CancellationToken.None)), account);
        Assert.Equal(SendOutcome.Accepted, (await lab.Chain.SendAsync(signed, CancellationToken.None)).Outcome);
    }
}
