using System.Text.Json;
using Credentials.JsonLd.Contexts;
using Credentials.JsonLd.Syntax;

namespace Credentials.JsonLd.Expansion;

/// <summary>The result of expanding an object while its members are read: not known yet to be a value, a set, a list or a node.</summary>
internal struct ObjectDraft
{
    /// <summary>The entries that it has besides properties.</summary>
    public KeywordSet Has;

    public RdfTerm? Id;

    /// <summary>What @type stands for; in a value object one, in a node any number. @json and other keywords as the term of their text.</summary>
    public RdfTerm[] Types;

    /// <summary>Whether @type was an array.</summary>
    public bool TypeIsArray;

    public JsonElement Value;

    public string? Language;

    public string? Direction;

    public string? Index;

    /// <summary>The items of @list, @set or @graph: a draft that holds two of them is refused.</summary>
    public ItemChain List;

    public ItemChain Set;

    public Expanded SetForm;

    public ItemChain Graph;

    public ItemChain Included;

    public PropertyEntry? Properties;

    public PropertyEntry? Reverse;

    /// <summary>The active context that its types left, by which its @id, @value and the rest are read.</summary>
    public ActiveContext TypeScoped;

    /// <summary>The object itself.</summary>
    public JsonElement Element;

    public readonly bool HasProperties => Properties is not null || Reverse is not null;
}

/// <summary>What expanding an element came to.</summary>
internal enum Expanded : byte
{
    /// <summary>Null: nothing was added.</summary>
    Null,

    /// <summary>One item was added.</summary>
    Item,

    /// <summary>An array: any number of items were added.</summary>
    Array,
}

/// <summary>The active property: a term or IRI, or @graph or @reverse, or none.</summary>
/// <param name="Name">As it stands in the document.</param>
/// <param name="Keyword">@graph, @reverse, or nothing.</param>
/// <param name="Definition">What the active context says of the name.</param>
internal readonly record struct ActiveProperty(string? Name, Keyword Keyword, TermDefinition? Definition)
{
    /// <summary>Whether values would float freely here.</summary>
    public bool IsFree => Name is null && Keyword is Keyword.Nothing or Keyword.Graph;

    /// <summary>The same under another active context.</summary>
    public ActiveProperty In(ActiveContext active) => Name is null ? this : this with { Definition = active.Find(Name) };
}
