using Credentials.Anchoring;
using Credentials.DataModel;
using Credentials.Verification.Checks;
using Credentials.Verification.Evidence;

namespace Credentials.Verification;

/// <summary>Verifies credentials and presentations: what I trust, what I expect, when. Never throws for what it is handed; safe to share between threads, and worth sharing: it keeps DID documents and status lists for a while.</summary>
/// <remarks>
/// <see cref="CheckName.Format"/>, then <see cref="CheckName.Proof"/>, then whether one of the signatures is the issuer's; until all of that has passed nothing in the document means anything, and every other check is skipped.
/// Then validity period, status, anchor, schema and holder side by side, and last the issuer's accreditation and its key, which are judged for the time of the anchor. The result lists them in the order of <see cref="CheckName.All"/>.
/// </remarks>
public sealed class CredentialVerifier
{
    private static readonly ICheck[] Independent = [new ValidityPeriodCheck(), new StatusCheck(), new AnchorCheck(), new SchemaCheck(), new HolderBindingCheck()];
    private static readonly AccreditationCheck Accreditation = new();
    private static readonly IssuerCheck Issuer = new();

    private readonly TrustedMaterial _trusted;
    private readonly VerificationPolicy _policy;
    private readonly TimeProvider _clock;
    private readonly KeyFinder _keys;
    private readonly IssuerKeys _ofIssuers;
    private readonly StatusLists _lists;
    private readonly TokenStatusLists _tokens;
    private readonly Schemas _schemas;
    private readonly AccreditationPaths _paths;

    /// <summary>A verifier.</summary>
    public CredentialVerifier(TrustedMaterial trusted, VerificationPolicy policy, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(trusted);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(clock);
        (_trusted, _policy, _clock) = (trusted, policy, clock);
        _keys = new(trusted, policy, clock);
        _ofIssuers = new(trusted, policy, _keys, clock);
        var credentials = new SignedCredentials(trusted, _keys, _ofIssuers, clock);
        _lists = new(trusted, policy, credentials, clock);
        _tokens = new(trusted, policy, _keys, _ofIssuers, clock);
        _schemas = new(trusted, policy, credentials, clock);
        _paths = new(trusted, policy, _keys, clock);
    }

    private DateTimeOffset Now => _policy.JudgedAt ?? _clock.GetUtcNow();

    /// <summary>Verifies a credential.</summary>
    /// <param name="credential">As received: JSON text (secured, or an <c>EnvelopedVerifiableCredential</c>), a compact <c>vc+jwt</c>, an SD-JWT or SD-JWT VC, or COSE bytes; or an evidence bundle (<see cref="VerifyBundleAsync"/>).</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task<VerificationResult> VerifyAsync(ReadOnlyMemory<byte> credential, CancellationToken cancellationToken) => VerifyAsync(credential, [], cancellationToken);

    /// <summary>Verifies a credential with receipts that came beside it, such as from a batch's receipt file; a bundle brings its own.</summary>
    public async Task<VerificationResult> VerifyAsync(ReadOnlyMemory<byte> credential, IReadOnlyList<AnchorReceipt> receipts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(receipts);
        if (Credentials.Evidence.EvidenceBundle.IsOne(credential.Span))
        {
            return await VerifyBundleAsync(credential, cancellationToken).ConfigureAwait(false);
        }

        using var patience = new Patience(_policy.Patience, cancellationToken);
        return await VerifyAsync(credential, HandedEvidence.Of(receipts), presenter: null, Now, patience).ConfigureAwait(false);
    }

    /// <summary>Verifies the credential in an evidence bundle by what the bundle holds and, where the policy lets it, by what nodes and hosts say today. Without a network the answer is of the time of the bundle's block (<see cref="VerificationResult.AsOf"/>).</summary>
    /// <param name="bundle">The file (<see cref="Credentials.Evidence.EvidenceBundle"/>).</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task<VerificationResult> VerifyBundleAsync(ReadOnlyMemory<byte> bundle, CancellationToken cancellationToken) =>
        Bundles.BundleVerification.RunAsync(bundle, _trusted, _policy, _clock, cancellationToken);

    /// <summary>Verifies a presentation and every credential in it.</summary>
    /// <param name="presentation">As received: JSON text (secured, or an <c>EnvelopedVerifiablePresentation</c>), a compact <c>vp+jwt</c>, an SD-JWT with key binding, or COSE bytes.</param>
    /// <param name="expected">What was asked for, and in whose name.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<PresentationResult> VerifyPresentationAsync(ReadOnlyMemory<byte> presentation, PresentationExpectation expected, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(expected);
        using var patience = new Patience(_policy.Patience, cancellationToken);
        DateTimeOffset now = Now;
        var verification = new PresentationVerification(expected, _policy, _trusted.Contexts, _keys, _ofIssuers, now, patience)
        {
            VerifyAsync = (credential, presenter) => VerifyAsync(credential, HandedEvidence.Of([]), presenter, now, patience),
        };
        return await verification.RunAsync(presentation).ConfigureAwait(false);
    }

    private async Task<VerificationResult> VerifyAsync(ReadOnlyMemory<byte> handed, HandedEvidence beside, Presenter? presenter, DateTimeOffset now, Patience patience)
    {
        using FormatFindings<VerifiableCredential> format = FormatCheck.ReadCredential(handed, _trusted.Contexts);
        var results = new List<CheckResult>(CheckName.All.Count) { format.Result };
        VerificationResult Answer(Checks.Verification? made = null) => Conclude(results, format, made, now, presenter);
        if (!format.CanBeProven)
        {
            return Answer();
        }

        DateTimeOffset seen = _clock.GetUtcNow() is var today && today > now ? today : now;
        var registries = new RegistryReadings(_trusted, _policy, beside, _paths);
        var receipts = new Lazy<AnchorEvidence>(() => AnchorEvidence.Of(format.Document!, format.Secured, beside.Receipts));
        RegistryKeys? registered = format.Document is { } claimed ? new(claimed, receipts, registries, _trusted, _policy, seen) : null;
        ProofFindings proofs = await new ProofCheck(_keys, _trusted.Contexts, ProofCheck.Assertion, patience, _policy.TakesForeignWords) { OfIssuers = _ofIssuers, Registered = registered }.RunAsync(format).ConfigureAwait(false);
        results.Add(proofs.Result);
        if (format.Document is not { } credential || proofs.Result.Outcome != CheckOutcome.Passed)
        {
            return Answer();
        }

        (IReadOnlyList<IssuerSignature> own, CheckResult? stranger) = await IssuerCheck.IdentifyAsync(credential.IssuerId, proofs, _keys, patience).ConfigureAwait(false);
        if (stranger is not null)
        {
            results.Add(stranger);
            if (!_policy.ReportedOnly.Contains(CheckName.Issuer))
            {
                return Answer();
            }
        }

        registries.Method ??= own.Count > 0 ? own[0].Held.Found.Method.Id : null;
        var verification = new Checks.Verification(credential, format.Secured, receipts)
        {
            Policy = _policy,
            Trusted = _trusted,
            Now = now,
            Seen = seen,
            Presenter = presenter,
            Proofs = proofs,
            IssuerSignatures = own,
            Lists = _lists,
            Tokens = _tokens,
            Schemas = _schemas,
            Registries = registries,
            Keys = registered!,
            Paths = _paths,
        };
        results.AddRange(await Task.WhenAll(Independent.Select(check => RunAsync(check, verification, patience))).ConfigureAwait(false));
        results.Add(await RunAsync(Accreditation, verification, patience).ConfigureAwait(false));
        if (stranger is null)
        {
            results.Add(await Issuer.RunAsync(verification, patience).ConfigureAwait(false));
        }

        return Answer(verification);
    }

    private Task<CheckResult> RunAsync(ICheck check, Checks.Verification verification, Patience patience) => _policy.Waived.Contains(check.Name)
        ? Task.FromResult(Check.Skipped(check.Name, "Not made: the policy waives it."))
        : check.RunAsync(verification, patience);

    /// <summary>Any failed: rejected. Otherwise any indeterminate one that the policy requires: indeterminate. Otherwise verified.</summary>
    private VerificationResult Conclude(List<CheckResult> results, FormatFindings<VerifiableCredential> format, Checks.Verification? made, DateTimeOffset now, Presenter? presenter)
    {
        CheckResult[] checks = [.. CheckName.All.Select(name => results.Find(check => check.Name == name)
            ?? Check.Skipped(name, "Not made: first the document must be a credential that its issuer has signed."))];
        CheckResult? failed = Array.Find(checks, check => check.Outcome == CheckOutcome.Failed && Decides(check.Name));
        CheckResult? doubtful = Array.Find(checks, check => check.Outcome == CheckOutcome.Indeterminate && IsRequired(check.Name, format.Document, presenter));
        Verdict verdict = failed is not null ? Verdict.Rejected : doubtful is not null ? Verdict.Indeterminate : Verdict.Verified;
        return new(verdict, checks, format.Document, made?.Anchor, now)
        {
            AwardAnchor = made?.Award?.Anchor,
            Decisive = failed ?? doubtful,
            Form = format.Secured.Form,
            ReportedOnly = [.. _policy.ReportedOnly],
            Policy = _policy.Name,
            Accreditation = made?.Accreditation,
            Succession = made?.Succession,
            KeyGivenUp = made?.GivenUp,
            ReplacedBy = failed?.Problem?.Code == ProblemCode.CredentialSuperseded ? made?.ReplacedBy : null,
        };
    }

    /// <summary>Whether a failure counts. That of format and proof always does, whatever a policy was made to say: nothing in an unproven document means anything.</summary>
    private bool Decides(string name) => name is CheckName.Format or CheckName.Proof || !_policy.ReportedOnly.Contains(name);

    private bool IsRequired(string name, VerifiableCredential? credential, Presenter? presenter) => name switch
    {
        CheckName.Format or CheckName.Proof => true,
        CheckName.Issuer => !_policy.ReportedOnly.Contains(name),
        CheckName.Anchor when _policy.AnchorRequiredIfNamed && credential?.RegistryEntries.Count > 0 => true,
        CheckName.HolderBinding when presenter is { MustMatch: true } => true,
        _ => _policy.Required.Contains(name),
    };
}
