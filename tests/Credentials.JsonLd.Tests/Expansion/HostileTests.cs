using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Credentials.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace Credentials.JsonLd.Tests.Expansion;

/// <summary>Documents that were made to do harm: an error within a second, never an exception.</summary>
public sealed class HostileTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData("""{"@id":"urn:a","urn:p":""", "}", JsonLdErrorCode.TooDeep)]
    [InlineData("[", "]", JsonLdErrorCode.TooDeep)]
    [InlineData("""{"@graph":""", "}", JsonLdErrorCode.TooDeep)]
    [InlineData("""{"@list":""", "}", JsonLdErrorCode.TooDeep)]
    [InlineData("""{"@set":""", "}", JsonLdErrorCode.TooDeep)]
    [InlineData("""{"@reverse":{"urn:p":""", "}}", JsonLdErrorCode.TooDeep)]
    [InlineData("""{"@included":""", "}", JsonLdErrorCode.TooDeep)]
    [InlineData("""{"@nest":""", "}", JsonLdErrorCode.TooDeep)]
    [InlineData("""{"@context":{"t":{"@id":"urn:t","@context":""", "}}}", null)]
    public void Refuses_deep_nesting(string open, string close, string? code)
    {
        // The parser of .NET, not this library, takes a second for ten thousand objects.
        int levels = open == "[" ? 10_000 : 2_000;
        foreach (string property in (string[])["", """{"@id":"urn:x","urn:q":"""])
        {
            string json = property + string.Concat(Enumerable.Repeat(open, levels)) + "{}" + string.Concat(Enumerable.Repeat(close, levels)) + (property.Length > 0 ? "}" : "");
            JsonLdError? error = Run(Trial.Parse(json, maxDepth: 100_000));
            Assert.NotNull(error);
            Assert.True(code is null || error.Code is JsonLdErrorCode.TooDeep or JsonLdErrorCode.WouldBeDropped, error.Code);
        }
    }

    [Fact]
    public void Refuses_a_literal_of_JSON_of_ten_thousand_levels()
    {
        string json = $$$$"""{"@id":"urn:a","urn:p":{"@type":"@json","@value":{{{{new string('[', 10_000)}}}}{{{{new string(']', 10_000)}}}}}}""";
        Assert.Equal(JsonLdErrorCode.TooDeep, Run(Trial.Parse(json, maxDepth: 100_000))?.Code);
    }

    [Fact]
    public void Refuses_scoped_contexts_of_two_thousand_levels()
    {
        string json = "{\"@context\":" + string.Concat(Enumerable.Repeat("""{"t":{"@id":"urn:t","@context":""", 2_000)) + "{}" + new string('}', 4_000) + ",\"@id\":\"urn:a\",\"t\":1}";
        Assert.Equal(JsonLdErrorCode.TooDeep, Run(Trial.Parse(json, maxDepth: 100_000))?.Code);
    }

    [Fact]
    public void Refuses_a_chain_of_prefixes_that_lean_on_each_other()
    {
        string terms = string.Join(',', Enumerable.Range(0, 50_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"\"t{i}\":{{\"@id\":\"t{i + 1}:x\",\"@prefix\":true}}")));
        Assert.Equal(JsonLdErrorCode.TooDeep, Run(Trial.Parse($$$$"""{"@context":{{{{{terms}}}}},"@id":"urn:a","urn:p":1}"""))?.Code);
    }

    [Fact]
    public void Refuses_a_context_that_leads_to_itself()
    {
        ContextLibrary library = ContextLibrary.Empty
            .With("https://a.example/1", """{"@context": ["https://a.example/2", {"a": "urn:a"}]}"""u8.ToArray())
            .With("https://a.example/2", """{"@context": ["https://a.example/1", {"b": "urn:b"}]}"""u8.ToArray());
        Assert.Equal(JsonLdErrorCode.ContextOverflow, Run(Trial.Parse("""{"@context": "https://a.example/1", "@id": "urn:a", "a": 1}"""), library)?.Code);
    }

    [Fact]
    public void Takes_a_scoped_context_that_leads_to_itself()
    {
        ContextLibrary library = ContextLibrary.Empty
            .With("https://a.example/1", """{"@context": {"T": {"@id": "urn:T", "@context": "https://a.example/1"}, "p": {"@id": "urn:p", "@context": "https://a.example/1"}}}"""u8.ToArray());
        Assert.Null(Run(Trial.Parse("""{"@context": "https://a.example/1", "@id": "urn:a", "@type": "T", "p": {"@type": "T", "p": {"@type": "T"}}}"""), library));
    }

    [Fact]
    public void Refuses_contexts_with_more_terms_than_any_honest_one()
    {
        string terms = string.Join(',', Enumerable.Range(0, 200_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"\"t{i}\":\"urn:{i}\"")));
        Assert.Equal(JsonLdErrorCode.ContextOverflow, Run(Trial.Parse($$$$"""{"@context":{{{{{terms}}}}},"@id":"urn:a","urn:p":1}"""))?.Code);
    }

    [Fact]
    public void Refuses_a_long_chain_of_contexts_by_URL_in_every_order()
    {
        string[] urls = [.. ContextLibrary.Shipped.Urls.Where(url => !url.Contains("/did/", StringComparison.Ordinal))];
        string chain = string.Join(',', Enumerable.Range(0, 50_000).Select(i => $"\"{urls[i % urls.Length]}\""));
        JsonLdError? error = Run(Trial.Parse($$$$"""{"@context":[{{{{chain}}}}],"@id":"urn:a","urn:p":1}"""));
        Assert.NotNull(error);
    }

    [Fact]
    public void Siblings_that_each_bring_a_large_context_are_stopped()
    {
        string terms = string.Join(',', Enumerable.Range(0, 100).Select(i => string.Create(CultureInfo.InvariantCulture, $"\"t{i}\":\"urn:{i}\"")));
        string nodes = string.Join(',', Enumerable.Repeat($$$$"""{"@context":{{{{{terms}}}}},"t1":1}""", 5_000));
        Assert.Equal(JsonLdErrorCode.ContextOverflow, Run(Trial.Parse($$$$"""{"@id":"urn:a","urn:p":[{{{{nodes}}}}]}"""))?.Code);
    }

    [Theory]
    [InlineData("""{"@context":["https://www.w3.org/ns/credentials/examples/v2",{"tN":"urn:N"}],"@id":"urn:a","tN":"A"}""")]
    [InlineData("""{"@context":["https://www.w3.org/ns/credentials/examples/v2",{"@propagate":false,"T":{"@id":"urn:T","@context":{"tN":{"@id":"urn:N","@context":{"sN":"urn:s"}}}}}],"@id":"urn:a","@type":"T","tN":{"sN":"A"}}""")]
    public void Contexts_that_are_written_out_are_not_kept(string template)
    {
        ContextLibrary library = ContextLibrary.Empty.With(Trial.ExamplesV2, ContextLibrary.Shipped.Find(Trial.ExamplesV2)!.Value);
        var processor = new JsonLdProcessor(library);
        int weight = 0;
        for (int i = 0; i < 3; i++)
        {
            Assert.True(processor.ToRdf(Trial.Parse(template.Replace("N", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))).Ok);
            weight = i == 0 ? library.Start.Owner!.Weight : weight;
        }

        Assert.Equal(weight, library.Start.Owner!.Weight);
    }

    [Theory]
    [InlineData("""{"@id":"urn:a","urn:p":"\ud800"}""")]
    [InlineData("""{"@id":"\udc00urn:a","urn:p":1}""")]
    [InlineData("""{"@id":"urn:a","urn:\ud800":1}""")]
    [InlineData("""{"@context":{"\ud800":"urn:x"},"@id":"urn:a","urn:p":1}""")]
    [InlineData("""{"@context":"\ud800","@id":"urn:a","urn:p":1}""")]
    [InlineData("""{"@id":"urn:a","@type":"\ud800"}""")]
    [InlineData("""{"@id":"urn:a","urn:p":{"@type":"@json","@value":{"\ud800":1}}}""")]
    [InlineData("""{"@id":"urn:a","urn:p":{"@type":"@json","@value":"\ud800"}}""")]
    public void Refuses_half_of_a_surrogate_pair(string json) =>
        Assert.Equal(JsonLdErrorCode.LoadingDocumentFailed, Run(Trial.Parse(json))?.Code);

    [Fact]
    public void Ten_megabytes_of_nodes_are_stopped()
    {
        string nodes = string.Join(',', Enumerable.Range(0, 200_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"{{\"urn:p\":\"value number {i:d8}\"}}")));
        Assert.Equal(JsonLdErrorCode.TooLarge, Run(Trial.Parse($$$$"""{"@id":"urn:a","urn:p":[{{{{nodes}}}}]}"""))?.Code);
    }

    [Fact]
    public void Ten_megabytes_of_types_are_stopped()
    {
        string types = string.Join(',', Enumerable.Range(0, 800_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"\"urn:{i:d6}\"")));
        Assert.Equal(JsonLdErrorCode.TooLarge, Run(Trial.Parse($$$$"""{"@id":"urn:a","@type":[{{{{types}}}}]}"""))?.Code);
    }

    [Fact]
    public void Ten_megabytes_of_text_are_taken()
    {
        string text = new('x', 10_000_000);
        Assert.Null(Run(Trial.Parse($$$$"""{"@id":"urn:a","urn:p":"{{{{text}}}}"}""")));
    }

    [Theory]
    [InlineData("""{"@context":{"p":"urn:LONG:"},"@id":"urn:a","@type":["p:1","p:2"]}""")]
    [InlineData("""{"@context":{"@vocab":"urn:LONG:"},"@id":"urn:a","q":1}""")]
    [InlineData("""{"@context":{"@vocab":"urn:LONG:","q":{"@type":"@id"}},"@id":"urn:a","urn:p":1}""")]
    [InlineData("""{"@context":{"@base":"urn:LONG/"},"@id":"q","urn:p":1}""")]
    [InlineData("""{"@context":{"p":"urn:LONG:","p:q":{"@type":"@id"}},"@id":"urn:a","urn:p":1}""")]
    public void Refuses_to_copy_a_long_prefix_before_each_name(string template) =>
        Assert.Equal(JsonLdErrorCode.TooLarge, Run(Trial.Parse(template.Replace("LONG", new string('x', 1_000_000), StringComparison.Ordinal)))?.Code);

    [Fact]
    public void Refuses_a_language_that_is_long_enough_to_multiply() => Assert.Equal(
        JsonLdErrorCode.WouldBeDropped,
        Run(Trial.Parse($$$$"""{"@context":{"@language":"en{{{{string.Concat(Enumerable.Repeat("-abcdefgh", 100_000))}}}}"},"@id":"urn:a","urn:p":["x","y"]}"""))?.Code);

    [Fact]
    public void Refuses_nodes_below_a_long_name_whose_pointers_multiply()
    {
        string nodes = string.Join(',', Enumerable.Repeat("{}", 60_000));
        JsonElement document = Trial.Parse($$$$"""{"@id":"urn:a","urn:{{{{new string('x', 1_000_000)}}}}":[{{{{nodes}}}}]}""");
        Assert.Equal(JsonLdErrorCode.TooLarge, new JsonLdProcessor(ContextLibrary.Shipped).FindBlankNodes(document).Error?.Code);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{ }")]
    [InlineData("[]")]
    public void Refuses_a_node_whose_types_bring_a_context_each(string scoped)
    {
        string types = string.Join(',', Enumerable.Repeat("\"T\"", 60_000));
        Assert.Equal(JsonLdErrorCode.ContextOverflow, Run(Trial.Parse($$$$"""{"@context":{"T":{"@id":"urn:T","@context":{{{{scoped}}}}}},"@id":"urn:a","@type":[{{{{types}}}}]}"""))?.Code);
    }

    [Fact]
    public void Takes_many_objects_that_name_their_contexts_below_one_that_is_written_out()
    {
        // Compiled once: not a thousand definitions for each.
        const string Node = """{"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],"id":"urn:b","name":"x"}""";
        Assert.Null(Run(Trial.Parse($$$$"""{"@context":{"q":"urn:q"},"@id":"urn:a","q":[{{{{string.Join(',', Enumerable.Repeat(Node, 500))}}}}]}""")));
    }

    [Fact]
    public void Refuses_a_list_of_contexts_in_a_list_of_contexts() =>
        Assert.Equal("invalid local context", Run(Trial.Parse("""{"@context":[[{"q":"urn:q"}]],"@id":"urn:a","q":1}"""))?.Code);

    [Fact]
    public void A_base_that_leans_on_that_of_a_document_is_not_kept_for_another()
    {
        ContextLibrary library = ContextLibrary.Empty.With("https://a.example/1", """{"@context": {"T": {"@id": "urn:T", "@context": {"@base": "deep/"}}}}"""u8.ToArray());
        const string Json = """{"@context":"https://a.example/1","@type":"T","@id":"x"}""";
        foreach (string site in (string[])["https://b.example/", "https://c.example/"])
        {
            Assert.StartsWith($"<{site}deep/x>", Trial.Quads(Json, new JsonLdOptions { Base = site }, library), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void No_generated_document_brings_an_exception() =>
        Randomised.ForAll(Documents(), json =>
        {
            using JsonDocument document = JsonDocument.Parse(json);
            foreach (bool safe in (bool[])[true, false])
            {
                var processor = new JsonLdProcessor(ContextLibrary.Shipped, new JsonLdOptions { Safe = safe, Base = safe ? null : "http://a.example/" });
                JsonLdResult<byte[]> expanded = processor.Expand(document.RootElement);
                JsonLdResult<RdfDataset> rdf = processor.ToRdf(document.RootElement);
                _ = processor.FindBlankNodes(document.RootElement);

                // What RDF takes in safe mode, expansion takes too, and its expanded form says the same again.
                if (rdf.Ok && !expanded.Ok)
                {
                    return false;
                }

                if (rdf.Ok && safe && new JsonLdProcessor(ContextLibrary.Empty).ToRdf(JsonDocument.Parse(expanded.Value!).RootElement) is { Ok: true } again && again.Value.Quads.Count != rdf.Value.Quads.Count)
                {
                    return false;
                }
            }

            return true;
        }, slice: 3_000);

    private static Gen<string> Documents()
    {
        Gen<string> keyword = Gen.Elements("@context", "@id", "@type", "@value", "@language", "@direction", "@graph", "@list", "@set", "@reverse", "@index", "@included", "@nest", "@none", "@json",
            "@vocab", "@base", "@container", "@import", "@propagate", "@protected", "@version", "@prefix", "@foo", "@");
        Gen<string> text = Gen.OneOf(
            keyword,
            Gen.Elements("a", "b", "T", "en", "ltr", "", ":", "a:b", "urn:x", "http://a.example/#", "_:b", "../c", "x y", "id", "type", "https://www.w3.org/ns/credentials/v2", "credentialSubject", "1.1"));
        Gen<string> quoted = text.Select(value => JsonSerializer.Serialize(value));
        Gen<string> scalar = Gen.OneOf(quoted, quoted, Gen.Elements("null", "true", "false", "0", "1.1", "-2.5e-7", "1e30", "1e999"));
        return Node(4);

        Gen<string> Node(int depth) => depth == 0
            ? scalar
            : Gen.OneOf(
                scalar,
                Node(depth - 1).ArrayOf().Select(items => $"[{string.Join(',', items.Take(4))}]"),
                Members(depth),
                Members(depth),
                Members(depth));

        Gen<string> Members(int depth) => Gen.Zip(quoted, Node(depth - 1)).ArrayOf()
            .Select(members => new StringBuilder("{").AppendJoin(',', members.Take(5).DistinctBy(m => m.Item1).Select(m => $"{m.Item1}:{m.Item2}")).Append('}').ToString());
    }

    private static JsonLdError? Run(JsonElement document, ContextLibrary? library = null)
    {
        var processor = new JsonLdProcessor(library ?? ContextLibrary.Shipped);
        JsonLdError? error = null;
        TimeSpan best = TimeSpan.MaxValue;
        for (int attempt = 0; attempt < 3 && best > Patience; attempt++)
        {
            // A busy machine may slow one attempt.
            long start = Stopwatch.GetTimestamp();
            error = processor.ToRdf(document).Error;
            best = Stopwatch.GetElapsedTime(start);
        }

        Assert.InRange(best, TimeSpan.Zero, Patience);
        _ = new JsonLdProcessor(library ?? ContextLibrary.Shipped, new JsonLdOptions { Safe = false }).Expand(document);
        return error;
    }
}
