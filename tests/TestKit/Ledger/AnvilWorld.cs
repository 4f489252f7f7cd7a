using System.Numerics;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;

namespace Credentials.TestKit.Ledger;

/// <summary>The world of a real node, and by default of the built-in client. Another client's law-book overrides <see cref="CreateLedger"/> and <see cref="CreateTwin"/>.</summary>
[NeedsAnvil]
public class AnvilWorld : LedgerWorld
{
    private readonly AnvilFixture _node;
    private ILedger? _ledger;

    public AnvilWorld()
        : this(new AnvilFixture())
    {
    }

    protected AnvilWorld(AnvilFixture node) => _node = node;

    /// <inheritdoc/>
    public override ILedger Ledger => _ledger ?? throw new InvalidOperationException(AnvilFixture.SkipReason ?? "Initialise the world first.");

    /// <inheritdoc/>
    public override TrustedChain Registry => _node.Registry;

    /// <inheritdoc/>
    public override Task<IReadOnlyList<byte[]?>> CallAsync(IReadOnlyList<byte[]> calls) => _node.CallAsync(Registry.Contract, calls);

    /// <inheritdoc/>
    public override Task SetBalanceAsync(EthereumAddress account, BigInteger wei) => _node.Process.SetBalanceAsync(account, wei, CancellationToken.None);

    /// <inheritdoc/>
    public override Task MineAsync(int blocks = 1) => _node.MineAsync(blocks);

    /// <inheritdoc/>
    public override Task PassAsync(int seconds) => _node.PassAsync(seconds);

    /// <inheritdoc/>
    public override Task ReorganiseAsync(int depth) => _node.ReorganiseAsync(depth);

    /// <inheritdoc/>
    public override Task UnplugAsync()
    {
        _node.Process.Kill();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task<LedgerWorld> CreateTwinAsync()
    {
        AnvilWorld twin = CreateTwin(new AnvilFixture(_node.ChainId));
        await twin.InitializeAsync();
        return twin;
    }

    /// <inheritdoc/>
    public override async Task InitializeAsync()
    {
        if (AnvilFixture.SkipReason is null)
        {
            await _node.InitializeAsync();
            _ledger = CreateLedger(_node.Process.Url);
        }
    }

    /// <inheritdoc/>
    public override async Task DisposeAsync()
    {
        (_ledger as IDisposable)?.Dispose();
        await _node.DisposeAsync();
    }

    /// <summary>The client under the law.</summary>
    protected virtual ILedger CreateLedger(Uri node) => new EthereumLedger(node);

    /// <summary>A world with the same client on another node.</summary>
    protected virtual AnvilWorld CreateTwin(AnvilFixture node) => new(node);
}
