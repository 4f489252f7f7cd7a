using Credentials.DataModel;
using Credentials.VerifierWeb.Languages;
using Credentials.VerifierWeb.Markup;

namespace Credentials.VerifierWeb.Pages;

/// <summary>Whose page this is, why that matters, and how to ask somebody else: a page that the diploma's own QR code opens may be the forger's.</summary>
internal static class TrustView
{
    /// <summary>The section.</summary>
    /// <param name="view">Whose page, in which language.</param>
    /// <param name="link">The link that was followed, to be carried to another verifier; null for a pasted or uploaded document.</param>
    /// <param name="arrived">Whether a document was checked; if not, there is nothing to carry.</param>
    public static Html Render(PageView view, CredentialLink? link, bool arrived)
    {
        VerifierWords words = view.Words.Verifier;
        return Html.Of($"""
            <section class="card trust" aria-labelledby="trust">
            <h2 id="trust">{words.Heading}</h2>
            <p>{Words.Fill(words.YouAreOn, view.VerifierName)} <bdi class="address" dir="ltr">{view.VerifierAddress}</bdi></p>
            <p class="warn">{words.Warning}</p>
            {(link is not null ? Elsewhere(words, link) : arrived ? Html.Of($"<p>{words.ElsewhereFile}</p>") : Html.Empty)}
            </section>
            """);
    }

    private static Html Elsewhere(VerifierWords words, CredentialLink link) => Html.Of($"""
        <p>{words.ElsewhereLink} <code class="copy" dir="ltr" translate="no">{link.Locator}</code></p>
        <p>{words.CommandLine} <code class="copy" dir="ltr" translate="no">credentials verify {link.Locator}</code></p>
        """);
}
