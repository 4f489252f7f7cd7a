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
        <ul class="checks">{Html.Join(result.Checks.Where(IsWorthALine).Select(check => Item(words, check, Reached(result))))}</ul>
        </section>
        """);

    /// <summary>Few diplomas name a schema, none that is read here was presented by anybody, and not every page knows accreditors: an employer needs no line about that.</summary>
    private static bool IsWorthALine(CheckResult check) => check.Outcome != CheckOutcome.Skipped || check.Name is not (CheckName.Accreditation or CheckName.Schema or CheckName.HolderBinding);

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

    private static Html Item(Words words, CheckResult check, bool reached)
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
            <p>{SentenceOf(words, check, reached)}</p>
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
