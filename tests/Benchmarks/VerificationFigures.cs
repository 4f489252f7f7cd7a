using Credentials.Anchoring;
using Credentials.TestKit;
using Credentials.Verification;

namespace Credentials.Benchmarks;

/// <summary>An anchored diploma: its receipt alone, and everything that a verifier checks, with warm caches.</summary>
internal static class VerificationFigures
{
    private const int BatchSize = 16384;

    public static async Task RunAsync(Stage stage)
    {
        if (!stage.Wanted("receipt-check") && !stage.Wanted("verification"))
        {
            return;
        }

        using var issuer = new SampleIssuer();
        var bare = new SampleCredential(await issuer.SignAsync(Diploma.Unsigned(issuer)), default, 0);
        SampleAnchored anchored = issuer.Anchor(bare, BatchSize);
        System.Text.Json.JsonElement json = Encoding.StrictJson.Parse(anchored.Text).Require().RootElement;
        stage.Measure("receipt-check", () => CheckReceipt(json));

        Dictionary<string, byte[]> lists = new(StringComparer.Ordinal)
        {
            [$"{issuer.StatusBaseUrl}/revocation"] = await issuer.StatusListAsync("revocation"),
            [$"{issuer.StatusBaseUrl}/suspension"] = await issuer.StatusListAsync("suspension"),
        };
        var verifier = new CredentialVerifier(
            new TrustedMaterial
            {
                PinnedDidDocuments = [issuer.Document],
                Registries = [new AnchoredLongAgo(issuer.Registry, anchored.Receipt.Root)],
                Fetcher = new Shelf(lists),
            },
            VerificationPolicy.RequireAnchor,
            new At(Samples.Time.AddDays(1)));
        VerificationResult first = await verifier.VerifyAsync(anchored.Text, CancellationToken.None);
        if (first.Verdict != Verdict.Verified)
        {
            throw new InvalidOperationException($"The diploma is not verified but {first.Verdict}: {string.Join(", ", first.Checks)}");
        }

        stage.Measure("verification", () => verifier.VerifyAsync(anchored.Text, CancellationToken.None).GetAwaiter().GetResult());
    }

    private static void CheckReceipt(System.Text.Json.JsonElement json)
    {
        AnchorReceipt receipt = MerkleAnchor2026.ReceiptsIn(json)[0].Require();
        AnchorDigest digest = MerkleAnchor2026.DigestOf(json)!.Value;
        if (MerkleTree.RootFromPath(digest, receipt.LeafIndex, receipt.TreeSize, [.. receipt.Path]) != receipt.Root)
        {
            throw new InvalidOperationException("The receipt does not lead to its root: nothing was measured.");
        }
    }

    /// <summary>A registry in which one root is final, and nothing is revoked.</summary>
    private sealed class AnchoredLongAgo(RegistryAddress registry, MerkleRoot root) : IRegistryReader
    {
        public RegistryAddress Registry => registry;

        public Task<RegistryReading> ReadAsync(RegistryQuery query, CancellationToken cancellationToken) => Task.FromResult(RegistryReading.Of(new(
            InstitutionExists: true,
            Anchor: query.Root == root ? new(Samples.Time.AddMinutes(1), 7, Finality.Finalized) : null,
            Revocation: null,
            HeadTime: Samples.Time.AddDays(1))));
    }

    /// <summary>A fetcher that has the documents at hand.</summary>
    private sealed class Shelf(Dictionary<string, byte[]> documents) : IDocumentFetcher
    {
        public Task<FetchedDocument> FetchAsync(Uri url, string accept, CancellationToken cancellationToken) => Task.FromResult(
            documents.TryGetValue(url.ToString(), out byte[]? body) ? new FetchedDocument(body, "application/vc", null) : new FetchedDocument(default, null, "HTTP 404"));
    }

    private sealed class At(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
