using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.CredentialTypes;
using Credentials.DataModel;

namespace Credentials.Wallets;

/// <summary>The claims of a diploma as an SD-JWT VC: few and flat, so that each can be shown on its own; the whole is in <c>diploma</c>.</summary>
internal static class DiplomaClaims
{
    /// <summary>The claims that the holder may withhold, each on its own.</summary>
    public static IReadOnlyList<string> Disclosable { get; } =
        ["evidence", "eqf_level", "degree_name", "isced_field", "field_name", "award_date", "grade", "institution_name", "country", "name", "birth_date", "student_number", "diploma"];

    private static readonly string[] Awards = ["award", "degree", "achievement"];

    /// <summary>The claims of a master; only what it has.</summary>
    public static JsonObject Of(VerifiableCredential master, WalletCopyTerms terms)
    {
        JsonElement subject = First(Member(master.Json, "credentialSubject"));
        JsonElement award = Awards.Select(name => First(Member(subject, name))).FirstOrDefault(found => found.ValueKind == JsonValueKind.Object);
        JsonElement field = First(Member(award, "fieldOfStudy"));
        JsonElement issuer = Member(master.Json, "issuer");
        var claims = new JsonObject
        {
            ["iss"] = terms.IssuerUrl,
            ["vct"] = DiplomaType.Vct,
            ["vct#integrity"] = terms.TypeIntegrity ?? DiplomaType.Integrity,
            ["iat"] = new DateTimeOffset(terms.IssuedAt.UtcDateTime.Date, TimeSpan.Zero).ToUnixTimeSeconds(),
        };

        // Only while it lies ahead: of a diploma that is good already it would tell the day of the award to whoever is told nothing else.
        Put(claims, "nbf", master.ValidFrom is { } from && from > terms.IssuedAt ? from.ToUnixTimeSeconds() : null);
        DateTimeOffset? until = master.ValidUntil is { } end && !(terms.ValidUntil < end) ? end : terms.ValidUntil;
        Put(claims, "exp", until is { } over ? over.ToUnixTimeSeconds() : null);
        Put(claims, "status", terms.TokenStatus?.ToClaim());
        Put(claims, "credentialStatus", terms.StatusEntries.Count == 0 ? null : new JsonArray([.. terms.StatusEntries.Select(entry => entry.DeepClone())]));
        Put(claims, "evidence", terms.Evidence is { } evidence ? new JsonArray(evidence.ToJson()) : null);
        Put(claims, "eqf_level", EqfLevel.In(award));
        Put(claims, "degree_name", Name(award, "degreeName") ?? Name(award, "name") ?? Name(master.Json, "name"));
        Put(claims, "isced_field", Text(field, "code"));
        Put(claims, "field_name", Name(field, "label") ?? Name(field, "name"));
        Put(claims, "award_date", CredentialSummary.Of(master).Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Put(claims, "grade", Grade(Member(award, "grade")));
        Put(claims, "institution_name", Name(issuer, "name"));
        Put(claims, "country", Text(award, "country") ?? Text(issuer, "country"));
        Put(claims, "name", Name(subject, "name"));
        Put(claims, "birth_date", Text(subject, "dateOfBirth") ?? Text(subject, "birthDate"));
        Put(claims, "student_number", Text(subject, "studentNumber"));
        claims["diploma"] = JsonNode.Parse(Member(master.Json, "credentialSubject").GetRawText());
        return claims;
    }

    // A grade is text, or a value on a scale.
    private static string? Grade(JsonElement grade) => grade.ValueKind == JsonValueKind.String ? grade.GetString() : Text(First(grade), "value") ?? Text(First(grade), "mention");

    // Texts in several languages: the first; all of them stay in the diploma.
    private static string? Name(JsonElement owner, string member) => LanguageValue.ReadAll(Member(owner, member)) is [var first, ..] ? first.Value : null;

    private static string? Text(JsonElement owner, string member) => Member(owner, member) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    private static void Put(JsonObject claims, string name, JsonNode? value)
    {
        if (value is not null)
        {
            claims[name] = value;
        }
    }

    private static JsonElement First(JsonElement json) => json.ValueKind == JsonValueKind.Array ? json.EnumerateArray().FirstOrDefault() : json;

    private static JsonElement Member(JsonElement owner, string name) => owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out JsonElement member) ? member : default;
}
