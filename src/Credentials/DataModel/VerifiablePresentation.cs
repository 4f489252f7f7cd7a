using System.Text.Json;
using Credentials.Encoding;

namespace Credentials.DataModel;

/// <summary>A presentation of VCDM 2.0 or 1.1: parsed once, verified as received. A view over its own JSON; the credentials in it are not looked into.</summary>
/// <remarks>https://www.w3.org/TR/vc-data-model-2.0/#verifiable-presentations</remarks>
public sealed class VerifiablePresentation
{
    /// <summary>The size in bytes above which a presentation is not read: 4 MiB.</summary>
    public const int MaxLength = 4 * 1024 * 1024;

    /// <summary>The type that every presentation has.</summary>
    public const string Type = "VerifiablePresentation";

    private VerifiablePresentation(ReadOnlyMemory<byte> utf8, JsonElement json)
    {
        (Utf8, Json) = (utf8, json);
        Version = CredentialRules.VersionOf(json);
        Id = json.TryGetProperty("id", out JsonElement id) ? id.GetString() : null;
        Types = CredentialRules.TypesOf(json.GetProperty("type"));
        HolderId = json.TryGetProperty("holder", out JsonElement holder) ? (holder.ValueKind == JsonValueKind.Object ? holder.GetProperty("id") : holder).GetString() : null;
        Credentials = [.. PresentationRules.CredentialsIn(json)];
    }

    /// <summary>Parses strictly: duplicate members, wrong shapes and bad URLs are one problem each, with its JSON pointer.</summary>
    /// <param name="utf8">JSON text; up to 4 MiB. The presentation reads from it, so it must not change.</param>
    public static Parsed<VerifiablePresentation> Parse(ReadOnlyMemory<byte> utf8)
    {
        Parsed<JsonDocument> document = StrictJson.Parse(utf8, MaxLength);
        if (!document.Ok)
        {
            return document.Problem;
        }

        JsonElement json = document.Value.RootElement;
        return PresentationRules.Check(json) is [var problem, ..] ? problem : new VerifiablePresentation(utf8, json);
    }

    /// <summary>Every problem of the presentation itself, for those who mend it; empty when it parses.</summary>
    /// <param name="utf8">JSON text; up to 4 MiB.</param>
    public static IReadOnlyList<Problem> Validate(ReadOnlyMemory<byte> utf8)
    {
        Parsed<JsonDocument> document = StrictJson.Parse(utf8, MaxLength);
        if (!document.Ok)
        {
            return [document.Problem];
        }

        using (document.Value)
        {
            return PresentationRules.Check(document.Value.RootElement);
        }
    }

    /// <summary>The document as received.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>The parsed document.</summary>
    public JsonElement Json { get; }

    /// <summary>The version of the data model that it keeps to.</summary>
    public DataModelVersion Version { get; }

    /// <summary>The <c>id</c>, if any.</summary>
    public string? Id { get; }

    /// <summary>The types, <c>VerifiablePresentation</c> among them.</summary>
    public IReadOnlyList<string> Types { get; }

    /// <summary>The holder's id: the <c>holder</c> URL, or the <c>id</c> of the holder object; null when not said.</summary>
    public string? HolderId { get; }

    /// <summary>The credentials as they stand, each as a verifier takes it: a secured or enveloped credential in JSON, or (1.1 only) a compact JWT.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Credentials { get; }
}
