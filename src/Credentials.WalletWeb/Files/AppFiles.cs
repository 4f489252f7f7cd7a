using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;

namespace Credentials.WalletWeb.Files;

/// <summary>The files of the web app, as they were bundled into this assembly.</summary>
internal sealed class AppFiles
{
    private static readonly FrozenDictionary<string, string> s_types = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".json"] = "application/json; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".html"] = "text/html; charset=utf-8",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public AppFiles()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("app.json") ?? throw new InvalidOperationException("The web app was not built into this assembly.");
        Dictionary<string, string> files = JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!;
        All = files.ToFrozenDictionary(file => file.Key, file => Read(file.Key, file.Value), StringComparer.Ordinal);
        Languages = files.Keys.Where(name => name.StartsWith("languages-", StringComparison.Ordinal))
            .ToFrozenDictionary(name => name["languages-".Length..^".json".Length], name => JsonSerializer.Deserialize<Dictionary<string, string>>(files[name])!.ToFrozenDictionary(StringComparer.Ordinal), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>By name.</summary>
    public FrozenDictionary<string, AppFile> All { get; }

    /// <summary>By tag: the words of the app, of which the host uses those that stand on the page before the app runs.</summary>
    public FrozenDictionary<string, FrozenDictionary<string, string>> Languages { get; }

    private static AppFile Read(string name, string text)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text);
        return new(bytes, s_types[Path.GetExtension(name)], $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes)[..16])}\"");
    }
}

/// <summary>One file, with the tag by which a browser asks whether it changed.</summary>
internal sealed record AppFile(byte[] Bytes, string ContentType, string Tag);
