using Credentials.Verification;
using Credentials.VerifierWeb.Chain;
using Credentials.VerifierWeb.Intake;
using Credentials.VerifierWeb.Languages;
using Credentials.VerifierWeb.Markup;
using Credentials.VerifierWeb.Options;
using Credentials.VerifierWeb.Verifying;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Credentials.VerifierWeb.Pages;

/// <summary>The page: form, QR links, pasted texts and uploaded files.</summary>
internal static class PageEndpoints
{
    public static IEndpointRouteBuilder MapPage(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder pages = app.MapGroup("").ExcludeFromDescription();
        pages.MapGet("/", () => TypedResults.LocalRedirect("/v"));
        pages.MapGet("/v", OpenAsync);

        // No session, no cookie, nothing changes: there is nothing that a forged request could gain.
        pages.MapPost("/v", HandInAsync).DisableAntiforgery();
        pages.MapGet("/icon.svg", () => TypedResults.Text("""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><circle cx="12" cy="12" r="12" fill="#0b4fae"/><path d="M6.5 12.5l3.8 3.8 7.4-8.2" fill="none" stroke="#fff" stroke-width="2.4"/></svg>""", "image/svg+xml"));
        pages.MapGet("/{*path}", NotFound).WithOrder(int.MaxValue);
        return app;
    }

    /// <summary>The page of somebody who asks too much.</summary>
    public static string TooMany(HttpContext context)
    {
        PageView view = ViewOf(context, locator: null);
        return PageFrame.Render(view, view.Words.Page.Title, Html.Of($"""<section class="card open verdict" role="alert"><p class="reason">{view.Words.Page.TooMany}</p></section>"""));
    }

    private static async Task<ContentHttpResult> OpenAsync(HttpContext context, DocumentIntake intake, CancellationToken cancellationToken)
    {
        if (!context.Request.Query.TryGetValue("c", out var locator))
        {
            PageView form = ViewOf(context, locator: null);
            return Page(PageFrame.Render(form, form.Words.Page.Title, FormView.Start(form)), StatusCodes.Status200OK);
        }

        return await AnswerAsync(context, ViewOf(context, locator.ToString()), await intake.FromLocatorAsync(locator.ToString(), cancellationToken), cancellationToken);
    }

    private static async Task<ContentHttpResult> HandInAsync(HttpContext context, DocumentIntake intake, CancellationToken cancellationToken)
    {
        (ReadOnlyMemory<byte> given, IntakeFault? fault) = await HandedForm.ReadAsync(context.Request, cancellationToken);
        Handed handed = fault is { } why ? Handed.Nothing(why) : await intake.FromBytesAsync(given, cancellationToken);
        return await AnswerAsync(context, ViewOf(context, locator: null), handed, cancellationToken);
    }

    private static async Task<ContentHttpResult> AnswerAsync(HttpContext context, PageView view, Handed handed, CancellationToken cancellationToken)
    {
        if (handed.Fault is { } fault)
        {
            return Page(PageFrame.Render(view, view.Words.Indeterminate.Word, VerdictView.Render(view, handed, fault)), fault switch
            {
                IntakeFault.Empty or IntakeFault.BadLink => StatusCodes.Status400BadRequest,
                IntakeFault.TooLarge => StatusCodes.Status413PayloadTooLarge,
                _ => StatusCodes.Status200OK,
            });
        }

        VerificationResult result = await context.RequestServices.GetRequiredService<VerificationDesk>().VerifyAsync(handed.Document, context.RequestServices.GetRequiredService<IOptions<VerifierOptions>>().Value.Policy, checks: null, cancellationToken);
        IReadOnlyList<ChainClient> chains = context.RequestServices.GetRequiredService<IReadOnlyList<ChainClient>>();
        string? ChainName(ulong id) => chains.Where(chain => chain.Chain.ChainId == id && chain.Options.Name.Length > 0).Select(chain => chain.Options.Name).FirstOrDefault();
        return Page(PageFrame.Render(view, VerdictView.WordsOf(view.Words, result.Verdict).Word, VerdictView.Render(view, handed, result, ChainName)), StatusCodes.Status200OK);
    }

    private static ContentHttpResult NotFound(HttpContext context)
    {
        PageView view = ViewOf(context, locator: null);
        return Page(PageFrame.Render(view, view.Words.Page.NotFound, Html.Of($"""<section class="card start"><h1>{view.Words.Page.NotFound}</h1></section>{FormView.Form(view)}""")), StatusCodes.Status404NotFound);
    }

    private static ContentHttpResult Page(string html, int status) => TypedResults.Text(html, "text/html; charset=utf-8", System.Text.Encoding.UTF8, status);

    private static PageView ViewOf(HttpContext context, string? locator)
    {
        VerifierOptions options = context.RequestServices.GetRequiredService<IOptions<VerifierOptions>>().Value;
        return new(LanguageTable.Choose(context.Request), options.Name, options.PublicBaseUrl, locator is { Length: <= DataModel.CredentialLink.MaximumLength } ? locator : null);
    }
}
