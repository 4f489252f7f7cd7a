using System.Security.Cryptography;
using System.Text.Json;
using Credentials.JsonLd;

namespace Credentials.DataIntegrity.SelectiveDisclosure;

/// <summary>The statements that a group of pointers selects.</summary>
/// <param name="Matching">For each line of the whole, whether it is selected.</param>
/// <param name="Statements">The selected statements; their blank nodes are labelled as those of the whole before canonicalization.</param>
internal sealed record StatementGroup(bool[] Matching, RdfDataset Statements);

/// <summary>A document as canonical statements with labels by HMAC, and which of them pointers select.</summary>
/// <remarks>https://www.w3.org/TR/vc-di-ecdsa/#canonicalizeandgroup</remarks>
internal sealed class StatementGroups
{
    private readonly Skolemization _document;
    private readonly Dictionary<ReadOnlyMemory<byte>, int> _places;

    private StatementGroups(Skolemization document, IReadOnlyList<ReadOnlyMemory<byte>> lines, Dictionary<string, string> labels)
    {
        _document = document;
        Lines = lines;
        Labels = labels;
        _places = new(lines.Count, LineComparer.Instance);
        for (int i = 0; i < lines.Count; i++)
        {
            _places.Add(lines[i], i);
        }
    }

    /// <summary>The canonical N-Quads, a line each, with labels by HMAC.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Lines { get; }

    /// <summary>Label before canonicalization to label by HMAC.</summary>
    public Dictionary<string, string> Labels { get; }

    /// <summary>Canonicalises a document without proofs.</summary>
    public static Parsed<StatementGroups> Of(JsonElement document, ContextLibrary? contexts, ReadOnlySpan<byte> hmacKey)
    {
        // 1. Initialize skolemizedExpandedDocument and skolemizedCompactDocument. 2. Initialize deskolemizedNQuads.
        Parsed<Skolemization> skolemized = Skolemization.Of(document, contexts);
        if (!skolemized.Ok)
        {
            return skolemized.Problem;
        }

        Parsed<RdfDataset> statements = skolemized.Value.StatementsOf(skolemized.Value.Compact);
        if (!statements.Ok)
        {
            return statements.Problem;
        }

        // 3. Initialize nquads and labelMap to their associated values in the result of labelReplacementCanonicalizeNQuads.
        Parsed<CanonicalDataset> canonical = RdfCanonicalForm.Of(statements.Value, HashAlgorithmName.SHA256);
        if (!canonical.Ok)
        {
            return canonical.Problem;
        }

        Dictionary<string, string> labels = HmacLabels.Of(canonical.Value.Labels.Values, hmacKey);
        return new StatementGroups(
            skolemized.Value,
            canonical.Value.Relabel(labels)!,
            canonical.Value.Labels.ToDictionary(pair => pair.Key, pair => labels[pair.Value], StringComparer.Ordinal));
    }

    /// <summary>What a group of pointers selects.</summary>
    /// <remarks>https://www.w3.org/TR/vc-di-ecdsa/#selectcanonicalnquads, and the last steps of canonicalizeAndGroup.</remarks>
    public Parsed<StatementGroup> Select(IReadOnlyList<string> pointers)
    {
        // selectCanonicalNQuads, 1. Initialize selectionDocument to the result of selectJsonLd.
        (System.Text.Json.Nodes.JsonObject? selection, Problem? problem) = PointerSelection.Select(_document.Compact, pointers);
        if (problem is not null)
        {
            return problem;
        }

        bool[] matching = new bool[Lines.Count];
        if (selection is null)
        {
            return new StatementGroup(matching, new([]));
        }

        // 2. Initialize deskolemizedNQuads to the result of toDeskolemizedNQuads.
        Parsed<RdfDataset> statements = _document.StatementsOf(selection);
        if (!statements.Ok)
        {
            return statements.Problem;
        }

        // 3. Initialize nquads to the result of relabelBlankNodes, passing labelMap.
        JsonLdResult<byte[]> text = NQuads.Write(new([.. statements.Value.Quads.Select(Relabel)]));
        if (!text.Ok)
        {
            return RdfCanonicalForm.ProblemOf(text.Error);
        }

        // canonicalizeAndGroup, 6.5.2 If selectedNQuads includes nq then add entry to matching.
        foreach (ReadOnlyMemory<byte> line in LineComparer.Split(text.Value))
        {
            if (!_places.TryGetValue(line, out int place))
            {
                return new Problem(ProblemCode.ProofGenerationError, "A JSON pointer selects a part of a value that means something else without the rest, such as a text without its language.");
            }

            matching[place] = true;
        }

        return new StatementGroup(matching, statements.Value);
    }

    private RdfQuad Relabel(RdfQuad quad) => new(Relabel(quad.Subject), quad.Predicate, Relabel(quad.Object), quad.Graph is { } graph ? Relabel(graph) : null);

    private RdfTerm Relabel(RdfTerm term) => term.Kind == RdfTermKind.BlankNode && Labels.TryGetValue(term.Value, out string? label) ? RdfTerm.BlankNode(label) : term;
}
