using System.Text.Json;
using Credentials.JsonLd.Contexts;
using Credentials.JsonLd.Syntax;

namespace Credentials.JsonLd.Expansion;

/// <summary>Expansion of one document.</summary>
/// <remarks>https://www.w3.org/TR/json-ld11-api/#expansion-algorithm</remarks>
internal sealed partial class Expander
{
    private const int MaxPointers = 16 * 1024 * 1024;

    private readonly ContextReader _contexts;
    private readonly JsonLdOptions _options;
    private readonly bool _forRdf;
    private readonly bool _tracksPointers;
    private int _pointers;

    /// <summary>Begins an operation.</summary>
    /// <param name="library">The contexts by URL.</param>
    /// <param name="options">How.</param>
    /// <param name="forRdf">Whether what only RDF would drop is refused in safe mode too.</param>
    /// <param name="tracksPointers">Whether nodes remember where they stand.</param>
    public Expander(ContextLibrary library, JsonLdOptions options, bool forRdf, bool tracksPointers = false)
    {
        _forRdf = forRdf;
        _options = options;
        _tracksPointers = tracksPointers;
        _contexts = new ContextReader(library, new Budget(options.MaxItems), options);
    }

    /// <summary>Where the expansion stands, for errors.</summary>
    public PointerPath Path { get; } = new();

    /// <summary>Expands a document: the items of its expanded form.</summary>
    public ItemChain ExpandDocument(ActiveContext active, JsonElement document)
    {
        // 6. If the expandContext option in options is set, update the active context. If expandContext is a map having an @context entry, pass that entry's value instead.
        if (_options.ExpandContext is { } context)
        {
            active = _contexts.Apply(active, context.ValueKind == JsonValueKind.Object && context.TryGetProperty("@context"u8, out JsonElement inner) ? inner : context);
        }

        // 8. Set expanded output to the result of using the Expansion algorithm.
        ItemChain output = default;
        Expand(active, default, document, ref output);

        // 8.1 If expanded output is a map that contains only an @graph entry, set expanded output that value.
        return output.First is NodeItem { Next: null, IsGraph: true, Index: null } graph && graph.Has.IsOnly(Keyword.Graph) && document.ValueKind == JsonValueKind.Object
            ? graph.Graph
            : output;
    }

    private Expanded Expand(ActiveContext active, in ActiveProperty property, JsonElement element, ref ItemChain output, bool fromMap = false)
    {
        _contexts.Budget.Item();
        switch (element.ValueKind)
        {
            // 1. If element is null, return null.
            case JsonValueKind.Null or JsonValueKind.Undefined:
                return Expanded.Null;

            // 6. Otherwise element is a map.
            case JsonValueKind.Object:
                _contexts.Budget.Enter();
                Expanded result = ExpandMap(active, property, element, ref output, fromMap);
                _contexts.Budget.Leave();
                return result;

            // 5. If element is an array,
            case JsonValueKind.Array:
                _contexts.Budget.Enter();
                ExpandArray(active, property, element, ref output, fromMap);
                _contexts.Budget.Leave();
                return Expanded.Array;

            // 4. If element is a scalar,
            default:
                return ExpandScalar(active, property, element, ref output);
        }
    }

    private Expanded ExpandScalar(ActiveContext active, in ActiveProperty property, JsonElement element, ref ItemChain output)
    {
        // 4.1 If active property is null or @graph, drop the free-floating scalar by returning null.
        if (property.IsFree)
        {
            Drop("A value that belongs to no property");
            return Expanded.Null;
        }

        // 4.2 If property-scoped context is defined, set active context to the result of the Context Processing algorithm.
        ActiveProperty scoped = property;
        if (property.Definition?.Context is { } context)
        {
            active = _contexts.Apply(active, context, typeScoped: false);
            scoped = property.In(active);
        }

        // 4.3 Return the result of the Value Expansion algorithm.
        output.Add(ExpandValue(active, scoped.Definition, element));
        return Expanded.Item;
    }

    private void ExpandArray(ActiveContext active, in ActiveProperty property, JsonElement element, ref ItemChain output, bool fromMap)
    {
        // 5.2 For each item in element:
        int index = 0;
        bool listOfLists = property.Definition?.Has(Containers.List) ?? false;
        foreach (JsonElement item in element.EnumerateArray())
        {
            Path.Push(index++);
            if (listOfLists)
            {
                // 5.2.2 If the container mapping of active property includes @list, and expanded item is an array, set expanded item to a new map containing the entry @list.
                ItemChain inner = default;
                if (Expand(active, property, item, ref inner, fromMap) == Expanded.Array)
                {
                    output.Add(new ListItem { Items = inner });
                }
                else
                {
                    output.Append(inner);
                }
            }
            else
            {
                // 5.2.1 Initialize expanded item to the result of using this algorithm recursively.
                // 5.2.3 If expanded item is an array, append each of its items to result. Otherwise, if expanded item is not null, append it to result.
                Expand(active, property, item, ref output, fromMap);
            }

            Path.Pop();
        }
    }

    private Expanded ExpandMap(ActiveContext active, in ActiveProperty property, JsonElement element, ref ItemChain output, bool fromMap)
    {
        // 7. If active context has a previous context, the active context is not propagated. ...
        if (active.Previous is not null && !fromMap && !KeepsContext(active, element))
        {
            active = active.Previous;
        }

        // 3. and 8. If property-scoped context is defined, set active context to the result of the Context Processing algorithm, ... and true for override protected.
        if (property.Definition?.Context is { } scoped)
        {
            active = _contexts.Apply(active, scoped, typeScoped: false);
        }

        // 9. If element contains the entry @context, set active context to the result of the Context Processing algorithm.
        if (element.TryGetProperty("@context"u8, out JsonElement context))
        {
            active = _contexts.Apply(active, context);
        }

        // 10. Initialize type-scoped context to active context.
        ObjectDraft draft = new() { TypeScoped = active, Types = [], Element = element };

        // 11. For each key and value in element in code point order by key where key IRI expands to @type: ...
        active = ApplyTypes(active, element);

        // 13. and 14.
        ExpandMembers(active, property, element, ref draft);
        return Finish(property, ref draft, ref output);
    }

    /// <summary>Notes that something would be dropped: in safe mode, an error.</summary>
    private void Drop(string what)
    {
        if (_options.Safe)
        {
            throw new JsonLdFault(JsonLdErrorCode.WouldBeDropped, $"{what} would be dropped.");
        }
    }
}
