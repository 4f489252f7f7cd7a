using Credentials.Anchoring;
using Credentials.Dids;
using Credentials.Verification;
using Credentials.VerifierWeb.Chain;
using Credentials.VerifierWeb.Intake;
using Credentials.VerifierWeb.Options;
using Microsoft.Extensions.Options;

namespace Credentials.VerifierWeb.Verifying;

/// <summary>What this host trusts, and the ways to the outside.</summary>
internal static class VerificationServices
{
    public static IServiceCollection AddVerification(this IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddLedgers();
        services.AddSingleton<IDocumentFetcher>(provider => new BoundedFetcher(new BoundedFetcherOptions
        {
            AllowPrivateAddresses = provider.GetRequiredService<IOptions<VerifierOptions>>().Value.AllowPrivateAddresses,
        }));
        services.AddSingleton(provider => new TrustedMaterial
        {
            Registries = provider.GetRequiredService<IReadOnlyList<IRegistryReader>>(),
            DidResolver = DidResolver.Online(provider.GetRequiredService<IDocumentFetcher>()),
            Fetcher = provider.GetRequiredService<IDocumentFetcher>(),
        });
        services.AddSingleton<DocumentIntake>();
        services.AddSingleton<VerificationDesk>();
        return services;
    }
}
