using Credentials.Anchoring;
using Credentials.Verification.Evidence;

namespace Credentials.Verification.Checks;

/// <summary>Whether an accreditor whom the relying party trusts vouched, directly or by others, for the institution that anchored the credential, at the time of the anchor and for awards of that level.</summary>
/// <remarks>
/// Of a wallet's copy that shows its award's anchor, and none of its own, judged as of that anchor and as of now: nothing dates the copy's own signature.
/// Otherwise judged as of the anchor alone: the date of the award is the document's own word, and what became of the accreditation later is told.
/// Never <see cref="CheckOutcome.Failed"/>: paths are claims that nobody signs, and one that has lapsed need not be the newest.
/// Indeterminate: no path, one whose every accreditation had ended before the anchor, one that leads to nobody trusted, an institution that is somebody else's, an anchor that cannot be had.
/// </remarks>
internal sealed class AccreditationCheck : ICheck
{
    /// <inheritdoc/>
    public string Name => CheckName.Accreditation;

    /// <inheritdoc/>
    public async Task<CheckResult> RunAsync(Verification verification, Patience patience)
    {
        bool required = verification.Policy.Required.Contains(Name);
        if (verification.Credential.RegistryEntries.Count == 0)
        {
            return required
                ? Check.CannotTell(Name, ProblemCode.NotAccredited, "The credential names no registry, so nobody can have vouched there for its institution; an accreditation was asked for.", Remedy.Issuer)
                : Check.Skipped(Name, "The credential names no registry in which anybody could vouch for its institution.");
        }

        bool pinned = (verification.AnchoredBy ?? verification.Award?.Entry) is { } known && RegistryKeys.IsPinned(verification.Trusted, known, verification.Credential.IssuerId);
        if (verification.Trusted.Accreditors.Count == 0 && !pinned)
        {
            return required
                ? Check.CannotTell(Name, ProblemCode.NotAccredited, "This verifier has not been told which accreditors to trust.", Remedy.Verifier)
                : Check.Skipped(Name, "This verifier has not been told which accreditors to trust.");
        }

        if (verification is { AnchoredBy: { } entry, Anchor: { } anchor })
        {
            return await JudgeAsync(verification, entry, new(anchor.Time, "When the credential was anchored", "The credential was anchored only after that"), pinned, patience).ConfigureAwait(false);
        }

        if (verification.Award is not { } award)
        {
            return Check.CannotTell(Name, ProblemCode.AnchorNotFinal, "Without an anchor nothing shows for which time the accreditation is to be judged.", Remedy.Holder);
        }

        // The award was recorded then, and the copy is signed now: whoever lost the accreditation in between could have signed anything for a copy of it.
        CheckResult now = await JudgeAsync(verification, award.Entry, new(verification.Seen, "Now", "Nothing shows that this copy was signed before"), pinned, patience).ConfigureAwait(false);
        return now.Outcome != CheckOutcome.Passed ? now : await JudgeAsync(verification, award.Entry, new(award.Anchor.Time, "Now, and when the award was recorded of which this is a copy", "The award of which this is a copy was recorded only after that"), pinned, patience).ConfigureAwait(false);
    }

    private async Task<CheckResult> JudgeAsync(Verification verification, RegistryEntry entry, Moment moment, bool pinned, Patience patience)
    {
        AccreditationInquiry inquiry = await AccreditationInquiry.MakeAsync(verification, entry, moment.Time, patience).ConfigureAwait(false);
        return inquiry.Best is { } best ? Judge(verification, entry, moment, best)
            : pinned ? Check.Passed(Name, $"This verifier knows the institution {entry.Institution} itself as {verification.Credential.IssuerId}; no accreditor was asked for.")
            : inquiry.Doubt is { } doubt ? Check.CannotTell(Name, doubt)
            : inquiry.AllLapsed is { } lapsed ? Lapsed(lapsed, moment)
            : Check.CannotTell(Name, ProblemCode.NotAccredited, inquiry.Why, inquiry.Remedy);
    }

    // Nobody signs a path: an old mirror may hand out last year's, and the accreditation may have been renewed under another serial.
    private CheckResult Lapsed(Vouching lapsed, Moment moment) => Check.CannotTell(
        Name, ProblemCode.NotAccredited, $"{lapsed.Why} {moment.Later}, on {Check.Say(moment.Time)}. If the accreditation was renewed, ask for its newer path.", Remedy.Issuer);

    private CheckResult Judge(Verification verification, RegistryEntry entry, Moment moment, VouchedPath best)
    {
        AccreditationFinding finding = best.FindingFor(entry);
        IReadOnlyList<int> claimed = ScopeWords.ClaimedIn(verification.Credential.Json);
        if (claimed.Where(level => !finding.Scope.HasFlag(ScopeWords.OfLevel(level))).ToArray() is { Length: > 0 } beyond)
        {
            return Check.CannotTell(Name, ProblemCode.NotAccredited, $"{finding.Name} was accredited by {finding.AccreditorName} for {ScopeWords.Say(finding.Scope)}; the document claims EQF level {ScopeWords.Range(beyond)}.", Remedy.Issuer);
        }

        // What is beyond the scope can be withheld as well as anything.
        if (claimed.Count == 0 && ScopeWords.LevelsOf(finding.Scope).Count < ScopeWords.Levels && verification.Proofs.Held.Any(held => held.Signature.LetsWithhold))
        {
            return Check.CannotTell(Name, ProblemCode.NotAccredited, $"{finding.Name} was accredited by {finding.AccreditorName} for {ScopeWords.Say(finding.Scope)}; what is shown of the document does not tell the level of its award. Ask for the level (eqf_level) as well.", Remedy.Holder);
        }

        verification.Accreditation = finding;
        string authority = finding.Authority.Institution == finding.Accreditor ? "" : $", which was given that right by {finding.Authority.Name}{(best.Vouching.Links > 2 ? " through others" : "")}";
        return Check.Passed(Name, $"{moment.When}, on {Check.Say(moment.Time)}, {finding.Name} was accredited by {finding.AccreditorName}{authority}, since {Check.Say(finding.Since)}, for {ScopeWords.Say(finding.Scope)}.{Later(finding, moment.Time, verification.Seen)}{Claimed(verification)}");
    }

    private static string Later(AccreditationFinding finding, DateTimeOffset anchored, DateTimeOffset now) =>
        finding.WithdrawnAt > anchored ? $" It was withdrawn later, on {Check.Say(finding.WithdrawnAt.Value)}."
        : finding.Until > now ? $" It holds until {Check.Say(finding.Until.Value)}."
        : finding.Until is { } until ? $" It was over later, on {Check.Say(until)}."
        : "";

    // Anybody can write any date; what counts is when the chain saw the signature.
    private static string Claimed(Verification verification) => DataModel.CredentialSummary.Of(verification.Credential).Date is { } date
        ? $" The document dates itself {date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)}: that is its own word, and nothing was judged by it."
        : "";

    /// <summary>A time for which the accreditation is judged.</summary>
    /// <param name="Time">The time.</param>
    /// <param name="When">What it is, to begin a sentence.</param>
    /// <param name="Later">What came only after an accreditation that is over.</param>
    private sealed record Moment(DateTimeOffset Time, string When, string Later);
}
