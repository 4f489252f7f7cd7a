using Credentials.Ethereum;
using Credentials.Ethereum.Nethereum;

namespace Credentials.VerifierWeb.Chain;

/// <content>A build with Nethereum asks through it.</content>
internal static partial class LedgerServices
{
    static partial void PreferNethereum(IServiceCollection services) =>
        services.AddSingleton<LedgerFactory>(provider => node => new NethereumLedger(new EthereumLedgerOptions(node), provider.GetRequiredService<TimeProvider>()));
}
