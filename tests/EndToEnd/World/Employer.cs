using Credentials.Dids;
using Credentials.Ethereum.Registry;
using Credentials.Verification;

namespace Credentials.EndToEnd.World;

/// <summary>A relying party that trusts the world's chain and asks the world's hosts.</summary>
internal sealed class Employer(LocalWorld world) : IDisposable
{
    private readonly BoundedFetcher _fetcher = new(new BoundedFetcherOptions { AllowPrivateAddresses = true, Timeout = TimeSpan.FromSeconds(10) });

    private readonly List<DidDocument> _kept = [];

    /// <summary>Keeps a DID document for the day on which its host is gone.</summary>
    public void Keep(DidDocument document) => _kept.Add(document);

    /// <summary>With a verifier of its own each time: nothing is remembered.</summary>
    public Task<VerificationResult> VerifyAsync(byte[] credential) => new CredentialVerifier(
        new TrustedMaterial
        {
            Registries = [new TrustedRegistryReader(world.Registry, world.Ledger)],
            PinnedDidDocuments = _kept,
            DidResolver = DidResolver.Online(_fetcher),
            Fetcher = _fetcher,
        },
        VerificationPolicy.Default,
        TimeProvider.System).VerifyAsync(credential, CancellationToken.None);

    public void Dispose() => _fetcher.Dispose();
}
