using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Credentials.WalletWeb.Files;

/// <summary>The app's files under their names, and its one page under every address at which learners arrive.</summary>
internal static class AppEndpoints
{
    // What a link says (a code, a question) is read by the app in the browser; this host serves the same page whatever stands in the query.
    private static readonly string[] s_pages = ["/", "/offer", "/present", "/callback"];

    public static IServiceCollection AddApp(this IServiceCollection services) => services.AddSingleton<AppFiles>().AddSingleton<Shell>();

    public static IEndpointRouteBuilder MapApp(this IEndpointRouteBuilder app)
    {
        foreach (string page in s_pages)
        {
            app.MapGet(page, Page);
        }

        app.MapGet("/manifest.webmanifest", (HttpRequest request, Shell shell) => TypedResults.Text(shell.Manifest(LanguageOf(request, shell)), "application/manifest+json"));
        app.MapGet("/{file}", File);
        return app;
    }

    private static ContentHttpResult Page(HttpContext context, Shell shell)
    {
        context.Response.Headers.Vary = "Accept-Language";
        return TypedResults.Text(shell.Page(LanguageOf(context.Request, shell)), "text/html; charset=utf-8");
    }

    private static IResult File(string file, HttpContext context, AppFiles files)
    {
        if (file == "index.html" || !files.All.TryGetValue(file, out AppFile? found))
        {
            return TypedResults.NotFound();
        }

        // A chunk's name changes with its content; of the others the browser asks whether they changed.
        context.Response.Headers.CacheControl = file.StartsWith("chunk-", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache";
        return TypedResults.Bytes(found.Bytes, found.ContentType, entityTag: new EntityTagHeaderValue(found.Tag));
    }

    private static string LanguageOf(HttpRequest request, Shell shell) =>
        shell.Choose(request.GetTypedHeaders().AcceptLanguage.OrderByDescending(language => language.Quality ?? 1).Select(language => language.Value.ToString()));
}
