using Credentials.TestKit.Ledger;

namespace Credentials.Ethereum.Registry;

public sealed class RegistryDeployerTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(1);

    private readonly InMemoryLedger _ledger = new();

    [Fact]
    public async Task Resumes_after_an_earlier_process_sent_and_died()
    {
        using ChainAccount account = Funded();
        using CancellationTokenSource death = new();
        Task<TrustedChain> first = Deployer().DeployAsync(account, death.Token);
        await death.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal(1, _ledger.PoolSize);

        TrustedChain deployed = await MineUntilDone(Deployer().DeployAsync(account, default));
        Assert.Equal(CredentialRegistryContract.AddressOf(account.Address, 0), deployed.Contract);
        Assert.Equal(1UL, await _ledger.GetTransactionCountAsync(account.Address, BlockTag.Latest, default));
    }

    [Fact]
    public async Task Sends_again_what_the_node_forgot()
    {
        using ChainAccount account = Funded();
        Task<TrustedChain> deployment = Deployer().DeployAsync(account, default);
        _ledger.DropPool();
        await MineUntilDone(deployment);
        Assert.Equal(1UL, await _ledger.GetTransactionCountAsync(account.Address, BlockTag.Latest, default));
    }

    [Fact]
    public async Task Deploys_again_after_the_contract_was_reorganised_away()
    {
        using ChainAccount account = Funded();
        _ledger.Mine(3);
        TrustedChain before = await MineUntilDone(Deployer().DeployAsync(account, default));
        _ledger.Reorganise((int)(await _ledger.GetBlockAsync(BlockTag.Latest, default))!.Number - 3);
        Assert.NotEqual(CredentialRegistryContract.CodeHash, (await _ledger.GetMarksAsync(before.Contract, default)).ContractCodeHash);
        Assert.Equal(before, await MineUntilDone(Deployer().DeployAsync(account, default)));
    }

    [Fact]
    public async Task Says_which_account_cannot_pay()
    {
        using ChainAccount account = ChainAccount.Generate();
        InvalidOperationException told = await Assert.ThrowsAsync<InvalidOperationException>(() => Deployer().DeployAsync(account, default));
        Assert.Contains(account.Address.ToChecksumString(), told.Message, StringComparison.Ordinal);
        Assert.Contains("insufficient funds", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_the_node_is_down()
    {
        using ChainAccount account = Funded();
        _ledger.Unplugged = true;
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => Deployer().DeployAsync(account, default));
    }

    private RegistryDeployer Deployer() => new(_ledger) { PollInterval = Soon };

    private ChainAccount Funded()
    {
        ChainAccount account = ChainAccount.Generate();
        _ledger.Fund(account.Address, AnvilFixture.Ether);
        return account;
    }

    private async Task<TrustedChain> MineUntilDone(Task<TrustedChain> deployment)
    {
        while (!deployment.IsCompleted)
        {
            await Task.Delay(Soon);
            _ledger.Mine();
        }

        return await deployment;
    }
}
