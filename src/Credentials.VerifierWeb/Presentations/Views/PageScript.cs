using System.Security.Cryptography;
using Credentials.VerifierWeb.Markup;

namespace Credentials.VerifierWeb.Presentations.Views;

/// <summary>The one script of these pages: looks by itself whether the answer is there, and asks through the browser where the browser can.</summary>
internal static class PageScript
{
    private static readonly string s_script = Read();

    /// <summary>Its place in the content security policy.</summary>
    public static string Source { get; } = $"'sha256-{Convert.ToBase64String(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(s_script)))}'";

    /// <summary>The element.</summary>
    public static Html Element { get; } = Html.Of($"""<script type="module">{Html.Trusted(s_script)}</script>""");

    private static string Read()
    {
        using Stream stream = typeof(PageScript).Assembly.GetManifestResourceStream("presentation.js") ?? throw new InvalidOperationException("No presentation.js in this assembly.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
