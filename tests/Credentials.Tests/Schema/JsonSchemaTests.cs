using Credentials.Schema;

namespace Credentials.Tests.Schema;

/// <summary>What each keyword takes and refuses.</summary>
public sealed class JsonSchemaTests
{
    private const string Email = """
        "$id":"https://example.com/schemas/email.json","title":"EmailCredential","type":"object",
        "properties":{"credentialSubject":{"type":"object","properties":{"emailAddress":{"type":"string","format":"email"} },"required":["emailAddress"]} }
        """;

    [Fact]
    public void The_example_of_the_specification_fits_or_not()
    {
        Assert.Equal(SchemaOutcome.Fits, SchemaText.Validate(Email, """{"credentialSubject":{"id":"did:example:1","emailAddress":"subject@example.com"}}""").Outcome);

        SchemaVerdict verdict = SchemaText.Validate(Email, """{"credentialSubject":{"firstName":"Nicolas"}}""");
        Assert.Equal(SchemaOutcome.DoesNotFit, verdict.Outcome);
        Assert.Equal((ProblemCode.SchemaValidationError, "/credentialSubject"), (verdict.Problem!.Code, verdict.Problem.Pointer));
        Assert.Contains("emailAddress", verdict.Problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"type\":\"integer\"", "1.0", "1.5")]
    [InlineData("\"type\":[\"string\",\"null\"]", "null", "0")]
    [InlineData("\"const\":{\"a\":1,\"b\":[true]}", """{"b":[true],"a":1.0}""", """{"b":[true],"a":2}""")]
    [InlineData("\"enum\":[1,\"a\",null]", "\"a\"", "\"b\"")]
    [InlineData("\"multipleOf\":0.01", "19.99", "19.999")]
    [InlineData("\"multipleOf\":0.123456789", "12345678900", "1e308")]
    [InlineData("\"maximum\":100", "1e2", "100.00000000000000000001")]
    [InlineData("\"exclusiveMaximum\":0", "-1e-300", "0")]
    [InlineData("\"minimum\":9007199254740993", "9007199254740993", "9007199254740992")]
    [InlineData("\"exclusiveMinimum\":0", "1e-300", "0.0")]
    [InlineData("\"maxLength\":2", "\"𠮷𠮷\"", "\"abc\"")]
    [InlineData("\"minLength\":2", "\"ab\"", "\"𠮷\"")]
    [InlineData("\"pattern\":\"^[0-9]{4}$\"", "\"2026\"", "\"20260\"")]
    [InlineData("\"maxItems\":1", "[1]", "[1,2]")]
    [InlineData("\"minItems\":1", "[1]", "[]")]
    [InlineData("\"uniqueItems\":true", "[1,\"1\",[1]]", "[1,{\"a\":1},1.0]")]
    [InlineData("\"prefixItems\":[{\"type\":\"string\"}],\"items\":{\"type\":\"number\"}", "[\"a\",1,2]", "[\"a\",\"b\"]")]
    [InlineData("\"contains\":{\"const\":1},\"minContains\":2,\"maxContains\":3", "[1,2,1]", "[1,1,1,1]")]
    [InlineData("\"required\":[\"a\"]", """{"a":null}""", """{"b":1}""")]
    [InlineData("\"maxProperties\":1", "{}", """{"a":1,"b":1}""")]
    [InlineData("\"minProperties\":1", """{"a":1}""", "{}")]
    [InlineData("\"dependentRequired\":{\"a\":[\"b\"]}", """{"b":1}""", """{"a":1}""")]
    [InlineData("\"dependentSchemas\":{\"a\":{\"minProperties\":2}}", """{"a":1,"b":1}""", """{"a":1}""")]
    [InlineData("\"propertyNames\":{\"pattern\":\"^[a-z]+$\"}", """{"a":1}""", """{"A":1}""")]
    [InlineData("\"properties\":{\"a\":true},\"patternProperties\":{\"^x\":{\"type\":\"number\"}},\"additionalProperties\":false", """{"a":0,"xy":1}""", """{"a":0,"b":1}""")]
    [InlineData("\"patternProperties\":{\"^x\":{\"type\":\"number\"}}", """{"xy":1}""", """{"xy":"1"}""")]
    [InlineData("\"allOf\":[{\"minimum\":1},{\"maximum\":2}]", "1", "3")]
    [InlineData("\"anyOf\":[{\"type\":\"string\"},{\"minimum\":1}]", "1", "0")]
    [InlineData("\"oneOf\":[{\"multipleOf\":2},{\"multipleOf\":3}]", "4", "6")]
    [InlineData("\"not\":{\"type\":\"string\"}", "1", "\"a\"")]
    [InlineData("\"if\":{\"required\":[\"a\"]},\"then\":{\"required\":[\"b\"]},\"else\":{\"required\":[\"c\"]}", """{"a":1,"b":1}""", """{"a":1,"c":1}""")]
    [InlineData("\"allOf\":[{\"properties\":{\"a\":true}}],\"unevaluatedProperties\":false", """{"a":1}""", """{"a":1,"b":1}""")]
    [InlineData("\"anyOf\":[{\"prefixItems\":[true]},{\"prefixItems\":[true,{\"const\":2}]}],\"unevaluatedItems\":false", "[1,2]", "[1,3]")]
    [InlineData("\"$defs\":{\"n\":{\"type\":\"number\"}},\"items\":{\"$ref\":\"#/$defs/n\"}", "[1]", "[\"1\"]")]
    [InlineData("\"$defs\":{\"a~b/c d\":{\"$anchor\":\"n\",\"type\":\"number\"}},\"items\":{\"$ref\":\"#/$defs/a~0b~1c%20d\"},\"contains\":{\"$ref\":\"#n\"}", "[1]", "[\"1\"]")]
    [InlineData("\"properties\":{\"child\":{\"$ref\":\"#\"},\"a\":{\"type\":\"number\"}},\"additionalProperties\":false", """{"child":{"child":{"a":1}}}""", """{"child":{"child":{"a":"1"}}}""")]
    [InlineData("\"$id\":\"https://x.example/a\",\"$defs\":{\"b\":{\"$id\":\"b\",\"type\":\"number\"}},\"items\":{\"$ref\":\"https://x.example/b\"}", "[1]", "[true]")]
    [InlineData("\"properties\":{\"s\":{\"$ref\":\"https://json-schema.org/draft/2020-12/schema\"}}", """{"s":{"type":"string","myOwn":1}}""", """{"s":{"type":"text"}}""")]
    [InlineData("\"items\":false", "[]", "[1]")]
    public void A_keyword_takes_what_it_should_and_refuses_the_rest(string schema, string fits, string doesNot)
    {
        SchemaVerdict good = SchemaText.Validate(schema, fits);
        Assert.True(good.Outcome == SchemaOutcome.Fits && good.Problem is null, good.Problem?.Detail);
        Assert.Equal((SchemaOutcome.DoesNotFit, ProblemCode.SchemaValidationError), (SchemaText.Validate(schema, doesNot).Outcome, SchemaText.Validate(schema, doesNot).Problem?.Code));
    }

    [Theory]
    [InlineData("\"minLength\":9")]
    [InlineData("\"pattern\":\"^x$\"")]
    [InlineData("\"maximum\":-1")]
    [InlineData("\"minItems\":9")]
    [InlineData("\"required\":[\"x\"]")]
    [InlineData("\"contains\":false")]
    [InlineData("\"uniqueItems\":true,\"unevaluatedProperties\":false,\"unevaluatedItems\":false")]
    public void A_keyword_of_one_type_says_nothing_of_another(string schema) =>
        Assert.Equal(SchemaOutcome.Fits, SchemaText.Validate(schema, "true").Outcome);

    [Theory]
    [InlineData("\"format\":\"email\"", "\"no address\"")]
    [InlineData("\"contentMediaType\":\"application/json\",\"contentSchema\":{\"type\":\"object\"}", "\"{\"")]
    [InlineData("\"title\":\"t\",\"description\":\"d\",\"default\":1,\"deprecated\":true,\"readOnly\":true,\"writeOnly\":false,\"examples\":[1],\"$comment\":\"c\",\"lang\":\"en\",\"dir\":\"ltr\",\"x-ours\":{}", "\"a\"")]
    public void An_annotation_decides_nothing(string schema, string instance) =>
        Assert.Equal(SchemaOutcome.Fits, SchemaText.Validate(schema, instance).Outcome);

    [Fact]
    public void The_outermost_dynamic_anchor_wins()
    {
        const string Tree = """
            "$id":"https://x.example/strict","$dynamicAnchor":"node","$ref":"tree","unevaluatedProperties":false,
            "$defs":{"tree":{"$id":"tree","$dynamicAnchor":"node","type":"object","properties":{"data":true,"children":{"type":"array","items":{"$dynamicRef":"#node"} } } } }
            """;
        Assert.Equal(SchemaOutcome.Fits, SchemaText.Validate(Tree, """{"children":[{"data":1}]}""").Outcome);
        Assert.Equal(SchemaOutcome.DoesNotFit, SchemaText.Validate(Tree, """{"children":[{"daat":1}]}""").Outcome);
    }

    [Fact]
    public void A_relative_reference_is_relative_to_where_the_schema_came_from() =>
        Assert.True(SchemaText.Read("\"items\":{\"$ref\":\"https://example.edu/s.json#/$defs/a\"},\"$defs\":{\"a\":true}", new Uri("https://example.edu/s.json#x")).Ok);

    [Fact]
    public void A_fault_is_told_at_the_pointer_of_the_value() =>
        Assert.Equal("/a~1b/1", SchemaText.Validate("\"properties\":{\"a/b\":{\"items\":{\"type\":\"number\"}}}", """{"a/b":[1,"2"]}""").Problem!.Pointer);

    [Fact]
    public void The_common_part_of_draft_2019_09_is_read()
    {
        JsonSchema schema = JsonSchema.Read(SchemaText.Json("""{"$schema":"https://json-schema.org/draft/2019-09/schema#","type":"object","$defs":{"a":{"type":"string"}},"properties":{"a":{"$ref":"#/$defs/a"}},"required":["a"]}""")).Require();
        Assert.Equal(SchemaOutcome.Fits, schema.Validate(SchemaText.Json("""{"a":"x"}""")).Outcome);
        Assert.Equal(SchemaOutcome.DoesNotFit, schema.Validate(SchemaText.Json("""{"a":1}""")).Outcome);
    }

    [Theory]
    [InlineData("\"items\":[{}]")]
    [InlineData("\"additionalItems\":false")]
    [InlineData("\"prefixItems\":[true]")]
    [InlineData("\"$recursiveRef\":\"#\"")]
    [InlineData("\"unevaluatedItems\":false")]
    public void What_draft_2019_09_means_otherwise_is_not_supported(string members) =>
        Assert.Equal(ProblemCode.Unsupported, JsonSchema.Read(SchemaText.Json($"{{\"$schema\":\"https://json-schema.org/draft/2019-09/schema\",{members}}}")).Problem?.Code);
}
