using System.Text.Json;
using Credentials.JsonLd.Contexts;
using Credentials.JsonLd.Syntax;

namespace Credentials.JsonLd.Expansion;

/// <content>Value Expansion, and the maps of values: steps 13.7 and 13.8.</content>
internal sealed partial class Expander
{
    private ExpandedItem ExpandValue(ActiveContext active, TermDefinition? definition, JsonElement value) =>
        value.ValueKind == JsonValueKind.String
            ? ExpandText(active, definition, Json.Text(value))
            : new ValueItem { Json = value, IsJson = definition?.Type.Keyword == Keyword.Json, Type = definition?.Type.Term };

    /// <remarks>https://www.w3.org/TR/json-ld11-api/#value-expansion</remarks>
    private ExpandedItem ExpandText(ActiveContext active, TermDefinition? definition, string text)
    {
        IriResult type = definition?.Type ?? default;
        switch (type.Keyword)
        {
            // 1. If the active property has a type mapping in active context that is @id, and the value is a string, return a new map containing a single entry where the key is @id.
            // 2. If active property has a type mapping in active context that is @vocab, ...
            case Keyword.Id or Keyword.Vocab:
                IriResult id = IriExpansion.Expand(active, text, _options.Base, documentRelative: true, vocab: type.Keyword == Keyword.Vocab);
                return new NodeItem { Has = new KeywordSet(Keyword.Id), Id = Checked(id, "identifier", text) };
            case Keyword.Json:
                return new ValueItem { Text = text, IsJson = true };
        }

        // 4. If active property has a type mapping in active context, other than @id, @vocab, or @none, add @type to result.
        if (type.Term is not null)
        {
            return new ValueItem { Text = text, Type = type.Term };
        }

        // 5.1 to 5.4 Initialize language to the language mapping for active property in active context, if any, otherwise to the default language of active context.
        string? direction = definition is { HasDirection: true } ? definition.Direction : active.Direction;
        CheckDirection(direction);
        return new ValueItem { Text = text, Language = definition is { HasLanguage: true } ? definition.Language : active.Language, Direction = direction };
    }

    // 13.4.11.2 Otherwise, initialize expanded value to the result of using this algorithm recursively ... ensuring that the result is an array.
    private void ExpandList(ActiveContext active, in ActiveProperty property, JsonElement value, ref ItemChain items)
    {
        if (!_options.Safe || value.ValueKind != JsonValueKind.Array || property.Definition?.Has(Containers.List) == true)
        {
            Expand(active, property, value, ref items);
            return;
        }

        // An array in a list is made flat by the specification, and a list by the JavaScript libraries: no signature should hang on that.
        int index = 0;
        foreach (JsonElement item in value.EnumerateArray())
        {
            Path.Push(index++);
            if (Expand(active, property, item, ref items) == Expanded.Array)
            {
                Drop("The form of an array in a list");
            }

            Path.Pop();
        }
    }

    private void ExpandLanguageMap(ActiveContext active, TermDefinition definition, JsonElement value, ref ItemChain items)
    {
        // 13.7.2 and 13.7.3 Initialize direction to the default base direction from active context. If key's term definition in active context has a direction mapping, update direction with that value.
        string? direction = definition.HasDirection ? definition.Direction : active.Direction;
        CheckDirection(direction);

        // 13.7.4 For each key-value pair language-language value in value,
        foreach (JsonProperty member in value.EnumerateObject())
        {
            Path.Push(member);

            // 13.7.4.2.4 If language is @none, or expands to @none, remove @language from v.
            string? language = IriExpansion.ExpandName(active, member, _options.Base, out _).Keyword == Keyword.None ? null : LanguageTag.Normalize(Json.Name(member));
            if (language is not null)
            {
                CheckLanguage(language);
            }

            // 13.7.4.1 If language value is not an array set language value to an array containing only language value.
            if (member.Value.ValueKind == JsonValueKind.Array)
            {
                foreach (JsonElement item in member.Value.EnumerateArray())
                {
                    AddLanguageValue(item, language, direction, ref items);
                }
            }
            else
            {
                AddLanguageValue(member.Value, language, direction, ref items);
            }

            Path.Pop();
        }
    }

    private void AddLanguageValue(JsonElement item, string? language, string? direction, ref ItemChain items)
    {
        _contexts.Budget.Item();
        switch (item.ValueKind)
        {
            // 13.7.4.2.1 If item is null, continue to the next entry in language value.
            case JsonValueKind.Null:
                break;

            // 13.7.4.2.3 Initialize a new map v consisting of two key-value pairs: (@value-item) and (@language-language).
            case JsonValueKind.String:
                items.Add(new ValueItem { Text = Json.Text(item), Language = language, Direction = direction });
                break;

            // 13.7.4.2.2 item must be a string, otherwise an invalid language map value error has been detected.
            default:
                throw new JsonLdFault("invalid language map value", "A language map holds texts.");
        }
    }

    private void ExpandMapContainer(ActiveContext active, in ActiveProperty key, JsonElement value, ref ItemChain items)
    {
        TermDefinition definition = key.Definition!;
        foreach (JsonProperty member in value.EnumerateObject())
        {
            Path.Push(member);

            // 13.8.3.1 If container mapping includes @id or @type, initialize map context to the previous context from active context if it exists, otherwise, set map context to active context.
            ActiveContext mapContext = definition.Has(Containers.Id | Containers.Type) ? active.Previous ?? active : active;

            // 13.8.3.2 If container mapping includes @type and index's term definition in map context has a local context, update map context to the result of the Context Processing algorithm.
            if (definition.Has(Containers.Type) && mapContext.Find(member)?.Context is { } scoped)
            {
                mapContext = _contexts.Apply(mapContext, scoped, typeScoped: true);
            }

            // 13.8.3.4 Initialize expanded index to the result of IRI expanding index.
            IriResult expanded = IriExpansion.ExpandName(active, member, _options.Base, out _);

            // 13.8.3.6 Initialize index value to the result of using this algorithm recursively, ... true for from map.
            ItemChain values = default;
            Expand(mapContext, key.In(mapContext), member.Value, ref values, fromMap: true);

            // 13.8.3.7 For each item in index value:
            for (ExpandedItem? item = values.First; item is not null;)
            {
                ExpandedItem? next = item.Next;
                item.Next = null;
                items.Add(expanded.Keyword == Keyword.None ? WithoutIndex(definition, item) : WithIndex(active, definition, Json.Name(member), expanded, item));
                item = next;
            }

            Path.Pop();
        }
    }

    // 13.8.3.7.1 If container mapping includes @graph, and item is not a graph object, set item to a new map containing the key-value pair @graph-item.
    private ExpandedItem WithoutIndex(TermDefinition definition, ExpandedItem item) =>
        definition.Has(Containers.Graph) && item is not NodeItem { IsGraph: true } ? WrapGraph(item) : item;

    private ExpandedItem WithIndex(ActiveContext active, TermDefinition definition, string index, IriResult expanded, ExpandedItem plain)
    {
        ExpandedItem item = WithoutIndex(definition, plain);
        if (definition.Has(Containers.Index) && definition.Index is { } indexKey && Keywords.Parse(indexKey) != Keyword.Index)
        {
            // 13.8.3.7.2.1 Initialize re-expanded index to the result of calling the Value Expansion algorithm, passing the active context, index key as active property, and index as value.
            // 13.8.3.7.2.4 Add the key-value pair (expanded index key-index property values) to item.
            ExpandedItem value = ExpandText(active, active.Find(indexKey), index);
            NodeItem node = NodeOf(item);
            node.Properties = new PropertyEntry(
                IriExpansion.Expand(active, indexKey, _options.Base, documentRelative: false, vocab: true).Term ?? IriExpansion.NoIri, ItemChain.Of(value), node.Properties);
        }
        else if (definition.Has(Containers.Index))
        {
            // 13.8.3.7.3 Otherwise, if container mapping includes @index, item does not have an entry @index, ... add the key-value pair (@index-index) to item.
            item.Index ??= Indexed(index);
        }
        else if (definition.Has(Containers.Id))
        {
            // 13.8.3.7.4 Otherwise, if container mapping includes @id item does not have the entry @id, ... add the key-value pair (@id-expanded index) to item, ... using true for document relative and false for vocab.
            NodeItem node = NodeOf(item);
            if (!node.Has.Contains(Keyword.Id))
            {
                node.Id = Checked(IriExpansion.Expand(active, index, _options.Base, documentRelative: true, vocab: false), "identifier", index);
                node.Has = node.Has.With(Keyword.Id);
            }
        }
        else
        {
            // 13.8.3.7.5 Otherwise, if container mapping includes @type ..., initialize types to a new array consisting of expanded index followed by any existing values of @type in item.
            NodeItem node = NodeOf(item);
            node.Types = [Checked(expanded, "type", index) ?? IriExpansion.NoIri, .. node.Types];
            node.Has = node.Has.With(Keyword.Type);
        }

        return item;
    }

    // 13.8.3.7.2.5 If item is a value object, it MUST NOT contain any extra properties; an invalid value object error has been detected.
    private static NodeItem NodeOf(ExpandedItem item) => item as NodeItem
        ?? throw new JsonLdFault("invalid value object", "A map by identifier, type or property holds a value, which can have none of them.");

    // The RDF has no place for an index.
    private string Indexed(string index)
    {
        if (_forRdf)
        {
            Drop($"The index {index}");
        }

        return index;
    }

    private void CheckDirection(string? direction)
    {
        if (direction is not null && _forRdf && _options.Direction is RdfDirection.None)
        {
            Drop("A base direction");
        }
    }
}
