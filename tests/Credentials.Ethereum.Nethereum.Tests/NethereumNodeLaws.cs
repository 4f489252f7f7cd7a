using Credentials.TestKit.Ledger;

namespace Credentials.Ethereum.Nethereum;

/// <summary>Nethereum and nodes that fail.</summary>
public sealed class NethereumNodeFaultLaws : NodeFaultLaws
{
    protected override ILedger Create(EthereumLedgerOptions options) => new NethereumLedger(options, TimeProvider.System);
}

/// <summary>Nethereum and nodes that are unlike Anvil.</summary>
public sealed class NethereumStrangeNodeLaws : StrangeNodeLaws
{
    protected override ILedger Create(EthereumLedgerOptions options) => new NethereumLedger(options, TimeProvider.System);
}
