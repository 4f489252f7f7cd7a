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
        <ul class="checks">{Html.Join(result.Checks.Select(check => Item(words, check)))}</ul>
        </section>
        """);

    /// <summary>How a check came out, in one sentence.</summary>
    public static string SentenceOf(Words words, CheckResult check)
    {
        if (!words.Checks.TryGetValue(check.Name, out CheckWords? of))
        {
            return check.Name + ": " + words.Outcomes[check.Outcome.ToString()];
        }

        bool troubled = check.Outcome is CheckOutcome.Failed or CheckOutcome.Indeterminate;
        return troubled && check.Problem is { } problem && of.Problems.TryGetValue(problem.Code, out string? sentence) ? sentence : check.Outcome switch
        {
            CheckOutcome.Passed => of.Passed,
            CheckOutcome.Failed => of.Failed,
            CheckOutcome.Indeterminate => of.Indeterminate,
            _ => of.Skipped,
        };
    }

    private static Html Item(Words words, CheckResult check)
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
            <p>{SentenceOf(words, check)}</p>
            <p class="soft">{of?.Meaning}</p>
            {Mend(words, check)}
            <details><summary>{words.Page.SmallPrint}</summary><p lang="en" dir="ltr" translate="no">{check.Name}{(check.Problem is { } problem ? ", " + Shown.Text(problem.Code) : "")}: {Shown.Text(check.Detail)}</p></details>
            </div></li>

            """);
    }

    private static Html Mend(Words words, CheckResult check) => check.Outcome is CheckOutcome.Failed or CheckOutcome.Indeterminate && check.Remedy != Remedy.None
        ? Html.Of($"<p><strong>{words.Page.Mend}</strong> {words.Remedies[check.Remedy.ToString()]}</p>")
        : Html.Empty;
}
