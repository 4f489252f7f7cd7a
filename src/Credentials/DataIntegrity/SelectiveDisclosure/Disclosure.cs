using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Encoding;
using Credentials.JsonLd;

namespace Credentials.DataIntegrity.SelectiveDisclosure;

/// <summary>What a holder shows: the document, and the proof value over it.</summary>
/// <remarks>https://www.w3.org/TR/vc-di-ecdsa/#createdisclosuredata</remarks>
internal sealed record Disclosure(JsonObject RevealDocument, DerivedProofValue ProofValue)
{
    /// <summary>Selects from a document without proofs.</summary>
    public static Parsed<Disclosure> Of(JsonElement document, BaseProofValue proof, IReadOnlyList<string> selectivePointers, ContextLibrary? contexts)
    {
        // 4. Initialize combinedPointers to the concatenation of mandatoryPointers and selectivePointers.
        string[] combinedPointers = [.. proof.MandatoryPointers, .. selectivePointers];
        if (combinedPointers.Length == 0)
        {
            return new Problem(ProblemCode.ProofGenerationError, "Nothing is mandatory, and nothing was selected: there is nothing to show.");
        }

        // 6. Initialize groups and labelMap to their associated values in the result of canonicalizeAndGroup.
        Parsed<StatementGroups> groups = StatementGroups.Of(document, contexts, proof.HmacKey);
        if (!groups.Ok)
        {
            return groups.Problem;
        }

        Parsed<StatementGroup> mandatory = groups.Value.Select(proof.MandatoryPointers);
        Parsed<StatementGroup> selective = groups.Value.Select(selectivePointers);
        Parsed<StatementGroup> combined = groups.Value.Select(combinedPointers);
        if ((mandatory.Problem ?? selective.Problem ?? combined.Problem) is { } problem)
        {
            return problem;
        }

        // 13. Initialize revealDocument to the result of selectJsonLd, passing document, and combinedPointers as pointers.
        (JsonObject? revealDocument, problem) = PointerSelection.Select(JsonObject.Create(document)!, combinedPointers);
        if (problem is not null)
        {
            return problem;
        }

        // 14. Run the RDF Dataset Canonicalization Algorithm on the joined combinedGroup.deskolemizedNQuads, and get the canonical bnode identifier map, canonicalIdMap.
        Parsed<CanonicalDataset> canonical = RdfCanonicalForm.Of(combined.Value!.Statements, HashAlgorithmName.SHA256);
        if (!canonical.Ok)
        {
            return canonical.Problem;
        }

        bool[] always = mandatory.Value!.Matching;
        return Signatures(proof, always, selective.Value!.Matching) is not { } signatures
            ? new Problem(ProblemCode.ProofVerificationError, "The base proof is not of this document: it holds another number of signatures than the document makes statements.", "/proof")
            : new Disclosure(revealDocument!, new(
                proof.BaseSignature,
                proof.PublicKey,
                signatures,
                VerifierLabels(canonical.Value.Labels, groups.Value.Labels),
                MandatoryIndexes(combined.Value.Matching, always)));
    }

    // 7. to 9. "convert the absolute index of any mandatory N-Quad to an index relative to the combined output that is to be revealed"
    private static int[] MandatoryIndexes(bool[] combined, bool[] mandatory)
    {
        var indexes = new List<int>();
        int relativeIndex = 0;
        for (int absoluteIndex = 0; absoluteIndex < combined.Length; absoluteIndex++)
        {
            if (combined[absoluteIndex])
            {
                if (mandatory[absoluteIndex])
                {
                    indexes.Add(relativeIndex);
                }

                relativeIndex++;
            }
        }

        return [.. indexes];
    }

    // 10. to 12. "Determine which signatures match a selectively disclosed statement, which requires incrementing an index counter while iterating over all signatures, skipping over any indexes that match the mandatory group."
    private static byte[][]? Signatures(BaseProofValue proof, bool[] mandatory, bool[] selective)
    {
        var filtered = new List<byte[]>();
        int signature = 0;
        for (int index = 0; index < mandatory.Length; index++)
        {
            if (mandatory[index])
            {
                continue;
            }

            if (signature == proof.Signatures.Length)
            {
                return null;
            }

            if (selective[index])
            {
                filtered.Add(proof.Signatures[signature]);
            }

            signature++;
        }

        return signature == proof.Signatures.Length ? [.. filtered] : null;
    }

    // 15. and 16. "map the canonical blank node identifiers the verifier will produce when they canonicalize the revealed document to the blank node identifiers that were originally signed in the base proof", compressed.
    private static SortedDictionary<int, byte[]> VerifierLabels(IReadOnlyDictionary<string, string> canonicalIdMap, Dictionary<string, string> labelMap)
    {
        var labels = new SortedDictionary<int, byte[]>();
        foreach ((string inputLabel, string verifierLabel) in canonicalIdMap)
        {
            labels.Add(int.Parse(verifierLabel.AsSpan("c14n".Length), CultureInfo.InvariantCulture), StrictBase64Url.Decode(labelMap[inputLabel].AsSpan(1))!);
        }

        return labels;
    }
}
