using Credentials.Ethereum;

namespace Credentials.Cli.Trust;

/// <summary>Makes the ledger client for one node.</summary>
internal delegate ILedger LedgerFactory(Uri node);

/// <summary>Which ledger client this build has.</summary>
internal static partial class LedgerClients
{
    /// <summary>Nethereum where the build has it, else the built-in client.</summary>
    public static LedgerFactory Choose()
    {
        LedgerFactory factory = node => new EthereumLedger(node);
        PreferNethereum(ref factory);
        return factory;
    }

    /// <summary>Implemented where the build has Nethereum.</summary>
    static partial void PreferNethereum(ref LedgerFactory factory);
}
