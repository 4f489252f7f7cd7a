using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Credentials.TestKit;

namespace Credentials.JsonLd.Tests.Canonicalization;

/// <summary>The 86 cases of the specification's own suite.</summary>
/// <remarks>https://w3c.github.io/rdf-canon/tests/</remarks>
public class RdfCanonVectorTests
{
    private const string Folder = "rdf-canon";

    public static TheoryData<string> Evaluations => Cases("rdfc:RDFC10EvalTest");

    public static TheoryData<string> Maps => Cases("rdfc:RDFC10MapTest");

    public static TheoryData<string> Negatives => Cases("rdfc:RDFC10NegativeEvalTest");

    [VectorFact]
    public void Consumes_every_case_of_the_manifest()
    {
        Assert.Equal((64, 21, 1), (Evaluations.Count, Maps.Count, Negatives.Count));
        Assert.Equal(86, Entries().Count());
        Assert.Equal(2, Entries().Count(entry => HashOf(entry) == HashAlgorithmName.SHA384));
    }

    [VectorTheory]
    [MemberData(nameof(Evaluations))]
    public void Has_the_canonical_form(string id)
    {
        JsonElement entry = Entry(id);
        Assert.Equal(Read(entry, "result"), Utf8.Text(Canonicalize(entry).NQuads.Span));
    }

    [VectorTheory]
    [MemberData(nameof(Maps))]
    public void Issues_the_identifiers(string id)
    {
        JsonElement entry = Entry(id);
        Dictionary<string, string> expected = JsonSerializer.Deserialize<Dictionary<string, string>>(Read(entry, "result"))!;
        Assert.Equal(expected.Order(ByKey), Canonicalize(entry).Labels.Order(ByKey));
    }

    [VectorTheory]
    [MemberData(nameof(Negatives))]
    public void Gives_up_on_a_poisoned_graph_at_once(string id)
    {
        RdfDataset dataset = NQuads.Parse(Read(Entry(id), "action")).Value!;
        long start = Stopwatch.GetTimestamp();
        Assert.Equal(JsonLdErrorCode.TooMuchWork, Rdfc10.Canonicalize(dataset, HashAlgorithmName.SHA256).Error?.Code);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [VectorTheory]
    [MemberData(nameof(Evaluations))]
    public void Has_the_same_form_whatever_the_order_the_labels_and_the_repetitions_of_its_statements(string id)
    {
        JsonElement entry = Entry(id);
        RdfDataset dataset = NQuads.Parse(Read(entry, "action")).Value!;
        var renamed = new RdfDataset([.. dataset.Quads.Concat(dataset.Quads).Reverse().Select(quad => new RdfQuad(Rename(quad.Subject), quad.Predicate, Rename(quad.Object), quad.Graph is { } graph ? Rename(graph) : null))]);
        Assert.Equal(Read(entry, "result"), Utf8.Text(Rdfc10.Canonicalize(renamed, HashOf(entry)).Value!.NQuads.Span));
    }

    private static Comparer<KeyValuePair<string, string>> ByKey { get; } = Comparer<KeyValuePair<string, string>>.Create((x, y) => string.CompareOrdinal(x.Key, y.Key));

    private static RdfTerm Rename(RdfTerm term) => term.Kind == RdfTermKind.BlankNode ? RdfTerm.BlankNode($"x{new string([.. term.Value.Reverse()])}") : term;

    private static CanonicalDataset Canonicalize(JsonElement entry)
    {
        JsonLdResult<CanonicalDataset> result = Rdfc10.Canonicalize(NQuads.Parse(Read(entry, "action")).Value!, HashOf(entry));
        Assert.Null(result.Error);
        return result.Value!;
    }

    private static HashAlgorithmName HashOf(JsonElement entry) =>
        entry.TryGetProperty("hashAlgorithm", out JsonElement hash) && hash.ValueEquals("SHA384") ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;

    private static string Read(JsonElement entry, string member) => File.ReadAllText(Vectors.Path(Folder, entry.GetProperty(member).GetString()!));

    private static TheoryData<string> Cases(string type) => Vectors.Folder is null
        ? ["none"]
        : [.. Entries().Where(entry => entry.GetProperty("type").ValueEquals(type)).Select(entry => entry.GetProperty("id").GetString()!)];

    private static JsonElement Entry(string id) => Entries().Single(entry => entry.GetProperty("id").ValueEquals(id));

    private static JsonElement.ArrayEnumerator Entries() => Vectors.Json(Folder, "manifest.jsonld").GetProperty("entries").EnumerateArray();
}
