namespace Credentials.Dids;

/// <summary>How a DID is to be resolved, or a DID URL dereferenced. The default asks for nothing in particular.</summary>
/// <remarks>https://www.w3.org/TR/did-resolution/#did-resolution-options, and for keys https://w3c-ccg.github.io/did-key-spec/#document-creation-algorithm.</remarks>
public sealed record DidResolutionOptions
{
    /// <summary>Nothing in particular.</summary>
    public static DidResolutionOptions None { get; } = new();

    /// <summary>The media type that is wanted, one of <see cref="DidMediaType"/>; null for <see cref="DidMediaType.Did"/>.</summary>
    public string? Accept { get; init; }

    /// <summary>Whether ids that begin with <c>#</c> are written out in full.</summary>
    public bool ExpandRelativeUrls { get; init; }

    /// <summary>The version that is wanted. No method that is resolved here keeps any: <see cref="ProblemCode.FeatureNotSupported"/>.</summary>
    public string? VersionId { get; init; }

    /// <summary>The time whose version is wanted. As <see cref="VersionId"/>.</summary>
    public string? VersionTime { get; init; }

    /// <summary>Of a DID URL that names a verification method: what it must be listed for, such as <c>assertionMethod</c>.</summary>
    public string? VerificationRelationship { get; init; }

    /// <summary>did:key: the type of the verification method; <c>Multikey</c> unless said otherwise, or <c>JsonWebKey</c>, <c>JsonWebKey2020</c>, <c>Ed25519VerificationKey2020</c>.</summary>
    public string? PublicKeyFormat { get; init; }

    /// <summary>did:key: whether a key for encryption is derived. It is not done here: <see cref="ProblemCode.FeatureNotSupported"/>.</summary>
    public bool EnableEncryptionKeyDerivation { get; init; }

    /// <summary>did:key: whether formats outside of the method's own list are allowed. None is written here either way; it decides between two problems.</summary>
    public bool EnableExperimentalPublicKeyTypes { get; init; }
}
