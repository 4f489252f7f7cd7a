using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Credentials.Anchoring;
using Credentials.Ethereum.Registry;
using Credentials.TestKit;
using Credentials.TestKit.Ledger;

namespace Credentials.Ethereum.LocalChain;

public sealed class AnvilProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("anvil").FullName;

    private string StateFile => Path.Combine(_folder, "made", "by", "it", "state.json");

    private static string Binary => AnvilProcess.FindBinary(Repository.Root).Path!;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Without_the_package_it_says_how_to_have_it()
    {
        (string? path, string hint) = AnvilProcess.FindBinary(_folder);
        Assert.Null(path);
        Assert.Contains("npm ci --prefix contracts", hint, StringComparison.Ordinal);
    }

    [AnvilFact]
    public async Task A_gentle_stop_keeps_genesis_contract_anchors_and_receipts()
    {
        using ChainAccount account = ChainAccount.Generate();
        (TrustedChain registry, SignedTransaction anchor, InstitutionId institution, MerkleRoot root) = await WriteHistoryAsync(account, static node => node.DisposeAsync());

        await using AnvilProcess again = await StartAsync();
        using EthereumLedger ledger = new(again.Url);
        Assert.Null(registry.MismatchIn(await ledger.GetMarksAsync(registry.Contract, default)));
        Assert.True((await ledger.GetReceiptAsync(anchor.Hash, default))!.Succeeded);
        RegistryReading reading = await new TrustedRegistryReader(registry, ledger).ReadAsync(new(institution, root, null), default);
        Assert.True(reading.Record?.Anchor is not null, reading.Problem?.Detail);
        Assert.Equal(3UL, await ledger.GetTransactionCountAsync(account.Address, BlockTag.Latest, default));
    }

    [AnvilFact]
    public async Task Stays_the_same_chain_over_many_starts_with_a_clock_that_is_right()
    {
        HashSet<Bytes32> genesis = [];
        for (int start = 0; start < 6; start++)
        {
            await using AnvilProcess node = await StartAsync();
            using EthereumLedger ledger = new(node.Url);
            genesis.Add((await ledger.GetMarksAsync(null, default)).GenesisHash);
            await Task.Delay(TimeSpan.FromSeconds(1.1));
            BlockHeader head = (await ledger.GetBlockAsync(BlockTag.Latest, default))!;
            Assert.InRange(head.Time, DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 5), TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(5));
        }

        Assert.Single(genesis);
    }

    [AnvilTheory]
    [InlineData("")]
    [InlineData("{\"block\":{\"number\":\"0x14\",\"bene")]
    public async Task Goes_back_to_the_older_state_when_a_kill_cut_the_newest_short(string rest)
    {
        using ChainAccount account = ChainAccount.Generate();
        (TrustedChain registry, _, _, _) = await WriteHistoryAsync(account, static node => node.DisposeAsync());
        await (await StartAsync()).DisposeAsync();
        await File.WriteAllTextAsync(StateFile, rest);

        await using AnvilProcess again = await StartAsync();
        using EthereumLedger ledger = new(again.Url);
        Assert.Null(registry.MismatchIn(await ledger.GetMarksAsync(registry.Contract, default)));
    }

    [AnvilFact]
    public async Task After_SIGKILL_it_starts_from_the_state_of_two_seconds_before()
    {
        using ChainAccount account = ChainAccount.Generate();
        (TrustedChain registry, SignedTransaction anchor, _, _) = await WriteHistoryAsync(account, static async node =>
        {
            await Task.Delay(TimeSpan.FromSeconds(3));
            node.Kill();
            await node.DisposeAsync();
        });

        await using AnvilProcess again = await StartAsync();
        using EthereumLedger ledger = new(again.Url);
        Assert.Null(registry.MismatchIn(await ledger.GetMarksAsync(registry.Contract, default)));
        Assert.True((await ledger.GetReceiptAsync(anchor.Hash, default))!.Succeeded);
    }

    [AnvilFact]
    public async Task Dies_with_its_parent_even_on_SIGKILL_and_saves_its_state()
    {
        ProcessStartInfo start = new(Environment.ProcessPath!, [typeof(ParentProgram).Assembly.Location, Binary, StateFile]) { RedirectStandardOutput = true, UseShellExecute = false };
        using Process parent = Process.Start(start)!;
        string[] printed = (await parent.StandardOutput.ReadLineAsync())!.Split(' ');
        using Process node = Process.GetProcessById(int.Parse(printed[0], CultureInfo.InvariantCulture));
        using EthereumLedger ledger = new(new Uri(printed[1]));
        Assert.Equal(4242UL, (await ledger.GetMarksAsync(null, default)).ChainId);

        parent.Kill();
        await node.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(10)).Token);
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => ledger.GetMarksAsync(null, default));
        Assert.True(File.Exists(StateFile));
    }

    [AnvilFact]
    public async Task Has_no_account_of_its_own_and_funds_those_it_is_told_to()
    {
        await using AnvilProcess node = await StartAsync();
        using EthereumLedger ledger = new(node.Url);
        Assert.True(EthereumAddress.TryParse("0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266", out EthereumAddress usual));
        Assert.True((await ledger.GetBalanceAsync(usual, default)).IsZero);
        foreach (int wei in new[] { 12_345, 0, 8 })
        {
            await node.SetBalanceAsync(usual, wei, default);
            Assert.Equal(wei, await ledger.GetBalanceAsync(usual, default));
        }
    }

    [AnvilFact]
    public async Task Mines_by_itself_when_it_has_a_block_time()
    {
        await using AnvilProcess node = await AnvilProcess.StartAsync(new(Binary, 4242) { BlockTime = 0.2 }, default);
        using EthereumLedger ledger = new(node.Url);
        using CancellationTokenSource bound = new(TimeSpan.FromSeconds(20));
        BlockHeader finalized = await ledger.WaitForTagAsync(2, BlockTag.Finalized, TimeSpan.FromMilliseconds(50), TimeProvider.System, null, bound.Token);
        Assert.InRange(finalized.Number, 2UL, 100UL);
    }

    [AnvilFact]
    public async Task Says_what_it_printed_when_its_port_is_taken()
    {
        using TcpListener squatter = new(IPAddress.Loopback, 0);
        squatter.Start();
        InvalidOperationException told = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            AnvilProcess.StartAsync(new(Binary, 4242) { Port = ((IPEndPoint)squatter.LocalEndpoint).Port }, default));
        Assert.Contains("in use", told.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Says_that_the_binary_is_not_there() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => AnvilProcess.StartAsync(new(Path.Combine(_folder, "anvil"), 4242), default));

    [Fact]
    public async Task Gives_up_on_a_program_that_never_listens()
    {
        InvalidOperationException told = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            AnvilProcess.StartAsync(new(Script("while true; do echo waiting; done"), 4242) { StartTimeout = TimeSpan.FromMilliseconds(200) }, default));
        Assert.Contains("did not listen", told.Message, StringComparison.Ordinal);
    }

    private string Script(string body)
    {
        string path = Path.Combine(_folder, "script");
        File.WriteAllText(path, $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return path;
    }

    private Task<AnvilProcess> StartAsync() => AnvilProcess.StartAsync(new(Binary, 4242) { StateFile = StateFile, BlockTime = 0.1 }, default);

    private async Task<(TrustedChain Registry, SignedTransaction Anchor, InstitutionId Institution, MerkleRoot Root)> WriteHistoryAsync(ChainAccount account, Func<AnvilProcess, ValueTask> end)
    {
        AnvilProcess node = await StartAsync();
        await node.SetBalanceAsync(account.Address, AnvilFixture.Ether, default);
        using EthereumLedger ledger = new(node.Url);
        TrustedChain registry = await new RegistryDeployer(ledger) { PollInterval = TimeSpan.FromMilliseconds(20) }.DeployAsync(account, default);
        InstitutionId institution = CredentialRegistryContract.InstitutionIdOf(account.Address, 1);
        MerkleRoot root = MerkleRoot.From(Enumerable.Repeat((byte)5, 32).ToArray());
        FeeSuggestion fees = await ledger.SuggestFeesAsync(default);
        SignedTransaction create = ledger.Sign(new(registry.ChainId, 1, registry.Contract, CredentialRegistryContract.CreateInstitution(1, account.Address), 0, RegistryGas.CreateInstitution, fees), account);
        SignedTransaction anchor = ledger.Sign(new(registry.ChainId, 2, registry.Contract, CredentialRegistryContract.Anchor(institution, root), 0, RegistryGas.Anchor, fees), account);
        await ledger.SendAsync(create, default);
        await ledger.SendAsync(anchor, default);
        while (await ledger.GetReceiptAsync(anchor.Hash, default) is null)
        {
            await Task.Delay(20);
        }

        await end(node);
        return (registry, anchor, institution, root);
    }
}
