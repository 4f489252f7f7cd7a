using Credentials.Ethereum;
using Credentials.Ethereum.Nethereum;
using Credentials.IssuerApi.Configuration;

namespace Credentials.IssuerApi;

/// <content>A build with Nethereum asks through it.</content>
internal static partial class LedgerServices
{
    static partial void PreferNethereum(IServiceCollection services) =>
        services.AddSingleton<ILedger>(provider => new NethereumLedger(new Uri(provider.GetRequiredService<ChainOptions>().RpcUrl)));
}
