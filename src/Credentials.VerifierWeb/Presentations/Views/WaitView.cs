using Credentials.OpenId.Presentation;
using Credentials.VerifierWeb.Languages;
using Credentials.VerifierWeb.Markup;
using Credentials.VerifierWeb.Pages;

namespace Credentials.VerifierWeb.Presentations.Views;

/// <summary>The question while it waits: a code for another device, links for this one, and a way to look again without a script.</summary>
internal static class WaitView
{
    /// <summary>The page of an open question.</summary>
    /// <param name="view">Whose page, in which language.</param>
    /// <param name="session">The question.</param>
    /// <param name="wallet">Where the web wallet takes requests.</param>
    public static Html Render(PageView view, PresentationSession session, string wallet)
    {
        AskWords words = view.Words.Ask;
        RequestLink here = session.SameDevice.Link!;
        return Html.Of($"""
            <section class="card start">
            <h1>{words.Show}</h1>
            <p>{words.Asked}: <strong>{AskView.Sentence(view.Words, session.Question)}</strong></p>
            </section>
            {Code(session, words)}
            <section class="card wait" aria-labelledby="here">
            <h2 id="here">{words.Here}</h2>
            <p class="row"><a class="button" href="{here.ToUri(AuthorizationRequest.DeepLink)}">{words.OpenWallet}</a> <a class="button" href="{here.ToUri(wallet)}">{words.OpenWeb}</a></p>
            {(session.Browser is null ? Html.Empty : Html.Of($"""<p class="row" id="dc" hidden><button type="button">{words.Browser}</button></p>"""))}
            </section>
            <section class="card" role="status">
            <p>{Words.Fill(words.Waiting, view.Words.Moment(session.Expires))}</p>
            <p class="row"><a class="button" href="{PageOf(view, session)}">{words.Refresh}</a></p>
            </section>
            """);
    }

    // A request by value may be larger than any code: then there are the links.
    private static Html Code(PresentationSession session, AskWords words) => QrMarkup.Of(session.CrossDevice.Link!.ToUri(AuthorizationRequest.DeepLink), words.Code) is { } code
        ? Html.Of($"""
            <section class="card wait" aria-labelledby="scan">
            <h2 id="scan">{words.Scan}</h2>
            {code}
            </section>
            """)
        : Html.Empty;

    /// <summary>The page of a question whose answer waits for the browser to come back.</summary>
    public static Html Locked(PageView view, PresentationSession session) => Html.Of($"""
        <section class="card open verdict" role="status" id="locked"><p class="reason">{view.Words.Ask.Locked}</p><p>{view.Words.Ask.LockedAdvice}</p>
        <p class="row"><a class="button" href="{PageOf(view, session)}">{view.Words.Ask.Refresh}</a></p></section>
        {Again(view)}
        """);

    /// <summary>A page that says why there is nothing to see.</summary>
    public static Html Nothing(PageView view, string reason, string advice) => Html.Of($"""
        <section class="card open verdict" role="alert"><h1>{reason}</h1><p>{advice}</p></section>
        {Again(view)}
        """);

    /// <summary>The way to another question.</summary>
    public static Html Again(PageView view) => Html.Of($"""<p class="card again"><a class="button" href="/ask?lang={view.Words.Tag}">{view.Words.Ask.Again}</a></p>""");

    private static string PageOf(PageView view, PresentationSession session) => $"/presentations/{session.Id}/page?lang={view.Words.Tag}";
}
