using System.Text.Json;
using Credentials.Schema;

namespace Credentials.Tests.Schema;

/// <summary>Patterns mean what ECMA-262 says, not what .NET would make of them.</summary>
public sealed class EcmaPatternTests
{
    [Theory]
    [InlineData(@"^\d$", "7", "٧")]
    [InlineData(@"^\D$", "٧", "7")]
    [InlineData(@"^\w+$", "a_9", "é")]
    [InlineData(@"^\W$", "é", "a")]
    [InlineData(@"^\s$", "\uFEFF", "\u0085")]
    [InlineData(@"^\S$", "\u0085", "\u00A0")]
    [InlineData("^a$", "a", "a\n")]
    [InlineData("^.$", "\u0085", "\r")]
    [InlineData("^.$", "𠮷", "ab")]
    [InlineData("^..$", "ab", "𠮷")]
    [InlineData("^[^a]$", "𠮷", "a")]
    [InlineData(@"^[\s\S]*$", "a\n𠮷", null)]
    [InlineData(@"^[^\S]$", " ", "𠮷")]
    [InlineData(@"^\S$", "𠮷", " ")]
    [InlineData("^𠮷{2}$", "𠮷𠮷", "𠮷")]
    [InlineData("^[[a]$", "[", "]")]
    [InlineData("^[a-z-[b]$", "[", "]")]
    [InlineData(@"^\p{Letter}+$", "Üб", "a1")]
    [InlineData(@"^\P{Lu}$", "a", "A")]
    [InlineData(@"^[\p{L}\d]+$", "é7", "-")]
    [InlineData("^(?<year>[0-9]{4})$", "2026", "202")]
    [InlineData("^(?:a|b){2,}?$", "ab", "a")]
    [InlineData(@"^\u00e9\x41\0$", "éA\0", "eA\0")]
    [InlineData(@"^\/\.\-?$", "/.", "x.")]
    [InlineData("es", "tests", "tss")]
    [InlineData(@"^(-?[0-9]{4,})-(0[1-9]|1[0-2])-([0-2][0-9]|3[01])T.*(Z|[+\-][0-9]{2}:[0-9]{2})$", "2026-06-30T12:00:00Z", "2026-13-30T12:00:00Z")]
    public void A_pattern_matches_what_it_means(string pattern, string matches, string? doesNot)
    {
        // "\-" outside of a class is a mistake in ECMA-262 with u.
        string meant = pattern.Replace(@"\.\-?", @"\.", StringComparison.Ordinal);
        Assert.Equal(SchemaOutcome.Fits, Validate(meant, matches));
        if (doesNot is not null)
        {
            Assert.Equal(SchemaOutcome.DoesNotFit, Validate(meant, doesNot));
        }
    }

    [Fact]
    public void A_letter_that_is_not_known_to_be_one_tells_nothing() =>
        Assert.Equal(SchemaOutcome.CannotTell, Validate(@"^\p{L}$", "𠮷"));

    [Theory]
    [InlineData("(")]
    [InlineData(")")]
    [InlineData("[")]
    [InlineData("[]")]
    [InlineData("[^]")]
    [InlineData("a**")]
    [InlineData("*a")]
    [InlineData("a{2,1}")]
    [InlineData("a{x}")]
    [InlineData("a{")]
    [InlineData("}")]
    [InlineData(@"\")]
    [InlineData(@"\a")]
    [InlineData(@"\-")]
    [InlineData(@"\b")]
    [InlineData(@"\k<a>")]
    [InlineData(@"\uD83D")]
    [InlineData(@"\u{1F600}")]
    [InlineData(@"\p{Script=Han}")]
    [InlineData(@"\p{IsGreek}")]
    [InlineData(@"\pL")]
    [InlineData("[𠮷]")]
    [InlineData("(?i)a")]
    [InlineData("(?#comment)")]
    [InlineData("(?<=a)b")]
    [InlineData("(?>a)")]
    [InlineData("(?(a)b|c)")]
    [InlineData("[z-a]")]
    public void What_is_no_pattern_or_is_not_translated_is_refused(string pattern) =>
        Assert.Equal(ProblemCode.Unsupported, SchemaText.Read($"\"pattern\":{JsonSerializer.Serialize(pattern)}").Problem?.Code);

    private static SchemaOutcome Validate(string pattern, string text) => SchemaText.Validate($"\"pattern\":{JsonSerializer.Serialize(pattern)}", JsonSerializer.Serialize(text)).Outcome;
}
