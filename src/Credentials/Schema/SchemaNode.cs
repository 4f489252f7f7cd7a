using System.Text.Json;

namespace Credentials.Schema;

/// <summary>One schema of a document: the whole, or one within it; its references looked up, its patterns compiled.</summary>
internal sealed class SchemaNode(JsonElement json, string pointer)
{
    /// <summary>As written: an object, or a boolean.</summary>
    public JsonElement Json { get; } = json;

    /// <summary>Where it stands in its document.</summary>
    public string Pointer { get; } = pointer;

    /// <summary>The absolute URI of the schema resource that it is part of, without fragment.</summary>
    public required string Base { get; init; }

    /// <summary>The root of that resource; itself, where it is one.</summary>
    public SchemaNode Resource { get => field ?? this; init; }

    /// <summary>What it asserts, in the order in which that is evaluated.</summary>
    public List<(Keyword Keyword, JsonElement Value)> Assertions { get; } = [];

    /// <summary>The schemas under keywords that hold one.</summary>
    public Dictionary<string, SchemaNode> One { get; } = new(StringComparer.Ordinal);

    /// <summary>The schemas under keywords that hold an array of them.</summary>
    public Dictionary<string, SchemaNode[]> Lists { get; } = new(StringComparer.Ordinal);

    /// <summary>The schemas under keywords that hold an object of them.</summary>
    public Dictionary<string, Dictionary<string, SchemaNode>> Maps { get; } = new(StringComparer.Ordinal);

    /// <summary>The patterns that it uses, by their text.</summary>
    public Dictionary<string, SchemaPattern> Patterns { get; } = new(StringComparer.Ordinal);

    /// <summary>Where its references lead, by keyword; null for the metaschema.</summary>
    public Dictionary<string, SchemaNode?> References { get; } = new(StringComparer.Ordinal);

    /// <summary>Of the root of a resource: its dynamic anchors.</summary>
    public Dictionary<string, SchemaNode> DynamicAnchors { get; } = new(StringComparer.Ordinal);

    /// <summary>Its own <c>$dynamicAnchor</c>.</summary>
    public string? DynamicAnchor { get; set; }
}
