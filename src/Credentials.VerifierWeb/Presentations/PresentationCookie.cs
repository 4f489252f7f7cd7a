using Credentials.VerifierWeb.Options;

namespace Credentials.VerifierWeb.Presentations;

/// <summary>By this the browser that asked is known again: when its page is called again, and when the wallet sends it back.</summary>
internal static class PresentationCookie
{
    private const string Prefix = "asked-";

    // Page, state and the way back lie under it, and nothing else does.
    private const string Path = "/presentations";

    /// <summary>Hands it out.</summary>
    /// <param name="response">To the browser.</param>
    /// <param name="session">The question.</param>
    /// <param name="secret">The secret of <see cref="PresentationSession.Claim"/>.</param>
    /// <param name="options">Whether the page is under https.</param>
    public static void Append(HttpResponse response, PresentationSession session, string secret, VerifierOptions options) => response.Cookies.Append(NameOf(session), secret, new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = options.PublicBaseUrl.StartsWith("https:", StringComparison.Ordinal),
        Path = Path,
        MaxAge = PresentationSession.KeptFor,
    });

    /// <summary>Whether the browser that asked is calling.</summary>
    public static bool IsOwner(HttpRequest request, PresentationSession session) => session.IsOwner(request.Cookies[NameOf(session)]);

    private static string NameOf(PresentationSession session) => Prefix + session.SameDevice.Id;
}
