using System.Numerics;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;

namespace Credentials.TestKit.Ledger;

/// <summary>The world of <see cref="InMemoryLedger"/>.</summary>
public sealed class InMemoryWorld : LedgerWorld
{
    private readonly InMemoryLedger _ledger;
    private TrustedChain? _registry;

    public InMemoryWorld()
        : this(new InMemoryLedger())
    {
    }

    private InMemoryWorld(InMemoryLedger ledger) => _ledger = ledger;

    /// <inheritdoc/>
    public override ILedger Ledger => _ledger;

    /// <inheritdoc/>
    public override TrustedChain Registry => _registry ?? throw new InvalidOperationException("Initialise the world first.");

    /// <inheritdoc/>
    public override Task<IReadOnlyList<byte[]?>> CallAsync(IReadOnlyList<byte[]> calls) =>
        Task.FromResult<IReadOnlyList<byte[]?>>([.. calls.Select(call => _ledger.Call(Registry.Contract, call))]);

    /// <inheritdoc/>
    public override Task SetBalanceAsync(EthereumAddress account, BigInteger wei)
    {
        _ledger.Fund(account, wei);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task MineAsync(int blocks = 1)
    {
        _ledger.Mine(blocks);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    /// <remarks>Each block is a second later at least: as many empty ones.</remarks>
    public override Task PassAsync(int seconds) => MineAsync(seconds);

    /// <inheritdoc/>
    public override Task ReorganiseAsync(int depth)
    {
        _ledger.Reorganise(depth);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task UnplugAsync()
    {
        _ledger.Unplugged = true;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task<LedgerWorld> CreateTwinAsync()
    {
        InMemoryWorld twin = new(new InMemoryLedger(_ledger.ChainId, TimeProvider.System));
        await twin.InitializeAsync();
        return twin;
    }

    /// <inheritdoc/>
    public override async Task InitializeAsync() => _registry = await _ledger.DeployRegistryAsync();

    /// <inheritdoc/>
    public override Task DisposeAsync() => Task.CompletedTask;
}
