using Credentials.Verification;
using Credentials.VerifierWeb.Languages;
using Credentials.VerifierWeb.Markup;
using Credentials.VerifierWeb.Pages;

namespace Credentials.VerifierWeb.Presentations.Views;

/// <summary>The answer: what was asked, the verdict, what was shown and by whom it was signed, and every check.</summary>
internal static class AnswerView
{
    /// <summary>The page.</summary>
    public static Html Render(PageView view, PresentationSession session, PresentationOutcome outcome, Func<ulong, string?> chainName)
    {
        Words words = view.Words;
        return Html.Of($"""
            {(outcome.Problem is { } problem ? Html.Join([Refusal(words, problem), Asked(words, session)]) : Html.Empty)}
            {(outcome.Problem is null ? Html.Join(outcome.Presentations.Select((one, index) => Presentation(view, one, index == 0 ? Asked(words, session) : Html.Empty, chainName))) : Html.Empty)}
            {WaitView.Again(view)}
            <footer><p>{Words.Fill(words.Page.JudgedAt, words.Moment(outcome.At))}</p></footer>
            """);
    }

    /// <summary>What the browser's tab says.</summary>
    public static string TitleOf(Words words, PresentationOutcome outcome) => outcome.Verdict is { } verdict ? VerdictView.WordsOf(words, verdict).Word : words.Ask.Refused;

    private static Html Refusal(Words words, Problem problem)
    {
        string claim = ClaimsView.NameOf(words.Ask, problem.Pointer);
        string reason = words.Ask.Reasons.TryGetValue(problem.Code, out string? known) ? Words.Fill(known, claim) : words.Ask.OtherReason;
        return Html.Of($"""
            <section class="card verdict open">
            <div class="big">{Icons.Open}<h1>{words.Ask.Refused}</h1></div>
            <p class="reason">{reason}</p><p>{words.Ask.RefusedAdvice}</p>
            <details><summary>{words.Page.SmallPrint}</summary><p lang="en" dir="ltr" translate="no">{DataModel.DisplayText.Of(problem.Code)}: {DataModel.DisplayText.Of(problem.Detail)}</p></details>
            </section>
            """);
    }

    private static Html Asked(Words words, PresentationSession session) => Html.Of($"""<section class="card"><p>{words.Ask.Asked}: <strong>{AskView.Sentence(words, session.Question)}</strong></p></section>""");

    private static Html Presentation(PageView view, JudgedPresentation one, Html asked, Func<ulong, string?> chainName)
    {
        Words words = view.Words;
        CheckResult? decisive = one.Decisive;
        string reason = decisive is null ? words.Page.AllHolds : ChecksView.SentenceOf(words, decisive, one.Credential, reached: false);
        VerdictWords verdict = VerdictView.WordsOf(words, one.Verdict);
        return Html.Of($"""
            {VerdictView.Banner(one.Verdict, verdict, Html.Of($"""<p class="reason">{reason}</p><p>{verdict.Advice}</p>"""))}
            {asked}
            {(one.Credential is { } credential ? Html.Of($"""
            {ClaimsView.Render(words, one)}
            {(one.IsProven ? Html.Join([InstitutionView.Render(words, credential), RecordView.Render(words, credential, chainName)]) : Html.Empty)}
            {ChecksView.Render(words, credential)}
            """) : Html.Empty)}
            """);
    }
}
