using System.Diagnostics;
using Credentials.Schema;

namespace Credentials.Tests.Schema;

/// <summary>Schemas that are none, that ask for more than is done here, or that were made to do harm.</summary>
public sealed class SchemaRefusalTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData("""{"type":"object"}""", "/$schema")]
    [InlineData("""{"$schema":7}""", "/$schema")]
    [InlineData("true", "/$schema")]
    [InlineData("[]", "/$schema")]
    public void A_schema_without_its_dialect_is_not_processed(string schema, string pointer)
    {
        Problem problem = JsonSchema.Read(SchemaText.Json(schema)).Problem!;
        Assert.Equal((ProblemCode.MalformedValueError, pointer), (problem.Code, problem.Pointer));
    }

    [Theory]
    [InlineData("http://json-schema.org/draft-07/schema#")]
    [InlineData("http://json-schema.org/draft-04/schema#")]
    [InlineData("https://example.edu/my-dialect")]
    public void Another_dialect_is_not_supported(string dialect) =>
        Assert.Equal(ProblemCode.Unsupported, JsonSchema.Read(SchemaText.Json($$"""{"$schema":"{{dialect}}"}""")).Problem?.Code);

    [Theory]
    [InlineData("\"dependencies\":{}", "/dependencies")]
    [InlineData("\"$vocabulary\":{}", "/$vocabulary")]
    [InlineData("\"minimun\":1", "/minimun")]
    [InlineData("\"properties\":{\"a\":{\"nullable\":true}}", "/properties/a/nullable")]
    [InlineData("\"anyOf\":[true,{\"unknown\":1}]", "/anyOf/1/unknown")]
    [InlineData("\"$ref\":\"https://example.edu/other.json\"", "/$ref")]
    [InlineData("\"$ref\":\"other.json#/a\"", "/$ref")]
    [InlineData("\"$ref\":\"file:///etc/passwd\"", "/$ref")]
    [InlineData("\"$defs\":{\"a\":{\"$schema\":\"http://json-schema.org/draft-07/schema#\"}}", "/$defs/a/$schema")]
    [InlineData("\"pattern\":\"(?=a)b\"", "/pattern")]
    [InlineData("\"pattern\":\"(a)\\\\1\"", "/pattern")]
    [InlineData("\"patternProperties\":{\"(?!a)\":true}", "/patternProperties")]
    public void What_is_not_known_is_not_passed_over(string schema, string pointer)
    {
        Problem problem = SchemaText.Read(schema).Problem!;
        Assert.Equal((ProblemCode.Unsupported, pointer), (problem.Code, problem.Pointer));
    }

    [Theory]
    [InlineData("\"type\":\"text\"", "/type")]
    [InlineData("\"type\":[]", "/type")]
    [InlineData("\"type\":[\"string\",\"string\"]", "/type")]
    [InlineData("\"enum\":1", "/enum")]
    [InlineData("\"multipleOf\":0", "/multipleOf")]
    [InlineData("\"maximum\":\"1\"", "/maximum")]
    [InlineData("\"maximum\":1e1000", "/maximum")]
    [InlineData("\"minLength\":-1", "/minLength")]
    [InlineData("\"minLength\":1.5", "/minLength")]
    [InlineData("\"pattern\":1", "/pattern")]
    [InlineData("\"items\":[true]", "/items")]
    [InlineData("\"allOf\":[]", "/allOf")]
    [InlineData("\"anyOf\":[1]", "/anyOf")]
    [InlineData("\"properties\":{\"a\":1}", "/properties")]
    [InlineData("\"required\":[\"a\",\"a\"]", "/required")]
    [InlineData("\"required\":true", "/required")]
    [InlineData("\"dependentRequired\":{\"a\":\"b\"}", "/dependentRequired")]
    [InlineData("\"uniqueItems\":\"true\"", "/uniqueItems")]
    [InlineData("\"$id\":\"https://x.example/#a\"", "/$id")]
    [InlineData("\"$anchor\":\"1a\"", "/$anchor")]
    [InlineData("\"$ref\":\"#/$defs/nowhere\"", "/$ref")]
    [InlineData("\"$ref\":\"#nowhere\"", "/$ref")]
    [InlineData("\"$ref\":7", "/$ref")]
    [InlineData("\"$defs\":{\"a\":{\"$anchor\":\"x\"},\"b\":{\"$anchor\":\"x\"}}", "/$defs/b")]
    public void A_schema_that_is_none_says_where(string schema, string pointer)
    {
        Problem problem = SchemaText.Read(schema).Problem!;
        Assert.Equal((ProblemCode.MalformedValueError, pointer), (problem.Code, problem.Pointer));
    }

    [Theory]
    [InlineData("\"$ref\":\"#\"")]
    [InlineData("\"$defs\":{\"a\":{\"$ref\":\"#/$defs/b\"},\"b\":{\"$ref\":\"#/$defs/a\"}},\"$ref\":\"#/$defs/a\"")]
    [InlineData("\"$dynamicAnchor\":\"a\",\"$dynamicRef\":\"#a\"")]
    [InlineData("\"not\":{\"$ref\":\"#\"}")]
    [InlineData("\"if\":{\"$ref\":\"#\"}")]
    [InlineData("\"anyOf\":[{\"$ref\":\"#\"},{\"$ref\":\"#\"},{\"$ref\":\"#\"}]")]
    [InlineData("\"oneOf\":[{\"$ref\":\"#\"},{\"$ref\":\"#\"},true]")]
    public void A_schema_that_goes_round_in_a_circle_tells_nothing_and_soon(string schema) => TellsNothingSoon(schema, "{}");

    [Fact]
    public void A_schema_that_doubles_itself_tells_nothing_and_soon()
    {
        // Each step applies the next one twice: 2^40 in all.
        string steps = string.Join(',', Enumerable.Range(0, 40).Select(i => $"\"s{i}\":{{\"allOf\":[{{\"$ref\":\"#/$defs/s{i + 1}\"}},{{\"$ref\":\"#/$defs/s{i + 1}\"}}]}}"));
        TellsNothingSoon($"\"$ref\":\"#/$defs/s0\",\"$defs\":{{{steps},\"s40\":true}}", "{}");
    }

    [Fact]
    public void A_long_list_that_must_be_of_different_items_tells_nothing_and_soon() =>
        TellsNothingSoon("\"uniqueItems\":true", $"[{string.Join(',', Enumerable.Range(0, 20_000))}]");

    [Fact]
    public void A_number_too_long_to_compare_tells_nothing()
    {
        TellsNothingSoon("\"maximum\":1", "1e9999");
        TellsNothingSoon("\"multipleOf\":3", "1" + new string('0', 1000));
    }

    [Theory]
    [InlineData("^(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab")]
    [InlineData("^(([a-z])+.)+[A-Z]([a-z])+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("(x+x+)+y", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    [InlineData("^(a|a)*$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab")]
    public void A_pattern_made_to_blow_up_is_matched_soon(string pattern, string text)
    {
        var watch = Stopwatch.StartNew();
        Assert.Equal(SchemaOutcome.DoesNotFit, SchemaText.Validate($"\"pattern\":\"{pattern}\"", $"\"{text}{text}{text}\"").Outcome);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Soon);
    }

    [Theory]
    [InlineData("(a{1000}){1000}")]
    [InlineData("((((a{9}){9}){9}){9}){9}")]
    [InlineData("a{2147483647}")]
    [InlineData("a{99999999999}")]
    public void A_pattern_of_huge_repetitions_is_not_supported(string pattern) =>
        Assert.Equal(ProblemCode.Unsupported, SchemaText.Read($"\"pattern\":\"{pattern}\"").Problem?.Code);

    [Fact]
    public void A_long_text_against_many_patterns_tells_nothing_and_soon()
    {
        string patterns = string.Join(',', Enumerable.Range(0, 100).Select(i => $"{{\"pattern\":\"^(a|b|{i}){{1,30}}$\"}}"));
        TellsNothingSoon($"\"anyOf\":[{patterns}]", $"\"{new string('a', 900_000)}\"");
    }

    [Fact]
    public void Patterns_that_are_huge_all_together_are_not_supported()
    {
        string patterns = string.Join(',', Enumerable.Range(0, 100).Select(i => $"{{\"pattern\":\"^(a|b|{i}){{1,300}}$\"}}"));
        var watch = Stopwatch.StartNew();
        Assert.Equal(ProblemCode.Unsupported, SchemaText.Read($"\"anyOf\":[{patterns}]").Problem?.Code);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Soon);
    }

    private static void TellsNothingSoon(string schema, string instance)
    {
        JsonSchema read = SchemaText.Read(schema).Require();
        var watch = Stopwatch.StartNew();
        SchemaVerdict verdict = read.Validate(SchemaText.Json(instance));
        Assert.Equal((SchemaOutcome.CannotTell, ProblemCode.Unsupported), (verdict.Outcome, verdict.Problem?.Code));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Soon);
    }
}
