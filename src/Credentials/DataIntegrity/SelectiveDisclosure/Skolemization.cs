using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.JsonLd;

namespace Credentials.DataIntegrity.SelectiveDisclosure;

/// <summary>A compact document whose nodes without id were given one, so that a part of it still says which node is which; and the way back.</summary>
/// <remarks>
/// https://www.w3.org/TR/vc-di-ecdsa/#skolemizecompactjsonld expands, gives ids, and compacts again. The same comes of giving the ids to the compact document where expansion finds nodes without; no compaction is needed.
/// </remarks>
internal sealed class Skolemization
{
    private readonly JsonLdProcessor _processor;
    private readonly string _prefix;

    private Skolemization(JsonObject compact, JsonLdProcessor processor, string prefix) => (Compact, _processor, _prefix) = (compact, processor, prefix);

    /// <summary>The document with ids.</summary>
    public JsonObject Compact { get; }

    /// <summary>Gives ids to the nodes of a document without proofs.</summary>
    public static Parsed<Skolemization> Of(JsonElement document, ContextLibrary? contexts)
    {
        var processor = new JsonLdProcessor(contexts ?? ContextLibrary.Shipped);
        JsonLdResult<IReadOnlyList<string>> nodes = processor.FindBlankNodes(document);
        if (!nodes.Ok)
        {
            return RdfCanonicalForm.ProblemOf(nodes.Error!);
        }

        // A random part, so that no id of the document can pass for one of these.
        string prefix = $"urn:bnid:{RandomNumberGenerator.GetHexString(32, lowercase: true)}:";
        JsonObject compact = JsonObject.Create(document)!;
        int count = 0;
        foreach (string pointer in nodes.Value)
        {
            JsonNode? node = compact;
            foreach (string path in JsonPointerPath.Parse(pointer) ?? [])
            {
                JsonPointerPath.TryStep(node, path, out node);
            }

            if (node is JsonObject members)
            {
                members["@id"] = prefix + (count++).ToString(CultureInfo.InvariantCulture);
            }
        }

        return new Skolemization(compact, processor, prefix);
    }

    /// <summary>The statements of the document, or of a selection of it, with blank nodes in place of the ids that were given.</summary>
    /// <remarks>https://www.w3.org/TR/vc-di-ecdsa/#todeskolemizednquads</remarks>
    public Parsed<RdfDataset> StatementsOf(JsonObject selection)
    {
        JsonLdResult<RdfDataset> statements = _processor.ToRdf(JsonSerializer.SerializeToElement(selection));
        if (!statements.Ok)
        {
            return RdfCanonicalForm.ProblemOf(statements.Error);
        }

        var terms = new Dictionary<string, RdfTerm>(StringComparer.Ordinal);
        var quads = new RdfQuad[statements.Value.Quads.Count];
        for (int i = 0; i < quads.Length; i++)
        {
            RdfQuad quad = statements.Value.Quads[i];
            if (IsBlank(quad.Subject) || IsBlank(quad.Object) || IsBlank(quad.Graph))
            {
                // A list's cells, the name of a graph, or a blank node that the document names itself: what a part of the document would say of them cannot be matched with the whole.
                return new Problem(ProblemCode.ProofTransformationError, "The document holds an ordered list, a graph or a blank node identifier (_:…), which cannot be disclosed selectively here.", "");
            }

            quads[i] = new(Deskolemize(quad.Subject, terms), quad.Predicate, Deskolemize(quad.Object, terms), quad.Graph is { } graph ? Deskolemize(graph, terms) : null);
        }

        return new RdfDataset(quads);
    }

    private static bool IsBlank(RdfTerm? term) => term is { Kind: RdfTermKind.BlankNode };

    private RdfTerm Deskolemize(RdfTerm term, Dictionary<string, RdfTerm> terms)
    {
        if (term.Kind != RdfTermKind.Iri || !term.Value.StartsWith(_prefix, StringComparison.Ordinal))
        {
            return term;
        }

        if (!terms.TryGetValue(term.Value, out RdfTerm? blank))
        {
            terms.Add(term.Value, blank = RdfTerm.BlankNode("b" + term.Value[_prefix.Length..]));
        }

        return blank;
    }
}
