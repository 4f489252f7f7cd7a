namespace Credentials.JsonLd;

/// <summary>What a term of an RDF statement is.</summary>
public enum RdfTermKind
{
    /// <summary>An absolute IRI.</summary>
    Iri,

    /// <summary>A blank node; its value is the label without <c>_:</c>.</summary>
    BlankNode,

    /// <summary>A literal: lexical form, datatype, and for <c>rdf:langString</c> a language.</summary>
    Literal,
}

/// <summary>A term of an RDF statement, immutable and shared.</summary>
/// <remarks>https://www.w3.org/TR/rdf11-concepts/#section-triples</remarks>
public sealed class RdfTerm
{
    // A term of a context that is kept is asked by many threads at once: one byte is never read half written, as a bool? can be.
    private volatile Form _form;

    private RdfTerm(RdfTermKind kind, string value, string? datatype, string? language) =>
        (Kind, Value, Datatype, Language) = (kind, value, datatype, language);

    /// <summary>What it is.</summary>
    public RdfTermKind Kind { get; }

    /// <summary>The IRI, the label without <c>_:</c>, or the lexical form.</summary>
    public string Value { get; }

    /// <summary>IRI of a literal's datatype; null for what is no literal.</summary>
    public string? Datatype { get; }

    /// <summary>Language tag of a literal, if it has one.</summary>
    public string? Language { get; }

    /// <summary>Whether it may stand in RDF: an IRI that is absolute and holds no character that none may, or what is no IRI.</summary>
    internal bool IsWellFormed
    {
        get
        {
            if (_form == Form.NotLookedAt)
            {
                _form = Kind != RdfTermKind.Iri || Syntax.Iri.IsWellFormed(Value) ? Form.Well : Form.Ill;
            }

            return _form == Form.Well;
        }
    }

    private enum Form : byte
    {
        NotLookedAt,
        Well,
        Ill,
    }

    /// <summary>An IRI.</summary>
    public static RdfTerm Iri(string iri) => new(RdfTermKind.Iri, iri, null, null);

    /// <summary>A blank node.</summary>
    /// <param name="label">Without <c>_:</c>.</param>
    public static RdfTerm BlankNode(string label) => new(RdfTermKind.BlankNode, label, null, null);

    /// <summary>A literal.</summary>
    public static RdfTerm Literal(string lexicalForm, string datatype, string? language = null) => new(RdfTermKind.Literal, lexicalForm, datatype, language);
}
