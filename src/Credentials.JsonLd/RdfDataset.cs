namespace Credentials.JsonLd;

/// <summary>One statement; no graph means the default graph.</summary>
public readonly record struct RdfQuad(RdfTerm Subject, RdfTerm Predicate, RdfTerm Object, RdfTerm? Graph);

/// <summary>Statements, in the order in which they were found; a statement may stand twice.</summary>
/// <remarks>https://www.w3.org/TR/rdf11-concepts/#section-dataset</remarks>
public sealed class RdfDataset(IReadOnlyList<RdfQuad> quads)
{
    /// <summary>The statements.</summary>
    public IReadOnlyList<RdfQuad> Quads { get; } = quads;
}
