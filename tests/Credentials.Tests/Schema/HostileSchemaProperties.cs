using System.Text.Json;
using Credentials.Encoding;
using Credentials.Schema;
using Credentials.TestKit;
using Credentials.Tests.Canonicalization;
using Credentials.Tests.DataModel;
using FsCheck;
using FsCheck.Fluent;

namespace Credentials.Tests.Schema;

/// <summary>Schemas and instances that were spoiled at random: each is read or a problem, each fits or does not, none throws.</summary>
public sealed class HostileSchemaProperties
{
    private static readonly byte[] Schema = Utf8.Bytes("""
        {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://x.example/s","$defs":{"a":{"$anchor":"a","type":["string","null"],"pattern":"^[a-z]{1,9}$"},"b":{"$dynamicAnchor":"b","multipleOf":0.5,"maximum":1e3}},
         "type":"object","required":["id"],"properties":{"id":{"$ref":"#a"},"n":{"$dynamicRef":"#b"},"list":{"prefixItems":[true],"items":{"$ref":"#/$defs/a"},"uniqueItems":true,"contains":{"const":"x"},"minContains":0}},
         "patternProperties":{"^x-":{"enum":[1,{"a":[]}]}},"propertyNames":{"maxLength":40},"anyOf":[{"required":["n"]},{"not":{"required":["list"]}}],"if":{"required":["n"]},"then":{"minProperties":2},"dependentRequired":{"n":["id"]},"unevaluatedProperties":{"type":"number"}}
        """);

    private static readonly byte[] Instance = Utf8.Bytes("""{"id":"abc","n":2.5,"list":[7,"x","y",null],"x-a":{"a":[]},"more":1}""");

    private static Gen<int> Numbers => ArbMap.Default.GeneratorFor<int>();

    [Fact]
    public void Whole_the_one_fits_the_other() => Assert.Equal(SchemaOutcome.Fits, JsonSchema.Read(SchemaText.Json(Utf8.Text(Schema))).Require().Validate(SchemaText.Json(Utf8.Text(Instance))).Outcome);

    [Fact]
    public void A_schema_with_any_json_somewhere_is_read_or_a_problem() => Randomised.ForAll(
        Numbers.SelectMany(_ => JsonText.Values, (at, value) => JsonMutation.Replace(Schema, at, value)),
        text => IsAnswered(text, Instance));

    [Fact]
    public void A_schema_with_bytes_changed_is_read_or_a_problem() => Randomised.ForAll(
        Numbers.ListOf(),
        seeds => IsAnswered(JsonMutation.Mutate(Schema, seeds), Instance));

    [Fact]
    public void An_instance_with_any_json_somewhere_fits_or_does_not() => Randomised.ForAll(
        Numbers.SelectMany(_ => JsonText.Values, (at, value) => JsonMutation.Replace(Instance, at, value)),
        text => IsAnswered(Schema, text));

    [Fact]
    public void Any_text_is_a_pattern_or_none_and_ends_soon() => Randomised.ForAll(
        Gen.Elements("a", "b", "é", "𠮷", "\\d", "\\S", "\\p{L}", "[", "]", "^", "-", "(", ")", "(?:", "|", "*", "+", "?", "{2}", "{1,9}", ".", "$", "\\", "\\u00e9", "1").ListOf().Select(string.Concat),
        pattern => SchemaText.Read($"\"pattern\":{JsonSerializer.Serialize(pattern)}") is not { Value: { } schema } || schema.Validate(SchemaText.Json(JsonSerializer.Serialize(new string('a', 2000) + pattern))).Outcome is SchemaOutcome.Fits or SchemaOutcome.DoesNotFit or SchemaOutcome.CannotTell);

    private static bool IsAnswered(byte[] schema, byte[] instance)
    {
        Parsed<JsonDocument> json = StrictJson.Parse(schema);
        Parsed<JsonDocument> value = StrictJson.Parse(instance);
        if (!json.Ok || !value.Ok)
        {
            return true;
        }

        Parsed<JsonSchema> read = JsonSchema.Read(json.Value.RootElement);
        return read.Ok
            ? read.Value.Validate(value.Value.RootElement) is var verdict && (verdict.Outcome == SchemaOutcome.Fits) == (verdict.Problem is null)
            : read.Problem.Code is ProblemCode.MalformedValueError or ProblemCode.Unsupported;
    }
}
