using System.Reflection;
using System.Text.RegularExpressions;
using Credentials.Anchoring;
using Credentials.TestKit;
using Credentials.Verification;
using Credentials.VerifierWeb.Intake;
using Credentials.VerifierWeb.Languages;

namespace Credentials.VerifierWeb.Tests;

public sealed partial class LanguageTests(VerifierApplication application) : IClassFixture<VerifierApplication>
{
    private static readonly string[] s_sameEverywhere = ["tag", "direction", "culture", "dayFormat", "nativeName"];

    public static TheoryData<string> Tags { get; } = [.. LanguageTable.All.Select(words => words.Tag)];

    [Theory]
    [MemberData(nameof(Tags))]
    public void Every_language_has_every_string_and_the_same_places_for_values(string tag)
    {
        IReadOnlyDictionary<string, string> english = Flatten(Visitor.Words("en"), "");
        IReadOnlyDictionary<string, string> other = Flatten(Visitor.Words(tag), "");

        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), other.Keys.Order(StringComparer.Ordinal));
        Assert.All(other, pair =>
        {
            Assert.False(string.IsNullOrWhiteSpace(pair.Value), pair.Key);
            Assert.Equal(Places(english[pair.Key]), Places(pair.Value));
            Assert.True(tag == "en" || s_sameEverywhere.Contains(pair.Key, StringComparer.OrdinalIgnoreCase) || pair.Value != english[pair.Key], $"{tag} {pair.Key} is still English");
        });
    }

    [Theory]
    [MemberData(nameof(Tags))]
    public void Every_check_outcome_remedy_finality_and_fault_has_words(string tag)
    {
        Words words = Visitor.Words(tag);

        Assert.Equal(CheckName.All.Order(StringComparer.Ordinal), words.Checks.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Enum.GetNames<CheckOutcome>().Order(StringComparer.Ordinal), words.Outcomes.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Enum.GetNames<Remedy>().Where(name => name != nameof(Remedy.None)).Order(StringComparer.Ordinal), words.Remedies.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Enum.GetNames<Finality>().Order(StringComparer.Ordinal), words.Record.Finality.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Enum.GetNames<IntakeFault>().Order(StringComparer.Ordinal), words.Intake.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Words_are_kept_only_for_problem_codes_that_exist()
    {
        string[] codes = [.. typeof(ProblemCode).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetValue(null)!)];

        Assert.All(Visitor.Words("en").Checks.Values, check => Assert.Empty(check.Failures.Keys.Concat(check.Doubts.Keys).Except(codes, StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData(null, "en")]
    [InlineData("", "en")]
    [InlineData("de", "en")]
    [InlineData("es", "es")]
    [InlineData("es-MX, en;q=0.5", "es")]
    [InlineData("pt-BR", "pt")]
    [InlineData("ar-MA,fr;q=0.9", "ar")]
    [InlineData("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans")]
    [InlineData("de, en;q=0.5, ar;q=0.9", "ar")]
    [InlineData("ar;q=0, pt", "pt")]
    [InlineData(";;;q=banana,,\u00ff", "en")]
    [InlineData("*", "en")]
    public async Task Speaks_the_language_that_the_browser_asks_for(string? header, string tag) =>
        Assert.Equal(tag, PageShape.Read((await application.OpenAsync("/v", header)).Html).One("html")["lang"]);

    [Theory]
    [InlineData("ar", "ar", "rtl")]
    [InlineData("zh-Hans", "zh-Hans", "ltr")]
    [InlineData("PT-br", "pt", "ltr")]
    [InlineData("tlh", "en", "ltr")]
    public async Task Speaks_the_language_that_was_chosen_whatever_the_browser_asks_for(string chosen, string tag, string direction)
    {
        PageShape.Element html = PageShape.Read((await application.OpenAsync($"/v?lang={chosen}", "en")).Html).One("html");

        Assert.Equal(tag, html["lang"]);
        Assert.Equal(direction, html["dir"]);
    }

    [Theory]
    [MemberData(nameof(Tags))]
    public async Task Gives_every_verdict_in_the_language(string tag)
    {
        Words words = Visitor.Words(tag);
        byte[] diploma = (await application.World.IssueAnchoredAsync("morocco")).Text;
        byte[] forged = Utf8.Bytes(Utf8.Text(diploma).Replace("15.82", "19.82", StringComparison.Ordinal));

        PageShape verified = PageShape.Read((await application.UploadAsync(diploma, tag)).Html);
        PageShape rejected = PageShape.Read((await application.UploadAsync(forged, tag)).Html);
        PageShape open = PageShape.Read((await application.UploadAsync("{}"u8.ToArray(), tag)).Html);

        Assert.Equal((words.Verified.Word, words.Rejected.Word, words.Indeterminate.Word), (verified.Verdict(), rejected.Verdict(), open.Verdict()));
        Assert.All((PageShape[])[verified, rejected, open], page =>
        {
            Assert.Equal(words.Direction, page.One("html")["dir"]);
            Assert.All(page.All("details"), details => Assert.DoesNotContain("{", details.Text, StringComparison.Ordinal));
        });
        Assert.Contains(verified.All("bdi"), bdi => bdi is { Text: "سلمى النموذجية" } && bdi["dir"] == "rtl" && bdi["lang"] == "ar");
    }

    [Fact]
    public void Names_the_months_in_the_language() =>
        Assert.Equal(
            ["20 August 2026", "20 de agosto de 2026", "20 de agosto de 2026", "20 أغسطس 2026", "2026年8月20日"],
            LanguageTable.All.Select(words => words.Day(new DateOnly(2026, 8, 20))));

    private static Dictionary<string, string> Flatten(object owner, string path) => owner switch
    {
        string text => new() { [path.TrimEnd('.')] = text },
        System.Collections.IDictionary map => map.Keys.Cast<string>().SelectMany(key => Flatten(map[key]!, path + key + '.')).ToDictionary(),
        _ => owner.GetType().GetProperties().SelectMany(property => Flatten(property.GetValue(owner)!, path + property.Name + '.')).ToDictionary(),
    };

    private static string Places(string sentence) => string.Join(' ', PlacePattern().Matches(sentence).Select(match => match.Value).Order(StringComparer.Ordinal));

    [GeneratedRegex("\\{[0-9]\\}", RegexOptions.None, 1000)]
    private static partial Regex PlacePattern();
}
