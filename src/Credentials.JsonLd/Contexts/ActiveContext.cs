using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Credentials.JsonLd.Syntax;

namespace Credentials.JsonLd.Contexts;

/// <summary>
/// The terms in force at one place of a document. Written while it is compiled, never after; then shared between threads.
/// Lies as a layer over the one that it was made from, until the layers are too many.
/// </summary>
/// <remarks>https://www.w3.org/TR/json-ld11-api/#dfn-active-context</remarks>
internal sealed class ActiveContext
{
    /// <summary>A name is looked up in each layer: more are made one.</summary>
    public const int MaxLayers = 12;

    private readonly ActiveContext? _below;
    private readonly Dictionary<string, TermDefinition?> _terms;
    private ConcurrentDictionary<(object Context, bool TypeScoped), ActiveContext>? _derived;

    /// <summary>A context without terms.</summary>
    public ActiveContext() => _terms = [];

    /// <summary>A layer over another.</summary>
    public ActiveContext(ActiveContext below)
    {
        _terms = [];
        _below = below;
        Layers = below.Layers + 1;
        CopyState(below);
    }

    private ActiveContext(ActiveContext below, Dictionary<string, TermDefinition?> terms)
    {
        _terms = terms;
        CopyState(below);
    }

    public int Layers { get; } = 1;

    /// <summary>What keeps it for other operations; null: it lives as long as the operation.</summary>
    public SharedContexts? Owner { get; init; }

    /// <summary>What holds again for the next node object, after a context that does not propagate.</summary>
    public ActiveContext? Previous { get; set; }

    /// <summary>Whether a context has spoken of the base IRI; else it is the document's.</summary>
    public bool HasBase { get; set; }

    public string? Base { get; set; }

    /// <summary>The vocabulary mapping.</summary>
    public string? Vocab { get; set; }

    public string? Language { get; set; }

    public string? Direction { get; set; }

    public bool HasProtected { get; set; }

    /// <summary>What in a context would be dropped: safe mode refuses its use.</summary>
    public string? Flaw { get; set; }

    /// <summary>Whether the document's base IRI went into it: then it is no other document's.</summary>
    public bool LeansOnBase { get; set; }

    /// <summary>Definitions in all layers, those that are hidden too.</summary>
    public int Weight => _terms.Count + (_below?.Weight ?? 0);

    /// <summary>The definition of a term.</summary>
    public TermDefinition? Find(string term)
    {
        for (ActiveContext? layer = this; layer is not null; layer = layer._below)
        {
            if (layer._terms.TryGetValue(term, out TermDefinition? definition))
            {
                return definition;
            }
        }

        return null;
    }

    /// <summary>The definition of a term.</summary>
    public TermDefinition? Find(ReadOnlySpan<char> term)
    {
        for (ActiveContext? layer = this; layer is not null; layer = layer._below)
        {
            if (layer._terms.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(term, out TermDefinition? definition))
            {
                return definition;
            }
        }

        return null;
    }

    /// <summary>The definition of a member's name.</summary>
    public TermDefinition? Find(JsonProperty member)
    {
        Span<char> buffer = stackalloc char[Json.ShortName];
        ReadOnlySpan<char> name = Json.ShortText(member, buffer);
        return name.IsEmpty ? Find(Json.Name(member)) : Find(name);
    }

    /// <summary>The definition of the term that a string is.</summary>
    public TermDefinition? FindText(JsonElement text)
    {
        Span<char> buffer = stackalloc char[Json.ShortName];
        ReadOnlySpan<char> name = Json.ShortText(text, buffer);
        return name.IsEmpty ? Find(Json.Text(text)) : Find(name);
    }

    /// <summary>Sets or, with null, removes a definition: only while this is being compiled.</summary>
    public void Define(string term, TermDefinition? definition)
    {
        _terms[term] = definition;
        HasProtected |= definition is { IsProtected: true };
    }

    /// <summary>What applying a context to this one came to before.</summary>
    public bool TryGetDerived(object context, bool typeScoped, [NotNullWhen(true)] out ActiveContext? derived)
    {
        derived = null;
        return _derived?.TryGetValue((context, typeScoped), out derived) ?? false;
    }

    /// <summary>Keeps what applying a context to this one came to.</summary>
    public void Keep(object context, bool typeScoped, ActiveContext derived)
    {
        if (_derived is null)
        {
            Interlocked.CompareExchange(ref _derived, new(), null);
        }

        _derived[(context, typeScoped)] = derived;
    }

    /// <summary>The same in one layer, kept by <paramref name="owner"/>.</summary>
    public ActiveContext Flatten(SharedContexts? owner)
    {
        Dictionary<string, TermDefinition?> terms = new(Weight);
        for (ActiveContext? layer = this; layer is not null; layer = layer._below)
        {
            foreach ((string term, TermDefinition? definition) in layer._terms)
            {
                terms.TryAdd(term, definition);
                if (owner is not null && definition?.Context is { } scoped)
                {
                    scoped.IsShared = true;
                }
            }
        }

        return new ActiveContext(this, terms) { Owner = owner };
    }

    private void CopyState(ActiveContext from)
    {
        Previous = from.Previous;
        HasBase = from.HasBase;
        Base = from.Base;
        Vocab = from.Vocab;
        Language = from.Language;
        Direction = from.Direction;
        HasProtected = from.HasProtected;
        Flaw = from.Flaw;
        LeansOnBase = from.LeansOnBase;
    }
}
