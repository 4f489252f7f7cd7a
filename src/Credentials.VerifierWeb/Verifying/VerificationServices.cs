using Credentials.Anchoring;
using Credentials.Dids;
using Credentials.Ethereum.Proofs;
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
        services.AddSingleton(Trusted);
        services.AddSingleton<DocumentIntake>();
        services.AddSingleton<VerificationDesk>();
        return services;
    }

    // The options have been judged by AccreditationRules before anything asks for this.
    private static TrustedMaterial Trusted(IServiceProvider provider)
    {
        VerifierOptions options = provider.GetRequiredService<IOptions<VerifierOptions>>().Value;
        return new()
        {
            Registries = provider.GetRequiredService<IReadOnlyList<IRegistryReader>>(),
            EvidenceChains = [.. provider.GetRequiredService<IReadOnlyList<ChainClient>>().Select(client => new EvidenceChain(client.Chain.Registry, client.Chain.GenesisHash, new RegistryEvidenceReader(client.Chain)))],
            Witnesses = TrustedEvidence.WitnessesOf(options),
            Checkpoints = TrustedEvidence.CheckpointsOf(options),
            DidResolver = DidResolver.Online(provider.GetRequiredService<IDocumentFetcher>()),
            Fetcher = provider.GetRequiredService<IDocumentFetcher>(),
            Accreditors = [.. options.Accreditors.Select(one => new TrustedAccreditor(RegistryOf(one.Registry), IdOf(one.Institution), one.Name))],
            PinnedInstitutions = [.. options.Institutions.Select(one => new PinnedInstitution(RegistryOf(one.Registry), IdOf(one.Institution), one.Did))],
            AccreditationPaths = [.. options.AccreditationPaths.Select(file => AccreditationRules.Read(file).Require())],
        };
    }

    private static RegistryAddress RegistryOf(string text) => RegistryAddress.TryParse(text, out RegistryAddress? registry) ? registry : throw new InvalidOperationException($"{text} is no registry.");

    private static InstitutionId IdOf(string text) => InstitutionId.TryParse(text, out InstitutionId id) ? id : throw new InvalidOperationException($"{text} is no id.");
}
