using System.Globalization;
using System.Text.Json;
using Credentials.DataModel;
using Credentials.Encoding;
using Credentials.OpenId;
using Credentials.Verification;
using Credentials.VerifierWeb.Languages;
using Credentials.VerifierWeb.Markup;
using Credentials.VerifierWeb.Pages;

namespace Credentials.VerifierWeb.Presentations.Views;

/// <summary>What was shown, in a person's words; as fact only where the verdict is verified, and not at all where the signature does not hold.</summary>
internal static class ClaimsView
{
    private const int MostLines = 60;
    private const int Deepest = 6;
    private const string Evidence = "evidence";
    private const string Whole = "diploma";

    private static readonly string[] s_order = ["name", "degree_name", "eqf_level", "field_name", "isced_field", "grade", "award_date", "institution_name", "country", "birth_date", "student_number"];

    /// <summary>The section, or nothing.</summary>
    public static Html Render(Words words, JudgedPresentation one)
    {
        if (one.Credential is not { Credential: { } credential } result || !one.IsProven)
        {
            return Html.Empty;
        }

        bool isVerified = one.Verdict == Verdict.Verified;
        bool isSdJwt = one.Format == CredentialFormat.SdJwtVc;
        (string Name, JsonElement Value)[] claims = [.. one.Claims.Where(claim => claim.Name is not (Evidence or Whole or "id" or "type")).OrderBy(claim => Array.IndexOf(s_order, claim.Name) is >= 0 and int place ? place : s_order.Length)];
        JsonElement? whole = isSdJwt ? one.Claims.Where(claim => claim.Name == Whole).Select(claim => (JsonElement?)claim.Value).FirstOrDefault() : one.Shown?.Json;
        return Html.Of($"""
            <section class="card" aria-labelledby="shown">
            <h2 id="shown">{(isVerified ? words.Ask.Shown : words.Contents.DoubtfulHeading)}</h2>
            {(isVerified ? Html.Empty : Html.Of($"""<p class="warn">{words.Contents.DoubtfulNote}</p>"""))}
            <dl>
            {(isSdJwt ? Html.Join(claims.Select(claim => ContentsView.Row(words.Ask.Claims.GetValueOrDefault(claim.Name) ?? DisplayText.Of(claim.Name, 60), Value(words, claim.Name, claim.Value)))) : Html.Join([ContentsView.Summary(words, credential), ContentsView.Date(words, credential)]))}
            {(result[CheckName.Issuer].Outcome == CheckOutcome.Passed ? ContentsView.Row(words.Contents.SignedBy, ContentsView.Signatory(words.Contents, credential.IssuerId, isVouchedFor: result.Accreditation is not null)) : Html.Empty)}
            </dl>
            {(whole is { } all ? Everything(words, all) : Html.Empty)}
            {(isSdJwt ? Html.Of($"""<p class="soft after">{words.Ask.ShownNote}</p>""") : Html.Empty)}
            </section>
            """);
    }

    /// <summary>What a person calls the claim to which a problem points.</summary>
    public static string NameOf(AskWords words, string? pointer)
    {
        // /vp_token/{query}/{index}/{claim}…
        string[] steps = JsonPointer.Split(pointer ?? "") is { Length: > 3 } all ? all[3..] : [];
        return steps.Length == 0 ? "?" : words.Claims.GetValueOrDefault(steps[0]) ?? DisplayText.Of(string.Join('.', steps), 80);
    }

    private static Html Value(Words words, string name, JsonElement value) => name switch
    {
        "eqf_level" when value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int level) => Html.Of($"""<bdi class="first">{AskView.LevelName(words.Ask, level)}</bdi>"""),
        "award_date" or "birth_date" when value.ValueKind == JsonValueKind.String && DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) => Html.Of($"{words.Day(day)}"),
        _ => Html.Of($"""<bdi class="first" dir="auto">{Text(value)}</bdi>"""),
    };

    private static string Text(JsonElement value) => DisplayText.Of(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText());

    // Whatever an institution put into a diploma, under its own names for it: nobody could translate those.
    private static Html Everything(Words words, JsonElement whole)
    {
        List<(string Path, string Text)> lines = [];
        Collect(whole, "", 0, lines);
        return lines.Count == 0 ? Html.Empty : Html.Of($"""
            <details><summary>{words.Ask.Details}</summary>
            <dl class="all" translate="no">{Html.Join(lines.Select(line => Html.Of($"""<div><dt dir="ltr">{line.Path}</dt><dd><bdi dir="auto">{line.Text}</bdi></dd></div>""")))}</dl></details>
            """);
    }

    private static void Collect(JsonElement value, string path, int depth, List<(string Path, string Text)> lines)
    {
        if (lines.Count >= MostLines || depth > Deepest)
        {
            return;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty member in value.EnumerateObject().Where(member => member.Name is not ("proof" or "@context" or Evidence or "credentialStatus" or "credentialSchema")))
                {
                    Collect(member.Value, path.Length == 0 ? DisplayText.Of(member.Name, 60) : $"{path} › {DisplayText.Of(member.Name, 60)}", depth + 1, lines);
                }

                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Collect(item, path, depth + 1, lines);
                }

                break;
            default:
                lines.Add((path, Text(value)));
                break;
        }
    }
}
