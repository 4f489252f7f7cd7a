using System.Text.Json;
using Credentials.Dids;
using Credentials.Encoding;
using Credentials.Ethereum.Proofs;
using Credentials.Evidence;
using Credentials.Verification;

namespace Credentials.Cli.Trust;

/// <summary>A trust file made ready for a verifier: readers of its chains, its pinned documents, the ways to the network.</summary>
internal sealed class TrustedOutside(TrustFile file, Surroundings around)
{
    /// <summary>Bounded as the file says.</summary>
    public IDocumentFetcher Fetcher { get; } = around.Fetcher(new BoundedFetcherOptions { AllowPrivateAddresses = file.AllowPrivateAddresses });

    /// <summary>The material; documents to be pinned by URL are fetched now, unless the network is off limits.</summary>
    /// <exception cref="MisuseException">A document to pin cannot be had.</exception>
    public async Task<TrustedMaterial> ReadyAsync(bool useNetwork, CancellationToken cancellationToken)
    {
        List<DidDocument> pinned = [];
        foreach (string place in file.DidDocuments.Where(place => useNetwork || !TrustFile.IsUrl(place)))
        {
            pinned.Add(await PinAsync(place, cancellationToken) is { Ok: true, Value: { } document }
                ? document
                : throw new MisuseException($"{file.Path}: the DID document {place} cannot be had or read. Correct or remove it; credentials doctor says more."));
        }

        List<AccreditationPath> paths = [];
        foreach (string place in file.AccreditationPaths.Where(place => useNetwork || !TrustFile.IsUrl(place)))
        {
            FetchedDocument fetched = await HaveAsync(place, "application/json", cancellationToken);
            paths.Add(fetched.Ok && AccreditationPath.Parse(fetched.Body) is { Ok: true, Value: { } path }
                ? path
                : throw new MisuseException($"{file.Path}: the path of accreditations {place} cannot be had or read. Correct or remove it."));
        }

        return new()
        {
            Accreditors = file.Accreditors,
            PinnedInstitutions = file.Institutions,
            AccreditationPaths = paths,
            Registries = [.. file.Chains.Select(chain => RegistryReaders.Create(chain.Chain, [.. chain.Nodes.Select(around.Ledger.Invoke)], chain.Quorum, chain.Proven, clock: around.Clock))],
            EvidenceChains = [.. file.Chains.Select(chain => new EvidenceChain(chain.Chain.Registry, chain.Chain.GenesisHash, new RegistryEvidenceReader(chain.Chain)))],
            Checkpoints = file.Evidence.Checkpoints,
            Witnesses = file.Evidence.Witnesses,
            PinnedDidDocuments = pinned,
            DidResolver = useNetwork ? DidResolver.Online(Fetcher) : DidResolver.Offline,
            Fetcher = useNetwork ? Fetcher : null,
        };
    }

    /// <summary>One document to pin, from a file or a URL.</summary>
    public async Task<Parsed<DidDocument>> PinAsync(string place, CancellationToken cancellationToken)
    {
        FetchedDocument document = await HaveAsync(place, "application/did+json, application/json;q=0.9", cancellationToken);
        if (!document.Ok)
        {
            return new Problem(ProblemCode.DidResolutionError, $"{place}: {document.Fault}");
        }

        Parsed<JsonDocument> json = StrictJson.Parse(document.Body);
        return !json.Ok ? json.Problem!
            : json.Value.RootElement.ValueKind == JsonValueKind.Object && json.Value.RootElement.TryGetProperty("id", out JsonElement id) && id.ValueKind == JsonValueKind.String
                ? DidDocument.Read(json.Value.RootElement, id.GetString()!)
                : new Problem(ProblemCode.InvalidDidDocument, $"{place} has no id.");
    }

    private Task<FetchedDocument> HaveAsync(string place, string accept, CancellationToken cancellationToken) =>
        TrustFile.IsUrl(place) ? Fetcher.FetchAsync(new Uri(place), accept, cancellationToken) : ReadAsync(place, cancellationToken);

    private static async Task<FetchedDocument> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return new(await File.ReadAllBytesAsync(path, cancellationToken), null, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(default, null, e.Message);
        }
    }
}
