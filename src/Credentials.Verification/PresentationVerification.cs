using Credentials.DataModel;
using Credentials.JsonLd;
using Credentials.Verification.Checks;
using Credentials.Verification.Evidence;
using Credentials.Verification.Forms;

namespace Credentials.Verification;

/// <summary>One presentation under verification: its own checks first, then its credentials, a few at a time.</summary>
internal sealed class PresentationVerification(PresentationExpectation expected, VerificationPolicy policy, ContextLibrary? contexts, KeyFinder keys, IssuerKeys ofIssuers, DateTimeOffset now, Patience patience)
{
    /// <summary>How many credentials are verified at once: each may hold megabytes of status lists.</summary>
    private const int AtOnce = 4;

    private readonly List<CheckResult> _made = new(CheckName.OfPresentations.Count);

    /// <summary>Verifies one credential for its presenter, who is null while that is not proven.</summary>
    public required Func<ReadOnlyMemory<byte>, Presenter?, Task<VerificationResult>> VerifyAsync { get; init; }

    /// <summary>Verifies it.</summary>
    public async Task<PresentationResult> RunAsync(ReadOnlyMemory<byte> handed)
    {
        var secured = SecuredDocument.Open(handed);
        if (secured.Envelope is { IsPresentation: false, KeyBinding: { } binding } bound)
        {
            return await RunAsync(secured, new KeyBindingCheck(bound, binding, expected)).ConfigureAwait(false);
        }

        using FormatFindings<VerifiablePresentation> format = FormatCheck.ReadPresentation(secured);
        if (format.Document?.Credentials.Count > expected.MaxCredentials)
        {
            _made.Add(Check.CannotTell(CheckName.Format, ProblemCode.RangeError, $"The presentation carries {format.Document.Credentials.Count} credentials; at most {expected.MaxCredentials} are verified.", Remedy.Holder));
            return Conclude(secured, format.Document, [], null);
        }

        _made.Add(format.Result);
        Presenter? presenter = format.CanBeProven ? await ProveAsync(format).ConfigureAwait(false) : null;
        bool worthALook = format.Document is not null && !_made.Exists(check => check is { Name: CheckName.Proof, Outcome: CheckOutcome.Failed });
        return Conclude(secured, format.Document, worthALook ? await VerifyAllAsync(format.Document!.Credentials, presenter).ConfigureAwait(false) : [], presenter);
    }

    /// <summary>An SD-JWT with key binding: a credential and its presentation in one.</summary>
    private async Task<PresentationResult> RunAsync(SecuredDocument secured, KeyBindingCheck check)
    {
        (CheckResult bindingProof, Presenter? presenter) = await check.RunAsync(keys, now, patience).ConfigureAwait(false);
        VerificationResult credential = await VerifyAsync(secured.Envelope!.Secured, presenter).ConfigureAwait(false);
        _made.Add(Check.Passed(CheckName.Format, "The document is a credential with its holder's key binding."));

        // The key that signed the binding is written in the credential: it means nothing before that is proven.
        bool proven = credential[CheckName.Proof].Outcome == CheckOutcome.Passed;
        _made.Add(proven ? bindingProof : Check.CannotTell(CheckName.Proof, ProblemCode.ProofVerificationError, "Whose key bound the presentation is said by the credential, which is not proven itself.", Remedy.Holder));
        if (proven && presenter is not null)
        {
            _made.Add(Check.Passed(CheckName.HolderBinding, "It was presented with the key that its issuer wrote into it."));
        }

        return Conclude(secured, null, [credential], proven ? presenter : null);
    }

    /// <summary>The presentation's own proof, and whose it is.</summary>
    private async Task<Presenter?> ProveAsync(FormatFindings<VerifiablePresentation> format)
    {
        ProofFindings proofs = await new ProofCheck(keys, contexts, ProofCheck.Authentication, patience, policy.TakesForeignWords) { OfIssuers = ofIssuers }.RunAsync(format).ConfigureAwait(false);
        CheckResult proof = proofs.Result.Outcome == CheckOutcome.Passed ? new ReplayCheck(expected, now, policy.ClockTolerance).Judge(proofs) : proofs.Result;
        _made.Add(proof);
        if (format.Document is not { } presentation || proof.Outcome != CheckOutcome.Passed)
        {
            return null;
        }

        CheckResult binding = await new PresenterCheck(keys, now, patience).RunAsync(presentation.HolderId, proofs.Held).ConfigureAwait(false);
        _made.Add(binding);
        return binding.Outcome == CheckOutcome.Passed ? PresenterCheck.PresenterOf(presentation.HolderId, proofs.Held, expected.HolderBinding == HolderBinding.Required) : null;
    }

    private async Task<VerificationResult[]> VerifyAllAsync(IReadOnlyList<ReadOnlyMemory<byte>> credentials, Presenter? presenter)
    {
        var results = new VerificationResult[credentials.Count];
        using var gate = new SemaphoreSlim(AtOnce);
        await Task.WhenAll(credentials.Select(async (credential, index) =>
        {
            await gate.WaitAsync().ConfigureAwait(false);
            try
            {
                results[index] = await VerifyAsync(credential, presenter).ConfigureAwait(false);
            }
            finally
            {
                gate.Release();
            }
        })).ConfigureAwait(false);
        return results;
    }

    private PresentationResult Conclude(SecuredDocument secured, VerifiablePresentation? presentation, VerificationResult[] credentials, Presenter? presenter)
    {
        CheckResult[] checks = [.. CheckName.OfPresentations.Select(name => _made.Find(check => check.Name == name)
            ?? Check.Skipped(name, "Not made: first the document must be a presentation that somebody has signed."))];
        CheckResult? failed = Array.Find(checks, check => check.Outcome == CheckOutcome.Failed)
            ?? Array.Find(credentials, credential => credential.Verdict == Verdict.Rejected)?.Decisive;
        CheckResult? doubtful = Array.Find(checks, check => check.Outcome == CheckOutcome.Indeterminate)
            ?? Array.Find(credentials, credential => credential.Verdict == Verdict.Indeterminate)?.Decisive;
        Verdict verdict = failed is not null ? Verdict.Rejected : doubtful is not null ? Verdict.Indeterminate : Verdict.Verified;
        return new(verdict, checks, presentation, credentials, now)
        {
            Decisive = failed ?? doubtful,
            Presenter = presenter is { Ids: [var id, ..] } ? id : null,
            Form = secured.Form,
            Policy = policy.Name,
        };
    }
}
