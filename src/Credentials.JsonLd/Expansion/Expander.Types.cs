using System.Text.Json;
using Credentials.JsonLd.Contexts;
using Credentials.JsonLd.Syntax;

namespace Credentials.JsonLd.Expansion;

/// <content>Steps 7 and 11: the contexts that the members of an object bring with them.</content>
internal sealed partial class Expander
{
    // 7. ... element does not contain an entry expanding to @value, and element does not consist of a single entry expanding to @id.
    private bool KeepsContext(ActiveContext active, JsonElement element)
    {
        int count = 0;
        bool onlyId = true;
        foreach (JsonProperty member in element.EnumerateObject())
        {
            Keyword keyword = IriExpansion.ExpandName(active, member, _options.Base, out _).Keyword;
            if (keyword == Keyword.Value)
            {
                return true;
            }

            count++;
            onlyId &= keyword == Keyword.Id;
        }

        return count == 1 && onlyId;
    }

    private ActiveContext ApplyTypes(ActiveContext active, JsonElement element)
    {
        List<TermDefinition>? scoped = null;
        int typeKeys = 0;
        foreach (JsonProperty member in element.EnumerateObject())
        {
            if (!IsType(active, member))
            {
                continue;
            }

            // Two keys for the type are rare: then they are sorted.
            if (++typeKeys > 1)
            {
                return ApplySortedTypes(active, element);
            }

            CollectScoped(active, member.Value, ref scoped);
        }

        return ApplyScoped(active, scoped);
    }

    private ActiveContext ApplySortedTypes(ActiveContext active, JsonElement element)
    {
        ActiveContext typeScoped = active;
        foreach (JsonProperty member in element.EnumerateObject().Where(m => IsType(typeScoped, m)).OrderBy(Json.Name, StringComparer.Ordinal))
        {
            List<TermDefinition>? scoped = null;
            CollectScoped(typeScoped, member.Value, ref scoped);
            active = ApplyScoped(active, scoped);
        }

        return active;
    }

    private static bool IsType(ActiveContext active, JsonProperty member) =>
        member.NameEquals("@type"u8) || active.Find(member)?.Iri.Keyword == Keyword.Type;

    // 11.1 Convert value into an array, if necessary.
    // 11.2 For each term which is a value of value ..., if term is a string, and term's term definition in type-scoped context has a local context, ...
    private static void CollectScoped(ActiveContext typeScoped, JsonElement value, ref List<TermDefinition>? scoped)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            if (typeScoped.FindText(value) is { Context: not null } definition)
            {
                (scoped ??= []).Add(definition);
            }
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in value.EnumerateArray())
            {
                if (item.ValueKind == JsonValueKind.String)
                {
                    CollectScoped(typeScoped, item, ref scoped);
                }
            }
        }
    }

    private ActiveContext ApplyScoped(ActiveContext active, List<TermDefinition>? scoped)
    {
        if (scoped is null)
        {
            return active;
        }

        // 11.2 ... in code point order ... passing active context, the value of the term's local context as local context, ... and false for propagate.
        scoped.Sort((left, right) => string.CompareOrdinal(left.Term, right.Term));
        foreach (TermDefinition definition in scoped)
        {
            active = _contexts.Apply(active, definition.Context!, typeScoped: true);
        }

        return active;
    }
}
