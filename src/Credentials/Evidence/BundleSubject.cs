using System.Security.Cryptography;
using System.Text.Json;
using Credentials.Anchoring;
using Credentials.Canonicalization;
using Credentials.DataModel;
using Credentials.Enveloping;
using Credentials.JsonLd;

namespace Credentials.Evidence;

/// <summary>A signed credential as the maker of a bundle looks at it: what it names, without believing any of it.</summary>
public sealed class BundleSubject
{
    private readonly AnchorDigest? _digest;

    private BundleSubject(BundledDocument document, VerifiableCredential credential, AnchorDigest? digest, IReadOnlyList<string> methods) =>
        (Document, Credential, _digest, Methods) = (document, credential, digest, methods);

    /// <summary>The document as it goes into the bundle.</summary>
    public BundledDocument Document { get; }

    /// <summary>The credential.</summary>
    public VerifiableCredential Credential { get; }

    /// <summary>The verification methods of its signatures.</summary>
    public IReadOnlyList<string> Methods { get; }

    /// <summary>Reads one, in any form.</summary>
    public static Parsed<BundleSubject> Read(ReadOnlyMemory<byte> secured)
    {
        Parsed<BundledDocument> document = BundledDocument.Of(secured);
        if (!document.Ok)
        {
            return document.Problem;
        }

        Envelope? envelope = document.Value.MediaType == BundledDocument.Embedded ? null : Envelope.Open(document.Value.Secured).Require();
        Parsed<VerifiableCredential> credential = VerifiableCredential.Parse(envelope?.Payload ?? document.Value.Secured);
        if (!credential.Ok)
        {
            return credential.Problem;
        }

        AnchorDigest? digest = envelope is null ? MerkleAnchor2026.DigestOf(credential.Value.Json) : envelope.AnchorDigest;
        return new BundleSubject(document.Value, credential.Value, digest, [.. MethodsIn(credential.Value.Json).Concat(envelope?.VerificationMethod is { } method ? [method] : []).Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>The entry that names an institution in a registry; null when there is none.</summary>
    public RegistryEntry? EntryOf(RegistryAddress registry) => Credential.RegistryEntries.FirstOrDefault(entry => entry.Registry == registry);

    /// <summary>The receipt, inside of the credential or beside it, that leads from it to a root of the entry's institution; null when there is none.</summary>
    public AnchorReceipt? ReceiptOf(RegistryEntry entry, IReadOnlyList<AnchorReceipt> beside)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return _digest is { } digest
            ? MerkleAnchor2026.ReceiptsIn(Credential.Json).Select(read => read.Value).OfType<AnchorReceipt>().Concat(beside).FirstOrDefault(receipt =>
                receipt.Registry == entry.Registry && receipt.Institution == entry.Institution
                && MerkleTree.RootFromPath(digest, receipt.LeafIndex, receipt.TreeSize, [.. receipt.Path]) is { } root && root == receipt.Root)
            : null;
    }

    /// <summary>SHA-256 of the JCS form of each context that it names and that ships with this library.</summary>
    public IReadOnlyDictionary<string, Bytes32> ContextDigests()
    {
        var digests = new Dictionary<string, Bytes32>(StringComparer.Ordinal);
        foreach (string url in Credential.Json.TryGetProperty("@context", out JsonElement context) ? UrlsOf(context) : [])
        {
            if (ContextLibrary.Shipped.Find(url) is { } text)
            {
                using JsonDocument json = JsonDocument.Parse(text);
                digests[url] = Bytes32.From(SHA256.HashData(Jcs.Canonicalize(json.RootElement)));
            }
        }

        return digests;
    }

    private static IEnumerable<string> UrlsOf(JsonElement context) => Items(context).Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!);

    private static IEnumerable<string> MethodsIn(JsonElement credential) =>
        from proof in credential.TryGetProperty("proof", out JsonElement proofs) ? Items(proofs) : []
        where proof.ValueKind == JsonValueKind.Object && !MerkleAnchor2026.IsAnchor(proof)
        where proof.TryGetProperty("verificationMethod", out JsonElement method) && method.ValueKind == JsonValueKind.String
        select proof.GetProperty("verificationMethod").GetString()!;

    private static JsonElement[] Items(JsonElement json) => json.ValueKind == JsonValueKind.Array ? [.. json.EnumerateArray()] : [json];
}
