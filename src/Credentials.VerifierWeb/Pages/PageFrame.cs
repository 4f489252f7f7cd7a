using System.Security.Cryptography;
using Credentials.VerifierWeb.Languages;
using Credentials.VerifierWeb.Markup;

namespace Credentials.VerifierWeb.Pages;

/// <summary>The document around every page: language, direction, style, the verifier's name, the other languages.</summary>
internal static class PageFrame
{
    private static readonly string s_css = ReadCss();

    /// <summary>The style's place in the content security policy.</summary>
    public static string StyleSource { get; } = $"'sha256-{Convert.ToBase64String(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(s_css)))}'";

    /// <summary>A whole page.</summary>
    /// <param name="view">Whose page, in which language.</param>
    /// <param name="title">What the browser's tab says, before the verifier's name.</param>
    /// <param name="main">The content.</param>
    /// <param name="script">What adds to it where scripts run; the page is whole without.</param>
    public static string Render(PageView view, string title, Html main, Html script = default)
    {
        Words words = view.Words;
        Html page = Html.Of($"""
            <!DOCTYPE html>
            <html lang="{words.Tag}" dir="{words.Direction}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="robots" content="noindex">
            <title>{title} – {view.VerifierName}</title>
            <link rel="icon" href="/icon.svg" type="image/svg+xml">
            <style>{Html.Trusted(s_css)}</style>
            </head>
            <body>
            <header class="top">
            <a class="home" href="/v?lang={words.Tag}" dir="auto">{view.VerifierName}</a>
            <nav aria-label="{words.Page.Languages}"><ul class="languages">{Html.Join(LanguageTable.All.Select(other => LanguageLink(view, other)))}</ul></nav>
            </header>
            <main>
            {main}
            </main>
            {script}</body>
            </html>

            """);
        return page.ToString();
    }

    private static Html LanguageLink(PageView view, Words other)
    {
        string query = view.Locator is { } locator ? $"?c={Uri.EscapeDataString(locator)}&lang={other.Tag}" : $"?lang={other.Tag}";
        string address = view.Path + query;
        return other == view.Words
            ? Html.Of($"""<li><a href="{address}" lang="{other.Tag}" dir="{other.Direction}" aria-current="true">{other.NativeName}</a></li>""")
            : Html.Of($"""<li><a href="{address}" lang="{other.Tag}" dir="{other.Direction}" hreflang="{other.Tag}">{other.NativeName}</a></li>""");
    }

    private static string ReadCss()
    {
        using Stream stream = typeof(PageFrame).Assembly.GetManifestResourceStream("page.css") ?? throw new InvalidOperationException("No page.css in this assembly.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}

/// <summary>What every part of a page needs to know.</summary>
/// <param name="Words">The language.</param>
/// <param name="VerifierName">Who runs this verifier.</param>
/// <param name="VerifierAddress">Where visitors find it.</param>
/// <param name="Locator">The locator through which the visitor came by GET, so that another language shows the same; null otherwise.</param>
internal sealed record PageView(Words Words, string VerifierName, string VerifierAddress, string? Locator)
{
    /// <summary>The page's own path, so that another language shows the same.</summary>
    public string Path { get; init; } = "/v";
}
