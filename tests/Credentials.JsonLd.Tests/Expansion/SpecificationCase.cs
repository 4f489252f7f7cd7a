using System.Globalization;
using System.Text.Json;
using Credentials.TestKit;

namespace Credentials.JsonLd.Tests.Expansion;

/// <summary>One case of the public test suite of the JSON-LD API.</summary>
/// <remarks>https://w3c.github.io/json-ld-api/tests/</remarks>
internal sealed record SpecificationCase(string Id, string Input, string? Expect, string? ErrorCode, JsonElement Option)
{
    private const string Root = "https://w3c.github.io/json-ld-api/tests/";

    private static readonly ContextLibrary Library = ContextLibrary.Empty.WithLoader(
        url => url.StartsWith(Root, StringComparison.Ordinal) && File.Exists(FileOf(url[Root.Length..])) ? File.ReadAllBytes(FileOf(url[Root.Length..])) : null);

    /// <summary>Only for a processor of JSON-LD 1.0.</summary>
    public bool IsOnlyFor10 => Text("specVersion") == "json-ld-1.0";

    /// <summary>The processor that the case asks for.</summary>
    public JsonLdProcessor Processor => new(Library, new JsonLdOptions
    {
        Safe = false,
        Base = Text("base") ?? Root + Input,
        ExpandContext = Text("expandContext") is { } context ? Vectors.Json(Parts(context)) : null,
        Legacy = Text("processingMode") == "json-ld-1.0",
        Generalized = Option.ValueKind == JsonValueKind.Object && Option.TryGetProperty("produceGeneralizedRdf", out JsonElement generalized) && generalized.GetBoolean(),
        Direction = Text("rdfDirection") switch
        {
            "i18n-datatype" => RdfDirection.I18nDatatype,
            "compound-literal" => RdfDirection.CompoundLiteral,
            _ => RdfDirection.None,
        },
    });

    /// <summary>The input.</summary>
    public JsonElement Document => Vectors.Json(Parts(Input));

    /// <summary>What is expected.</summary>
    public byte[] Expected => Vectors.Bytes(Parts(Expect!));

    /// <summary>The cases of a manifest.</summary>
    public static IReadOnlyList<SpecificationCase> Of(string manifest) =>
        [.. Vectors.Json("json-ld", manifest).GetProperty("sequence").EnumerateArray().Select(Read)];

    public override string ToString() => Id.ToString(CultureInfo.InvariantCulture);

    private static SpecificationCase Read(JsonElement test) => new(
        test.GetProperty("@id").GetString()!,
        test.GetProperty("input").GetString()!,
        test.TryGetProperty("expect", out JsonElement expect) ? expect.GetString() : null,
        test.TryGetProperty("expectErrorCode", out JsonElement error) ? error.GetString() : null,
        test.TryGetProperty("option", out JsonElement option) ? option : default);

    private string? Text(string name) => Option.ValueKind == JsonValueKind.Object && Option.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static string[] Parts(string path) => ["json-ld", .. path.Split('/')];

    private static string FileOf(string path) => Vectors.Path(Parts(path));
}
