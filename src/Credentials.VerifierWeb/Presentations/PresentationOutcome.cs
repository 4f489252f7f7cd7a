using Credentials.Verification;

namespace Credentials.VerifierWeb.Presentations;

/// <summary>What came of a question.</summary>
/// <param name="Problem">Why the answer was refused; null when it was taken.</param>
/// <param name="Presentations">Every presentation, judged, with no more of it than is shown; empty where the answer was refused.</param>
/// <param name="At">When.</param>
internal sealed record PresentationOutcome(Problem? Problem, IReadOnlyList<JudgedPresentation> Presentations, DateTimeOffset At)
{
    /// <summary>The worst of the verdicts; null where the answer was refused.</summary>
    public Verdict? Verdict => Problem is not null || Presentations.Count == 0 ? null
        : Presentations.Any(one => one.Verdict == Verification.Verdict.Rejected) ? Verification.Verdict.Rejected
        : Presentations.Any(one => one.Verdict == Verification.Verdict.Indeterminate) ? Verification.Verdict.Indeterminate
        : Verification.Verdict.Verified;
}
