using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;
using Xunit;

namespace Credentials.TestKit.Ledger;

/// <content>What is believed, and what is only unknown.</content>
public abstract partial class LedgerLaws
{
    [Law]
    public async Task A_reading_says_what_the_contract_says()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        MerkleRoot root = RandomRoot();
        TransactionReceipt receipt = await actor.MineAsync(CredentialRegistryContract.Anchor(actor.Institution, root));
        BlockHeader head = await HeadAsync();
        RegistryReading reading = await ReadAsync(actor.Institution, root, RegistryHandle.Create());
        Assert.Null(reading.Problem);
        Assert.Equal(new(true, new(head.Time, receipt.BlockNumber, Finality.Included), null, head.Time), reading.Record);
    }

    [Law]
    public async Task A_reading_of_an_absent_institution_is_an_answer()
    {
        RegistryReading reading = await ReadAsync(CredentialRegistryContract.InstitutionIdOf(world.Registry.Contract, 2), RandomRoot(), RegistryHandle.Create());
        Assert.Equal((false, null, null), (reading.Record!.InstitutionExists, reading.Record.Anchor, reading.Record.Revocation));
    }

    [Law]
    public async Task A_reading_tells_nothing_that_was_not_asked()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        RegistryReading reading = await ReadAsync(actor.Institution, null, null);
        Assert.Equal((true, null, null), (reading.Record!.InstitutionExists, reading.Record.Anchor, reading.Record.Revocation));
    }

    [Law]
    public Task Another_chain_id_is_a_mismatch() => AssertMismatchAsync(world.Registry with { ChainId = world.Registry.ChainId + 1 }, "chain id");

    [Law]
    public async Task Another_chain_with_the_same_id_is_a_mismatch()
    {
        LedgerWorld twin = await world.CreateTwinAsync();
        try
        {
            Assert.Equal(world.Registry.ChainId, twin.Registry.ChainId);
            await AssertMismatchAsync(twin.Registry, "genesis hash");
        }
        finally
        {
            await twin.DisposeAsync();
        }
    }

    [Law]
    public async Task An_address_without_a_contract_is_a_mismatch()
    {
        using ChainAccount nobody = ChainAccount.Generate();
        await AssertMismatchAsync(world.Registry with { Contract = nobody.Address }, "code hash");
    }

    [Law]
    public Task Another_contract_than_the_trusted_one_is_a_mismatch() => AssertMismatchAsync(world.Registry with { CodeHash = RandomRoot().Value }, "code hash");

    [Law]
    public async Task A_look_up_where_no_contract_is_says_nothing()
    {
        using ChainAccount nobody = ChainAccount.Generate();
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => Ledger.LookUpAsync(nobody.Address, new(default, RandomRoot()), BlockTag.Latest, CancellationToken.None));
    }

    [Law]
    public async Task A_node_that_is_down_answers_nothing_whatever_is_asked()
    {
        LedgerWorld twin = await world.CreateTwinAsync();
        try
        {
            LedgerActor actor = await LedgerActor.CreateInstitutionAsync(twin);
            SignedTransaction signed = await actor.SignAsync(CredentialRegistryContract.Anchor(actor.Institution, RandomRoot()));
            await twin.UnplugAsync();
            ILedger down = twin.Ledger;
            EthereumAddress contract = twin.Registry.Contract;
            Func<Task>[] questions =
            [
                () => down.GetMarksAsync(contract, CancellationToken.None),
                () => down.GetBalanceAsync(contract, CancellationToken.None),
                () => down.GetTransactionCountAsync(contract, BlockTag.Latest, CancellationToken.None),
                () => down.SuggestFeesAsync(CancellationToken.None),
                () => down.SendAsync(signed, CancellationToken.None),
                () => down.GetReceiptAsync(signed.Hash, CancellationToken.None),
                () => down.GetBlockAsync(BlockTag.Latest, CancellationToken.None),
                () => down.LookUpAsync(contract, new(default), BlockTag.Latest, CancellationToken.None),
                () => down.ReadRegistryAsync(contract, new(default), CancellationToken.None),
            ];
            foreach (Func<Task> question in questions)
            {
                await Assert.ThrowsAsync<LedgerUnavailableException>(question);
            }

            RegistryReading reading = await new TrustedRegistryReader(twin.Registry, down).ReadAsync(new(actor.Institution, RandomRoot(), null), CancellationToken.None);
            Assert.Null(reading.Record);
            Assert.Equal(ProblemCode.LedgerUnavailable, reading.Problem!.Code);
        }
        finally
        {
            await twin.DisposeAsync();
        }
    }

    [Law]
    public async Task Only_cancellation_throws_as_cancellation() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Ledger.GetBlockAsync(BlockTag.Latest, new CancellationToken(canceled: true)));

    private async Task AssertMismatchAsync(TrustedChain trusted, string mark)
    {
        RegistryReading reading = await ReadAsync(default, RandomRoot(), null, trusted);
        Assert.Null(reading.Record);
        Assert.Equal(ProblemCode.LedgerMismatch, reading.Problem!.Code);
        Assert.Contains(mark, reading.Problem.Detail, StringComparison.Ordinal);
    }
}
