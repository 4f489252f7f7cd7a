using System.Globalization;
using Credentials.Anchoring;
using Credentials.DataModel;
using Credentials.Verification;
using Credentials.VerifierWeb.Languages;
using Credentials.VerifierWeb.Markup;

namespace Credentials.VerifierWeb.Pages;

/// <summary>Who vouched for the institution, and what became of it, of its key and of the diploma: what the chain says, in a person's words. Nothing where it says nothing.</summary>
internal static class InstitutionView
{
    /// <summary>The section.</summary>
    public static Html Render(Words words, VerificationResult result)
    {
        InstitutionWords said = words.Institution;
        Html[] lines =
        [
            .. result.Accreditation is { } finding && (result.Anchor ?? result.AwardAnchor) is { } anchor ? Accredited(words, finding, anchor, isCopy: result.Anchor is null) : Array.Empty<Html>(),
            .. result.KeyGivenUp is { RevokedAt: { } at } key ? [Soft(Words.Fill(key.Reason == KeyRevocationReason.Compromised ? said.KeyCompromised : said.KeyRetired, Day(words, at)))] : Array.Empty<Html>(),
            .. result.Succession is { } succession ? [Numbered(Words.Fill(said.Closed, Day(words, succession.Since)), succession.Successor.ToString())] : Array.Empty<Html>(),
        ];
        return lines.Length == 0 ? Html.Empty : Html.Of($"""
            <section class="card" aria-labelledby="institution">
            <h2 id="institution">{said.Heading}</h2>
            {Html.Join(lines)}
            </section>
            """);
    }

    /// <summary>The line about the diploma that took the place of this one; nothing where none did.</summary>
    public static Html Replaced(Words words, VerificationResult result) => result.ReplacedBy is { } successor ? Numbered(words.Institution.Replaced, successor) : Html.Empty;

    private static Html[] Accredited(Words words, AccreditationFinding finding, SettledFact anchor, bool isCopy)
    {
        InstitutionWords said = words.Institution;
        string sentence = Words.Fill(said.Accredited, DisplayText.Of(finding.Name), DisplayText.Of(finding.AccreditorName), Day(words, finding.Since), Scope(said, finding));
        return
        [
            Html.Of($"<p><strong>{sentence}</strong></p>"),
            .. finding.Authority.Institution == finding.Accreditor ? Array.Empty<Html>() : [Soft(Words.Fill(said.Authority, DisplayText.Of(finding.AccreditorName), DisplayText.Of(finding.Authority.Name)))],
            Soft(Words.Fill(isCopy ? words.Ask.CopyAsOf : said.AsOfRecord, Day(words, anchor.Time))),
            .. finding.WithdrawnAt is { } withdrawn ? [Soft(Words.Fill(said.Withdrawn, Day(words, withdrawn)))] : Array.Empty<Html>(),
        ];
    }

    private static string Scope(InstitutionWords said, AccreditationFinding finding)
    {
        string[] parts =
        [
            .. finding.EqfLevels.Count > 0 ? [Words.Fill(said.Levels, Range(finding.EqfLevels))] : Array.Empty<string>(),
            .. finding.Scope.HasFlag(AccreditationScope.AwardsWithoutLevel) ? [said.WithoutLevel] : Array.Empty<string>(),
        ];
        return parts.Length == 0 ? said.OtherScope : string.Join("; ", parts);
    }

    // A dash is read alike in all five languages.
    private static string Range(IReadOnlyList<int> levels) => levels.Count > 2 && levels[^1] - levels[0] == levels.Count - 1
        ? string.Create(CultureInfo.InvariantCulture, $"{levels[0]}–{levels[^1]}")
        : string.Join(", ", levels.Select(level => level.ToString(CultureInfo.InvariantCulture)));

    private static string Day(Words words, DateTimeOffset time) => words.Day(DateOnly.FromDateTime(time.UtcDateTime));

    private static Html Soft(string sentence) => Html.Of($"""<p class="soft">{sentence}</p>""");

    private static Html Numbered(string sentence, string number) => Html.Of($"""<p>{sentence} <bdi class="address" dir="ltr" translate="no">{DisplayText.Of(number)}</bdi></p>""");
}
