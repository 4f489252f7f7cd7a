using System.Text.Json;
using Credentials.JsonLd.Syntax;

namespace Credentials.JsonLd.Contexts;

/// <summary>IRI Expansion: what a term, compact IRI, keyword or reference stands for.</summary>
/// <remarks>https://www.w3.org/TR/json-ld11-api/#iri-expansion</remarks>
internal static class IriExpansion
{
    /// <summary>Stands where a text has no meaning, and nothing may stand.</summary>
    public static readonly RdfTerm NoIri = RdfTerm.Iri("");

    // What stands before a name is copied for each. Longer than any honest vocabulary's.
    private const int MaxPrefix = 512;

    /// <summary>Expands a text outside of context processing.</summary>
    /// <param name="active">The terms.</param>
    /// <param name="value">The text.</param>
    /// <param name="documentBase">The base IRI of the document, if it has one.</param>
    /// <param name="documentRelative">Whether it may be relative to the base IRI.</param>
    /// <param name="vocab">Whether it may be a term, or relative to the vocabulary.</param>
    public static IriResult Expand(ActiveContext active, string value, string? documentBase, bool documentRelative, bool vocab) =>
        Expand(active, value, documentBase, documentRelative, vocab, null);

    /// <summary>Expands a text; during context processing <paramref name="defining"/> makes the definitions that it needs.</summary>
    public static IriResult Expand(ActiveContext active, string value, string? documentBase, bool documentRelative, bool vocab, DefinitionReader? defining)
    {
        // 1. If value is a keyword or null, return value as is.
        if (Keywords.Parse(value) is var keyword and not Keyword.Nothing)
        {
            return keyword;
        }

        // 2. If value has the form of a keyword, ... return null.
        if (Keywords.HasForm(value))
        {
            return default;
        }

        // 3. If local context ... contains an entry with a key that equals value, ... invoke the Create Term Definition algorithm.
        defining?.Require(value);

        TermDefinition? definition = active.Find(value);

        // 4. If ... the associated IRI mapping is a keyword, return that keyword.
        // 5. If vocab is true and the active context has a term definition for value, return the associated IRI mapping.
        if (definition is not null && (vocab || definition.Iri.Keyword != Keyword.Nothing))
        {
            return definition.Iri;
        }

        // 6. If value contains a colon (:) anywhere after the first character, ...
        if (value.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 && ExpandColon(active, value, colon, defining) is { IsNothing: false } result)
        {
            return result;
        }

        // 7. If vocab is true, and active context has a vocabulary mapping, return the result of concatenating the vocabulary mapping with value.
        if (vocab && active.Vocab is not null)
        {
            return IriResult.Of(Bounded(active.Vocab) + value);
        }

        // 8. Otherwise, if document relative is true set value to the result of resolving value against the base IRI from active context.
        if (documentRelative && (active.HasBase ? active.Base : documentBase) is { } baseIri)
        {
            return RdfTerm.Iri(Iri.Resolve(Bounded(baseIri), value));
        }

        // 9. Return value as is.
        return RdfTerm.Iri(value);
    }

    /// <summary>Expands the name of a member of a node object.</summary>
    public static IriResult ExpandName(ActiveContext active, JsonProperty member, string? documentBase, out TermDefinition? definition)
    {
        definition = active.Find(member);
        return definition?.Iri ?? Expand(active, Json.Name(member), documentBase, documentRelative: false, vocab: true);
    }

    /// <summary>Expands a string that may be a term or relative to the base IRI, such as a type.</summary>
    public static IriResult ExpandType(ActiveContext active, JsonElement value, string? documentBase) =>
        active.FindText(value)?.Iri ?? Expand(active, Json.Text(value), documentBase, documentRelative: true, vocab: true);

    private static IriResult ExpandColon(ActiveContext active, string value, int colon, DefinitionReader? defining)
    {
        // 6.1 Split value into a prefix and suffix at the first occurrence of a colon (:).
        // 6.2 If prefix is underscore (_) or suffix begins with double-forward-slash (//), return value as it is.
        ReadOnlySpan<char> suffix = value.AsSpan(colon + 1);
        if (value.StartsWith("_:", StringComparison.Ordinal) || suffix.StartsWith("//", StringComparison.Ordinal))
        {
            return IriResult.Of(value);
        }

        // 6.3 If local context ... contains a prefix entry, ... invoke the Create Term Definition algorithm.
        ReadOnlySpan<char> prefix = value.AsSpan(0, colon);
        defining?.Require(prefix.ToString());

        // 6.4 If active context contains a term definition for prefix having a non-null IRI mapping and the prefix flag ... is true, return the result of concatenating.
        if (active.Find(prefix) is { IsPrefix: true, Iri.Term: { } mapping })
        {
            return IriResult.Of($"{Bounded(Text(mapping))}{suffix}");
        }

        // 6.5 If value has the form of an IRI, return value.
        return Iri.HasForm(value) ? RdfTerm.Iri(value) : default(IriResult);
    }

    /// <summary>What is copied before a name, if it is not made to be long.</summary>
    public static string Bounded(string prefix) => prefix.Length <= MaxPrefix
        ? prefix
        : throw new JsonLdFault(JsonLdErrorCode.TooLarge, $"A prefix, vocabulary or base is longer than {MaxPrefix} characters.");

    /// <summary>A blank node or IRI as a text of JSON-LD.</summary>
    public static string Text(RdfTerm term) => term.Kind == RdfTermKind.BlankNode ? "_:" + term.Value : term.Value;
}
