using System.Text.Json;

namespace Credentials.DataIntegrity;

/// <summary>One proof of a secured document, as read.</summary>
/// <remarks>https://www.w3.org/TR/vc-data-integrity/#proofs</remarks>
public sealed record DataIntegrityProof
{
    /// <summary>The proof's own JSON, as received.</summary>
    public required JsonElement Json { get; init; }

    /// <summary>Proof type, <c>DataIntegrityProof</c> for every suite that is issued here.</summary>
    public required string Type { get; init; }

    /// <summary>Name of the cryptosuite; null for legacy types.</summary>
    public string? Cryptosuite { get; init; }

    /// <summary>DID URL of the key; null only for proofs that are no signatures.</summary>
    public string? VerificationMethod { get; init; }

    /// <summary>Purpose, such as <c>assertionMethod</c>.</summary>
    public required string ProofPurpose { get; init; }

    /// <summary>The claimed time of signing; never evidence.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>When the proof itself expires.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>The proof value as text.</summary>
    public required string ProofValue { get; init; }

    /// <summary>Reads every proof of a document's <c>proof</c> member (an object or an array).</summary>
    /// <returns>One entry a proof, in the document's order; empty when there is no <c>proof</c>.</returns>
    public static IReadOnlyList<Parsed<DataIntegrityProof>> ReadAll(JsonElement securedDocument) => throw new NotImplementedException();
}
