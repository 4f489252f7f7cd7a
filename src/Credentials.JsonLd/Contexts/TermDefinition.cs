using System.Text.Json;
using Credentials.JsonLd.Syntax;

namespace Credentials.JsonLd.Contexts;

/// <summary>How the values of a term are held.</summary>
[Flags]
internal enum Containers : byte
{
    None = 0,
    List = 1,
    Set = 2,
    Language = 4,
    Index = 8,
    Id = 16,
    Type = 32,
    Graph = 64,
}

/// <summary>A context that waits for its use, with the URL against which its references are resolved. Compared as an object: it is the key under which what it leads to is kept.</summary>
internal sealed record ScopedContext(JsonElement Value, string? BaseUrl)
{
    /// <summary>Whether it stands in a context that a library keeps, and what it leads to may be kept there too.</summary>
    public bool IsShared { get; set; }

    public bool Equals(ScopedContext? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}

/// <summary>What a context says of a term. Written while it is created, never after.</summary>
/// <remarks>https://www.w3.org/TR/json-ld11-api/#dfn-term-definition</remarks>
internal sealed class TermDefinition(string term)
{
    public string Term { get; } = term;

    /// <summary>What the term stands for; nothing when it is defined as null.</summary>
    public IriResult Iri { get; set; }

    public bool IsPrefix { get; set; }

    public bool IsProtected { get; set; }

    public bool IsReverse { get; set; }

    public Containers Containers { get; set; }

    /// <summary>The type mapping: @id, @vocab, @json, @none, or an IRI.</summary>
    public IriResult Type { get; set; }

    public bool HasLanguage { get; set; }

    public string? Language { get; set; }

    public bool HasDirection { get; set; }

    public string? Direction { get; set; }

    /// <summary>The property that holds the index; null is @index.</summary>
    public string? Index { get; set; }

    public string? Nest { get; set; }

    public ScopedContext? Context { get; set; }

    public bool Has(Containers container) => (Containers & container) != Containers.None;

    /// <summary>Whether both say the same, protection aside.</summary>
    public bool IsSameAs(TermDefinition other) =>
        Iri.IsSameAs(other.Iri) && Type.IsSameAs(other.Type) && IsPrefix == other.IsPrefix && IsReverse == other.IsReverse
        && Containers == other.Containers && HasLanguage == other.HasLanguage && Language == other.Language
        && HasDirection == other.HasDirection && Direction == other.Direction && Index == other.Index && Nest == other.Nest
        && (Context, other.Context) switch
        {
            (null, null) => true,
            ({ } mine, { } theirs) => JsonElement.DeepEquals(mine.Value, theirs.Value),
            _ => false,
        };
}

/// <summary>What IRI expansion comes to: nothing, a keyword, or an IRI, which may be relative, or a blank node.</summary>
internal readonly record struct IriResult(Keyword Keyword, RdfTerm? Term)
{
    /// <summary>Whether there is neither.</summary>
    public bool IsNothing => Keyword == Keyword.Nothing && Term is null;

    public static implicit operator IriResult(Keyword keyword) => new(keyword, null);

    public static implicit operator IriResult(RdfTerm? term) => new(Keyword.Nothing, term);

    public bool IsSameAs(IriResult other) => Keyword == other.Keyword && Term?.Value == other.Term?.Value && Term?.Kind == other.Term?.Kind;

    /// <summary>An IRI or blank node from its text.</summary>
    public static IriResult Of(string text) => Syntax.Iri.IsBlank(text) ? RdfTerm.BlankNode(text[2..]) : RdfTerm.Iri(text);
}
