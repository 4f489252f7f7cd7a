using System.Text.Json.Nodes;
using Credentials.Securing;
using Credentials.Verification.Tests.World;
using Xunit.Abstractions;

namespace Credentials.Verification.Tests.Forms;

/// <summary>Graphs whose nodes nothing tells apart, and contexts that are larger than any document, in the suites over RDF.</summary>
/// <remarks>https://www.w3.org/TR/rdf-canon/#dataset-poisoning</remarks>
public sealed class HostileGraphTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, Func<JsonNode>> Graphs = new(StringComparer.Ordinal)
    {
        ["clique of 6"] = () => Graph(6, (i, j) => i != j),
        ["clique of 10"] = () => Graph(10, (i, j) => i != j),
        ["clique of 40"] = () => Graph(40, (i, j) => i != j),
        ["clique of 150"] = () => Graph(150, (i, j) => i != j),
        ["ring of 5000"] = () => Graph(5000, (i, j) => j == i + 1 || (i == 4999 && j == 0), neighbours: 1),
        ["torus of 8 by 8"] = () => Graph(64, (i, j) => j == ((i / 8 * 8) + ((i + 1) % 8)) || j == ((i + 8) % 64)),
        ["hypercube of 6 dimensions"] = () => Graph(64, (i, j) => int.PopCount(i ^ j) == 1),
        ["two times bipartite 8 to 8"] = () => Graph(32, (i, j) => i / 16 == j / 16 && i % 2 != j % 2),
        ["100 cliques of 5"] = () => Graph(500, (i, j) => i != j && i / 5 == j / 5),
        ["3000 objects that say the same"] = () => new JsonArray([.. Enumerable.Range(0, 3000).Select(_ => (JsonNode)new JsonObject { ["type"] = "Learner" })]),
        ["a chain of 60 objects, 200 times"] = () => new JsonArray([.. Enumerable.Range(0, 200).Select(_ => Chain(60))]),
    };

    private static readonly Dictionary<string, Func<JsonNode>> Contexts = new(StringComparer.Ordinal)
    {
        ["one that imports itself"] = () => new JsonObject { ["@version"] = 1.1, ["@import"] = "https://www.w3.org/ns/credentials/v2" },
        ["20,000 terms"] = () => Terms(20_000),
        ["20,000 terms that lead to each other"] = () => new JsonObject(Enumerable.Range(0, 20_000).Select(i => KeyValuePair.Create($"t{i}", (JsonNode?)$"t{i + 1}:x"))),
        ["a term that leads to itself"] = () => new JsonObject { ["t"] = "t:t" },
        ["one URL 5,000 times"] = () => new JsonArray([.. Enumerable.Range(0, 5000).Select(_ => (JsonNode)"https://www.w3.org/ns/credentials/examples/v2")]),
        ["v2 5,000 times with the memory wiped between"] = () => new JsonArray([.. Enumerable.Range(0, 10_000).Select(i => i % 2 == 0 ? null : (JsonNode)"https://www.w3.org/ns/credentials/v2")]),
        ["contexts in contexts, 55 deep"] = () => Enumerable.Range(0, 18).Aggregate((JsonNode)new JsonObject { ["t"] = "urn:x:t" }, (inner, i) => new JsonObject { ["t" + i] = new JsonObject { ["@id"] = "urn:x:" + i, ["@context"] = inner } }),
        ["a prefix chain that doubles"] = () => new JsonObject(Enumerable.Range(0, 60).Select(i => KeyValuePair.Create($"t{i}", (JsonNode?)(i == 0 ? "urn:x:" : $"t{i - 1}:t{i - 1}")))),
    };

    public static TheoryData<string, string> GraphsAndSuites => Table(Graphs.Keys);

    public static TheoryData<string, string> ContextsAndSuites => Table(Contexts.Keys);

    [Theory]
    [MemberData(nameof(GraphsAndSuites))]
    public async Task Answers_to_a_poisoned_graph(string graph, string suite) =>
        await Weighed.RefusesAsync(await WithAsync(suite, json => json["credentialSubject"]!["poison"] = Graphs[graph]()), output);

    [Theory]
    [MemberData(nameof(ContextsAndSuites))]
    public async Task Answers_to_a_hostile_context(string context, string suite)
    {
        await Weighed.RefusesAsync(await WithAsync(suite, json => json["@context"] = new JsonArray("https://www.w3.org/ns/credentials/v2", Contexts[context]())), output);
        await Weighed.RefusesAsync(await WithAsync(suite, json => json["credentialSubject"]!["@context"] = Contexts[context]()), output);
    }

    [Theory]
    [InlineData("eddsa-rdfc-2022")]
    [InlineData("ecdsa-sd-2023")]
    public async Task Answers_to_a_context_of_a_thousand_terms_in_every_object(string suite) =>
        await Weighed.RefusesAsync(await WithAsync(suite, json => json["credentialSubject"]!["all"] = new JsonArray([.. Enumerable.Range(0, 60).Select(_ => (JsonNode)new JsonObject { ["@context"] = Terms(400), ["t1"] = "x" })])), output);

    [Theory]
    [InlineData("eddsa-rdfc-2022")]
    [InlineData("ecdsa-rdfc-2019")]
    [InlineData("ecdsa-sd-2023")]
    [InlineData("Ed25519Signature2020")]
    public async Task Answers_to_a_poisoned_graph_under_many_proofs(string suite) => await Weighed.RefusesAsync(
        await WithAsync(suite, json =>
        {
            json["credentialSubject"]!["poison"] = Graph(10, (i, j) => i != j);
            json["proof"] = new JsonArray([.. Enumerable.Range(0, 16).Select(_ => json["proof"]!.DeepClone())]);
        }),
        output);

    [Fact]
    public async Task Answers_to_a_presentation_of_many_poisoned_graphs_under_many_proofs()
    {
        var poisoned = (JsonObject)JsonNode.Parse(await WithAsync("eddsa-rdfc-2022", json =>
        {
            json["credentialSubject"]!["poison"] = Graph(10, (i, j) => i != j);
            json["proof"] = new JsonArray([.. Enumerable.Range(0, 16).Select(_ => json["proof"]!.DeepClone())]);
        }))!;
        byte[] presentation = await FormBench.PresentationAsync("eddsa-jcs-2022", Keys.KeyType.Ed25519, json => json["verifiableCredential"] = new JsonArray([.. Enumerable.Range(0, 32).Select(_ => poisoned.DeepClone())]));

        await Weighed.RefusesAsync(presentation, output);
    }

    private static TheoryData<string, string> Table(IEnumerable<string> names)
    {
        var table = new TheoryData<string, string>();
        foreach (string name in names)
        {
            foreach (string suite in FormBench.NamesOf(SecuredKinds.Credential).Where(suite => DataIntegrity.Cryptosuite.Find(suite) is { SignsStatements: true, IsLegacy: false }))
            {
                table.Add(name, suite);
            }
        }

        return table;
    }

    private static async Task<byte[]> WithAsync(string suite, Action<JsonObject> edit) =>
        Text.Edit(await FormBench.CredentialAsync(suite, FormBench.KeyOf(suite)), edit);

    private static JsonArray Graph(int nodes, Func<int, int, bool> isEdge, int neighbours = int.MaxValue)
    {
        IEnumerable<int> Targets(int i) => neighbours == 1 ? [(i + 1) % nodes] : Enumerable.Range(0, nodes).Where(j => isEdge(i, j));
        return [.. Enumerable.Range(0, nodes).Select(i => (JsonNode)new JsonObject { ["id"] = $"_:n{i}", ["p"] = new JsonArray([.. Targets(i).Select(j => (JsonNode)new JsonObject { ["id"] = $"_:n{j}" })]) })];
    }

    private static JsonNode Chain(int length) => Enumerable.Range(0, length).Aggregate((JsonNode)new JsonObject { ["type"] = "Learner" }, (inner, _) => new JsonObject { ["p"] = inner });

    private static JsonObject Terms(int count) => new(Enumerable.Range(0, count).Select(i => KeyValuePair.Create($"t{i}", (JsonNode?)$"urn:x:{i}")));
}
