using System.Numerics;
using System.Security.Cryptography;
using Credentials.Ethereum;
using Credentials.Ethereum.JsonRpc;
using Credentials.Ethereum.LocalChain;
using Credentials.Ethereum.Registry;
using Xunit;

namespace Credentials.TestKit.Ledger;

/// <summary>A real node of one's own for a test class, in memory and with the registry deployed: <c>IClassFixture&lt;AnvilFixture&gt;</c> and <see cref="AnvilFactAttribute"/>. Mines only when told to.</summary>
public class AnvilFixture : IAsyncLifetime
{
    /// <summary>Wei in one ether.</summary>
    public static readonly BigInteger Ether = BigInteger.Pow(10, 18);

    private AnvilProcess? _process;
    private JsonRpcClient? _control;

    public AnvilFixture()
        : this((ulong)RandomNumberGenerator.GetInt32(100_000_000, int.MaxValue))
    {
    }

    /// <summary>A node with a given chain id. Its genesis is its own all the same.</summary>
    internal AnvilFixture(ulong chainId) => ChainId = chainId;

    /// <summary>Why tests with a node are left out here; null when they are not.</summary>
    public static string? SkipReason { get; } = AnvilProcess.FindBinary(Repository.Root) is { Path: null, Hint: var hint } ? hint : null;

    /// <summary>The node.</summary>
    public AnvilProcess Process => _process ?? throw new InvalidOperationException(SkipReason ?? "The fixture was not started.");

    /// <summary>The chain's id: random, so that nothing can lean on it.</summary>
    public ulong ChainId { get; }

    /// <summary>The built-in client.</summary>
    public EthereumLedger Ledger { get; private set; } = null!;

    /// <summary>The registry, finalized.</summary>
    public TrustedChain Registry { get; private set; } = null!;

    /// <summary>Seconds between blocks; null for a node that mines only when told to.</summary>
    protected virtual double? BlockTime => null;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (AnvilProcess.FindBinary(Repository.Root).Path is not { } binary)
        {
            return;
        }

        _process = await AnvilProcess.StartAsync(new AnvilOptions(binary, ChainId) { BlockTime = BlockTime }, CancellationToken.None);
        Ledger = new EthereumLedger(Process.Url);
        _control = new(new HttpClient(), new(Process.Url), TimeProvider.System);
        using ChainAccount deployer = await CreateAccountAsync();
        Task<TrustedChain> deployed = new RegistryDeployer(Ledger) { PollInterval = TimeSpan.FromMilliseconds(20) }.DeployAsync(deployer, CancellationToken.None);
        while (BlockTime is null && !deployed.IsCompleted)
        {
            await MineAsync();
            await Task.Delay(20);
        }

        Registry = await deployed;
        await MineAsync(2);
    }

    /// <summary>A fresh account with ten ether.</summary>
    public async Task<ChainAccount> CreateAccountAsync()
    {
        ChainAccount account = ChainAccount.Generate();
        await Process.SetBalanceAsync(account.Address, 10 * Ether, CancellationToken.None);
        return account;
    }

    /// <summary>Mines blocks now.</summary>
    public Task MineAsync(int blocks = 1) => ControlAsync(new("anvil_mine", Hex.Write((ulong)blocks)));

    /// <summary>Sets the node's clock forward.</summary>
    public Task PassAsync(int seconds) => ControlAsync(new("evm_increaseTime", seconds));

    /// <summary>Replaces the newest blocks by as many empty ones. Reaches back only over blocks made since the start.</summary>
    public Task ReorganiseAsync(int depth) => ControlAsync(new("anvil_reorg", depth, new System.Text.Json.Nodes.JsonArray()));

    /// <summary>Forgets all transactions that wait.</summary>
    public Task DropPoolAsync() => ControlAsync(new("anvil_dropAllTransactions"));

    /// <summary>Calls a contract as of the newest block: what it gives back for each call, null where it reverts.</summary>
    public async Task<IReadOnlyList<byte[]?>> CallAsync(EthereumAddress contract, IReadOnlyList<byte[]> calls)
    {
        ArgumentNullException.ThrowIfNull(calls);
        IReadOnlyList<JsonRpcAnswer> answers = await _control!.BatchAsync([.. calls.Select(call => new JsonRpcCall("eth_call", Hex.Call(contract, call), BlockTag.Latest.Value))], CancellationToken.None);
        return [.. answers.Select(answer => answer.Error is { } error && NodeWords.IsRevert(error) ? null : answer.Read(Hex.Data, "data"))];
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        Ledger?.Dispose();
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }

    private async Task ControlAsync(JsonRpcCall call)
    {
        JsonRpcAnswer answer = await _control!.CallAsync(call, CancellationToken.None);
        if (answer.Error is not null)
        {
            throw answer.Fault();
        }
    }
}

/// <summary>A fact that needs a node; without one it is skipped and says how to have it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AnvilFactAttribute : FactAttribute
{
    public AnvilFactAttribute() => Skip = AnvilFixture.SkipReason;
}

/// <summary>A theory that runs on Anvil; without it, it is skipped with the reason.</summary>
public sealed class AnvilTheoryAttribute : TheoryAttribute
{
    public AnvilTheoryAttribute() => Skip = AnvilFixture.SkipReason;
}
