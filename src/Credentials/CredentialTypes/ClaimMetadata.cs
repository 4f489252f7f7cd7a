using System.Text.Json;
using Credentials.DataModel;
using Credentials.Encoding;

namespace Credentials.CredentialTypes;

/// <summary>Whether the issuer makes a claim selectively disclosable.</summary>
public enum ClaimDisclosure
{
    /// <summary>It may or may not.</summary>
    Allowed = 0,

    /// <summary>It must.</summary>
    Always = 1,

    /// <summary>It must not.</summary>
    Never = 2,
}

/// <summary>What a type says of a claim, or of several that one path selects.</summary>
/// <param name="Path">Which.</param>
/// <remarks>https://www.ietf.org/archive/id/draft-ietf-oauth-sd-jwt-vc-19.html#name-claim-metadata</remarks>
public sealed record ClaimMetadata(ClaimPath Path)
{
    /// <summary>Labels for people, one for each language; null where the document does not say, so that what is extended counts.</summary>
    public IReadOnlyList<ClaimDisplay>? Display { get; init; }

    /// <summary>Whether the issuer must put it in; null where the document does not say.</summary>
    public bool? Mandatory { get; init; }

    /// <summary>Whether it must be selectively disclosable; null where the document does not say.</summary>
    public ClaimDisclosure? Disclosure { get; init; }

    /// <summary>Its name in templates.</summary>
    public string? SvgId { get; init; }

    /// <summary>The label for a reader of a language, chosen as by <see cref="TypeMetadata.DisplayFor"/>; null when there is none.</summary>
    public string? LabelFor(string locale) => Locales.Best(Display ?? [], display => display.Locale, locale)?.Label;

    internal static ClaimMetadata? Read(ShapeCheck check, JsonElement json, string pointer)
    {
        Parsed<ClaimPath> path = json.TryGetProperty("path", out JsonElement value) ? ClaimPath.Read(value) : new Problem(ProblemCode.MalformedValueError, "The path is missing: add it.");
        if (!path.Ok)
        {
            check.Malformed(JsonPointer.Member(pointer, "path"), path.Problem.Detail);
            return null;
        }

        bool hasMandatory = json.TryGetProperty("mandatory", out JsonElement mandatory);
        if (hasMandatory && mandatory.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            check.Malformed(JsonPointer.Member(pointer, "mandatory"), "The mandatory of a claim is true or false.");
            hasMandatory = false;
        }

        return new(path.Value)
        {
            Display = json.TryGetProperty("display", out _) ? Members.Objects(check, json, "display", pointer, ClaimDisplay.Read) : null,
            Mandatory = hasMandatory ? mandatory.GetBoolean() : null,
            Disclosure = ReadDisclosure(check, json, pointer),
            SvgId = ReadSvgId(check, json, pointer),
        };
    }

    private static ClaimDisclosure? ReadDisclosure(ShapeCheck check, JsonElement json, string pointer)
    {
        string? sd = Members.Text(check, json, "sd", pointer);
        ClaimDisclosure? disclosure = sd switch { "always" => ClaimDisclosure.Always, "allowed" => ClaimDisclosure.Allowed, "never" => ClaimDisclosure.Never, _ => null };
        if (sd is not null && disclosure is null)
        {
            check.Malformed(JsonPointer.Member(pointer, "sd"), "The sd of a claim is always, allowed or never.");
        }

        return disclosure;
    }

    // "It MUST consist of only alphanumeric characters and underscores and MUST NOT start with a digit."
    private static string? ReadSvgId(ShapeCheck check, JsonElement json, string pointer)
    {
        string? id = Members.Text(check, json, "svg_id", pointer);
        if (id is not null && (id.Length == 0 || char.IsAsciiDigit(id[0]) || !id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_')))
        {
            check.Malformed(JsonPointer.Member(pointer, "svg_id"), "An svg_id has letters, digits and underscores, and no digit first.");
        }

        return id;
    }
}

/// <summary>A claim's label for readers of one language.</summary>
/// <param name="Locale">The language tag.</param>
/// <param name="Label">The label.</param>
/// <param name="Description">More about it, if anything.</param>
public sealed record ClaimDisplay(string Locale, string Label, string? Description)
{
    internal static ClaimDisplay? Read(ShapeCheck check, JsonElement json, string pointer)
    {
        string? locale = check.RequiredText(json, "locale", pointer);
        string? label = check.RequiredText(json, "label", pointer);
        string? description = Members.Text(check, json, "description", pointer);
        return locale is null || label is null ? null : new(locale, label, description);
    }
}
