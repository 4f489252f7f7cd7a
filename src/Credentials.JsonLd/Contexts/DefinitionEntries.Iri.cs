using System.Text.Json;
using Credentials.JsonLd.Syntax;

namespace Credentials.JsonLd.Contexts;

/// <content>Steps 13 to 18: what the term stands for.</content>
internal sealed partial class DefinitionEntries
{
    private bool ReadReverse(JsonElement reverse)
    {
        // 13.1 If value contains @id or @nest, entries, an invalid reverse property error has been detected.
        if (Has("@id"u8, out _) || Has("@nest"u8, out _))
        {
            throw new JsonLdFault("invalid reverse property", $"{Term} is a reverse property, and has @id or @nest.");
        }

        // 13.2 If the value associated with the @reverse entry is not a string, an invalid IRI mapping error has been detected.
        string text = reverse.ValueKind == JsonValueKind.String ? Json.Text(reverse) : throw InvalidMapping();

        // 13.3 If the value associated with the @reverse entry is a string having the form of a keyword, return.
        if (Keywords.HasForm(text))
        {
            return false;
        }

        // 13.4 Otherwise, set the IRI mapping of definition to the result of IRI expanding the value. If the result does not have the form of an IRI or a blank node identifier, an invalid IRI mapping error has been detected.
        definition.Iri = terms.Expand(text);
        if (!IsIriOrBlank(definition.Iri))
        {
            throw InvalidMapping();
        }

        // 13.5 If value contains an @container entry, ... if its value is neither @set, nor @index, nor null, an invalid reverse property error has been detected.
        if (Has("@container"u8, out JsonElement container) && container.ValueKind != JsonValueKind.Null)
        {
            definition.Containers = ContainerNames.Parse(container);
            if (definition.Containers is not (Containers.Set or Containers.Index))
            {
                throw new JsonLdFault("invalid reverse property", $"{Term} is a reverse property, which holds a set or an index only.");
            }
        }

        // 13.6 Set the reverse property flag of definition to true.
        definition.IsReverse = true;
        return true;
    }

    private bool ReadIri(JsonElement id, bool isSimple)
    {
        // 14.1 If the @id entry of value is null, the term is not used for IRI expansion, but is retained to be able to detect future redefinitions of this term.
        if (id.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        // 14.2.1 If the value associated with the @id entry is not a string, an invalid IRI mapping error has been detected.
        string text = id.ValueKind == JsonValueKind.String ? Json.Text(id) : throw InvalidMapping();
        if (text == Term)
        {
            return ReadIriFromTerm();
        }

        // 14.2.2 If the value associated with the @id entry is not a keyword, but has the form of a keyword, return.
        if (Keywords.Parse(text) == Keyword.Nothing && Keywords.HasForm(text))
        {
            return false;
        }

        // 14.2.3 Otherwise, set the IRI mapping of definition to the result of IRI expanding the value. If the resulting IRI mapping is neither a keyword, nor an IRI, nor a blank node identifier, an invalid IRI mapping error has been detected; if it equals @context, an invalid keyword alias error has been detected.
        definition.Iri = terms.Expand(text);
        if (definition.Iri.Keyword == Keyword.Context)
        {
            throw new JsonLdFault("invalid keyword alias", $"{Term} stands for @context.");
        }

        if (definition.Iri.Keyword == Keyword.Nothing && !IsIriOrBlank(definition.Iri))
        {
            throw InvalidMapping();
        }

        // 14.2.4 If the term contains a colon (:) anywhere but as the first or last character of term, or if it contains a slash (/) anywhere:
        if (Term.AsSpan(1, Math.Max(0, Term.Length - 2)).Contains(':') || Term.Contains('/', StringComparison.Ordinal))
        {
            // 14.2.4.1 Set the value associated with defined's term entry to true.
            // 14.2.4.2 If the result of IRI expanding term ... is not the same as the IRI mapping of definition, an invalid IRI mapping error has been detected.
            terms.MarkDefined(Term);
            if (!terms.Expand(Term).IsSameAs(definition.Iri))
            {
                throw InvalidMapping();
            }
        }
        else if (isSimple && !Term.Contains(':', StringComparison.Ordinal) && definition.Iri.Term is { } iri)
        {
            // 14.2.5 If term contains neither a colon (:) nor a slash (/), simple term is true, and if the IRI mapping of definition is either an IRI ending with a gen-delim character, or a blank node identifier, set the prefix flag in definition to true.
            definition.IsPrefix = iri.Kind == RdfTermKind.BlankNode || Iri.EndsWithDelimiter(iri.Value);
        }

        return true;
    }

    private bool ReadIriFromTerm()
    {
        int colon = Term.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0)
        {
            // 15.1 If term is a compact IRI with a prefix that is an entry in local context a dependency has been found.
            string prefix = Term[..colon];
            terms.Require(prefix);

            // 15.2 If term's prefix has a term definition in active context, set the IRI mapping of definition to the result of concatenating. 15.3 Otherwise, term is an IRI or blank node identifier.
            definition.Iri = IriResult.Of(active.Find(prefix)?.Iri.Term is { } mapping ? IriExpansion.Bounded(IriExpansion.Text(mapping)) + Term[(colon + 1)..] : Term);
        }
        else if (Term.Contains('/', StringComparison.Ordinal))
        {
            // 16.2 Set the IRI mapping of definition to the result of IRI expanding term. If the resulting IRI mapping is not an IRI, an invalid IRI mapping error has been detected.
            terms.MarkDefined(Term);
            definition.Iri = terms.Expand(Term);
            if (!IsIriOrBlank(definition.Iri))
            {
                throw InvalidMapping();
            }
        }
        else
        {
            // 17. Otherwise, if term is @type, set the IRI mapping of definition to @type.
            // 18. Otherwise, if active context has a vocabulary mapping, the IRI mapping of definition is set to the result of concatenating ... If it does not have a vocabulary mapping, an invalid IRI mapping error been detected.
            definition.Iri = Term == "@type" ? Keyword.Type
                : active.Vocab is { } vocab ? IriResult.Of(IriExpansion.Bounded(vocab) + Term)
                : throw InvalidMapping();
        }

        return true;
    }
}
