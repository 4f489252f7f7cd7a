using System.Text.Json;
using Credentials.JsonLd.Contexts;
using Credentials.JsonLd.Syntax;

namespace Credentials.JsonLd.Expansion;

/// <content>Steps 13 and 14: the members of an object.</content>
internal sealed partial class Expander
{
    private void ExpandMembers(ActiveContext active, in ActiveProperty property, JsonElement element, ref ObjectDraft draft)
    {
        // 13. For each key and value in element,
        List<JsonProperty>? nests = null;
        foreach (JsonProperty member in element.EnumerateObject())
        {
            // 13.1 If key is @context, continue to the next key.
            if (member.NameEquals("@context"u8))
            {
                continue;
            }

            Path.Push(member);

            // 13.2 Initialize expanded property to the result of IRI expanding key.
            IriResult expanded = IriExpansion.ExpandName(active, member, _options.Base, out TermDefinition? definition);
            if (expanded.Keyword == Keyword.Nest)
            {
                RefuseInReverse(property);
                (nests ??= []).Add(member);
            }
            else if (expanded.Keyword != Keyword.Nothing)
            {
                ExpandKeyword(active, property, expanded.Keyword, member.Value, ref draft);
            }
            else if (expanded.Term is { } iri && IsProperty(iri))
            {
                // A name that is its own IRI has no definition, and is needed where its values stand.
                ExpandProperty(active, new ActiveProperty(definition?.Term ?? Json.Name(member), Keyword.Nothing, definition), iri, member.Value, ref draft);
            }
            else
            {
                // 13.3 If expanded property is null or it neither contains a colon (:) nor it is a keyword, drop key.
                Drop($"The property {Json.Name(member)}, which no context defines,");
            }

            Path.Pop();
        }

        // 14. For each key nesting-key in nests,
        foreach (JsonProperty nest in nests ?? [])
        {
            Path.Push(nest);
            ExpandNest(active, nest, ref draft);
            Path.Pop();
        }
    }

    private bool IsProperty(RdfTerm iri)
    {
        if (_options.Safe && (iri.Kind == RdfTermKind.BlankNode || !iri.IsWellFormed))
        {
            return false;
        }

        return iri.Kind == RdfTermKind.BlankNode || iri.Value.Contains(':', StringComparison.Ordinal);
    }

    private void ExpandNest(ActiveContext active, JsonProperty nest, ref ObjectDraft draft)
    {
        // 14.1 Initialize nested values to the value of nesting-key in element, ensuring that it is an array.
        TermDefinition? definition = active.Find(nest);
        if (nest.Value.ValueKind != JsonValueKind.Array)
        {
            ExpandNested(active, definition, nest.Value, ref draft);
            return;
        }

        int index = 0;
        foreach (JsonElement nested in nest.Value.EnumerateArray())
        {
            Path.Push(index++);
            ExpandNested(active, definition, nested, ref draft);
            Path.Pop();
        }
    }

    private void ExpandNested(ActiveContext active, TermDefinition? definition, JsonElement nested, ref ObjectDraft draft)
    {
        // 14.2.1 If nested value is not a map, or any key within nested value expands to @value, an invalid @nest value error has been detected.
        if (nested.ValueKind != JsonValueKind.Object || HasValue(active, nested))
        {
            throw new JsonLdFault("invalid @nest value", "What is nested is no object of properties.");
        }

        // 14.2.2 Recursively repeat steps 3, 8, 13, and 14 using nesting-key for active property, and nested value for element.
        _contexts.Budget.Enter();
        ActiveProperty property = new(definition?.Term, Keyword.Nothing, definition);
        if (definition?.Context is { } scoped)
        {
            active = _contexts.Apply(active, scoped, typeScoped: false);
        }

        ExpandMembers(active, property, nested, ref draft);
        _contexts.Budget.Leave();
    }

    private bool HasValue(ActiveContext active, JsonElement element)
    {
        foreach (JsonProperty member in element.EnumerateObject())
        {
            if (IriExpansion.ExpandName(active, member, _options.Base, out _).Keyword == Keyword.Value)
            {
                return true;
            }
        }

        return false;
    }

    private void ExpandProperty(ActiveContext active, in ActiveProperty key, RdfTerm iri, JsonElement value, ref ObjectDraft draft)
    {
        // 13.5 Initialize container mapping to key's container mapping in active context.
        TermDefinition? definition = key.Definition;
        Containers containers = definition?.Containers ?? Containers.None;
        ItemChain items = default;
        Expanded form = Expanded.Array;
        bool isMap = value.ValueKind == JsonValueKind.Object;
        if (definition?.Type.Keyword == Keyword.Json)
        {
            // 13.6 If key's term definition in active context has a type mapping of @json, set expanded value to a new map, set the entry @value to value, and set the entry @type to @json.
            items.Add(new ValueItem { Json = value, IsJson = true });
            form = Expanded.Item;
        }
        else if (isMap && (containers & Containers.Language) != Containers.None)
        {
            // 13.7 Otherwise, if container mapping includes @language and value is a map then value is expanded from a language map.
            ExpandLanguageMap(active, definition!, value, ref items);
        }
        else if (isMap && (containers & (Containers.Index | Containers.Type | Containers.Id)) != Containers.None)
        {
            // 13.8 Otherwise, if container mapping includes @index, @type, or @id and value is a map then value is expanded from an map.
            ExpandMapContainer(active, key, value, ref items);
        }
        else
        {
            // 13.9 Otherwise, initialize expanded value to the result of using this algorithm recursively.
            form = Expand(active, key, value, ref items);
        }

        // 13.10 If expanded value is null, ignore key by continuing to the next key from element. A null says nothing: safe mode lets it pass.
        if (form == Expanded.Null)
        {
            return;
        }

        // 13.11 If container mapping includes @list and expanded value is not already a list object, convert expanded value to a list object.
        if ((containers & Containers.List) != Containers.None && !(form == Expanded.Item && items.First is ListItem))
        {
            items = ItemChain.Of(new ListItem { Items = items });
        }

        // 13.12 If container mapping includes @graph, and includes neither @id nor @index, ... convert each value ev in expanded value into a graph object.
        if ((containers & Containers.Graph) != Containers.None && (containers & (Containers.Id | Containers.Index)) == Containers.None)
        {
            items = WrapGraphs(items);
        }

        if (definition is { IsReverse: true })
        {
            // 13.13.4.1 If item is a value object or list object, an invalid reverse property value has been detected.
            RefuseValues(items);
            draft.Reverse = new PropertyEntry(iri, items, draft.Reverse);
        }
        else
        {
            // 13.14 Otherwise, key is not a reverse property use add value to add expanded value to the expanded property entry in result.
            draft.Properties = new PropertyEntry(iri, items, draft.Properties);
        }
    }

    private ItemChain WrapGraphs(ItemChain items)
    {
        ItemChain graphs = default;
        for (ExpandedItem? item = items.First; item is not null;)
        {
            ExpandedItem? next = item.Next;
            item.Next = null;
            graphs.Add(WrapGraph(item));
            item = next;
        }

        return graphs;
    }

    // A graph keeps statements only: neither a value nor a node of which nothing is said leaves one.
    private NodeItem WrapGraph(ExpandedItem item)
    {
        if (item is not NodeItem node || (node.Has.IsOnly(Keyword.Id) && node.Properties is null && node.Reverse is null))
        {
            Drop("What says nothing in a graph");
        }

        return NodeItem.OfGraph(ItemChain.Of(item));
    }

    private static void RefuseValues(ItemChain items)
    {
        for (ExpandedItem? item = items.First; item is not null; item = item.Next)
        {
            if (item is not NodeItem)
            {
                throw new JsonLdFault("invalid reverse property value", "A value cannot have properties, and so cannot be where a reverse property comes from.");
            }
        }
    }
}
