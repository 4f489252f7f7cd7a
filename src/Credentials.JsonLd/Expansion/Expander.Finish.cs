using System.Text.Json;
using Credentials.JsonLd.Syntax;

namespace Credentials.JsonLd.Expansion;

/// <content>Steps 15 to 19: what an object turned out to be.</content>
internal sealed partial class Expander
{
    private static readonly KeywordSet ValueEntries = new KeywordSet(Keyword.Value).With(Keyword.Type).With(Keyword.Language).With(Keyword.Direction).With(Keyword.Index);

    private Expanded Finish(in ActiveProperty property, ref ObjectDraft draft, ref ItemChain output)
    {
        if (draft.Index is not null)
        {
            Indexed(draft.Index);
        }

        CheckDirection(draft.Direction);

        // 15. If result contains the entry @value:
        if (draft.Has.Contains(Keyword.Value))
        {
            return FinishValue(property, ref draft, ref output);
        }

        // 17. Otherwise, if result contains the entry @set or @list:
        if (draft.Has.Contains(Keyword.Set) || draft.Has.Contains(Keyword.List))
        {
            return FinishContainer(property, ref draft, ref output);
        }

        // 18. If result is a map that contains only the entry @language, return null.
        if (draft.Has.IsOnly(Keyword.Language) && !draft.HasProperties)
        {
            Drop("An object with a language only");
            return Expanded.Null;
        }

        return FinishNode(property, ref draft, ref output);
    }

    private Expanded FinishValue(in ActiveProperty property, ref ObjectDraft draft, ref ItemChain output)
    {
        // 15.1 The result must not contain any entries other than @direction, @index, @language, @type, and @value. It must not contain an @type entry if it contains either @language or @direction entries.
        bool hasType = draft.Has.Contains(Keyword.Type);
        bool hasLanguage = draft.Has.Contains(Keyword.Language);
        if ((draft.Has.Bits & ~ValueEntries.Bits) != 0 || draft.HasProperties || (hasType && (hasLanguage || draft.Has.Contains(Keyword.Direction))))
        {
            throw new JsonLdFault("invalid value object", "An object with @value has other members too.");
        }

        // 15.2 If the result's @type entry is @json, then the @value entry may contain any value, and is treated as a JSON literal.
        RdfTerm? type = hasType && draft is { TypeIsArray: false, Types: [var only] } ? only : null;
        bool isJson = type?.Value == "@json";
        bool isText = draft.Value.ValueKind == JsonValueKind.String;
        if (!isJson)
        {
            // 15.3 Otherwise, if the value of result's @value entry is null, or an empty array, return null.
            if (draft.Value.ValueKind == JsonValueKind.Null || (draft.Value.ValueKind == JsonValueKind.Array && draft.Value.GetArrayLength() == 0))
            {
                Drop("A null value");
                return Expanded.Null;
            }

            // 15.4 Otherwise, if the value of result's @value entry is not a string and result contains the entry @language, an invalid language-tagged value error has been detected.
            if (hasLanguage && !isText)
            {
                throw new JsonLdFault("invalid language-tagged value", "Only a text has a language.");
            }

            // 15.5 Otherwise, if the result has an @type entry and its value is not an IRI, an invalid typed value error has been detected.
            if (hasType && type is not { Kind: RdfTermKind.Iri, IsWellFormed: true })
            {
                throw new JsonLdFault("invalid typed value", "The type of a value is no IRI.");
            }
        }

        // 19.1 If result ... contains only the entries @value or @list, set result to null.
        if (property.IsFree)
        {
            Drop("A value that belongs to no property");
            return Expanded.Null;
        }

        output.Add(new ValueItem
        {
            Text = isText && !isJson ? Json.Text(draft.Value) : null,
            Json = draft.Value,
            IsJson = isJson,
            Type = isJson ? null : type,
            Language = draft.Language,
            Direction = draft.Direction,
            Index = draft.Index,
        });
        return Expanded.Item;
    }

    private Expanded FinishContainer(in ActiveProperty property, ref ObjectDraft draft, ref ItemChain output)
    {
        // 17.1 The result must contain at most one other entry which must be @index. Otherwise, an invalid set or list object error has been detected.
        KeywordSet others = draft.Has.Without(Keyword.Index);
        if (draft.HasProperties || !(others.IsOnly(Keyword.Set) || others.IsOnly(Keyword.List)))
        {
            throw new JsonLdFault("invalid set or list object", "An object with @set or @list has other members too.");
        }

        // 17.2 If result contains the entry @set, then set result to the entry's associated value.
        if (others.IsOnly(Keyword.Set))
        {
            if (draft.Index is not null)
            {
                Drop("The index of a set");
            }

            output.Append(draft.Set);
            return draft.SetForm;
        }

        if (property.IsFree)
        {
            Drop("A list that belongs to no property");
            return Expanded.Null;
        }

        output.Add(new ListItem { Items = draft.List, Index = draft.Index });
        return Expanded.Item;
    }

    private Expanded FinishNode(in ActiveProperty property, ref ObjectDraft draft, ref ItemChain output)
    {
        // 19.1 If result is a map which is empty, ... set result to null. 19.2 Otherwise, if result is a map whose only entry is @id, set result to null.
        if (property.IsFree && !draft.HasProperties && (draft.Has.IsEmpty || draft.Has.IsOnly(Keyword.Id)))
        {
            Drop(draft.Has.IsEmpty ? "An empty object" : "An object of which nothing is said");
            return Expanded.Null;
        }

        if (draft.Has.Contains(Keyword.Language) || draft.Has.Contains(Keyword.Direction))
        {
            Drop("The language or direction of a node");
        }

        if (_options.Safe)
        {
            RefuseKeywordTypes(draft.Types);
        }

        output.Add(new NodeItem
        {
            Has = draft.Has,
            Id = draft.Id,
            Types = draft.Types,
            Properties = draft.Properties,
            Reverse = draft.Reverse,
            Graph = draft.Graph,
            Included = draft.Included,
            Index = draft.Index,
            Pointer = _tracksPointers ? Pointer() : null,
        });
        return Expanded.Item;
    }

    // Each node below a long name bears it in its pointer.
    private string Pointer()
    {
        string pointer = Path.ToString();
        _pointers += pointer.Length;
        return _pointers <= MaxPointers ? pointer : throw new JsonLdFault(JsonLdErrorCode.TooLarge, $"The pointers to its nodes come to more than {MaxPointers} characters.");
    }

    // A value may be of type @json, a node may not.
    private void RefuseKeywordTypes(RdfTerm[] types)
    {
        foreach (RdfTerm type in types)
        {
            if (!type.IsWellFormed)
            {
                Drop($"The type {type.Value}");
            }
        }
    }
}
