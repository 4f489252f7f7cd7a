using System.Collections.Concurrent;
using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;
using Xunit;

namespace Credentials.TestKit.Ledger;

/// <content>Blocks, tags and reorganisations.</content>
public abstract partial class LedgerLaws
{
    [Law]
    public async Task A_block_that_is_not_there_yet_is_null() =>
        Assert.Null(await Ledger.GetBlockAsync(BlockTag.Number((await HeadAsync()).Number + 1_000), CancellationToken.None));

    [Law]
    public async Task Finalized_is_never_above_safe_and_safe_never_above_the_head()
    {
        await world.MineAsync(3);
        ulong finalized = (await Ledger.GetBlockAsync(BlockTag.Finalized, CancellationToken.None))!.Number;
        ulong safe = (await Ledger.GetBlockAsync(BlockTag.Safe, CancellationToken.None))!.Number;
        Assert.InRange(safe, finalized, (await HeadAsync()).Number);
    }

    [Law]
    public async Task An_anchor_is_included_then_safe_then_finalized()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        await world.MineAsync(3);
        MerkleRoot root = RandomRoot();
        await actor.MineAsync(CredentialRegistryContract.Anchor(actor.Institution, root));
        List<Finality> seen = [];
        for (int block = 0; block < 3; block++)
        {
            seen.Add((await ReadAsync(actor.Institution, root, null)).Record!.Anchor!.Finality);
            await world.MineAsync();
        }

        Assert.Equal([Finality.Included, Finality.Safe, Finality.Finalized], seen);
    }

    [Law]
    public async Task A_revocation_is_included_then_safe_then_finalized()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        await world.MineAsync(3);
        RegistryHandle handle = RegistryHandle.Create();
        await actor.MineAsync(CredentialRegistryContract.Revoke(actor.Institution, handle));
        Assert.Equal(Finality.Included, (await ReadAsync(actor.Institution, null, handle)).Record!.Revocation!.Finality);
        await world.MineAsync(2);
        SettledFact settled = (await ReadAsync(actor.Institution, null, handle)).Record!.Revocation!;
        Assert.Equal((Finality.Finalized, null), (settled.Finality, settled.Block));
    }

    [Law]
    public async Task The_past_is_read_at_its_tag()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        await world.MineAsync(3);
        MerkleRoot root = RandomRoot();
        TransactionReceipt receipt = await actor.MineAsync(CredentialRegistryContract.Anchor(actor.Institution, root));
        Assert.Equal(0UL, (await LookUpAsync(actor.Institution, root, default, BlockTag.Finalized)).AnchoredAt);
        Assert.Equal(0UL, (await LookUpAsync(actor.Institution, root, default, BlockTag.Number(receipt.BlockNumber - 1))).AnchoredAt);
        Assert.NotEqual(0UL, (await LookUpAsync(actor.Institution, root, default, BlockTag.Number(receipt.BlockNumber))).AnchoredAt);
        Assert.Equal(1UL, await Ledger.GetTransactionCountAsync(actor.Account.Address, BlockTag.Finalized, CancellationToken.None));
        Assert.Equal(2UL, await Ledger.GetTransactionCountAsync(actor.Account.Address, BlockTag.Latest, CancellationToken.None));
    }

    [Law]
    public async Task Before_the_contract_was_there_nothing_was_in_it()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        Assert.Equal(RegistryState.Nothing, await LookUpAsync(actor.Institution, default, default, BlockTag.Number(0)));
    }

    [Law]
    public async Task A_reorganisation_takes_an_unfinalized_anchor_away_and_the_same_bytes_bring_it_back()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        await world.MineAsync(3);
        MerkleRoot root = RandomRoot();
        SignedTransaction anchor = await actor.SendAsync(CredentialRegistryContract.Anchor(actor.Institution, root));
        await world.MineAsync();
        BlockHeader before = await HeadAsync();
        await world.ReorganiseAsync(1);
        Assert.NotEqual(before.Hash, (await Ledger.GetBlockAsync(BlockTag.Number(before.Number), CancellationToken.None))!.Hash);
        Assert.Null((await ReadAsync(actor.Institution, root, null)).Record!.Anchor);
        Assert.Null(await ReceiptAsync(anchor));

        AssertSays(SendOutcome.Accepted, await SendAsync(anchor));
        await world.MineAsync();
        Assert.True((await ReceiptAsync(anchor))!.Succeeded);
        Assert.True((await LookUpAsync(actor.Institution, root, default)).AnchoredBlock > before.Number);
    }

    [Law]
    public async Task Waiting_for_a_tag_ends_when_the_block_is_as_settled()
    {
        ulong number = (await HeadAsync()).Number + 1;
        Seen progress = new();
        Task<BlockHeader> wait = Ledger.WaitForTagAsync(number, BlockTag.Finalized, TimeSpan.FromMilliseconds(5), TimeProvider.System, progress, CancellationToken.None);
        Assert.False(wait.IsCompletedSuccessfully);
        while (!wait.IsCompleted)
        {
            await world.MineAsync();
            await Task.Delay(5);
        }

        Assert.InRange((await wait).Number, number, ulong.MaxValue);
        Assert.True(progress.Looks.Count > 1);
        Assert.All(progress.Looks, look => Assert.Null(look.Fault));
    }

    [Law]
    public async Task Waiting_for_a_tag_can_be_given_up()
    {
        using CancellationTokenSource bound = new(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Ledger.WaitForTagAsync(ulong.MaxValue, BlockTag.Finalized, TimeSpan.FromMilliseconds(5), TimeProvider.System, null, bound.Token));
    }

    private sealed class Seen : IProgress<BlockWaitProgress>
    {
        public ConcurrentQueue<BlockWaitProgress> Looks { get; } = new();

        public void Report(BlockWaitProgress value) => Looks.Enqueue(value);
    }
}
