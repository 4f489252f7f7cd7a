using System.Diagnostics;
using System.Text.Json;
using Credentials.Canonicalization;
using Credentials.DataIntegrity;
using Credentials.JsonLd;
using Credentials.Verification.Evidence;
using Credentials.Verification.Forms;

namespace Credentials.Verification.Checks;

/// <summary>A signature that holds, and the key under which it does.</summary>
internal sealed record HeldSignature(Signature Signature, FoundKey Found);

/// <summary>What the proof check found.</summary>
/// <param name="Result">How it came out.</param>
/// <param name="Held">The signatures that hold; all of them when passed.</param>
/// <param name="Unknown">Proofs of suites that are not known here: listed, never counted.</param>
internal sealed record ProofFindings(CheckResult Result, IReadOnlyList<HeldSignature> Held, IReadOnlyList<DataIntegrityProof> Unknown);

/// <summary>Whether every signature of a known kind holds under the very key that it names.</summary>
/// <remarks>
/// Failed: the key was had, and the signature does not hold under it (a changed document; a proof value that is missing, of another multibase or of wrong length, zero or out of range; a key that cannot have made a signature of that suite;
/// a proof that builds on one that is not there; a document that reads in two ways).
/// Indeterminate: everything before the key was had (unknown suite only, unknown DID, host down, method absent, platform without the algorithm); a context that is not known here, and words that no context defines: the signature cannot cover them, and nobody can tell who put them there; words that a signature over statements leaves open (<see cref="Wording"/>);
/// and a signature that holds but is malformed or made for another purpose than the one at hand: its maker never vouched for the content, and never denied it either.
/// https://www.w3.org/TR/vc-data-integrity/#verify-proof-sets-and-chains
/// </remarks>
/// <param name="keys">Where the keys are found.</param>
/// <param name="contexts">What the terms mean.</param>
/// <param name="purpose">What the signatures must have been made for.</param>
/// <param name="patience">How long to wait for keys.</param>
/// <param name="anyWords">Whether the words of a document may be anybody's; see <see cref="Wording"/>.</param>
internal sealed class ProofCheck(KeyFinder keys, ContextLibrary? contexts, string purpose, Patience patience, bool anyWords)
{
    /// <summary>The registries in which keys are looked for first; null for none.</summary>
    public RegistryKeys? Registered { get; init; }

    /// <summary>Where the keys of issuers are found that are named by a URL.</summary>
    public required IssuerKeys OfIssuers { get; init; }

    /// <summary>Whether the document speaks of now, whenever the credential was anchored for which the registries are asked.</summary>
    public bool IsOfNow { get; init; }

    /// <summary>What credentials are signed for.</summary>
    public const string Assertion = "assertionMethod";

    /// <summary>What presentations are signed for.</summary>
    public const string Authentication = "authentication";

    /// <summary>More signatures than any credential needs; each may cost a fetch, so that many would be a weapon.</summary>
    private const int MaxSignatures = 16;

    /// <summary>Checks every signature of a document.</summary>
    public async Task<ProofFindings> RunAsync<T>(FormatFindings<T> format)
        where T : class
    {
        DataIntegrityProofs proofs = format.Secured.SignaturesOver(format.Json, contexts);
        if (proofs.Signatures.Count is 0 or > MaxSignatures)
        {
            return new(Check.CannotTell(CheckName.Proof, WhyNone(proofs)), [], proofs.Unknown);
        }

        Problem? ambiguous = format.Document is null && format.Secured.Envelope is null ? AmbiguityOf(format.Json) : null;
        var held = new List<HeldSignature>(proofs.Signatures.Count);
        CheckResult? doubtful = null;
        foreach (Signature signature in proofs.Signatures)
        {
            (FoundKey? found, CheckResult? result) = await CheckAsync(signature, format.Json, ambiguous).ConfigureAwait(false);
            if (result is { Outcome: CheckOutcome.Failed })
            {
                return new(result, [], proofs.Unknown);
            }

            doubtful ??= result;
            if (found is not null)
            {
                held.Add(new(signature, found));
            }
        }

        if (!anyWords && held.Exists(one => one.Signature.CoversMeaningOnly) && format.Json is { } json && Wording.FaultIn(json, contexts ?? ContextLibrary.Shipped) is { } foreign)
        {
            doubtful ??= new(CheckName.Proof, CheckOutcome.Indeterminate, foreign, $"The signature holds, but whose words these are cannot be told. {foreign.Detail}", Remedy.Verifier);
        }

        return new(doubtful ?? Check.Passed(CheckName.Proof, Say(held, proofs.Unknown)), held, proofs.Unknown);
    }

    private async Task<(FoundKey? Found, CheckResult? Result)> CheckAsync(Signature signature, JsonElement? document, Problem? ambiguous)
    {
        if (signature.VerificationMethod is not { } method)
        {
            return (null, Check.CannotTell(CheckName.Proof, ProblemCode.ProofVerificationError, "The signature does not say whose key it was made with.", Remedy.Holder));
        }

        if (signature.NotToBeVerified is { } withheld)
        {
            return (null, Check.CannotTell(CheckName.Proof, new Doubt(withheld, Remedy.Holder)));
        }

        (FoundKey? found, Doubt? doubt) = await FindAsync(signature, method).ConfigureAwait(false);
        if (found is not null && patience.IsSpent)
        {
            return (null, Check.CannotTell(CheckName.Proof, ProblemCode.ProofTransformationError, "The signature was not checked: those before it took longer than honest documents need. Hand in this document alone.", Remedy.Holder));
        }

        Problem? fault = found is null ? null : Verify(signature, found);
        if (found is { Kept: true } kept && fault is { Code: not (ProblemCode.ProofTransformationError or ProblemCode.UnknownContext) })
        {
            // No evidence yet: the institution may have put another key in the place of the one that was kept.
            (found, doubt) = signature.WebIssuer is { } web ? await OfIssuers.FindAsync(web, fresh: true, patience).ConfigureAwait(false) : await keys.FindAgainAsync(kept, patience).ConfigureAwait(false);
            fault = found is null ? null : Verify(signature, found);
        }

        if (found is null)
        {
            return (null, Check.CannotTell(CheckName.Proof, doubt!));
        }

        if ((ambiguous ?? fault) is { } problem)
        {
            return (null, Judge(problem, found, document));
        }

        if (signature.Malformed is { } malformed)
        {
            return (null, new(CheckName.Proof, CheckOutcome.Indeterminate, malformed, $"The signature holds, but its form is wrong: {malformed.Detail}", Remedy.Issuer));
        }

        return signature.Purpose == purpose
            ? (found, null)
            : (null, Check.CannotTell(CheckName.Proof, ProblemCode.ProofVerificationError, $"The signature holds, but was made for '{signature.Purpose}', not for '{purpose}'{(purpose == Assertion ? ", to vouch for what the document says" : "")}.", Remedy.Issuer));
    }

    /// <summary>The key by the registry, if somebody trusted vouches for the institution, else by the DID document or another way of its issuer's.</summary>
    private async Task<(FoundKey? Found, Doubt? Doubt)> FindAsync(Signature signature, string method)
    {
        (FoundKey? registered, bool stranger) = Registered is null ? (null, false) : await Registered.FindAsync(method, IsOfNow, patience).ConfigureAwait(false);
        if (registered is not null)
        {
            return (registered, null);
        }

        (FoundKey? found, Doubt? doubt) = signature.WebIssuer is { } web ? await OfIssuers.FindAsync(web, fresh: false, patience).ConfigureAwait(false) : await keys.FindAsync(method, patience).ConfigureAwait(false);
        return (found, stranger && doubt is not null ? doubt with { Problem = doubt.Problem with { Detail = doubt.Problem.Detail + RegistryKeys.Unvouched } } : doubt);
    }

    private Problem? Verify(Signature signature, FoundKey found)
    {
        long started = Stopwatch.GetTimestamp();
        Problem? fault = signature.Verify(found.Key);
        patience.Spend(Stopwatch.GetElapsedTime(started), fruitless: fault?.Code == ProblemCode.ProofTransformationError);
        return fault;
    }

    /// <summary>What a signature that could not be verified under its key says.</summary>
    private static CheckResult Judge(Problem problem, FoundKey found, JsonElement? document) => problem.Code switch
    {
        ProblemCode.Unsupported or ProblemCode.UnsupportedCryptosuite => Check.CannotTell(CheckName.Proof, new Doubt(problem, Remedy.Verifier)),
        ProblemCode.MalformedValueError => new(CheckName.Proof, CheckOutcome.Indeterminate, problem, $"The signature holds, but its form is wrong: {problem.Detail}", Remedy.Issuer),
        ProblemCode.UnknownContext => new(CheckName.Proof, CheckOutcome.Indeterminate, problem, $"{problem.Detail} The signature cannot be checked without knowing what the document's words mean: give this verifier a copy of the context that you trust.", Remedy.Verifier),
        ProblemCode.ProofTransformationError when AmbiguityOf(document) is null => new(CheckName.Proof, CheckOutcome.Indeterminate, problem, $"The document says something that its signature cannot cover: {problem.Detail} Ask for the file as the institution issued it.", Remedy.Holder),
        _ when found.IsGuess => Check.CannotTell(CheckName.Proof, ProblemCode.InvalidVerificationMethod, $"The signature does not hold under the key that is known of {found.Document.Id}; but it does not say plainly that it was made with that one.", Remedy.Issuer),
        _ => new(CheckName.Proof, CheckOutcome.Failed, problem, $"The signature does not hold: the document was changed after {found.Document.Id} signed it, or the signature was not made with the key that it names.", Remedy.Holder),
    };

    /// <summary>A text that can be read in two ways: the signature may hold over one of them, and vouches for neither.</summary>
    private static Problem? AmbiguityOf(JsonElement? document)
    {
        try
        {
            if (document is { } json)
            {
                Jcs.Canonicalize(json);
            }

            return null;
        }
        catch (FormatException e)
        {
            return new(ProblemCode.ProofTransformationError, $"The document has no canonical form. {e.Message}", "");
        }
    }

    private Doubt WhyNone(DataIntegrityProofs proofs) =>
        proofs.TooMany is { } problem ? new(problem, Remedy.Issuer)
        : proofs.Signatures.Count > MaxSignatures ? new(ProblemCode.ProofVerificationError, $"The document carries {proofs.Signatures.Count} signatures; this verifier checks at most {MaxSignatures}.", Remedy.Issuer)
        : proofs.Unknown.Count > 0 ? new(ProblemCode.UnsupportedCryptosuite, $"The document carries no signature of a kind that this verifier knows, only: {Names(proofs.Unknown)}.", Remedy.Verifier)
        : purpose == Authentication ? new(ProblemCode.ProofVerificationError, "The presentation is not signed: nothing shows who presents it, or that it was made for us.", Remedy.Holder)
        : new(ProblemCode.ProofVerificationError, "The document carries no signature. Ask for the file as the institution issued it.", Remedy.Holder);

    private static string Say(List<HeldSignature> held, IReadOnlyList<DataIntegrityProof> unknown) =>
        (held.Count == 1 ? $"The signature holds ({held[0].Signature.Kind})." : $"All {held.Count} signatures hold ({string.Join(", ", held.Select(one => one.Signature.Kind))}).")
        + (unknown.Count == 0 ? "" : $" Not counted, for this verifier does not know them: {Names(unknown)}.");

    private static string Names(IReadOnlyList<DataIntegrityProof> proofs) =>
        string.Join(", ", proofs.Take(8).Select(proof => proof.Cryptosuite ?? (proof.Type.Length > 0 ? proof.Type : "unreadable")).Select(name => name.Length <= 60 ? name : name[..60] + "…"));
}
