using Credentials.VerifierWeb.Chain;
using Credentials.VerifierWeb.Http;
using Credentials.VerifierWeb.Languages;
using Credentials.VerifierWeb.Markup;
using Credentials.VerifierWeb.Options;
using Credentials.VerifierWeb.Pages;
using Credentials.VerifierWeb.Presentations.Views;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Credentials.VerifierWeb.Presentations;

/// <summary>The employer's pages: the question, the wait, the answer. Whole without a script.</summary>
internal static class PresentationPages
{
    public static IEndpointRouteBuilder MapPresentationPages(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder pages = app.MapGroup("").ExcludeFromDescription();
        pages.MapGet("/ask", Ask);
        pages.MapGet("/presentations/{id}/page", Show);
        pages.MapGet("/presentations/{handle}/return", Return);
        return app;
    }

    /// <summary>Where the browser goes after it asked.</summary>
    public static string PageOf(PresentationSession session, string language) => $"/presentations/{session.Id}/page?lang={language}";

    /// <summary>The page of somebody who asks when there is no room.</summary>
    public static ContentHttpResult Full(HttpContext context)
    {
        PageView view = ViewOf(context, "/ask");
        return Page(PageFrame.Render(view, view.Words.Ask.Title, Html.Join([WaitView.Nothing(view, view.Words.Ask.TooMany, "")])), StatusCodes.Status503ServiceUnavailable);
    }

    private static ContentHttpResult Ask(HttpContext context)
    {
        PageView view = ViewOf(context, "/ask");
        return Page(PageFrame.Render(view, view.Words.Ask.Title, AskView.Render(view)), StatusCodes.Status200OK);
    }

    private static ContentHttpResult Show(string id, HttpContext context, PresentationStore store, IOptions<VerifierOptions> options, TimeProvider clock)
    {
        PageView view = ViewOf(context, $"/presentations/{id}/page");
        AskWords words = view.Words.Ask;
        if (store.Find(id) is not { } session)
        {
            PageView start = ViewOf(context, "/ask");
            return Page(PageFrame.Render(start, words.Gone, WaitView.Nothing(start, words.Gone, words.GoneAdvice)), StatusCodes.Status404NotFound);
        }

        // The page belongs to the browser that asked; of one that a machine opened, to the first that looks. Whoever was sent the link must not answer in the asker's place.
        if (!PresentationCookie.IsOwner(context.Request, session))
        {
            if (session.Claim() is not { } secret)
            {
                return Foreign(ViewOf(context, "/ask"));
            }

            PresentationCookie.Append(context.Response, session, secret, options.Value);
        }

        return session.OutcomeFor(isOwner: true, code: null) switch
        {
            { } outcome => Page(PageFrame.Render(view, AnswerView.TitleOf(view.Words, outcome), AnswerView.Render(view, session, outcome, ChainNameOf(context))), StatusCodes.Status200OK),
            _ when session.Closing is not null => Locked(context, view, session),
            _ when session.Expires <= clock.GetUtcNow() => Page(PageFrame.Render(view, words.Expired, WaitView.Nothing(view, words.Expired, words.ExpiredAdvice)), StatusCodes.Status200OK),
            _ => Waiting(context, view, session, options.Value.WalletBaseUrl),
        };
    }

    private static ContentHttpResult Waiting(HttpContext context, PageView view, PresentationSession session, string walletBaseUrl)
    {
        SecurityHeaders.AllowScript(context);
        return Page(PageFrame.Render(view, view.Words.Ask.Title, WaitView.Render(view, session, PresentationJson.WalletOf(walletBaseUrl)), PageScript.Element), StatusCodes.Status200OK);
    }

    private static ContentHttpResult Locked(HttpContext context, PageView view, PresentationSession session)
    {
        SecurityHeaders.AllowScript(context);
        return Page(PageFrame.Render(view, view.Words.Ask.Title, WaitView.Locked(view, session), PageScript.Element), StatusCodes.Status200OK);
    }

    private static IResult Return(string handle, HttpContext context, PresentationStore store)
    {
        PageView view = ViewOf(context, "/ask");
        string code = context.Request.Query["response_code"].ToString();
        return store.FindHandle(handle) is { Session: { } session } && PresentationCookie.IsOwner(context.Request, session) && session.Release(code)
            ? TypedResults.LocalRedirect(PageOf(session, view.Words.Tag))
            : Foreign(view);
    }

    private static ContentHttpResult Foreign(PageView view) =>
        Page(PageFrame.Render(view, view.Words.Ask.Foreign, WaitView.Nothing(view, view.Words.Ask.Foreign, view.Words.Ask.ForeignAdvice)), StatusCodes.Status403Forbidden);

    private static Func<ulong, string?> ChainNameOf(HttpContext context)
    {
        IReadOnlyList<ChainClient> chains = context.RequestServices.GetRequiredService<IReadOnlyList<ChainClient>>();
        return id => chains.Where(chain => chain.Chain.ChainId == id && chain.Options.Name.Length > 0).Select(chain => chain.Options.Name).FirstOrDefault();
    }

    private static ContentHttpResult Page(string html, int status) => TypedResults.Text(html, "text/html; charset=utf-8", System.Text.Encoding.UTF8, status);

    private static PageView ViewOf(HttpContext context, string path)
    {
        VerifierOptions options = context.RequestServices.GetRequiredService<IOptions<VerifierOptions>>().Value;
        return new(LanguageTable.Choose(context.Request), options.Name, options.PublicBaseUrl, Locator: null) { Path = path };
    }
}
