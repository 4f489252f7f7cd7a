using System.Text.Json;
using Credentials.Anchoring;
using Credentials.DataIntegrity;
using Credentials.JsonLd;

namespace Credentials.Verification.Forms;

/// <summary>The Data Integrity proofs of a document, sorted: those of a known suite, and the others. Anchor proofs are no signatures and are in neither.</summary>
/// <param name="Signatures">Proofs of a known suite.</param>
/// <param name="Unknown">Proofs of other suites, or of none that can be read.</param>
/// <param name="TooMany">Why none was read at all.</param>
internal sealed record DataIntegrityProofs(IReadOnlyList<Signature> Signatures, IReadOnlyList<DataIntegrityProof> Unknown, Problem? TooMany)
{
    /// <summary>None.</summary>
    public static DataIntegrityProofs None { get; } = new([], [], null);

    /// <summary>Reads the proofs. One that names a known suite but is malformed is still read as far as it names a key, so that a forgery cannot hide behind a broken date.</summary>
    public static DataIntegrityProofs Read(JsonElement document, ContextLibrary? contexts)
    {
        JsonElement[] elements = ElementsOf(document);
        IReadOnlyList<Parsed<DataIntegrityProof>> strict = DataIntegrityProof.ReadAll(document);
        if (elements.Length > DataIntegrityProof.MaxProofs)
        {
            return new([], [], strict[0].Problem);
        }

        var signatures = new List<Signature>(elements.Length);
        var unknown = new List<DataIntegrityProof>();
        for (int i = 0; i < elements.Length; i++)
        {
            if (MerkleAnchor2026.IsAnchor(elements[i]))
            {
                continue;
            }

            DataIntegrityProof proof = strict[i].Ok ? strict[i].Value! : ReadLeniently(elements[i]);
            if (Cryptosuite.Of(proof) is not null)
            {
                signatures.Add(new ProofSignature(document, proof, strict[i].Problem, contexts));
            }
            else
            {
                unknown.Add(proof);
            }
        }

        return new(signatures, unknown, null);
    }

    private static JsonElement[] ElementsOf(JsonElement document) =>
        document.ValueKind != JsonValueKind.Object || !document.TryGetProperty("proof", out JsonElement proof) ? []
        : proof.ValueKind == JsonValueKind.Array ? [.. proof.EnumerateArray()]
        : [proof];

    private static DataIntegrityProof ReadLeniently(JsonElement json) => new()
    {
        Json = json,
        Pointer = "/proof",
        Type = Text(json, "type") ?? "",
        Cryptosuite = Text(json, "cryptosuite"),
        VerificationMethod = Text(json, "verificationMethod"),
        ProofPurpose = Text(json, "proofPurpose") ?? "",
        Id = Text(json, "id"),
        PreviousProof = Texts(json, "previousProof"),
        ProofValue = Text(json, "proofValue"),
    };

    private static string[] Texts(JsonElement json, string member) =>
        Text(json, member) is { } one ? [one]
        : json.ValueKind == JsonValueKind.Object && json.TryGetProperty(member, out JsonElement value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
            : [];

    private static string? Text(JsonElement json, string member) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(member, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
