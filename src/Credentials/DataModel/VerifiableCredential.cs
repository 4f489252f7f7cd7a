using System.Text.Json;
using Credentials.Anchoring;
using Credentials.Encoding;
using Credentials.JsonLd;
using Credentials.Status;

namespace Credentials.DataModel;

/// <summary>A credential of VCDM 2.0 (1.1 is read): parsed once, verified as received, never re-serialised. A view over its own JSON.</summary>
/// <remarks>https://www.w3.org/TR/vc-data-model-2.0/</remarks>
public sealed class VerifiableCredential
{
    /// <summary>The size in bytes above which a document is not read: 1 MiB.</summary>
    public const int MaxLength = 1024 * 1024;

    private VerifiableCredential(ReadOnlyMemory<byte> utf8, JsonElement json)
    {
        (Utf8, Json) = (utf8, json);
        Version = CredentialRules.VersionOf(json);
        Id = json.TryGetProperty("id", out JsonElement id) ? id.GetString() : null;
        Types = CredentialRules.TypesOf(json.GetProperty("type"));
        JsonElement issuer = json.GetProperty("issuer");
        IssuerId = (issuer.ValueKind == JsonValueKind.Object ? issuer.GetProperty("id") : issuer).GetString()!;
        (ValidFrom, ValidUntil) = ValidityPeriod.Of(json);
        (StatusEntries, TokenStatusEntries, RegistryEntries, UnknownStatusTypes) = StatusShape.Read(json);
    }

    /// <summary>Parses strictly: duplicate members, wrong shapes, bad dates and bad URLs are one problem each, with its JSON pointer.</summary>
    /// <param name="utf8">JSON text; up to 1 MiB. The credential reads from it, so it must not change.</param>
    public static Parsed<VerifiableCredential> Parse(ReadOnlyMemory<byte> utf8)
    {
        Parsed<JsonDocument> document = StrictJson.Parse(utf8, MaxLength);
        if (!document.Ok)
        {
            return document.Problem;
        }

        JsonElement json = document.Value.RootElement;
        return CredentialRules.Check(json) is [var problem, ..] ? problem : new VerifiableCredential(utf8, json);
    }

    /// <summary>Every problem of the document, for those who mend it; empty when it parses.</summary>
    /// <param name="utf8">JSON text; up to 1 MiB.</param>
    public static IReadOnlyList<Problem> Validate(ReadOnlyMemory<byte> utf8)
    {
        Parsed<JsonDocument> document = StrictJson.Parse(utf8, MaxLength);
        if (!document.Ok)
        {
            return [document.Problem];
        }

        using (document.Value)
        {
            return CredentialRules.Check(document.Value.RootElement);
        }
    }

    /// <summary>Every problem that an issuer must not sign: those of <see cref="Validate"/>, and what only JSON-LD shows (terms and types that no context defines, redefined protected terms, contexts that are not known, related resources whose digest is another).</summary>
    /// <param name="utf8">JSON text; up to 1 MiB.</param>
    /// <param name="contexts">The contexts that are known.</param>
    /// <returns>Empty when it may be signed. A context that is not known is <see cref="ProblemCode.UnknownContext"/>.</returns>
    public static IReadOnlyList<Problem> ValidateForIssuing(ReadOnlyMemory<byte> utf8, ContextLibrary contexts)
    {
        ArgumentNullException.ThrowIfNull(contexts);
        Parsed<JsonDocument> document = StrictJson.Parse(utf8, MaxLength);
        if (!document.Ok)
        {
            return [document.Problem];
        }

        using (document.Value)
        {
            JsonElement json = document.Value.RootElement;
            return CredentialRules.Check(json) is [_, ..] problems ? problems : IssuingRules.Check(json, contexts);
        }
    }

    /// <summary>A problem for each <c>relatedResource</c> that is at hand and does not have the digest that the credential names.</summary>
    /// <param name="contexts">The contexts that are known.</param>
    public IReadOnlyList<Problem> CompareRelatedResources(ContextLibrary contexts)
    {
        ArgumentNullException.ThrowIfNull(contexts);
        return RelatedResources.Compare(Json, contexts);
    }

    /// <summary>The document as received.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>The parsed document.</summary>
    public JsonElement Json { get; }

    /// <summary>The version of the data model that it keeps to.</summary>
    public DataModelVersion Version { get; }

    /// <summary>The <c>id</c>, if any.</summary>
    public string? Id { get; }

    /// <summary>The types, <c>VerifiableCredential</c> among them.</summary>
    public IReadOnlyList<string> Types { get; }

    /// <summary>The issuer's id: the <c>issuer</c> URL, or the <c>id</c> of the issuer object.</summary>
    public string IssuerId { get; }

    /// <summary>The start of validity (<c>validFrom</c>, or <c>issuanceDate</c> of 1.1).</summary>
    public DateTimeOffset? ValidFrom { get; }

    /// <summary>The end of validity (<c>validUntil</c>, or <c>expirationDate</c> of 1.1).</summary>
    public DateTimeOffset? ValidUntil { get; }

    /// <summary>The Bitstring Status List entries.</summary>
    public IReadOnlyList<BitstringStatusListEntry> StatusEntries { get; }

    /// <summary>The references into Token Status Lists.</summary>
    public IReadOnlyList<TokenStatusListEntry> TokenStatusEntries { get; }

    /// <summary>The registry entries; a diploma of ours has one.</summary>
    public IReadOnlyList<RegistryEntry> RegistryEntries { get; }

    /// <summary>The <c>type</c> of every status entry that is none of them: a verifier cannot tell what they say.</summary>
    public IReadOnlyList<string> UnknownStatusTypes { get; }
}
