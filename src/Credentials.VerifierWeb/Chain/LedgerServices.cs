using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Proofs;
using Credentials.Ethereum.Registry;
using Credentials.VerifierWeb.Options;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Credentials.VerifierWeb.Chain;

/// <summary>Makes the ledger client for one node.</summary>
internal delegate ILedger LedgerFactory(Uri node);

/// <summary>A trusted chain with the clients that ask its nodes.</summary>
internal sealed record ChainClient(ChainOptions Options, TrustedChain Chain, IReadOnlyList<ILedger> Ledgers);

/// <summary>The trusted chains' readers, over whichever ledger client this build prefers.</summary>
internal static partial class LedgerServices
{
    public static IServiceCollection AddLedgers(this IServiceCollection services)
    {
        PreferNethereum(services);
        services.TryAddSingleton<LedgerFactory>(provider => node => new EthereumLedger(new EthereumLedgerOptions(node), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IReadOnlyList<ChainClient>>(provider =>
            [.. provider.GetRequiredService<IOptions<VerifierOptions>>().Value.Chains.Select(chain => Client(chain, provider.GetRequiredService<LedgerFactory>()))]);
        services.AddSingleton<IReadOnlyList<IRegistryReader>>(provider =>
            [.. provider.GetRequiredService<IReadOnlyList<ChainClient>>().Select(client => RegistryReaders.Create(client.Chain, client.Ledgers, client.Options.Quorum, client.Options.Proven, clock: provider.GetRequiredService<TimeProvider>()))]);
        return services;
    }

    /// <summary>Implemented where the build has Nethereum: registers its <see cref="LedgerFactory"/>.</summary>
    static partial void PreferNethereum(IServiceCollection services);

    private static ChainClient Client(ChainOptions options, LedgerFactory factory) => new(
        options,
        new TrustedChain(
            options.ChainId,
            Bytes32.TryParse(options.GenesisHash, out Bytes32 genesis) ? genesis : default,
            EthereumAddress.TryParse(options.Contract, out EthereumAddress contract) ? contract : default,
            Bytes32.TryParse(options.CodeHash, out Bytes32 code) ? code : CredentialRegistryContract.CodeHash),
        [.. options.Nodes.Select(node => factory(new Uri(node)))]);
}
