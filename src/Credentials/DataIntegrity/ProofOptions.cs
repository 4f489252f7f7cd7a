namespace Credentials.DataIntegrity;

/// <summary>What a proof says besides its signature.</summary>
/// <param name="VerificationMethod">DID URL of the key.</param>
/// <param name="Created">Claimed time of signing, written in whole seconds UTC.</param>
/// <param name="ProofPurpose">Purpose.</param>
/// <remarks>https://www.w3.org/TR/vc-data-integrity/#proofs</remarks>
public sealed record ProofOptions(string VerificationMethod, DateTimeOffset? Created, string ProofPurpose = "assertionMethod")
{
    /// <summary>A URL that names the proof, so that others can build on it.</summary>
    public string? Id { get; init; }

    /// <summary>Ids of proofs in the document that this one builds on: it signs them with the document, so that none can be removed or replaced after it.</summary>
    public IReadOnlyList<string> PreviousProof { get; init; } = [];

    /// <summary>When the proof ends, written in whole seconds UTC.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>The value that a verifier asked for, against replay.</summary>
    public string? Challenge { get; init; }

    /// <summary>The domains for which the proof is meant; one is written as text, several as a list.</summary>
    public IReadOnlyList<string> Domain { get; init; } = [];

    /// <summary>A text that makes proofs of the same document differ.</summary>
    public string? Nonce { get; init; }

    /// <summary><c>ecdsa-sd-2023</c>: RFC 6901 pointers to what every derived proof discloses. Other suites refuse them.</summary>
    public IReadOnlyList<string> MandatoryPointers { get; init; } = [];
}
