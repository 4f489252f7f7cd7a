using System.Globalization;
using System.Text.Json;

namespace Credentials.DataModel;

/// <summary>What a person looks for in a diploma: who, what, from whom, when. Words of the document, true only as far as its proof is.</summary>
/// <param name="Holder">The subject's name, in each language that the document holds.</param>
/// <param name="Award">The name of the degree or achievement.</param>
/// <param name="Institution">What the issuer calls itself.</param>
/// <param name="Date">The day of the award, else the day on which validity starts, at the issuer's own clock.</param>
/// <remarks>Reads the members that diplomas use in practice, ours and Open Badges 3.0's: the subject's <c>name</c>; <c>degreeName</c> or <c>name</c> of its <c>award</c>, <c>degree</c> or <c>achievement</c>, else the credential's <c>name</c>; the issuer's <c>name</c>. Of our SD-JWT VCs the claims <c>name</c>, <c>degree_name</c> and <c>award_date</c>, or the whole <c>diploma</c>.</remarks>
public sealed record CredentialSummary(
    IReadOnlyList<LanguageValue> Holder,
    IReadOnlyList<LanguageValue> Award,
    IReadOnlyList<LanguageValue> Institution,
    DateOnly? Date)
{
    private static readonly string[] s_awards = ["award", "degree", "achievement"];
    private static readonly string[] s_titles = ["degreeName", "name"];
    private static readonly string[] s_dates = ["awardDate", "awardedDate", "award_date"];

    /// <summary>The summary of a credential; empty lists for what it does not say.</summary>
    public static CredentialSummary Of(VerifiableCredential credential)
    {
        ArgumentNullException.ThrowIfNull(credential);
        JsonElement root = credential.Json;
        JsonElement subject = First(Member(root, "credentialSubject"));
        JsonElement whole = First(Member(subject, "diploma"));
        JsonElement award = s_awards.SelectMany(name => new[] { First(Member(whole, name)), First(Member(subject, name)) }).FirstOrDefault(found => found.ValueKind == JsonValueKind.Object);
        return new(
            Names(whole, "name") is { Count: > 0 } names ? names : Names(subject, "name"),
            s_titles.Select(title => Names(award, title)).Append(Names(subject, "degree_name")).Append(Names(root, "name")).FirstOrDefault(names => names.Count > 0) ?? [],
            Names(Member(root, "issuer"), "name"),
            DayOf(award) ?? DayOf(subject) ?? (credential.ValidFrom is { } from ? DateOnly.FromDateTime(from.DateTime) : null));
    }

    private static IReadOnlyList<LanguageValue> Names(JsonElement owner, string name) => LanguageValue.ReadAll(Member(owner, name));

    /// <summary>An <c>xsd:date</c>, or the day of an <c>xsd:dateTime</c>.</summary>
    private static DateOnly? DayOf(JsonElement owner) => s_dates
        .Select(name => Member(owner, name))
        .Where(member => member.ValueKind == JsonValueKind.String)
        .Select(member => member.GetString()!)
        .Select(text => DateOnly.TryParseExact(text.AsSpan(0, Math.Min(text.Length, 10)), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day : (DateOnly?)null)
        .FirstOrDefault(day => day is not null);

    private static JsonElement First(JsonElement element) => element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().FirstOrDefault() : element;

    private static JsonElement Member(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out JsonElement member) ? member : default;
}
