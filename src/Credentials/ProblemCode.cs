namespace Credentials;

/// <summary>The problem codes of the W3C specifications, and ours where they have none.</summary>
public static class ProblemCode
{
    /// <summary>The input is no JSON, or no JSON that VCDM 2.0 section 7.1 lets pass.</summary>
    public const string ParsingError = "PARSING_ERROR";

    /// <summary>A member has a value of the wrong shape.</summary>
    public const string MalformedValueError = "MALFORMED_VALUE_ERROR";

    /// <summary>A value lies outside of its range.</summary>
    public const string RangeError = "RANGE_ERROR";

    /// <summary>The signature does not verify under the key that the proof names.</summary>
    public const string CryptographicSecurityError = "CRYPTOGRAPHIC_SECURITY_ERROR";

    /// <summary>A proof cannot be read, or does not verify.</summary>
    public const string ProofVerificationError = "PROOF_VERIFICATION_ERROR";

    /// <summary>The document cannot be brought into the form that is signed.</summary>
    public const string ProofTransformationError = "PROOF_TRANSFORMATION_ERROR";

    /// <summary>A proof cannot be made.</summary>
    public const string ProofGenerationError = "PROOF_GENERATION_ERROR";

    /// <summary>A proof names a cryptosuite that is not known here.</summary>
    public const string UnsupportedCryptosuite = "UNSUPPORTED_CRYPTOSUITE";

    /// <summary>The document names a JSON-LD context that is not in the library: what it says cannot be known here. Says nothing against it.</summary>
    public const string UnknownContext = "UNKNOWN_CONTEXT";

    /// <summary>A DID is no DID.</summary>
    public const string InvalidDid = "INVALID_DID";

    /// <summary>A DID has a method that is not known here.</summary>
    public const string MethodNotSupported = "METHOD_NOT_SUPPORTED";

    /// <summary>A DID document could not be had: host down, answer unusable, or none there.</summary>
    public const string DidResolutionError = "DID_RESOLUTION_ERROR";

    /// <summary>What was fetched for a DID is not its DID document.</summary>
    public const string InvalidDidDocument = "INVALID_DID_DOCUMENT";

    /// <summary>A DID has no document: its method, or the host that it names, says so.</summary>
    public const string NotFound = "NOT_FOUND";

    /// <summary>A DID URL is no DID URL, or asks for one thing twice.</summary>
    public const string InvalidDidUrl = "INVALID_DID_URL";

    /// <summary>An option of a resolution has a value that it cannot have.</summary>
    public const string InvalidOptions = "INVALID_OPTIONS";

    /// <summary>An option of a resolution asks for something that is not done here.</summary>
    public const string FeatureNotSupported = "FEATURE_NOT_SUPPORTED";

    /// <summary>A DID document, or a part of it, was asked for in a media type that it does not have.</summary>
    public const string RepresentationNotSupported = "REPRESENTATION_NOT_SUPPORTED";

    /// <summary>A resolution went wrong for a reason that is not the asker's.</summary>
    public const string InternalError = "INTERNAL_ERROR";

    /// <summary>The key in a did:key is none: no point of its curve, or one that nobody may use.</summary>
    public const string InvalidPublicKey = "INVALID_PUBLIC_KEY";

    /// <summary>The key in a did:key has not the length of its type.</summary>
    public const string InvalidPublicKeyLength = "INVALID_PUBLIC_KEY_LENGTH";

    /// <summary>A did:key was asked for in a format that its key does not have, or that must be asked for as experimental.</summary>
    public const string InvalidPublicKeyType = "INVALID_PUBLIC_KEY_TYPE";

    /// <summary>A did:key was asked for in a format that is not known here, or holds a key of a type that is not.</summary>
    public const string UnsupportedPublicKeyType = "UNSUPPORTED_PUBLIC_KEY_TYPE";

    /// <summary>A verification method is there, but not for the relationship that was asked for.</summary>
    public const string InvalidRelationshipForVerificationMethod = "INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD";

    /// <summary>The key that a proof names is not in its controller's document, or not for this purpose.</summary>
    public const string InvalidVerificationMethod = "INVALID_VERIFICATION_METHOD";

    /// <summary>The status list could not be had.</summary>
    public const string StatusRetrievalError = "STATUS_RETRIEVAL_ERROR";

    /// <summary>The status list was had, but is not to be believed.</summary>
    public const string StatusVerificationError = "STATUS_VERIFICATION_ERROR";

    /// <summary>The status list is shorter than the specification allows.</summary>
    public const string StatusListLengthError = "STATUS_LIST_LENGTH_ERROR";

    /// <summary>The credential's schema could not be had, or is none that can be believed or read.</summary>
    public const string SchemaRetrievalError = "SCHEMA_RETRIEVAL_ERROR";

    /// <summary>The credential does not fit the schema that it names.</summary>
    public const string SchemaValidationError = "SCHEMA_VALIDATION_ERROR";

    /// <summary>The answer to a read of the chain could not be had. Says nothing about the credential.</summary>
    public const string LedgerUnavailable = "LEDGER_UNAVAILABLE";

    /// <summary>The node serves another chain, or another contract, than the trusted one.</summary>
    public const string LedgerMismatch = "LEDGER_MISMATCH";

    /// <summary>The credential names a chain or registry contract that the verifier has not been told to trust.</summary>
    public const string LedgerNotTrusted = "LEDGER_NOT_TRUSTED";

    /// <summary>A node's proof does not prove what it answers, or proves something else. Says nothing about the credential.</summary>
    public const string LedgerProofError = "LEDGER_PROOF_ERROR";

    /// <summary>A block's header has fields that are not known here, so that its hash cannot be computed. No accusation.</summary>
    public const string HeaderUnsupported = "HEADER_UNSUPPORTED";

    /// <summary>Evidence in a bundle is missing, malformed, or of something else.</summary>
    public const string EvidenceError = "EVIDENCE_ERROR";

    /// <summary>Nobody whom the verifier has been told to trust has seen the block on which a bundle's evidence rests.</summary>
    public const string WitnessNotTrusted = "WITNESS_NOT_TRUSTED";

    /// <summary>The receipt is missing, malformed, or of something else.</summary>
    public const string AnchorReceiptError = "ANCHOR_RECEIPT_ERROR";

    /// <summary>The root is not, or not yet, on the chain at the level that the policy asks for.</summary>
    public const string AnchorNotFinal = "ANCHOR_NOT_FINAL";

    /// <summary>The institution declared on the chain that it does not stand by the root: somebody else anchored it.</summary>
    public const string RootDistrusted = "ROOT_DISTRUSTED";

    /// <summary>Nobody whom the verifier has been told to trust vouched for the institution at the time for which it is judged.</summary>
    public const string NotAccredited = "NOT_ACCREDITED";

    /// <summary>The issuer replaced the credential by a newer one.</summary>
    public const string CredentialSuperseded = "CREDENTIAL_SUPERSEDED";

    /// <summary>The issuer revoked the credential, for good.</summary>
    public const string CredentialRevoked = "CREDENTIAL_REVOKED";

    /// <summary>The issuer suspended the credential; it may lift that again.</summary>
    public const string CredentialSuspended = "CREDENTIAL_SUSPENDED";

    /// <summary>The credential, or its proof, is over.</summary>
    public const string CredentialExpired = "CREDENTIAL_EXPIRED";

    /// <summary>The credential's validity has not begun.</summary>
    public const string CredentialNotYetValid = "CREDENTIAL_NOT_YET_VALID";

    /// <summary>Every signature is somebody else's than the issuer's.</summary>
    public const string IssuerMismatch = "ISSUER_MISMATCH";

    /// <summary>The issuer's key was revoked, or had expired, at the time for which it is judged.</summary>
    public const string KeyNotValid = "KEY_NOT_VALID";

    /// <summary>A presentation was made for another question than the one that was asked: a replay.</summary>
    public const string InvalidChallenge = "INVALID_CHALLENGE_ERROR";

    /// <summary>A presentation was made for somebody else's eyes: a replay.</summary>
    public const string InvalidDomain = "INVALID_DOMAIN_ERROR";

    /// <summary>Who presents the credential is not the one that it names.</summary>
    public const string HolderMismatch = "HOLDER_MISMATCH";

    /// <summary>The platform lacks what the check needs (an algorithm, a library).</summary>
    public const string Unsupported = "UNSUPPORTED";

    /// <summary>A check was not made because the policy asks for no network.</summary>
    public const string Offline = "OFFLINE";

    private const string VcDataModel = "https://www.w3.org/TR/vc-data-model#";
    private const string Security = "https://w3id.org/security#";
    private const string StatusList = "https://www.w3.org/ns/credentials/status-list#";
    private const string DidResolution = "https://www.w3.org/ns/did#";
    private const string Ours = "urn:credentials:problem:";

    /// <summary>The absolute URL that names a code in the specification that defines it.</summary>
    public static Uri TypeOf(string code) => new(code switch
    {
        ParsingError or MalformedValueError or RangeError or CryptographicSecurityError => VcDataModel + code,
        ProofVerificationError or ProofTransformationError or ProofGenerationError or InvalidVerificationMethod or InvalidRelationshipForVerificationMethod or InvalidChallenge or InvalidDomain => Security + code,
        StatusRetrievalError or StatusVerificationError or StatusListLengthError => StatusList + code,
        InvalidDid or InvalidDidUrl or InvalidDidDocument or InvalidOptions or NotFound or MethodNotSupported or FeatureNotSupported or RepresentationNotSupported or InternalError => DidResolution + code,
        InvalidPublicKey or InvalidPublicKeyLength or InvalidPublicKeyType or UnsupportedPublicKeyType => DidResolution + code,
        _ => Ours + code,
    });
}
