using System.Text.Json;

namespace Credentials.DataIntegrity;

/// <summary>Finds the proofs that another one builds on.</summary>
/// <remarks>https://www.w3.org/TR/vc-data-integrity/#verify-proof-sets-and-chains</remarks>
internal static class ProofChain
{
    /// <summary>The proofs of a document that bear the ids, in the document's order; or the problem that one is missing, or that two bear the same.</summary>
    /// <param name="document">The document.</param>
    /// <param name="ids">The <c>previousProof</c> of the proof.</param>
    /// <param name="pointer">The proof's place, for the problem.</param>
    public static Parsed<JsonElement[]> Match(JsonElement document, IReadOnlyList<string> ids, string? pointer)
    {
        if (ids.Count == 0)
        {
            return Array.Empty<JsonElement>();
        }

        if (ids.Count > DataIntegrityProof.MaxProofs)
        {
            return Fault(pointer, $"The proof builds on {ids.Count} others; a document has at most {DataIntegrityProof.MaxProofs}.");
        }

        // 3.2, 3.3: "add each element from allProofs with an id attribute value that matches the value of any element in the previousProof array.
        // If any ... does not match ..., an error MUST be raised and SHOULD convey an error type of PROOF_VERIFICATION_ERROR."
        JsonElement[] all = ProofsOf(document);
        foreach (string id in ids)
        {
            int count = all.Count(proof => IdOf(proof) == id);
            if (count != 1)
            {
                return Fault(pointer, count == 0 ? $"The proof builds on the proof {id}, which the document does not carry." : $"The document carries {count} proofs with the id {id}.");
            }
        }

        return all.Where(proof => IdOf(proof) is { } id && ids.Contains(id, StringComparer.Ordinal)).ToArray();
    }

    /// <summary>A problem when following <c>previousProof</c> from a proof leads back to a proof already passed on the way.</summary>
    public static Problem? FindCycle(JsonElement document, DataIntegrityProof proof)
    {
        if (proof.PreviousProof.Count == 0)
        {
            return null;
        }

        Dictionary<string, IReadOnlyList<string>> links = new(StringComparer.Ordinal);
        foreach (JsonElement each in ProofsOf(document))
        {
            // One that builds on more proofs than there can be never holds, and leads nowhere.
            if (IdOf(each) is { } id)
            {
                links.TryAdd(id, DataIntegrityProofReader.Texts(each, "previousProof", DataIntegrityProof.MaxProofs) ?? []);
            }
        }

        HashSet<string> cleared = new(StringComparer.Ordinal);
        HashSet<string> path = new(StringComparer.Ordinal);
        if (proof.Id is not null)
        {
            path.Add(proof.Id);
        }

        return proof.PreviousProof.Any(id => LeadsBack(id, links, path, cleared))
            ? Fault(proof.Pointer, "The proofs build on each other in a circle, so that none can have been the first.")
            : null;
    }

    // At most DataIntegrityProof.MaxProofs deep.
    private static bool LeadsBack(string id, Dictionary<string, IReadOnlyList<string>> links, HashSet<string> path, HashSet<string> cleared)
    {
        if (!links.TryGetValue(id, out IReadOnlyList<string>? previous) || cleared.Contains(id))
        {
            return false;
        }

        if (!path.Add(id))
        {
            return true;
        }

        bool back = previous.Any(each => LeadsBack(each, links, path, cleared));
        path.Remove(id);
        cleared.Add(id);
        return back;
    }

    private static JsonElement[] ProofsOf(JsonElement document) =>
        !document.TryGetProperty("proof", out JsonElement proof) ? []
        : proof.ValueKind != JsonValueKind.Array ? [proof]
        : proof.GetArrayLength() > DataIntegrityProof.MaxProofs ? []
        : [.. proof.EnumerateArray()];

    private static string? IdOf(JsonElement proof) =>
        proof.ValueKind == JsonValueKind.Object && proof.TryGetProperty("id", out JsonElement id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;

    private static Problem Fault(string? pointer, string detail) =>
        new(ProblemCode.ProofVerificationError, detail, pointer is null ? null : pointer + "/previousProof");
}
