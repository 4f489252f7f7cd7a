using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Credentials.Encoding;
using Credentials.IssuerApi.Institutions;

namespace Credentials.IssuerApi.Wallets.Authorization;

/// <summary>The page as HTML: no script, no request to anybody, one form.</summary>
internal sealed class AuthorizePage
{
    private const string Style = """
        :root{color-scheme:light dark}body{font:1.0625rem/1.5 system-ui,sans-serif;margin:0;padding:1rem;color:#1a1a1a;background:#f6f6f4}main{max-width:34rem;margin:0 auto;background:#fff;padding:1.5rem;border-radius:.5rem}
        h1{font-size:1.5rem;margin-top:0}label{display:block;font-weight:600}input{font:inherit;font-size:1.25rem;letter-spacing:.1em;padding:.5rem;border:2px solid #595959;border-radius:.25rem;width:100%;box-sizing:border-box;direction:ltr}
        .hint{color:#4d4d4d;margin:.25rem 0}.error{border-inline-start:.25rem solid #b00020;padding-inline-start:.75rem;color:#8c0019;font-weight:600}button{font:inherit;padding:.6rem 1.2rem;border-radius:.25rem;border:2px solid #12355b;background:#12355b;color:#fff;margin-block-start:1rem;margin-inline-end:.75rem;min-height:2.75rem}
        button.plain{background:#fff;color:#12355b}bdi{overflow-wrap:anywhere}nav{max-width:34rem;margin:1rem auto}nav a{margin-inline-end:1rem;color:#12355b}:focus-visible{outline:3px solid #b35c00;outline-offset:2px}
        @media(prefers-color-scheme:dark){body{background:#111;color:#eee}main{background:#1c1c1c}.hint{color:#c8c8c8}.error{color:#ffb3bd}nav a{color:#a9cdf5}button.plain{background:#1c1c1c;color:#a9cdf5}button{border-color:#a9cdf5}input{background:#111;color:#eee}}
        """;

    private readonly HttpContext _context;
    private readonly Institution _institution;

    private AuthorizePage(HttpContext context, Institution institution, AuthorizeText text) => (_context, _institution, Text) = (context, institution, text);

    public AuthorizeText Text { get; }

    /// <summary>The page in the learner's language: as asked for, else as the browser says.</summary>
    public static AuthorizePage For(HttpContext context, Institution institution, string? locales) => new(context, institution, AuthorizeText.For(
        [.. (locales ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries), .. context.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(language => language.Quality ?? 1).Select(language => language.Value.ToString())]));

    /// <summary>Asks for the collection code and for consent.</summary>
    /// <param name="action">Where the form goes.</param>
    /// <param name="walletName">Who asks.</param>
    /// <param name="request">What it asks for.</param>
    /// <param name="handle">What stands for the request.</param>
    /// <param name="problem">What was wrong with the answer before.</param>
    public IResult Ask(string action, string walletName, AuthorizationRecord request, string handle, string? problem)
    {
        string target = new Uri(request.RedirectUri) is { Scheme: "http" or "https" } url ? url.GetLeftPart(UriPartial.Authority) : new Uri(request.RedirectUri).Scheme + ":";
        string described = problem is null ? "hint" : "error hint";
        StringBuilder body = new();
        body.Append(CultureInfo.InvariantCulture, $"<p>{Sentence(Text.Wallet, walletName, _institution.Name)}</p><p class=\"hint\">{Sentence(Text.GoesTo, target)}</p>");
        body.Append(CultureInfo.InvariantCulture, $"<form method=\"post\" action=\"{Safe(action)}\" autocomplete=\"off\">");
        Hidden(body, "client_id", request.ClientId);
        Hidden(body, "request_uri", AuthorizationStarting.RequestUriPrefix + handle);
        Hidden(body, "ui_locales", Text.Language);
        if (problem is not null)
        {
            body.Append(CultureInfo.InvariantCulture, $"<p class=\"error\" id=\"error\" role=\"alert\">{Safe(problem)}</p>");
        }

        body.Append(CultureInfo.InvariantCulture, $"<label for=\"code\">{Safe(Text.Label)}</label><p class=\"hint\" id=\"hint\">{Safe(Text.Hint)}</p>");
        body.Append(CultureInfo.InvariantCulture, $"<input id=\"code\" name=\"collection_code\" inputmode=\"numeric\" autocomplete=\"one-time-code\" maxlength=\"20\" aria-describedby=\"{described}\"{(problem is null ? "" : " aria-invalid=\"true\"")}>");
        body.Append(CultureInfo.InvariantCulture, $"<p>{Safe(Text.Consent)}</p><button name=\"decision\" value=\"allow\">{Safe(Text.Allow)}</button><button class=\"plain\" name=\"decision\" value=\"deny\">{Safe(Text.Deny)}</button></form>");

        // A browser follows a form's redirect only to where the policy lets forms go.
        string query = $"client_id={Uri.EscapeDataString(request.ClientId)}&request_uri={Uri.EscapeDataString(AuthorizationStarting.RequestUriPrefix + handle)}";
        return Html(StatusCodes.Status200OK, body.ToString(), "'self' " + target, query);
    }

    /// <summary>Says why it does not go on.</summary>
    public IResult Error(string sentence) => Html(StatusCodes.Status400BadRequest, $"<p class=\"error\" role=\"alert\">{Safe(sentence)}</p>", "'none'", query: null);

    private IResult Html(int status, string body, string formAction, string? query)
    {
        string nonce = StrictBase64Url.Encode(RandomNumberGenerator.GetBytes(16));
        _context.Response.Headers.ContentSecurityPolicy = $"default-src 'none'; style-src 'nonce-{nonce}'; form-action {formAction}; base-uri 'none'; frame-ancestors 'none'";
        _context.Response.Headers.CacheControl = "no-store";
        _context.Response.Headers.ContentLanguage = Text.Language;
        _context.Response.StatusCode = status;
        string languages = query is null ? "" : "<nav>" + string.Concat(AuthorizeText.All.Where(text => text != Text).Select(text => $"<a lang=\"{text.Language}\" hreflang=\"{text.Language}\" href=\"?{Safe(query)}&amp;ui_locales={text.Language}\">{Safe(text.Name)}</a>")) + "</nav>";
        return Results.Content(
            $"<!doctype html><html lang=\"{Text.Language}\" dir=\"{Text.Direction}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{Safe(Text.Title)} · {Safe(_institution.Name)}</title><style nonce=\"{nonce}\">{Style}</style></head><body><main><h1>{Safe(Text.Title)}</h1>{body}</main>{languages}</body></html>",
            "text/html; charset=utf-8",
            System.Text.Encoding.UTF8);
    }

    private static void Hidden(StringBuilder body, string name, string value) => body.Append(CultureInfo.InvariantCulture, $"<input type=\"hidden\" name=\"{name}\" value=\"{Safe(value)}\">");

    // Names are isolated: a name in another script must not turn the sentence around.
    private static string Sentence(string format, params string[] names) =>
        string.Format(CultureInfo.InvariantCulture, Safe(format), [.. names.Select(name => $"<bdi>{Safe(name)}</bdi>")]);

    private static string Safe(string text) => HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All).Encode(text);
}
