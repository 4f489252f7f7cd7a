using System.Text.Json;
using System.Text.RegularExpressions;
using Credentials.TestKit;

namespace Credentials.WalletWeb.Tests;

public sealed class LanguageTests
{
    private static readonly string s_folder = Path.Combine(Repository.Root, "src", "Credentials.WalletWeb");

    private static readonly string[] s_tags = [.. Directory.GetFiles(Path.Combine(s_folder, "Languages"), "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Where(tag => tag != "en")];

    public static TheoryData<string> Others => [.. s_tags];

    [Theory]
    [MemberData(nameof(Others))]
    public void Says_everything_that_English_says_and_nothing_else(string tag)
    {
        Dictionary<string, string> english = Read("en"), words = Read(tag);

        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), words.Keys.Order(StringComparer.Ordinal));
        Assert.All(words, word => Assert.False(string.IsNullOrWhiteSpace(word.Value), word.Key));
        Assert.All(english, word => Assert.True(Places(word.Value).SequenceEqual(Places(words[word.Key])), word.Key));
        Assert.Equal(tag, words["tag"]);
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void Leaves_no_sentence_in_English(string tag)
    {
        Dictionary<string, string> english = Read("en"), words = Read(tag);

        Assert.DoesNotContain(words, word => word.Value.Length > 12 && word.Value == english[word.Key]);
    }

    [Fact]
    public void There_are_at_least_the_four_that_were_asked_for() => Assert.Superset(new HashSet<string>(["es", "ar", "zh-Hans"], StringComparer.Ordinal), s_tags.ToHashSet(StringComparer.Ordinal));

    [Fact]
    public void Every_word_is_used()
    {
        string sources = string.Concat(Directory.GetFiles(Path.Combine(s_folder, "App"), "*.ts", SearchOption.AllDirectories).Where(file => !file.Contains("node_modules", StringComparison.Ordinal)).Select(File.ReadAllText))
            + File.ReadAllText(Path.Combine(s_folder, "Files", "Shell.cs"));

        // A key that is made up at run time is named by its beginning: `claim.${...}`.
        Assert.DoesNotContain(Read("en").Keys, key => !sources.Contains($"'{key}'", StringComparison.Ordinal) && !sources.Contains($"\"{key}\"", StringComparison.Ordinal)
            && !sources.Contains($"`{key[..(key.LastIndexOf('.') + 1)]}${{", StringComparison.Ordinal) && !key.StartsWith("refusal.", StringComparison.Ordinal)
            && !sources.Contains($"words.{key}", StringComparison.Ordinal) && !sources.Contains($"`check.${{verdict}}Text`", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_refusal_that_can_be_said_is_one_that_the_code_makes()
    {
        string sources = string.Concat(Directory.GetFiles(Path.Combine(s_folder, "App"), "*.ts", SearchOption.AllDirectories).Where(file => !file.Contains("node_modules", StringComparison.Ordinal)).Select(File.ReadAllText));

        Assert.DoesNotContain(Read("en").Keys, key => key.StartsWith("refusal.", StringComparison.Ordinal) && !sources.Contains($"'{key["refusal.".Length..]}'", StringComparison.Ordinal));
    }

    private static Dictionary<string, string> Read(string tag) => JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path.Combine(s_folder, "Languages", tag + ".json")))!;

    private static IEnumerable<string> Places(string text) => Regex.Matches(text, @"\{\w+\}", RegexOptions.None, TimeSpan.FromSeconds(1)).Select(match => match.Value).Order(StringComparer.Ordinal);
}
