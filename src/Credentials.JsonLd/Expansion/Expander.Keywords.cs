using System.Text.Json;
using Credentials.JsonLd.Contexts;
using Credentials.JsonLd.Syntax;

namespace Credentials.JsonLd.Expansion;

/// <content>Step 13.4: members that stand for keywords.</content>
internal sealed partial class Expander
{
    // 13.4.1 If active property equals @reverse, an invalid reverse property map error has been detected.
    private static void RefuseInReverse(in ActiveProperty property)
    {
        if (property.Keyword == Keyword.Reverse)
        {
            throw new JsonLdFault("invalid reverse property map", "A reverse map holds properties only.");
        }
    }

    private void ExpandKeyword(ActiveContext active, in ActiveProperty property, Keyword keyword, JsonElement value, ref ObjectDraft draft)
    {
        RefuseInReverse(property);

        // 13.4.2 If result already has an expanded property entry, other than @included or @type, a colliding keywords error has been detected.
        if (draft.Has.Contains(keyword) && keyword is not (Keyword.Included or Keyword.Type))
        {
            throw new JsonLdFault("colliding keywords", $"Two members of an object stand for {keyword.Text()}.");
        }

        switch (keyword)
        {
            case Keyword.Id:
                draft.Id = ExpandId(active, value);
                break;
            case Keyword.Type:
                ExpandType(value, ref draft);
                break;
            case Keyword.Graph:
                // 13.4.5 If expanded property is @graph, set expanded value to the result of using this algorithm recursively passing active context, @graph for active property.
                Expand(active, new ActiveProperty(null, Keyword.Graph, null), value, ref draft.Graph);
                break;
            case Keyword.Included:
                ExpandIncluded(active, value, ref draft);
                break;
            case Keyword.Value:
                ExpandValueEntry(value, ref draft);
                break;
            case Keyword.Language:
                // 13.4.8.1 If value is not a string, an invalid language-tagged string error has been detected.
                draft.Language = value.ValueKind == JsonValueKind.String ? LanguageTag.Normalize(Json.Text(value)) : throw new JsonLdFault("invalid language-tagged string", "The value of @language is a text.");
                CheckLanguage(draft.Language);
                break;
            case Keyword.Direction:
                // 13.4.9.2 If value is neither "ltr" nor "rtl", an invalid base direction error has been detected.
                draft.Direction = ContextDefinition.ReadDirection(value) ?? throw new JsonLdFault("invalid base direction", "The value of @direction is \"ltr\" or \"rtl\".");
                break;
            case Keyword.Index:
                // 13.4.10.1 If value is not a string, an invalid @index value error has been detected.
                draft.Index = value.ValueKind == JsonValueKind.String ? Json.Text(value) : throw new JsonLdFault("invalid @index value", "The value of @index is a text.");
                break;
            case Keyword.List:
                // 13.4.11.1 If active property is null or @graph, continue with the next key from element to remove the free-floating list.
                if (property.IsFree)
                {
                    Drop("A list that belongs to no property");
                    return;
                }

                ExpandList(active, property.In(active), value, ref draft.List);
                break;
            case Keyword.Set:
                // 13.4.12 If expanded property is @set, set expanded value to the result of using this algorithm recursively.
                draft.SetForm = Expand(active, property.In(active), value, ref draft.Set);
                break;
            case Keyword.Reverse:
                ExpandReverse(active, value, ref draft);
                return;
            default:
                // Keywords of contexts mean nothing here.
                Drop($"The keyword {keyword.Text()}");
                return;
        }

        // 13.4.16 ... set the expanded property entry of result to expanded value.
        draft.Has = draft.Has.With(keyword);
    }

    private RdfTerm? ExpandId(ActiveContext active, JsonElement value)
    {
        // 13.4.3.1 If value is not a string, an invalid @id value error has been detected.
        // 13.4.3.2 Otherwise, set expanded value to the result of IRI expanding value using true for document relative and false for vocab.
        string text = value.ValueKind == JsonValueKind.String ? Json.Text(value) : throw new JsonLdFault("invalid @id value", "An identifier is a text.");
        return Checked(IriExpansion.Expand(active, text, _options.Base, documentRelative: true, vocab: false), "identifier", text);
    }

    // An IRI or blank node; in safe mode, none that RDF would drop.
    private RdfTerm? Checked(IriResult result, string what, string text)
    {
        RdfTerm? term = result.Keyword != Keyword.Nothing ? RdfTerm.Iri(result.Keyword.Text()) : result.Term;
        if (_options.Safe && term is not { IsWellFormed: true })
        {
            Drop($"The {what} {text}, which is no absolute IRI,");
        }

        return term;
    }

    private void ExpandType(JsonElement value, ref ObjectDraft draft)
    {
        // 13.4.4.1 If value is neither a string nor an array of strings, an invalid type value error has been detected.
        // 13.4.4.4 Otherwise, set expanded value to the result of IRI expanding each of its values using type-scoped context for active context, and true for document relative.
        RdfTerm[] types = [];
        int count = 0;
        draft.TypeIsArray |= value.ValueKind == JsonValueKind.Array || draft.Has.Contains(Keyword.Type);
        if (value.ValueKind == JsonValueKind.Array)
        {
            _contexts.Budget.Item(value.GetArrayLength());
            types = new RdfTerm[value.GetArrayLength()];
            foreach (JsonElement item in value.EnumerateArray())
            {
                Path.Push(count);
                types[count++] = ExpandOneType(draft.TypeScoped, item) ?? IriExpansion.NoIri;
                Path.Pop();
            }
        }
        else
        {
            types = [ExpandOneType(draft.TypeScoped, value) ?? IriExpansion.NoIri];
        }

        // 13.4.4.5 If result already has an entry for @type, prepend the value of @type in result to expanded value.
        draft.Types = draft.Types.Length == 0 ? types : [.. draft.Types, .. types];
    }

    private RdfTerm? ExpandOneType(ActiveContext typeScoped, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            throw new JsonLdFault("invalid type value", "A type is a text.");
        }

        IriResult result = IriExpansion.ExpandType(typeScoped, value, _options.Base);
        if (result.Keyword != Keyword.Nothing)
        {
            return RdfTerm.Iri(result.Keyword.Text());
        }

        return _options.Safe && result.Term is not { IsWellFormed: true } ? Checked(result, "type", Json.Text(value)) : result.Term;
    }

    private void ExpandIncluded(ActiveContext active, JsonElement value, ref ObjectDraft draft)
    {
        // 13.4.6.2 Set expanded value to the result of using this algorithm recursively passing active context, null for active property, ... ensuring that the result is an array.
        ItemChain included = default;
        Expanded form = Expand(active, default, value, ref included);

        // 13.4.6.3 If any element of expanded value is not a node object, an invalid @included value error has been detected.
        bool valid = form != Expanded.Null;
        for (ExpandedItem? item = included.First; item is not null; item = item.Next)
        {
            valid &= item is NodeItem;
        }

        if (!valid)
        {
            throw new JsonLdFault("invalid @included value", "What is included is no node.");
        }

        // 13.4.6.4 If result already has an entry for @included, prepend the value of @included in result to expanded value.
        draft.Included.Append(included);
    }

    private static void ExpandValueEntry(JsonElement value, ref ObjectDraft draft)
    {
        // 13.4.7.1 If input type is @json, set expanded value to value. 13.4.7.2 Otherwise, if value is not a scalar or null, an invalid value object value error has been detected.
        if (!Json.IsScalar(value) && !HasJsonType(draft.TypeScoped, draft.Element))
        {
            throw new JsonLdFault("invalid value object value", "The value of @value is a text, a number, true, false or null.");
        }

        draft.Value = value;
    }

    // 12. Initialize input type to expansion of the last value of the first entry in element expanding to @type (if any), in code point order entries by key.
    private static bool HasJsonType(ActiveContext typeScoped, JsonElement element)
    {
        JsonElement? type = null;
        string? first = null;
        foreach (JsonProperty member in element.EnumerateObject())
        {
            if (IsType(typeScoped, member) && (first is null || string.CompareOrdinal(Json.Name(member), first) < 0))
            {
                first = Json.Name(member);
                type = member.Value;
            }
        }

        JsonElement? last = type is { ValueKind: JsonValueKind.Array } array ? array.GetArrayLength() is var length and > 0 ? array[length - 1] : null : type;
        return last is { ValueKind: JsonValueKind.String } text && IriExpansion.ExpandType(typeScoped, text, null).Keyword == Keyword.Json;
    }

    private void ExpandReverse(ActiveContext active, JsonElement value, ref ObjectDraft draft)
    {
        // 13.4.13.1 If value is not a map, an invalid @reverse value error has been detected.
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw new JsonLdFault("invalid @reverse value", "The value of @reverse is an object.");
        }

        // 13.4.13.2 Otherwise initialize expanded value to the result of using this algorithm recursively, passing active context, @reverse as active property.
        _contexts.Budget.Enter();
        if (active.Previous is not null && !KeepsContext(active, value))
        {
            active = active.Previous;
        }

        if (value.TryGetProperty("@context"u8, out JsonElement context))
        {
            active = _contexts.Apply(active, context);
        }

        ObjectDraft reverse = new() { TypeScoped = active, Types = [], Element = value };
        ExpandMembers(active, new ActiveProperty(null, Keyword.Reverse, null), value, ref reverse);
        _contexts.Budget.Leave();

        // 13.4.13.3 If expanded value contains an @reverse entry, i.e., properties that are reversed twice, ... use add value to add item to the property entry in result.
        for (PropertyEntry? entry = reverse.Reverse; entry is not null; entry = entry.Next)
        {
            draft.Properties = new PropertyEntry(entry.Property, entry.Items, draft.Properties);
        }

        // 13.4.13.4.2.1.1 If item is a value object or list object, an invalid reverse property value has been detected. 13.4.13.4.2.1.2 Use add value to add item to the property entry in reverse map.
        for (PropertyEntry? entry = reverse.Properties; entry is not null; entry = entry.Next)
        {
            RefuseValues(entry.Items);
            draft.Reverse = new PropertyEntry(entry.Property, entry.Items, draft.Reverse);
        }
    }

    private void CheckLanguage(string language)
    {
        if (_options.Safe && !LanguageTag.IsWellFormed(language))
        {
            Drop($"The language {language}, which is no language tag,");
        }
    }
}
