using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;
using Xunit;

namespace Credentials.TestKit.Ledger;

/// <summary>What every ledger obeys, whichever client and whichever chain. One class per ledger derives from it: <c>class XLedgerLaws(XWorld world) : LedgerLaws(world), IClassFixture&lt;XWorld&gt;</c>.</summary>
public abstract partial class LedgerLaws(LedgerWorld world)
{
    /// <summary>The chain under the law.</summary>
    protected LedgerWorld World => world;

    private ILedger Ledger => world.Ledger;

    private static MerkleRoot RandomRoot() => MerkleRoot.From([.. RegistryHandle.Create().ToArray(), .. RegistryHandle.Create().ToArray()]);

    private Task<RegistryState> LookUpAsync(InstitutionId institution, MerkleRoot root, RegistryHandle handle, BlockTag? tag = null) =>
        Ledger.LookUpAsync(world.Registry.Contract, new(institution, root, handle), tag ?? BlockTag.Latest, CancellationToken.None);

    private Task<RegistryState> LookUpAsync(LookupQuery query) => Ledger.LookUpAsync(world.Registry.Contract, query, BlockTag.Latest, CancellationToken.None);

    private async Task<RegistryRecord> ReadAsync(RegistryQuery query)
    {
        RegistryReading reading = await new TrustedRegistryReader(world.Registry, Ledger).ReadAsync(query, CancellationToken.None);
        Assert.Null(reading.Problem);
        return reading.Record!;
    }

    // What the contract itself says as of each of some times.
    private async Task AssertAsOfAsync(Func<ulong, byte[]> question, params (ulong Time, bool Yes)[] expected)
    {
        IReadOnlyList<byte[]?> answers = await world.CallAsync([.. expected.Select(moment => question(moment.Time))]);
        Assert.Equal(expected, expected.Zip(answers, (moment, answer) => (moment.Time, Yes: answer![^1] == 1)));
    }

    private static DateTimeOffset At(ulong seconds) => DateTimeOffset.FromUnixTimeSeconds((long)seconds);

    private Task<RegistryReading> ReadAsync(InstitutionId institution, MerkleRoot? root, RegistryHandle? handle, TrustedChain? trusted = null) =>
        new TrustedRegistryReader(trusted ?? world.Registry, Ledger).ReadAsync(new(institution, root, handle), CancellationToken.None);

    private async Task<ulong> HeadTimeAsync() => (ulong)(await HeadAsync()).Time.ToUnixTimeSeconds();

    private async Task<BlockHeader> HeadAsync() => (await Ledger.GetBlockAsync(BlockTag.Latest, CancellationToken.None))!;

    private async Task<SendResult> SendAsync(SignedTransaction transaction) => await Ledger.SendAsync(transaction, CancellationToken.None);

    private async Task<TransactionReceipt?> ReceiptAsync(SignedTransaction transaction) => await Ledger.GetReceiptAsync(transaction.Hash, CancellationToken.None);

    private static void AssertSays(SendOutcome outcome, SendResult result) =>
        Assert.True(outcome == result.Outcome, $"Expected {outcome}; the node said \"{result.Message}\", which was taken for {result.Outcome}.");

    [Law]
    public void Has_a_name_that_can_be_shown() => Assert.False(string.IsNullOrWhiteSpace(Ledger.ClientName));

    [Law]
    public async Task Its_marks_are_those_of_its_chain_and_contract()
    {
        ChainMarks marks = await Ledger.GetMarksAsync(world.Registry.Contract, CancellationToken.None);
        Assert.Equal(new(world.Registry.ChainId, world.Registry.GenesisHash, CredentialRegistryContract.CodeHash), marks);
        Assert.Equal((await Ledger.GetBlockAsync(BlockTag.Number(0), CancellationToken.None))!.Hash, marks.GenesisHash);
    }

    [Law]
    public async Task Without_a_contract_it_reads_the_marks_of_the_chain_alone() =>
        Assert.Equal(new(world.Registry.ChainId, world.Registry.GenesisHash, null), await Ledger.GetMarksAsync(null, CancellationToken.None));

    [Law]
    public async Task An_address_without_a_contract_has_the_mark_of_empty_code()
    {
        using ChainAccount nobody = ChainAccount.Generate();
        ChainMarks marks = await Ledger.GetMarksAsync(nobody.Address, CancellationToken.None);
        Assert.Equal("0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470", marks.ContractCodeHash.ToString());
    }

    [Law]
    public async Task A_second_deployment_sends_nothing()
    {
        using ChainAccount deployer = await world.CreateAccountAsync();
        RegistryDeployer deploy = new(Ledger) { PollInterval = TimeSpan.FromMilliseconds(20) };
        Task<TrustedChain> first = deploy.DeployAsync(deployer, CancellationToken.None);
        while (!first.IsCompleted)
        {
            await world.MineAsync();
            await Task.Delay(20);
        }

        Assert.Equal(await first, await deploy.DeployAsync(deployer, CancellationToken.None));
        Assert.Equal(1UL, await Ledger.GetTransactionCountAsync(deployer.Address, BlockTag.Latest, CancellationToken.None));
    }

    [Law]
    public async Task An_account_that_sent_something_else_first_deploys_nothing()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        await Assert.ThrowsAsync<InvalidOperationException>(() => new RegistryDeployer(Ledger).DeployAsync(actor.Account, CancellationToken.None));
        Assert.Equal(1UL, await Ledger.GetTransactionCountAsync(actor.Account.Address, BlockTag.Latest, CancellationToken.None));
    }
}
