namespace Credentials.JsonLd.Tests.ToRdf;

/// <summary>Safe mode: what a signature would not cover is refused, and the place is named.</summary>
public sealed class SafeModeTests
{
    private const string Context = """{"@vocab": "urn:v:", "id": "@id", "type": "@type", "knows": {"@type": "@id"}, "kind": {"@type": "@vocab"}, "bare": null, "ex": "urn:ex:"}""";

    [Fact]
    public void Takes_a_document_of_which_nothing_is_dropped() =>
        Assert.Equal("<urn:a> <urn:v:name> \"A\" .\n", Trial.Quads($$$$"""{"@context": {{{{Context}}}}, "id": "urn:a", "name": "A"}"""));

    [Fact]
    public void Refuses_a_term_that_no_context_defines() =>
        Refused("""{"@context": "https://www.w3.org/ns/credentials/v2", "type": "VerifiableCredential", "credentialSubject": {"grade": "A"}}""", "/credentialSubject/grade");

    [Fact]
    public void Refuses_a_term_that_a_context_maps_to_null() =>
        Refused($$$$"""{"@context": {{{{Context}}}}, "id": "urn:a", "bare": "lost"}""", "/bare");

    [Fact]
    public void Refuses_a_member_that_has_the_form_of_a_keyword() =>
        Refused($$$$"""{"@context": {{{{Context}}}}, "id": "urn:a", "@foo": "lost"}""", "/@foo");

    [Fact]
    public void Refuses_a_keyword_of_contexts_in_a_node() =>
        Refused($$$$"""{"@context": {{{{Context}}}}, "id": "urn:a", "@vocab": "lost"}""", "/@vocab");

    [Fact]
    public void Refuses_a_property_that_is_no_well_formed_IRI() =>
        Refused("""{"@id": "urn:a", "urn:with space": "lost"}""", "/urn:with space");

    [Fact]
    public void Refuses_a_property_that_is_a_blank_node() =>
        Refused("""{"@id": "urn:a", "_:p": "lost"}""", "/_:p");

    [Fact]
    public void Refuses_a_type_that_no_context_defines() =>
        Refused("""{"@context": "https://www.w3.org/ns/credentials/v2", "type": ["VerifiableCredential", "Diploma"]}""", "/type/1");

    [Fact]
    public void Refuses_a_type_that_has_the_form_of_a_keyword() =>
        Refused($$$$"""{"@context": {{{{Context}}}}, "id": "urn:a", "type": "@foo"}""", "/type");

    [Fact]
    public void Refuses_a_type_that_is_a_keyword() =>
        Refused($$$$"""{"@context": {{{{Context}}}}, "id": "urn:a", "type": ["@json"]}""", "");

    [Fact]
    public void Refuses_an_identifier_that_is_relative() =>
        Refused($$$$"""{"@context": {{{{Context}}}}, "id": "a", "name": "A"}""", "/id");

    [Fact]
    public void Takes_a_relative_identifier_where_there_is_a_base() =>
        Assert.Equal("<http://a.example/b> <urn:v:name> \"A\" .\n", Trial.Quads($$$$"""{"@context": {{{{Context}}}}, "id": "b", "name": "A"}""", new JsonLdOptions { Base = "http://a.example/x" }));

    [Fact]
    public void Refuses_an_identifier_that_has_the_form_of_a_keyword() =>
        Refused($$$$"""{"@context": {{{{Context}}}}, "id": "@foo", "name": "A"}""", "/id");

    [Fact]
    public void Refuses_an_identifier_with_a_space() =>
        Refused($$$$"""{"@context": {{{{Context}}}}, "id": "urn:a b", "name": "A"}""", "/id");

    [Fact]
    public void Refuses_a_reference_that_is_relative() =>
        Refused($$$$"""{"@context": {{{{Context}}}}, "id": "urn:a", "knows": ["urn:b", "c"]}""", "/knows/1");

    [Fact]
    public void Refuses_a_vocabulary_reference_that_is_relative() =>
        Refused("""{"@context": {"kind": {"@id": "urn:kind", "@type": "@vocab"}}, "@id": "urn:a", "kind": "lost"}""", "/kind");

    [Fact]
    public void Refuses_a_text_that_belongs_to_no_property() =>
        Refused($$$$"""{"@context": {{{{Context}}}}, "id": "urn:a", "@graph": ["lost"]}""", "/@graph/0");

    [Fact]
    public void Refuses_a_value_that_belongs_to_no_property() =>
        Refused("""[{"@value": "lost"}]""", "/0");

    [Fact]
    public void Refuses_a_list_that_belongs_to_no_property() =>
        Refused("""{"@list": ["lost"]}""", "/@list");

    [Fact]
    public void Refuses_a_node_of_which_nothing_is_said() =>
        Refused($$$$"""{"@context": {{{{Context}}}}, "@graph": [{"id": "urn:a"}]}""", "/@graph/0");

    [Fact]
    public void Refuses_an_empty_document() => Refused("{}", "");

    [Fact]
    public void Refuses_a_document_that_is_a_text() => Refused("\"lost\"", "");

    [Fact]
    public void Takes_nulls_which_say_nothing() =>
        Assert.Equal("<urn:a> <urn:v:name> \"A\" .\n", Trial.Quads($$$$"""{"@context": {{{{Context}}}}, "id": "urn:a", "name": ["A", null], "other": null}"""));

    [Fact]
    public void Refuses_an_array_in_a_list_whose_form_libraries_disagree_about() =>
        Refused($$$$"""{"@context": {{{{Context}}}}, "id": "urn:a", "name": {"@list": ["A", ["B"]]}}""", "/name/@list/1");

    [Fact]
    public void Takes_lists_of_lists_where_the_context_says_so() =>
        Assert.Equal(3, Trial.Quads("""{"@context": {"l": {"@id": "urn:l", "@container": "@list"}}, "@id": "urn:a", "l": [["A"], []]}""").Split("rdf-syntax-ns#rest> <http").Length);

    [Fact]
    public void Writes_languages_in_lower_case_as_the_libraries_of_the_field_do() =>
        Assert.Equal(
            "<urn:a> <urn:v:name> \"A\"@pt-br .\n<urn:a> <urn:v:other> \"B\"@en-gb .\n",
            string.Join('\n', Trial.Quads("""{"@context": {"@vocab": "urn:v:", "@language": "en-GB"}, "@id": "urn:a", "name": {"@value": "A", "@language": "pt-BR"}, "other": "B"}""").Split('\n').Order(StringComparer.Ordinal).Skip(1)) + "\n");

    [Fact]
    public void Refuses_a_value_object_that_is_null() =>
        Refused($$$$"""{"@context": {{{{Context}}}}, "id": "urn:a", "name": {"@value": null}}""", "/name");

    [Fact]
    public void Refuses_an_object_with_a_language_only() =>
        Refused($$$$"""{"@context": {{{{Context}}}}, "id": "urn:a", "name": {"@language": "en"}}""", "/name");

    [Fact]
    public void Refuses_a_node_with_a_language() =>
        Refused($$$$"""{"@context": {{{{Context}}}}, "id": "urn:a", "name": {"@language": "en", "other": "A"}}""", "/name");

    [Theory]
    [InlineData("en_GB")]
    [InlineData("abcdefghi")]
    [InlineData("1en")]
    [InlineData("en-")]
    [InlineData("")]
    public void Refuses_a_language_that_is_no_tag(string language) =>
        Refused($$$$"""{"@context": {{{{Context}}}}, "id": "urn:a", "name": {"@value": "A", "@language": "{{{{language}}}}"}}""", "/name/@language");

    [Fact]
    public void Refuses_a_language_map_with_what_is_no_tag() =>
        Refused("""{"@context": {"name": {"@id": "urn:name", "@container": "@language"}}, "@id": "urn:a", "name": {"en": "A", "e n": "lost"}}""", "/name/e n");

    [Fact]
    public void Refuses_a_default_language_that_is_no_tag() =>
        Refused("""{"@context": {"@vocab": "urn:v:", "@language": "en us"}, "@id": "urn:a", "name": "A"}""", "");

    [Fact]
    public void Refuses_a_context_that_defines_what_has_the_form_of_a_keyword() =>
        Refused("""{"@context": {"@vocab": "urn:v:", "@future": "urn:future"}, "@id": "urn:a", "name": "A"}""", "");

    [Fact]
    public void Refuses_a_context_that_maps_to_what_has_the_form_of_a_keyword() =>
        Refused("""{"@context": {"@vocab": "urn:v:", "future": "@future"}, "@id": "urn:a", "name": "A"}""", "");

    [Fact]
    public void Refuses_a_vocabulary_that_is_relative() =>
        Refused("""{"@context": {"@vocab": "here#"}, "@id": "urn:a", "name": "A"}""", "");

    [Fact]
    public void Refuses_an_index_which_RDF_does_not_keep() =>
        Refused($$$$"""{"@context": {{{{Context}}}}, "id": "urn:a", "name": {"@value": "A", "@index": "lost"}}""", "/name");

    [Fact]
    public void Refuses_an_index_map_which_RDF_does_not_keep() =>
        Refused("""{"@context": {"name": {"@id": "urn:name", "@container": "@index"}}, "@id": "urn:a", "name": {"lost": "A"}}""", "/name/lost");

    [Theory]
    [InlineData("\"lost\"")]
    [InlineData("""{"@list": ["lost"]}""")]
    [InlineData("""{"@id": "urn:lost"}""")]
    public void Refuses_what_says_nothing_in_a_graph(string value) =>
        Refused($$$$"""{"@context": {"g": {"@id": "urn:g", "@container": "@graph"}}, "@id": "urn:a", "g": {{{{value}}}}}""", "/g");

    [Fact]
    public void Refuses_what_says_nothing_in_a_map_of_graphs() =>
        Refused("""{"@context": {"g": {"@id": "urn:g", "@container": ["@graph", "@id"]}}, "@id": "urn:a", "g": {"urn:b": {"@id": "urn:lost"}}}""", "/g/urn:b");

    [Fact]
    public void Refuses_the_index_of_a_set() =>
        Refused($$$$"""{"@context": {{{{Context}}}}, "id": "urn:a", "name": {"@set": ["A"], "@index": "lost"}}""", "/name");

    [Fact]
    public void Refuses_a_direction_that_would_have_no_form_in_RDF()
    {
        const string Json = """{"@context": {"@vocab": "urn:v:"}, "@id": "urn:a", "name": {"@value": "A", "@direction": "rtl", "@language": "AR"}}""";
        Assert.Equal("/name", Trial.Refused(Json, new JsonLdOptions { Direction = RdfDirection.None }).Pointer);
        Assert.Equal("<urn:a> <urn:v:name> \"A\"^^<https://www.w3.org/ns/i18n#ar_rtl> .\n", Trial.Quads(Json));
    }

    [Fact]
    public void Drops_where_it_is_told_to() =>
        Assert.Equal("<urn:a> <urn:v:name> \"A\" .\n", Trial.Quads($$$$"""{"@context": {{{{Context}}}}, "id": "urn:a", "name": "A", "bare": "lost", "@foo": 1}""", new JsonLdOptions { Safe = false }));

    private static void Refused(string json, string pointer)
    {
        JsonLdError error = Trial.Refused(json);
        Assert.Equal((JsonLdErrorCode.WouldBeDropped, pointer), (error.Code, error.Pointer));
    }
}
