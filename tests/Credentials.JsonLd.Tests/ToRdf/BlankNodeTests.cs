using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.TestKit;

namespace Credentials.JsonLd.Tests.ToRdf;

/// <summary>The objects that become blank nodes: where selective disclosure puts its identifiers.</summary>
public sealed class BlankNodeTests
{
    private const string Vocab = "\"@vocab\": \"urn:v:\", \"id\": \"@id\", \"type\": \"@type\"";

    [Fact]
    public void Finds_the_nodes_of_a_badge() => Assert.Equal(
        [
            "/credentialSubject/achievement/alignment/0",
            "/credentialSubject/achievement/alignment/1",
            "/credentialSubject/achievement/criteria",
            "/credentialSubject/identifier/0",
            "/credentialSubject/identifier/1",
            "/credentialSubject/result/0",
            "/issuer/address",
        ],
        Found(Utf8.Text(Samples.Diploma("open-badge")).Replace("\"name\": \"Master of Science in Civil Engineering\",\n  \"issuer\"", "\"id\": \"urn:uuid:1\", \"issuer\"", StringComparison.Ordinal)));

    [Fact]
    public void Finds_the_document_itself() => Assert.Equal([""], Found($$$$"""{"@context": { {{{{Vocab}}}} }, "name": "A"}"""));

    [Fact]
    public void Finds_nodes_in_arrays_of_arrays() =>
        Assert.Equal(["/a/0/0", "/a/1"], Found($$$$"""{"@context": { {{{{Vocab}}}} }, "id": "urn:a", "a": [[{"b": 1}], {"b": 2}, {"id": "urn:c"}]}"""));

    [Fact]
    public void Passes_over_values_and_finds_what_is_in_lists() =>
        Assert.Equal(["/a/@list/0", "/a/@list/2"], Found($$$$"""{"@context": { {{{{Vocab}}}} }, "id": "urn:a", "a": {"@list": [{"b": 1}, {"@value": "x"}, {"b": {"@set": ["y"]}}]}, "c": {"@value": "z"}}"""));

    [Fact]
    public void Finds_nodes_in_a_list_container_of_lists() =>
        Assert.Equal(["/l/0/0"], Found($$$$"""{"@context": { {{{{Vocab}}}}, "l": {"@container": "@list"} }, "id": "urn:a", "l": [[{"b": 1}], ["x"]]}"""));

    [Fact]
    public void Passes_over_JSON_literals() =>
        Assert.Equal([], Found($$$$"""{"@context": { {{{{Vocab}}}}, "j": {"@type": "@json"} }, "id": "urn:a", "j": {"b": {"c": 1}}, "k": {"@type": "@json", "@value": {"b": {} }}}"""));

    [Fact]
    public void Finds_the_node_inside_a_graph_container_and_not_the_graph_around_it() =>
        Assert.Equal(["/g"], Found($$$$"""{"@context": { {{{{Vocab}}}}, "g": {"@container": "@graph"} }, "id": "urn:a", "g": {"b": 1}}"""));

    [Fact]
    public void Finds_the_graph_and_the_nodes_in_it_where_it_is_written_out() =>
        Assert.Equal(["/g", "/g/@graph/0"], Found($$$$"""{"@context": { {{{{Vocab}}}} }, "id": "urn:a", "g": {"@graph": [{"b": 1}]}}"""));

    [Fact]
    public void Takes_the_identifiers_of_a_map_by_identifier() =>
        Assert.Equal(["/m/none"], Found($$$$"""{"@context": { {{{{Vocab}}}}, "none": "@none", "m": {"@container": "@id"} }, "id": "urn:a", "m": {"urn:b": {"c": 1}, "none": {"c": 2}}}"""));

    [Fact]
    public void Finds_nodes_in_a_map_by_type() =>
        Assert.Equal(["/m/T", "/m/U/1"], Found($$$$"""{"@context": { {{{{Vocab}}}}, "m": {"@container": "@type"} }, "id": "urn:a", "m": {"T": {"c": 1}, "U": [{"id": "urn:b"}, {"c": 2}]}}"""));

    [Fact]
    public void Passes_over_the_object_of_a_nest_and_finds_what_is_in_it() =>
        Assert.Equal(["/n/a"], Found($$$$"""{"@context": { {{{{Vocab}}}}, "n": "@nest" }, "id": "urn:a", "n": {"a": {"b": 1}}}"""));

    [Fact]
    public void Finds_what_is_included_and_reversed() =>
        Assert.Equal(["/@included/0", "/@reverse/a", "/r"], Found($$$$"""{"@context": { {{{{Vocab}}}}, "r": {"@reverse": "urn:r"} }, "id": "urn:a", "@included": [{"b": 1}], "@reverse": {"a": {"b": 2}}, "r": {"b": 3}}"""));

    [Fact]
    public void Knows_an_identifier_that_only_a_type_scoped_context_names() =>
        Assert.Equal(["/a/1"], Found("""{"@context": {"@vocab": "urn:v:", "T": {"@id": "urn:T", "@context": {"key": "@id"}}}, "@id": "urn:a", "a": [{"@type": "T", "key": "urn:b"}, {"@type": "U", "key": "urn:c"}]}"""));

    [Fact]
    public void Knows_JSON_that_only_a_property_scoped_context_names() =>
        Assert.Equal(["/p"], Found("""{"@context": {"@vocab": "urn:v:", "p": {"@id": "urn:p", "@context": {"j": {"@id": "urn:j", "@type": "@json"}}}}, "@id": "urn:a", "p": {"j": {"k": {}}}}"""));

    [Fact]
    public void Escapes_names_in_pointers() =>
        Assert.Equal(["/a~1b~0c"], Found($$$$"""{"@context": { {{{{Vocab}}}} }, "id": "urn:a", "a/b~c": {"d": 1}}"""));

    [Theory]
    [MemberData(nameof(Samples.Each), MemberType = typeof(Samples))]
    public void Leaves_no_blank_node_once_each_place_has_an_identifier(string sample)
    {
        JsonNode document = JsonNode.Parse(Samples.Diploma(sample))!;
        IReadOnlyList<string> pointers = Trial.BlankNodes(document.ToJsonString());
        Assert.NotEmpty(pointers);
        int count = 0;
        foreach (string pointer in pointers)
        {
            JsonNode node = document;
            foreach (string step in pointer.Split('/').Skip(1))
            {
                node = node is JsonArray array ? array[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]! : node[step]!;
            }

            node["@id"] = $"urn:bnid:{count++}";
        }

        string quads = Trial.Quads(document.ToJsonString());
        Assert.DoesNotContain("_:", quads, StringComparison.Ordinal);
        Assert.Contains("urn:bnid:0", quads, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_where_a_document_is_refused() =>
        Assert.Equal("/a", new JsonLdProcessor(ContextLibrary.Shipped).FindBlankNodes(JsonDocument.Parse("""{"@id": "urn:x", "a": 1}""").RootElement).Error!.Pointer);

    private static List<string> Found(string json) => [.. Trial.BlankNodes(json).Order(StringComparer.Ordinal)];
}
