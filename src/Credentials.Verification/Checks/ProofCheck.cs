using System.Text.Json;
using Credentials.Canonicalization;
using Credentials.DataIntegrity;
using Credentials.Verification.Evidence;

namespace Credentials.Verification.Checks;

/// <summary>A signature that holds, and the key under which it does.</summary>
internal sealed record HeldProof(DataIntegrityProof Proof, FoundKey Found);

/// <summary>What the proof check found.</summary>
/// <param name="Result">How it came out.</param>
/// <param name="Held">The signatures that hold; all of them when passed.</param>
/// <param name="Unknown">Proofs of suites that are not known here: listed, never counted.</param>
internal sealed record ProofFindings(CheckResult Result, IReadOnlyList<HeldProof> Held, IReadOnlyList<DataIntegrityProof> Unknown);

/// <summary>Whether every signature of a known suite holds under the very key that it names.</summary>
/// <remarks>
/// Failed: the key was had, and the signature does not hold under it (a changed document; a proof value that is missing, no multibase, of wrong length, zero or out of range; a key that cannot have made a signature of that suite; a document without canonical form).
/// Indeterminate: everything before the key was had (unknown suite only, unknown DID, host down, method absent, platform without the algorithm); a proof chain, which this version cannot order;
/// and a signature that holds but is malformed or made for another purpose than asserting: its holder never vouched for the content, and never denied it either (a presentation is signed so).
/// https://www.w3.org/TR/vc-data-integrity/#verify-proof-sets-and-chains
/// </remarks>
internal static class ProofCheck
{
    /// <summary>More signatures than any credential needs; each may cost a fetch, so that many would be a weapon.</summary>
    private const int MaxSignatures = 16;

    /// <summary>Checks every proof of a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="strict">Whether it was read strictly, so that it reads one way only.</param>
    /// <param name="keys">Where the keys are found.</param>
    /// <param name="patience">How long to wait for them.</param>
    public static async Task<ProofFindings> RunAsync(JsonElement document, bool strict, KeyFinder keys, Patience patience)
    {
        Problem? ambiguous = strict ? null : AmbiguityOf(document);
        var proofs = ProofReader.Read(document);
        if (proofs.Signatures.Count is 0 or > MaxSignatures)
        {
            return new(Check.CannotTell(CheckName.Proof, WhyNone(proofs)), [], proofs.Unknown);
        }

        var held = new List<HeldProof>(proofs.Signatures.Count);
        CheckResult? doubtful = null;
        foreach (SignatureProof signature in proofs.Signatures)
        {
            (HeldProof? proof, CheckResult? result) = await CheckAsync(document, ambiguous, signature, keys, patience).ConfigureAwait(false);
            if (result is { Outcome: CheckOutcome.Failed })
            {
                return new(result, [], proofs.Unknown);
            }

            doubtful ??= result;
            if (proof is not null)
            {
                held.Add(proof);
            }
        }

        return new(doubtful ?? Check.Passed(CheckName.Proof, Say(held, proofs.Unknown)), held, proofs.Unknown);
    }

    private static async Task<(HeldProof? Held, CheckResult? Result)> CheckAsync(JsonElement document, Problem? ambiguous, SignatureProof signature, KeyFinder keys, Patience patience)
    {
        DataIntegrityProof proof = signature.Proof;
        if (signature.Chained)
        {
            return (null, Check.CannotTell(CheckName.Proof, ProblemCode.Unsupported, "The signatures build on each other (a proof chain), which this verifier cannot check yet.", Remedy.Verifier));
        }

        if (proof.VerificationMethod is not { } method)
        {
            return (null, Check.CannotTell(CheckName.Proof, ProblemCode.ProofVerificationError, "The signature does not say whose key it was made with.", Remedy.Holder));
        }

        (FoundKey? found, Doubt? doubt) = await keys.FindAsync(method, patience).ConfigureAwait(false);
        Problem? fault = found is null ? null : DataIntegritySuite.Verify(document, proof, found.Key);
        if (found is { Kept: true } kept && fault is not null)
        {
            // No evidence yet: the institution may have put another key in the place of the one that was kept.
            (found, doubt) = await keys.FindAgainAsync(kept, patience).ConfigureAwait(false);
            fault = found is null ? null : DataIntegritySuite.Verify(document, proof, found.Key);
        }

        if (found is null)
        {
            return (null, Check.CannotTell(CheckName.Proof, doubt!));
        }

        if ((fault ?? ambiguous) is { } problem)
        {
            if (problem.Code is ProblemCode.Unsupported or ProblemCode.UnsupportedCryptosuite)
            {
                return (null, Check.CannotTell(CheckName.Proof, new Doubt(problem, Remedy.Verifier)));
            }

            string detail = $"The signature does not hold: the document was changed after {found.Document.Id} signed it, or the signature was not made with the key that it names.";
            return (null, new(CheckName.Proof, CheckOutcome.Failed, problem, detail, Remedy.Holder));
        }

        if (signature.Malformed is { } malformed)
        {
            return (null, new(CheckName.Proof, CheckOutcome.Indeterminate, malformed, $"The signature holds, but its form is wrong: {malformed.Detail}", Remedy.Issuer));
        }

        return proof.ProofPurpose == "assertionMethod"
            ? (new(proof, found), null)
            : (null, Check.CannotTell(CheckName.Proof, ProblemCode.ProofVerificationError, $"The signature holds, but was made for '{proof.ProofPurpose}', not to vouch for what the document says.", Remedy.Issuer));
    }

    /// <summary>A text that can be read in two ways: the signature may hold over one of them, and vouches for neither.</summary>
    private static Problem? AmbiguityOf(JsonElement document)
    {
        try
        {
            Jcs.Canonicalize(document);
            return null;
        }
        catch (FormatException e)
        {
            return new(ProblemCode.ProofTransformationError, $"The document has no canonical form. {e.Message}", "");
        }
    }

    private static Doubt WhyNone(ProofReader proofs) =>
        proofs.TooMany is { } problem ? new(problem, Remedy.Issuer)
        : proofs.Signatures.Count > MaxSignatures ? new(ProblemCode.ProofVerificationError, $"The document carries {proofs.Signatures.Count} signatures; this verifier checks at most {MaxSignatures}.", Remedy.Issuer)
        : proofs.Unknown.Count == 0 ? new(ProblemCode.ProofVerificationError, "The document carries no signature. Ask for the file as the institution issued it.", Remedy.Holder)
        : new(ProblemCode.UnsupportedCryptosuite, $"The document carries no signature of a kind that this verifier knows, only: {Names(proofs.Unknown)}.", Remedy.Verifier);

    private static string Say(List<HeldProof> held, IReadOnlyList<DataIntegrityProof> unknown) =>
        (held.Count == 1 ? $"The signature holds ({held[0].Proof.Cryptosuite})." : $"All {held.Count} signatures hold ({string.Join(", ", held.Select(proof => proof.Proof.Cryptosuite))}).")
        + (unknown.Count == 0 ? "" : $" Not counted, for this verifier does not know them: {Names(unknown)}.");

    private static string Names(IReadOnlyList<DataIntegrityProof> proofs) =>
        string.Join(", ", proofs.Take(8).Select(proof => proof.Cryptosuite ?? (proof.Type.Length > 0 ? proof.Type : "unreadable")).Select(name => name.Length <= 60 ? name : name[..60] + "…"));
}
