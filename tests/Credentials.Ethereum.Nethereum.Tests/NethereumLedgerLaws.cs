using Credentials.TestKit.Ledger;

namespace Credentials.Ethereum.Nethereum;

/// <summary>The law-book on a real node through Nethereum.</summary>
[NeedsAnvil]
public sealed class NethereumLedgerLaws(NethereumWorld world) : LedgerLaws(world), IClassFixture<NethereumWorld>;

/// <summary>The world of a real node, asked through Nethereum.</summary>
public class NethereumWorld : AnvilWorld
{
    public NethereumWorld()
    {
    }

    private NethereumWorld(AnvilFixture node)
        : base(node)
    {
    }

    /// <inheritdoc/>
    protected override ILedger CreateLedger(Uri node) => new NethereumLedger(node);

    /// <inheritdoc/>
    protected override AnvilWorld CreateTwin(AnvilFixture node) => new NethereumWorld(node);
}
