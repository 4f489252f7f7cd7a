using Credentials.VerifierWeb.Pages;

namespace Credentials.VerifierWeb.Http;

/// <summary>What every answer says to the browser: no script, no other host, no frame, no trace of the link in a referrer or a cache.</summary>
internal static class SecurityHeaders
{
    private static readonly string s_policy =
        $"default-src 'none'; style-src {PageFrame.StyleSource}; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(() =>
        {
            IHeaderDictionary headers = context.Response.Headers;
            headers.ContentSecurityPolicy = s_policy;
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
