using System.Text.Json;
using Credentials.Encoding;

namespace Credentials.DataIntegrity;

/// <summary>One proof of a secured document, as read.</summary>
/// <remarks>https://www.w3.org/TR/vc-data-integrity/#proofs</remarks>
public sealed record DataIntegrityProof
{
    /// <summary>The type of every proof that is made here.</summary>
    public const string DataIntegrityType = "DataIntegrityProof";

    /// <summary>How many proofs a document may have: each one costs a pass over the whole document.</summary>
    public const int MaxProofs = 64;

    /// <summary>The proof's own JSON, as received.</summary>
    public required JsonElement Json { get; init; }

    /// <summary>RFC 6901 pointer to the proof in its document: <c>/proof</c>, or <c>/proof/1</c> in a set.</summary>
    public required string Pointer { get; init; }

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

    /// <summary>When the proof itself expires. Reading says nothing of it: the caller knows the time.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>What names the proof for those that build on it.</summary>
    public string? Id { get; init; }

    /// <summary>Ids of the proofs that this one builds on (a proof chain): its signature is over them too.</summary>
    public IReadOnlyList<string> PreviousProof { get; init; } = [];

    /// <summary>The value that a verifier asked for.</summary>
    public string? Challenge { get; init; }

    /// <summary>The domains for which the proof is meant; empty when it does not say.</summary>
    public IReadOnlyList<string> Domain { get; init; } = [];

    /// <summary>The proof value as text; null for foreign proofs that keep it elsewhere.</summary>
    public string? ProofValue { get; init; }

    /// <summary>Reads every proof of a document's <c>proof</c> member (an object or an array).</summary>
    /// <returns>One entry a proof, in the document's order; empty when there is no <c>proof</c>.</returns>
    public static IReadOnlyList<Parsed<DataIntegrityProof>> ReadAll(JsonElement securedDocument)
    {
        if (securedDocument.ValueKind != JsonValueKind.Object || !securedDocument.TryGetProperty("proof", out JsonElement proof))
        {
            return [];
        }

        if (proof.ValueKind != JsonValueKind.Array)
        {
            return [DataIntegrityProofReader.Read(proof, "/proof")];
        }

        return proof.GetArrayLength() > MaxProofs
            ? [new Problem(ProblemCode.ProofVerificationError, $"The document has more than {MaxProofs} proofs.", "/proof")]
            : [.. proof.EnumerateArray().Select((item, index) => DataIntegrityProofReader.Read(item, JsonPointer.Item("/proof", index)))];
    }
}
