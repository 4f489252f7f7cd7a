using System.Text.Json;
using Credentials.DataModel;
using Credentials.Encoding;

namespace Credentials.CredentialTypes;

/// <summary>How a type is shown to readers of one language. All of it is the publisher's own words: escape it, and give it bounds.</summary>
/// <param name="Locale">The language tag.</param>
/// <param name="Name">The type's name.</param>
/// <remarks>https://www.ietf.org/archive/id/draft-ietf-oauth-sd-jwt-vc-19.html#name-display-metadata</remarks>
public sealed record TypeDisplay(string Locale, string Name)
{
    /// <summary>Its description.</summary>
    public string? Description { get; init; }

    /// <summary>A color of CSS behind the credential (<c>rendering.simple.background_color</c>).</summary>
    public string? BackgroundColor { get; init; }

    /// <summary>A color of CSS for its text.</summary>
    public string? TextColor { get; init; }

    /// <summary>Where the logo is: an https URL, or a data: URL.</summary>
    public string? LogoUri { get; init; }

    /// <summary>What the logo shows, in words.</summary>
    public string? LogoText { get; init; }

    internal static TypeDisplay? Read(ShapeCheck check, JsonElement json, string pointer)
    {
        string? locale = check.RequiredText(json, "locale", pointer);
        string? name = check.RequiredText(json, "name", pointer);
        string? description = Members.Text(check, json, "description", pointer);
        if (locale is null || name is null)
        {
            return null;
        }

        var display = new TypeDisplay(locale, name) { Description = description };
        string at = JsonPointer.Member(pointer, "rendering");
        return json.TryGetProperty("rendering", out JsonElement rendering) && Shapes.IsObject(check, rendering, at)
            && rendering.TryGetProperty("simple", out JsonElement simple) && Shapes.IsObject(check, simple, at + "/simple")
                ? ReadSimple(check, display, simple, at + "/simple")
                : display;
    }

    private static TypeDisplay ReadSimple(ShapeCheck check, TypeDisplay display, JsonElement simple, string pointer)
    {
        display = display with
        {
            BackgroundColor = Members.Text(check, simple, "background_color", pointer),
            TextColor = Members.Text(check, simple, "text_color", pointer),
        };
        if (!simple.TryGetProperty("logo", out JsonElement logo) || !Shapes.IsObject(check, logo, pointer + "/logo"))
        {
            return display;
        }

        // "The uri properties defined for the rendering methods below MUST be either HTTPS URLs or data: URIs".
        string? uri = check.RequiredText(logo, "uri", pointer + "/logo");
        if (uri is not null && !uri.StartsWith("https://", StringComparison.OrdinalIgnoreCase) && !uri.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            check.Malformed(pointer + "/logo/uri", "The uri of a logo is an https URL, or a data: URL.");
        }

        Members.Integrity(check, logo, "uri#integrity", pointer + "/logo");
        return display with { LogoUri = uri, LogoText = Members.Text(check, logo, "alt_text", pointer + "/logo") };
    }
}
