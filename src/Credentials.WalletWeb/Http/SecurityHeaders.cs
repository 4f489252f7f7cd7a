using Credentials.WalletWeb.Options;
using Microsoft.Extensions.Options;

namespace Credentials.WalletWeb.Http;

/// <summary>What every answer says to the browser: scripts and styles of this host only, none written at run time, no frame, no referrer. Issuers and verifiers are anybody's, so what the app may ask is any https address.</summary>
internal static class SecurityHeaders
{
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app)
    {
        string policy = PolicyFor(app.ApplicationServices.GetRequiredService<IOptions<WalletOptions>>().Value);
        return app.Use((context, next) =>
        {
            context.Response.OnStarting(() =>
            {
                IHeaderDictionary headers = context.Response.Headers;
                headers.ContentSecurityPolicy = policy;
                headers.XContentTypeOptions = "nosniff";
                headers.XFrameOptions = "DENY";
                headers["Referrer-Policy"] = "no-referrer";
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
                headers["Cross-Origin-Resource-Policy"] = "same-origin";
                headers["Permissions-Policy"] = "camera=(self), publickey-credentials-create=(self), publickey-credentials-get=(self), geolocation=(), microphone=(), payment=(), usb=()";
                if (!headers.ContainsKey("Cache-Control"))
                {
                    headers.CacheControl = "no-store";
                }

                return Task.CompletedTask;
            });
            return next(context);
        });
    }

    /// <summary>The content security policy. Loopback addresses are asked only by a wallet that is itself on one.</summary>
    internal static string PolicyFor(WalletOptions options)
    {
        string others = options.IsLoopback ? "https: http://localhost:* http://127.0.0.1:*" : "https:";
        return $"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' {others}; manifest-src 'self'; worker-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types wallet";
    }
}
