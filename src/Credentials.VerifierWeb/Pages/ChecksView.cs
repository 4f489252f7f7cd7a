using Credentials.DataModel;
using Credentials.Verification;
using Credentials.VerifierWeb.Languages;
using Credentials.VerifierWeb.Markup;

namespace Credentials.VerifierWeb.Pages;

/// <summary>Every check: how it came out, what it means, who can mend it. The page's own sentences in the reader's language; the library's as small print.</summary>
internal static class ChecksView
{
    /// <summary>The list.</summary>
    public static Html Render(Words words, VerificationResult result) => Html.Of($"""
        <section class="card" aria-labelledby="checks">
        <h2 id="checks">{words.Page.ChecksHeading}</h2>
        <ul class="checks">{Html.Join(result.Checks.Where(IsWorthALine).Select(check => Item(words, check, result)))}</ul>
        </section>
        """);

    /// <summary>Few diplomas name a schema, none that is read here was presented by anybody, and not every page knows accreditors: an employer needs no line about that.</summary>
    private static bool IsWorthALine(CheckResult check) => check.Outcome != CheckOutcome.Skipped || check.Name is not (CheckName.Accreditation or CheckName.Schema or CheckName.HolderBinding);

    /// <summary>How a check of a document came out, in one sentence. Of a wallet's copy the award was recorded, and not the copy, whose accreditation is judged for now as well.</summary>
    public static string SentenceOf(Words words, CheckResult check, VerificationResult? result, bool reached) => (result is { Anchor: null, AwardAnchor: not null }, check.Name, check.Outcome) switch
    {
        (true, CheckName.Anchor, CheckOutcome.Passed) => words.Ask.CopyRecordFound,
        (true, CheckName.Accreditation, CheckOutcome.Passed) => words.Ask.CopyAccredited,
        (true, CheckName.Accreditation, CheckOutcome.Indeterminate) when check.Problem?.Code == ProblemCode.NotAccredited => words.Ask.CopyAccreditationUnknown,
        _ => SentenceOf(words, check, reached),
    };

    /// <summary>How a check came out, in one sentence.</summary>
    public static string SentenceOf(Words words, CheckResult check, bool reached)
    {
        if (!words.Checks.TryGetValue(check.Name, out CheckWords? of))
        {
            return words.Outcomes[check.Outcome.ToString()];
        }

        string code = check.Problem?.Code ?? "";
        return check.Outcome switch
        {
            CheckOutcome.Passed => of.Passed,
            CheckOutcome.Failed => of.Failures.GetValueOrDefault(code) ?? of.Failed,
            CheckOutcome.Indeterminate => of.Doubts.GetValueOrDefault(code) ?? of.Indeterminate,
            _ => reached ? of.NotApplicable : words.Page.NotReached,
        };
    }

    /// <summary>Whether a skipped check was skipped for its own sake.</summary>
    private static bool Reached(VerificationResult result) => result[CheckName.Proof].Outcome == CheckOutcome.Passed && result[CheckName.Issuer].Outcome == CheckOutcome.Passed;

    private static Html Item(Words words, CheckResult check, VerificationResult result)
    {
        (string tone, Html icon) = check.Outcome switch
        {
            CheckOutcome.Passed => ("good", Icons.Good),
            CheckOutcome.Failed => ("bad", Icons.Bad),
            CheckOutcome.Indeterminate => ("open", Icons.Open),
            _ => ("none", Icons.None),
        };
        CheckWords? of = words.Checks.GetValueOrDefault(check.Name);
        return Html.Of($"""
            <li class="{tone}">{icon}<div class="body">
            <h3>{of?.Name ?? check.Name} <span class="outcome">{words.Outcomes[check.Outcome.ToString()]}</span></h3>
            <p>{SentenceOf(words, check, result, Reached(result))}</p>
            <p class="soft">{of?.Meaning}</p>
            {Mend(words, check)}
            <details><summary>{words.Page.SmallPrint}</summary><p lang="en" dir="ltr" translate="no">{check.Name}{(check.Problem is { } problem ? ", " + DisplayText.Of(problem.Code) : "")}: {DisplayText.Of(check.Detail)}</p></details>
            </div></li>

            """);
    }

    private static Html Mend(Words words, CheckResult check) => check.Outcome is CheckOutcome.Failed or CheckOutcome.Indeterminate && check.Remedy != Remedy.None
        ? Html.Of($"<p><strong>{words.Page.Mend}</strong> {words.Remedies[check.Remedy.ToString()]}</p>")
        : Html.Empty;
}
