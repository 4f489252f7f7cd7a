using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using Credentials.WalletWeb.Options;
using Microsoft.Extensions.Options;

namespace Credentials.WalletWeb.Files;

/// <summary>The page before the app runs: its language, its title, and what is said where scripts are off.</summary>
internal sealed class Shell(AppFiles files, IOptions<WalletOptions> options)
{
    private const string Default = "en";
    private readonly ConcurrentDictionary<string, string> _pages = new(StringComparer.Ordinal);

    /// <summary>The first wanted language that there is: the tag itself, its script (zh-CN is zh-Hans), or its primary language.</summary>
    public string Choose(IEnumerable<string> wanted)
    {
        foreach (string tag in wanted)
        {
            string primary = tag.Split('-')[0];
            string? found = files.Languages.Keys.FirstOrDefault(known => string.Equals(known, tag, StringComparison.OrdinalIgnoreCase))
                ?? files.Languages.Keys.FirstOrDefault(known => string.Equals(known.Split('-')[0], primary, StringComparison.OrdinalIgnoreCase));
            if (found is not null)
            {
                return found;
            }
        }

        return Default;
    }

    /// <summary>The page in a language of the app.</summary>
    public string Page(string language) => _pages.GetOrAdd(language, Render);

    /// <summary>What a browser needs to install the app.</summary>
    /// <remarks>https://www.w3.org/TR/appmanifest/</remarks>
    public string Manifest(string language)
    {
        FrozenDictionary<string, string> words = files.Languages[language];
        return new JsonObject
        {
            ["id"] = "/",
            ["name"] = words["app.title"],
            ["short_name"] = words["app.short"],
            ["description"] = words["app.description"],
            ["lang"] = language,
            ["dir"] = words["direction"],
            ["start_url"] = "/",
            ["scope"] = "/",
            ["display"] = "standalone",
            ["background_color"] = "#ffffff",
            ["theme_color"] = "#1b4d8c",
            ["icons"] = new JsonArray(
                new JsonObject { ["src"] = "/icon.svg", ["type"] = "image/svg+xml", ["sizes"] = "any", ["purpose"] = "any" },
                new JsonObject { ["src"] = "/icon.svg", ["type"] = "image/svg+xml", ["sizes"] = "any", ["purpose"] = "maskable" }),
        }.ToJsonString();
    }

    private string Render(string language)
    {
        FrozenDictionary<string, string> words = files.Languages[language];
        string page = System.Text.Encoding.UTF8.GetString(files.All["index.html"].Bytes);
        return Fill(page, ("lang", language), ("dir", words["direction"]), ("title", words["app.title"]), ("noscript", words["app.noscript"]),
            ("verifier", options.Value.VerifierUrl.TrimEnd('/')), ("base", options.Value.PublicBaseUrl.TrimEnd('/')));
    }

    private static string Fill(string page, params ReadOnlySpan<(string Name, string Text)> values)
    {
        foreach ((string name, string text) in values)
        {
            page = page.Replace($"{{{name}}}", HtmlEncoder.Default.Encode(text), StringComparison.Ordinal);
        }

        return page;
    }
}
