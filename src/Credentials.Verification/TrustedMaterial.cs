using Credentials.Anchoring;
using Credentials.Dids;
using Credentials.JsonLd;

namespace Credentials.Verification;

/// <summary>What the relying party trusts: chains, pinned DID documents, and the ways to the outside.</summary>
public sealed record TrustedMaterial
{
    /// <summary>The registries that are trusted, one reader each.</summary>
    public IReadOnlyList<IRegistryReader> Registries { get; init; } = [];

    /// <summary>DID documents that the relying party keeps; they win over resolution and need no network.</summary>
    public IReadOnlyList<DidDocument> PinnedDidDocuments { get; init; } = [];

    /// <summary>How DIDs are resolved; <see cref="DidResolver.Offline"/> unless said otherwise.</summary>
    public DidResolver DidResolver { get; init; } = DidResolver.Offline;

    /// <summary>Schemas that the relying party keeps, by the <c>id</c> of <c>credentialSchema</c>: UTF-8 JSON, for a <c>JsonSchemaCredential</c> the whole credential, which is then believed as it stands. They win over what lies at the address and need no network.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Schemas { get; init; } = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);

    /// <summary>How status lists and schemas are fetched; null for no network.</summary>
    public IDocumentFetcher? Fetcher { get; init; }

    /// <summary>The JSON-LD contexts that are known; null for <see cref="ContextLibrary.Shipped"/>. None is ever fetched: <see cref="ContextLibrary.With"/> adds one.</summary>
    public ContextLibrary? Contexts { get; init; }
}
