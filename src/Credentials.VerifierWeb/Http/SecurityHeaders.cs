using Credentials.VerifierWeb.Pages;
using Credentials.VerifierWeb.Presentations.Views;

namespace Credentials.VerifierWeb.Http;

/// <summary>What every answer says to the browser: no script, no other host, no frame, no trace of the link in a referrer or a cache.</summary>
internal static class SecurityHeaders
{
    private static readonly string s_policy =
        $"default-src 'none'; style-src {PageFrame.StyleSource}; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly string s_scripted = $"{s_policy}; script-src {PageScript.Source}; connect-src 'self'";

    /// <summary>Lets a page run the one script of <see cref="PageScript"/>, which talks to this host alone.</summary>
    public static void AllowScript(HttpContext context) => context.Items[typeof(PageScript)] = true;

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(() =>
        {
            IHeaderDictionary headers = context.Response.Headers;
            headers.ContentSecurityPolicy = context.Items.ContainsKey(typeof(PageScript)) ? s_scripted : s_policy;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers.CacheControl = "no-store";
            headers.Vary = "Accept-Language";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=()";
            return Task.CompletedTask;
        });
        return next(context);
    });
}
