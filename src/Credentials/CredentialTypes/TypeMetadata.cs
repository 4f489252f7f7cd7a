using System.Text.Json;
using Credentials.DataModel;
using Credentials.Encoding;

namespace Credentials.CredentialTypes;

/// <summary>The document of a type of SD-JWT VCs: how it is called and shown, what claims it has. Members that are not known are passed over.</summary>
/// <param name="Vct">The type.</param>
/// <remarks>https://www.ietf.org/archive/id/draft-ietf-oauth-sd-jwt-vc-19.html#name-type-metadata-format</remarks>
public sealed record TypeMetadata(string Vct)
{
    /// <summary>Bytes above which a document is not read: 256 KiB.</summary>
    public const int MaxLength = 256 * 1024;

    /// <summary>Its name for developers.</summary>
    public string? Name { get; init; }

    /// <summary>Its description for developers.</summary>
    public string? Description { get; init; }

    /// <summary>The type that it extends.</summary>
    public string? Extends { get; init; }

    /// <summary>The integrity metadata of that type's document.</summary>
    public IntegrityMetadata? ExtendsIntegrity { get; init; }

    /// <summary>How it is shown, for each language; null where the document does not say, so that what is extended counts.</summary>
    public IReadOnlyList<TypeDisplay>? Display { get; init; }

    /// <summary>Its claims.</summary>
    public IReadOnlyList<ClaimMetadata> Claims { get; init; } = [];

    /// <summary>Reads a document.</summary>
    /// <param name="utf8">JSON text.</param>
    public static Parsed<TypeMetadata> Parse(ReadOnlyMemory<byte> utf8) => StrictJson.Read<TypeMetadata>(utf8, MaxLength, Read);

    /// <summary>What is shown to a reader of a language: by the whole tag, else by its language, else the first; null when there is nothing.</summary>
    /// <param name="locale">A language tag, such as <c>es-MX</c>.</param>
    public TypeDisplay? DisplayFor(string locale) => Locales.Best(Display ?? [], display => display.Locale, locale);

    private static Parsed<TypeMetadata> Read(JsonElement json)
    {
        var check = new ShapeCheck();
        if (!Shapes.IsObject(check, json, ""))
        {
            return check.Problems[0];
        }

        string? vct = check.RequiredText(json, "vct", "");
        var read = new TypeMetadata(vct ?? "")
        {
            Name = Members.Text(check, json, "name", ""),
            Description = Members.Text(check, json, "description", ""),
            Extends = Members.Text(check, json, "extends", ""),
            ExtendsIntegrity = Members.Integrity(check, json, "extends#integrity", ""),
            Display = json.TryGetProperty("display", out _) ? Members.Objects(check, json, "display", "", TypeDisplay.Read) : null,
            Claims = Members.Objects(check, json, "claims", "", ClaimMetadata.Read),
        };
        if (read.Claims.Select(claim => claim.SvgId).OfType<string>().GroupBy(id => id, StringComparer.Ordinal).Any(same => same.Skip(1).Any()))
        {
            check.Malformed("/claims", "An svg_id is there twice.");
        }

        return check.Problems is [var problem, ..] ? problem : read;
    }
}
