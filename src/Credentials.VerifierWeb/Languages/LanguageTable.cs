using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Net.Http.Headers;

namespace Credentials.VerifierWeb.Languages;

/// <summary>The languages of the page. To add one: a JSON file beside this one, and its tag in the row.</summary>
internal static class LanguageTable
{
    /// <summary>In the order in which they are offered; the first is for whoever asks for none of them.</summary>
    public static IReadOnlyList<Words> All { get; } = [.. new[] { "en", "es", "pt", "ar", "zh-Hans" }.Select(Load)];

    /// <summary>The language that was asked for by name, else the best of <c>Accept-Language</c>, else the first.</summary>
    public static Words Choose(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Find(request.Query["lang"]) ?? FromHeader(request) ?? All[0];
    }

    /// <summary>By tag or by its primary language: <c>pt-BR</c> finds <c>pt</c>.</summary>
    public static Words? Find(string? tag) => tag is { Length: > 0 and < 36 }
        ? All.FirstOrDefault(words => string.Equals(words.Tag, tag, StringComparison.OrdinalIgnoreCase))
            ?? All.FirstOrDefault(words => string.Equals(Primary(words.Tag), Primary(tag), StringComparison.OrdinalIgnoreCase))
        : null;

    private static Words? FromHeader(HttpRequest request) => StringWithQualityHeaderValue.TryParseList([.. request.Headers.AcceptLanguage.OfType<string>()], out IList<StringWithQualityHeaderValue>? asked)
        ? asked.Where(entry => entry.Quality is not 0)
            .OrderByDescending(entry => entry.Quality ?? 1)
            .Select(entry => Find(entry.Value.Value))
            .FirstOrDefault(words => words is not null)
        : null;

    private static string Primary(string tag) => tag.Split('-', 2)[0];

    private static Words Load(string tag)
    {
        using Stream stream = typeof(LanguageTable).Assembly.GetManifestResourceStream($"language.{tag}.json")
            ?? throw new InvalidOperationException($"No language.{tag}.json in this assembly.");
        return JsonSerializer.Deserialize(stream, LanguageJson.Default.Words)
            ?? throw new InvalidOperationException($"language.{tag}.json is empty.");
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Words))]
internal sealed partial class LanguageJson : JsonSerializerContext;
