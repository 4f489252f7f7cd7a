using System.Globalization;

namespace Credentials.JsonLd.Tests.ToRdf;

/// <summary>Values that are no texts, in their lexical forms.</summary>
public sealed class LiteralTests
{
    [Theory]
    [InlineData("5", "5", "integer")]
    [InlineData("-0", "0", "integer")]
    [InlineData("5.0", "5", "integer")]
    [InlineData("100000000000000000000", "100000000000000000000", "integer")]
    [InlineData("1e21", "1.0E21", "double")]
    [InlineData("5.3", "5.3E0", "double")]
    [InlineData("-0.00012", "-1.2E-4", "double")]
    [InlineData("0.1", "1.0E-1", "double")]
    [InlineData("5e-324", "4.940656458412465E-324", "double")]
    public void Numbers_have_the_canonical_form_of_their_type(string number, string lexical, string datatype) =>
        Assert.Equal($"<urn:a> <urn:p> \"{lexical}\"^^<http://www.w3.org/2001/XMLSchema#{datatype}> .\n", Trial.Quads($$$$"""{"@id": "urn:a", "urn:p": {{{{number}}}}}"""));

    [Theory]
    [InlineData("0", "0.0E0")]
    [InlineData("7", "7.0E0")]
    public void A_number_that_is_said_to_be_a_double_is_one(string number, string lexical) =>
        Assert.Equal(
            $"<urn:a> <urn:p> \"{lexical}\"^^<http://www.w3.org/2001/XMLSchema#double> .\n",
            Trial.Quads($$$$"""{"@id": "urn:a", "urn:p": {"@value": {{{{number}}}}, "@type": "http://www.w3.org/2001/XMLSchema#double"}}"""));

    [Theory]
    [InlineData("1e999")]
    [InlineData("-1e999")]
    public void Refuses_a_number_that_is_larger_than_a_double(string number)
    {
        Assert.Equal("invalid value object value", Trial.Refused($$$$"""{"@id": "urn:a", "urn:p": {{{{number}}}}}""").Code);
        Assert.Equal("invalid value object value", Trial.Refused($$$$"""{"@id": "urn:a", "urn:p": {"@type": "@json", "@value": [{{{{number}}}}]}}""").Code);
    }

    [Theory]
    [InlineData("333333333.33333329", "333333333.3333333")]
    [InlineData("1E30", "1e+30")]
    [InlineData("4.50", "4.5")]
    [InlineData("2e-3", "0.002")]
    [InlineData("0.000000000000000000000000001", "1e-27")]
    [InlineData("123456789012345680000", "123456789012345680000")]
    [InlineData("1.5e300", "1.5e+300")]
    [InlineData("-0", "0")]
    [InlineData("0.000001", "0.000001")]
    public void Numbers_in_JSON_literals_are_written_as_ECMAScript_does(string number, string canonical) =>
        Assert.Contains($"\"[{canonical}]\"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON>", Trial.Quads($$$$"""{"@id": "urn:a", "urn:p": {"@type": "@json", "@value": [{{{{number}}}}]}}"""), StringComparison.Ordinal);

    [Fact]
    public void Members_of_JSON_literals_are_sorted_by_their_code_units() =>
        Assert.Contains(
            "\"{\\\"\\\\r\\\":1,\\\"1\\\":2,\\\"\u0080\\\":3,\\\"\U0001F600\\\":4,\\\"\uFB33\\\":5}\"",
            Trial.Quads("""{"@id": "urn:a", "urn:p": {"@type": "@json", "@value": {"\ufb33": 5, "\ud83d\ude00": 4, "\u0080": 3, "1": 2, "\r": 1}}}"""),
            StringComparison.Ordinal);

    [Fact]
    public void Digits_do_not_depend_on_the_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Contains("\"1.5E0\"", Trial.Quads("""{"@id": "urn:a", "urn:p": 1.5}"""), StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void One_node_under_two_indexes_is_refused() =>
        Assert.Equal("conflicting indexes", Trial.Refused("""[{"@id": "urn:a", "@index": "1", "urn:p": 1}, {"@id": "urn:a", "@index": "2", "urn:p": 1}]""", new JsonLdOptions { Safe = false }).Code);

    [Fact]
    public void Labels_of_the_document_never_meet_those_that_are_made() =>
        Assert.Equal(
            "_:b0 <urn:p> _:b1 .\n",
            Trial.Quads("""{"urn:p": {"@id": "_:b0"}}"""));
}
