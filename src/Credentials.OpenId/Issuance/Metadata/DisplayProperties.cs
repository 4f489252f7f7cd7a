using System.Text.Json;
using Credentials.OpenId.Messages;

namespace Credentials.OpenId.Issuance.Metadata;

/// <summary>How an issuer, a credential or a claim is shown in one language.</summary>
/// <remarks>https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#credential-issuer-parameters</remarks>
public sealed record DisplayProperties
{
    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>BCP 47 tag of the language.</summary>
    public string? Locale { get; init; }

    /// <summary>A description.</summary>
    public string? Description { get; init; }

    /// <summary>CSS color behind the card.</summary>
    public string? BackgroundColor { get; init; }

    /// <summary>CSS color of its text.</summary>
    public string? TextColor { get; init; }

    /// <summary>URI of the logo.</summary>
    public string? LogoUri { get; init; }

    /// <summary>What the logo shows, in words.</summary>
    public string? LogoText { get; init; }

    internal static Parsed<DisplayProperties> Read(JsonElement json, string at)
    {
        ObjectReader reader = new(json, IssuanceError.InvalidMetadata, at);
        ObjectReader? logo = reader.Has("logo", out JsonElement object_) ? new(object_, IssuanceError.InvalidMetadata, at + "/logo") : null;
        DisplayProperties display = new()
        {
            Name = reader.Optional("name"),
            Locale = reader.Optional("locale"),
            Description = reader.Optional("description"),
            BackgroundColor = reader.Optional("background_color"),
            TextColor = reader.Optional("text_color"),
            LogoUri = logo?.Optional("uri") ?? logo?.Optional("url"),
            LogoText = logo?.Optional("alt_text"),
        };
        return logo?.Problem is { } problem ? problem : reader.Or(() => display);
    }

    internal void Write(Utf8JsonWriter writer)
    {
        writer.Member("name", Name);
        writer.Member("locale", Locale);
        writer.Member("description", Description);
        writer.Member("background_color", BackgroundColor);
        writer.Member("text_color", TextColor);
        if (LogoUri is not null)
        {
            writer.Object("logo", () =>
            {
                writer.WriteString("uri", LogoUri);
                writer.Member("alt_text", LogoText);
            });
        }
    }

    // "There MUST be only one object for each language identifier."
    internal static bool HasLanguageTwice(IReadOnlyList<DisplayProperties> display) => display.GroupBy(one => one.Locale, StringComparer.OrdinalIgnoreCase).Any(same => same.Count() > 1);
}
