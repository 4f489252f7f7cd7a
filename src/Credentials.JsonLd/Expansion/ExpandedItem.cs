using System.Text.Json;
using Credentials.JsonLd.Syntax;

namespace Credentials.JsonLd.Expansion;

/// <summary>One thing of the expanded form: a value, a list or a node. It stands in one <see cref="ItemChain"/> at most.</summary>
/// <remarks>https://www.w3.org/TR/json-ld11/#expanded-document-form</remarks>
internal abstract class ExpandedItem
{
    /// <summary>What follows it in its chain.</summary>
    public ExpandedItem? Next { get; set; }

    public string? Index { get; set; }
}

/// <summary>A value object.</summary>
internal sealed class ValueItem : ExpandedItem
{
    /// <summary>The text, where the value is one and <see cref="IsJson"/> is not set.</summary>
    public string? Text { get; init; }

    /// <summary>The value, where it is no text.</summary>
    public JsonElement Json { get; init; }

    public bool IsJson { get; init; }

    /// <summary>The datatype, if it has one.</summary>
    public RdfTerm? Type { get; init; }

    public string? Language { get; set; }

    public string? Direction { get; set; }
}

/// <summary>A list object.</summary>
internal sealed class ListItem : ExpandedItem
{
    public ItemChain Items;
}

/// <summary>A node object.</summary>
internal sealed class NodeItem : ExpandedItem
{
    /// <summary>The entries that it has besides properties: <see cref="Keyword.Id"/>, Type, Graph, Included.</summary>
    public KeywordSet Has { get; set; }

    /// <summary>The identifier; null though <see cref="Has"/> names it: one that stands for nothing.</summary>
    public RdfTerm? Id { get; set; }

    public RdfTerm[] Types { get; set; } = [];

    public PropertyEntry? Properties { get; set; }

    public PropertyEntry? Reverse { get; set; }

    public ItemChain Graph;

    public ItemChain Included;

    /// <summary>Where it stands in the document, if that was asked for and it has a place of its own.</summary>
    public string? Pointer { get; init; }

    /// <summary>A graph object around a chain.</summary>
    public static NodeItem OfGraph(ItemChain items) => new() { Has = new KeywordSet(Keyword.Graph), Graph = items };

    /// <summary>Whether it is a graph object: @graph, and nothing else but @id and @index.</summary>
    public bool IsGraph => Has.Contains(Keyword.Graph) && !Has.Contains(Keyword.Type) && !Has.Contains(Keyword.Included) && Properties is null && Reverse is null;
}

/// <summary>A property and its values; the same property may come again.</summary>
internal sealed class PropertyEntry(RdfTerm property, ItemChain items, PropertyEntry? next)
{
    public RdfTerm Property { get; } = property;

    public ItemChain Items = items;

    public PropertyEntry? Next { get; } = next;
}

/// <summary>Items in their order, linked through themselves.</summary>
internal struct ItemChain
{
    private ExpandedItem? _last;

    public ExpandedItem? First { get; private set; }

    public void Add(ExpandedItem item)
    {
        if (_last is null)
        {
            First = item;
        }
        else
        {
            _last.Next = item;
        }

        _last = item;
    }

    public void Append(ItemChain items)
    {
        if (items.First is null)
        {
            return;
        }

        Add(items.First);
        _last = items._last;
    }

    public static ItemChain Of(ExpandedItem item)
    {
        var chain = default(ItemChain);
        chain.Add(item);
        return chain;
    }
}

/// <summary>A set of keywords.</summary>
internal readonly record struct KeywordSet(int Bits)
{
    public KeywordSet(Keyword keyword)
        : this(1 << (int)keyword)
    {
    }

    public bool IsEmpty => Bits == 0;

    public bool Contains(Keyword keyword) => (Bits & (1 << (int)keyword)) != 0;

    public KeywordSet With(Keyword keyword) => new(Bits | (1 << (int)keyword));

    public KeywordSet Without(Keyword keyword) => new(Bits & ~(1 << (int)keyword));

    public bool IsOnly(Keyword keyword) => Bits == 1 << (int)keyword;
}
