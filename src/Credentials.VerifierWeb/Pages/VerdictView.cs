using Credentials.DataModel;
using Credentials.Verification;
using Credentials.VerifierWeb.Intake;
using Credentials.VerifierWeb.Languages;
using Credentials.VerifierWeb.Markup;

namespace Credentials.VerifierWeb.Pages;

/// <summary>The answer, large: icon, word, what to make of it, and the one reason that matters.</summary>
internal static class VerdictView
{
    /// <summary>The page of a document that was verified, rejected, or could not be told.</summary>
    public static Html Render(PageView view, Handed handed, VerificationResult result, Func<ulong, string?> chainName)
    {
        Words words = view.Words;
        VerdictWords verdict = WordsOf(words, result.Verdict);
        string reason = result.Decisive is { } check ? ChecksView.SentenceOf(words, check, result, reached: false) : words.Page.AllHolds;
        Html trust = TrustView.Render(view, handed.Link, arrived: true);

        // Only a "verified" is worth forging: there the warning comes before the details.
        bool verified = result.Verdict == Verdict.Verified;
        return Html.Of($"""
            {Banner(result.Verdict, verdict, Html.Of($"""<p class="reason">{reason}</p>{InstitutionView.Replaced(words, result)}<p>{verdict.Advice}</p>{Day(words, result)}{Mend(words, result)}"""))}
            {ContentsView.Render(view, result)}
            {(verified ? trust : Html.Empty)}
            {InstitutionView.Render(words, result)}
            {RecordView.Render(words, result, chainName)}
            {ChecksView.Render(words, result)}
            {(verified ? Html.Empty : trust)}
            {Again(view)}
            <footer><p>{Words.Fill(words.Page.JudgedAt, words.Moment(result.At))}</p></footer>
            """);
    }

    /// <summary>The page of something that could not even be looked at: the form once more, under the reason.</summary>
    public static Html Render(PageView view, Handed handed, IntakeFault fault)
    {
        Words words = view.Words;
        IntakeWords intake = words.Intake[fault.ToString()];
        Html detail = handed.Detail is { } text ? Html.Of($"""<details><summary>{words.Page.SmallPrint}</summary><p lang="en" dir="ltr">{DisplayText.Of(text)}</p></details>""") : Html.Empty;
        Html why = Html.Of($"""<p class="reason">{intake.Reason}</p><p>{intake.Mend}</p>{detail}""");
        return Html.Of($"""
            {(fault == IntakeFault.Empty ? Html.Of($"""<section class="card open verdict" role="alert">{why}</section>""") : Banner(Verdict.Indeterminate, words.Indeterminate, why))}
            {FormView.Form(view)}
            {TrustView.Render(view, handed.Link, arrived: false)}
            """);
    }

    /// <summary>The day of the evidence, where the answer leans on a bundle.</summary>
    private static Html Day(Words words, VerificationResult result) => result.AsOf is { } day
        ? Html.Of($"""<p>{Words.Fill(result.Verdict == Verdict.Indeterminate ? words.Page.AsOfAlone : words.Page.AsOf, words.Moment(day))}</p>""")
        : Html.Empty;

    /// <summary>The verdict in a word or two.</summary>
    public static VerdictWords WordsOf(Words words, Verdict verdict) => verdict switch
    {
        Verdict.Verified => words.Verified,
        Verdict.Rejected => words.Rejected,
        _ => words.Indeterminate,
    };

    /// <summary>The verdict, large, with what stands below it.</summary>
    public static Html Banner(Verdict verdict, VerdictWords words, Html below)
    {
        (string tone, Html icon) = verdict switch
        {
            Verdict.Verified => ("good", Icons.Good),
            Verdict.Rejected => ("bad", Icons.Bad),
            _ => ("open", Icons.Open),
        };
        return Html.Of($"""
            <section class="card verdict {tone}">
            <div class="big">{icon}<h1>{words.Word}</h1></div>
            {below}
            </section>
            """);
    }

    private static Html Mend(Words words, VerificationResult result) => result is { Verdict: Verdict.Indeterminate, Decisive.Remedy: not Remedy.None and var remedy }
        ? Html.Of($"<p>{words.Remedies[remedy.ToString()]}</p>")
        : Html.Empty;

    private static Html Again(PageView view) => Html.Of($"""<p class="card again"><a class="button" href="/v?lang={view.Words.Tag}">{view.Words.Page.CheckAnother}</a></p>""");
}
