using System.Security.Cryptography.X509Certificates;
using Credentials.Anchoring;
using Credentials.Dids;
using Credentials.Evidence;
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

    /// <summary>Roots of certificates: an SD-JWT VC whose <c>x5c</c> leads to one of them, and names its issuer, is believed by that.</summary>
    public IReadOnlyList<X509Certificate2> CertificateRoots { get; init; } = [];

    /// <summary>Who may vouch for institutions, directly or by others.</summary>
    public IReadOnlyList<TrustedAccreditor> Accreditors { get; init; } = [];

    /// <summary>Institutions that the relying party knows itself: no accreditor is needed for them.</summary>
    public IReadOnlyList<PinnedInstitution> PinnedInstitutions { get; init; } = [];

    /// <summary>Paths of accreditations that the relying party keeps. They are claims, held against the registry like those that a bundle or an issuer's DID document supplies.</summary>
    public IReadOnlyList<AccreditationPath> AccreditationPaths { get; init; } = [];

    /// <summary>Blocks that are known to be of their chain.</summary>
    public IReadOnlyList<Checkpoint> Checkpoints { get; init; } = [];

    /// <summary>Who is believed about having seen a header.</summary>
    public IReadOnlyList<TrustedWitness> Witnesses { get; init; } = [];

    /// <summary>Chains whose evidence counts without a node, with their marks; those of <see cref="Registries"/> need not be repeated by name but must be here to be read from a bundle.</summary>
    public IReadOnlyList<EvidenceChain> EvidenceChains { get; init; } = [];
}

/// <summary>An accreditor that is trusted by its id in a registry.</summary>
/// <param name="Registry">The registry.</param>
/// <param name="Institution">Its id.</param>
/// <param name="Name">How people call it.</param>
public sealed record TrustedAccreditor(RegistryAddress Registry, InstitutionId Institution, string Name);

/// <summary>An institution that the relying party knows.</summary>
/// <param name="Registry">The registry.</param>
/// <param name="Institution">Its id there.</param>
/// <param name="Did">The DID under which it issues.</param>
public sealed record PinnedInstitution(RegistryAddress Registry, InstitutionId Institution, string Did);

/// <summary>A witness: a time-stamp authority by a certificate that its tokens chain to, or a signer by its key.</summary>
/// <param name="Name">How people call it.</param>
/// <param name="Certificate">DER of the authority's root or own certificate; null for a signer.</param>
/// <param name="Key">The signer's key; null for a time-stamp authority.</param>
public sealed record TrustedWitness(string Name, ReadOnlyMemory<byte>? Certificate, Keys.PublicKey? Key);

/// <summary>A chain whose state proofs count.</summary>
/// <param name="Registry">The registry.</param>
/// <param name="GenesisHash">The chain's genesis hash.</param>
/// <param name="Reader">Reads evidence of it; checks the contract's code hash in the proven account.</param>
public sealed record EvidenceChain(RegistryAddress Registry, Bytes32 GenesisHash, IRegistryEvidenceReader Reader);
