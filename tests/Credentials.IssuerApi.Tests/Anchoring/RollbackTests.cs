using Credentials.Ethereum;
using Credentials.IssuerApi.Tests.Anchoring.Lab;
using Dapper;

namespace Credentials.IssuerApi.Tests.Anchoring;

/// <summary>The chain goes back: a little, as all chains do, or past what was final, as a local one does when it is killed.</summary>
public sealed class RollbackTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Comes_back_from_a_reorganisation_with_the_very_same_transactions(bool returnToPool)
    {
        using AnchoringLab lab = await AnchoringLab.CreateSealedAsync();
        await lab.RoundAsync();
        await lab.RoundAsync();
        Assert.Contains(await lab.QueryAsync<string>("SELECT state FROM transactions"), state => state is "included" or "safe");

        lab.Chain.Reorganise(2, returnToPool);
        await lab.Process.FollowAsync();
        Assert.All(await lab.QueryAsync<string>("SELECT state FROM transactions"), state => Assert.Equal("submitted", state));
        await lab.SettleAsync();

        await AnchoringLaw.AssertAsync(lab);
        Assert.Equal(2, lab.Recorder.Sent.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Anchors_again_when_the_chain_lost_what_was_final(bool whileTheIssuerWasDown)
    {
        using AnchoringLab lab = await AnchoringLab.CreateSealedAsync();
        await lab.SettleAsync();
        string transaction = Convert.ToHexString(await lab.QueryOneAsync<byte[]>("SELECT hash FROM transactions WHERE purpose = 'anchor'"));
        long lost = await lab.QueryOneAsync<long>("SELECT min(block_number) FROM transactions");
        BlockHeader head = (await lab.Chain.GetBlockAsync(BlockTag.Latest, CancellationToken.None))!;

        lab.Chain.Reorganise((int)(head.Number - (ulong)lost + 1));
        if (whileTheIssuerWasDown)
        {
            lab.Chain.Mine(5);
            lab.Start();
        }

        await lab.StepAsync(process => process.FollowAsync());
        Assert.False(await lab.IsSettledAsync());
        await lab.SettleAsync();

        await AnchoringLaw.AssertAsync(lab);
        Assert.Equal(transaction, Convert.ToHexString(await lab.QueryOneAsync<byte[]>("SELECT hash FROM transactions WHERE purpose = 'anchor'")));
        Assert.Equal(0, await lab.QueryOneAsync<long>("SELECT count(*) FROM transactions WHERE block_number <= @lost", new { lost }));
    }

    [Fact]
    public async Task Compares_all_that_is_recorded_with_the_contract_at_each_start()
    {
        using AnchoringLab lab = await AnchoringLab.CreateSealedAsync();
        await lab.SettleAsync();
        await lab.WriteAsync(write => write.Connection!.ExecuteAsync("UPDATE chain_checkpoint SET finalized_number = NULL, finalized_hash = NULL", transaction: write));
        await lab.ReorganiseAsync(20, returnToPool: false);
        lab.Start();

        await lab.StepAsync(process => process.FollowAsync());
        Assert.All(await lab.QueryAsync<string>("SELECT state FROM transactions"), state => Assert.Equal("submitted", state));

        await lab.SettleAsync();
        await AnchoringLaw.AssertAsync(lab);
    }
}
