using Credentials.TestKit.Ledger;

namespace Credentials.Ethereum;

/// <summary>The law-book on the fake: what other tests lean on behaves as the chain does.</summary>
public sealed class InMemoryLedgerLaws(InMemoryWorld world) : LedgerLaws(world), IClassFixture<InMemoryWorld>;

/// <summary>The law-book on a real node through the built-in client.</summary>
[NeedsAnvil]
public sealed class AnvilLedgerLaws(AnvilWorld world) : LedgerLaws(world), IClassFixture<AnvilWorld>;

/// <summary>The built-in client and nodes that fail.</summary>
public sealed class EthereumNodeFaultLaws : NodeFaultLaws
{
    protected override ILedger Create(EthereumLedgerOptions options) => new EthereumLedger(options, TimeProvider.System);
}

/// <summary>The built-in client and nodes that are unlike Anvil.</summary>
public sealed class EthereumStrangeNodeLaws : StrangeNodeLaws
{
    protected override ILedger Create(EthereumLedgerOptions options) => new EthereumLedger(options, TimeProvider.System);
}
