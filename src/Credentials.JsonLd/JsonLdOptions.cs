using System.Text.Json;

namespace Credentials.JsonLd;

/// <summary>How a document is processed.</summary>
/// <remarks>https://www.w3.org/TR/json-ld11-api/#the-jsonldoptions-type</remarks>
public sealed record JsonLdOptions
{
    /// <summary>Base IRI; null: relative references stay, which safe mode refuses.</summary>
    public string? Base { get; init; }

    /// <summary>Whether anything that would be dropped is an error. On: a signature must cover all that is said.</summary>
    public bool Safe { get; init; } = true;

    /// <summary>What becomes of a text's base direction in RDF. Without a form for it the direction would be dropped, which safe mode refuses.</summary>
    public RdfDirection Direction { get; init; } = RdfDirection.I18nDatatype;

    /// <summary>A context that is applied before the document's own.</summary>
    public JsonElement? ExpandContext { get; init; }

    /// <summary>Values, nodes and types that a document may hold; each comes to some 500 bytes of memory at most.</summary>
    public int MaxItems { get; init; } = 65_536;

    /// <summary>
    /// Whether an object in the document's own <c>@context</c> that holds nothing but another <c>@context</c> stands for that one. The specification refuses it as a redefinition of a keyword;
    /// the libraries of the field read it, so documents of that shape are signed. For reading those.
    /// </summary>
    public bool NestedContexts { get; init; }

    /// <summary>Whether statements whose predicate is a blank node stay. They are no RDF; the specification's tests ask for them.</summary>
    internal bool Generalized { get; init; }

    /// <summary>Whether JSON-LD 1.1 is refused as JSON-LD 1.0 does. The specification's tests ask for it.</summary>
    internal bool Legacy { get; init; }
}

/// <summary>How the base direction of a text is said in RDF.</summary>
/// <remarks>https://www.w3.org/TR/json-ld11-api/#dom-jsonldoptions-rdfdirection</remarks>
public enum RdfDirection
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>As a datatype, such as <c>https://www.w3.org/ns/i18n#ar_rtl</c>; what the libraries of the field sign.</summary>
    I18nDatatype,

    /// <summary>As a blank node with <c>rdf:value</c>, <c>rdf:language</c> and <c>rdf:direction</c>.</summary>
    CompoundLiteral,
}
