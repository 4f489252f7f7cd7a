using Credentials.Ethereum;
using Credentials.IssuerApi.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Credentials.IssuerApi;

/// <summary>Chooses the ledger client: Nethereum where this build has it, else the built-in one. Nothing else knows which.</summary>
internal static partial class LedgerServices
{
    public static IServiceCollection AddLedger(this IServiceCollection services)
    {
        PreferNethereum(services);
        services.TryAddSingleton<ILedger>(provider => new EthereumLedger(new Uri(provider.GetRequiredService<ChainOptions>().RpcUrl)));
        return services;
    }

    static partial void PreferNethereum(IServiceCollection services);
}
