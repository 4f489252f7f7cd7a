using Credentials.Ethereum.Nethereum;

namespace Credentials.Cli.Trust;

/// <content>A build with Nethereum asks through it.</content>
internal static partial class LedgerClients
{
    static partial void PreferNethereum(ref LedgerFactory factory) => factory = static node => new NethereumLedger(node);
}
