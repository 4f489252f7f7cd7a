using Credentials.VerifierWeb.Languages;
using Credentials.VerifierWeb.Markup;

namespace Credentials.VerifierWeb.Pages;

/// <summary>Where a document is handed over: one field for text and links, one for a file, one button.</summary>
internal static class FormView
{
    /// <summary>The empty form with its introduction.</summary>
    public static Html Start(PageView view) => Html.Of($"""
        <section class="card start">
        <h1>{view.Words.Page.Title}</h1>
        <p>{view.Words.Page.Introduction}</p>
        </section>
        {Form(view)}
        {Presentations.Views.AskView.Link(view)}
        {TrustView.Render(view, link: null, arrived: false)}
        """);

    /// <summary>The form alone.</summary>
    public static Html Form(PageView view)
    {
        FormWords words = view.Words.Form;
        return Html.Of($"""
            <form class="card" action="/v?lang={view.Words.Tag}" method="post" enctype="multipart/form-data">
            <div>
            <label for="text">{words.Paste}</label>
            <p class="hint" id="text-hint">{words.PasteHint}</p>
            <textarea id="text" name="text" rows="4" dir="auto" autocomplete="off" autocapitalize="none" spellcheck="false" aria-describedby="text-hint"></textarea>
            </div>
            <div>
            <label for="file">{words.File}</label>
            <p class="hint" id="file-hint">{words.FileHint}</p>
            <input id="file" name="file" type="file" accept=".json,.jsonld,.txt,application/json,application/ld+json,application/vc,text/plain" aria-describedby="file-hint">
            </div>
            <button type="submit">{words.Submit}</button>
            <p class="hint">{words.Privacy}</p>
            </form>
            """);
    }
}
