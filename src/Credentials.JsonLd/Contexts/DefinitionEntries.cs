using System.Text.Json;
using Credentials.JsonLd.Syntax;

namespace Credentials.JsonLd.Contexts;

/// <summary>The entries of one term definition: steps 11 to 26 of Create Term Definition.</summary>
internal sealed partial class DefinitionEntries(ContextReader reader, ActiveContext active, DefinitionReader terms, TermDefinition definition, JsonElement value, ContextReading reading)
{
    private bool Legacy => reader.Options.Legacy;

    private string Term => definition.Term;

    /// <summary>The definition; null: it is to be passed over.</summary>
    public TermDefinition? Read()
    {
        switch (value.ValueKind)
        {
            // 7. If value is null, convert it to a map consisting of a single entry whose key is @id and whose value is null.
            case JsonValueKind.Null:
                return definition;

            // 8. Otherwise, if value is a string, convert it to a map consisting of a single entry whose key is @id and whose value is value. Set simple term to true.
            case JsonValueKind.String:
                return ReadIri(value, isSimple: true) ? definition : null;

            // 9. Otherwise, value MUST be a map, if not, an invalid term definition error has been detected.
            case JsonValueKind.Object:
                return ReadMap() ? definition : null;

            default:
                throw Invalid("what defines it is neither a text nor an object");
        }
    }

    private bool ReadMap()
    {
        // 11. If value has an @protected entry, set the protected flag in definition to the value of this entry.
        if (Has("@protected"u8, out JsonElement isProtected))
        {
            definition.IsProtected = DefinitionReader.ReadBoolean(isProtected, "invalid @protected value");
            RefuseLegacy("@protected");
        }

        ReadType();

        // 13. If value contains the entry @reverse:
        if (Has("@reverse"u8, out JsonElement reverse))
        {
            if (!ReadReverse(reverse))
            {
                return false;
            }

            // The specification returns here; its test t0131 and the libraries of the field read on.
            ReadIndex();
            ReadContext();
            RefuseOthers();
            return true;
        }

        if (!(Has("@id"u8, out JsonElement id) ? ReadIri(id, isSimple: false) : ReadIriFromTerm()))
        {
            return false;
        }

        ReadContainer();
        ReadIndex();
        ReadContext();
        ReadLanguage();
        ReadNest();
        ReadPrefix();
        RefuseOthers();
        return true;
    }

    private void ReadType()
    {
        if (!Has("@type"u8, out JsonElement type))
        {
            return;
        }

        // 12.1 Initialize type to the value associated with the @type entry, which MUST be a string.
        // 12.2 Set type to the result of IRI expanding type, using local context, and defined.
        definition.Type = type.ValueKind == JsonValueKind.String ? terms.Expand(Json.Text(type)) : default;

        // 12.3 If the expanded type is @json or @none, and processing mode is json-ld-1.0, an invalid type mapping error has been detected.
        // 12.4 Otherwise, if the expanded type is neither @id, nor @json, nor @none, nor @vocab, nor an IRI, an invalid type mapping error has been detected.
        bool valid = definition.Type.Keyword switch
        {
            Keyword.Id or Keyword.Vocab => true,
            Keyword.Json or Keyword.None => !Legacy,
            Keyword.Nothing => definition.Type.Term is { Kind: RdfTermKind.Iri } iri && Iri.HasForm(iri.Value),
            _ => false,
        };
        if (!valid)
        {
            throw new JsonLdFault("invalid type mapping", $"The type of {Term} is no IRI.");
        }
    }

    private void ReadContext()
    {
        if (!Has("@context"u8, out JsonElement context))
        {
            return;
        }

        // 21.1 If processing mode is json-ld-1.0, an invalid term definition has been detected.
        RefuseLegacy("@context");

        // 21.3 Invoke the Context Processing algorithm using the active context, context as local context, base URL, true for override protected, a copy of remote contexts, and false for validate scoped context. If any error is detected, an invalid scoped context error has been detected.
        try
        {
            reader.Read(active, context, new ContextReading(reading.BaseUrl, reading.Remote, OverrideProtected: true, Propagate: true, ValidateScoped: false));
        }
        catch (JsonLdFault fault) when (fault.Code is not (JsonLdErrorCode.LoadingRemoteContextFailed or JsonLdErrorCode.TooDeep or JsonLdErrorCode.ContextOverflow))
        {
            throw new JsonLdFault("invalid scoped context", $"The context inside {Term}: {fault.Message}");
        }

        // 21.4 Set the local context of definition to context, and base URL to base URL.
        definition.Context = new ScopedContext(context, reading.BaseUrl);
    }

    private void ReadLanguage()
    {
        bool hasType = Has("@type"u8, out _);
        if (Has("@language"u8, out JsonElement language) && !hasType)
        {
            // 22.1 Initialize language to the value associated with the @language entry, which MUST be either null or a string. ... Otherwise, an invalid language mapping error has been detected.
            definition.HasLanguage = true;
            definition.Language = language.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.String => LanguageTag.Normalize(Json.Text(language)),
                _ => throw new JsonLdFault("invalid language mapping", $"The language of {Term} is a text or null."),
            };
            active.Flaw ??= definition.Language is not null && !LanguageTag.IsWellFormed(definition.Language) ? $"The language of {Term} is no language tag." : null;
        }

        if (Has("@direction"u8, out JsonElement direction) && !hasType)
        {
            // 23.1 Initialize direction to the value associated with the @direction entry, which MUST be either null, "ltr", or "rtl".
            definition.HasDirection = true;
            definition.Direction = ContextDefinition.ReadDirection(direction);
        }
    }

    private void ReadNest()
    {
        if (!Has("@nest"u8, out JsonElement nest))
        {
            return;
        }

        // 24.1 If processing mode is json-ld-1.0, an invalid term definition has been detected.
        RefuseLegacy("@nest");

        // 24.2 Initialize nest value in definition to the value associated with the @nest entry, which MUST be a string and MUST NOT be a keyword other than @nest.
        definition.Nest = nest.ValueKind == JsonValueKind.String ? Json.Text(nest) : null;
        if (definition.Nest is null || Keywords.Parse(definition.Nest) is not (Keyword.Nothing or Keyword.Nest))
        {
            throw new JsonLdFault("invalid @nest value", $"The value of @nest of {Term} is a term or @nest.");
        }
    }

    private void ReadPrefix()
    {
        if (!Has("@prefix"u8, out JsonElement prefix))
        {
            return;
        }

        // 25.1 If processing mode is json-ld-1.0, or if term contains a colon (:) or slash (/), an invalid term definition has been detected.
        RefuseLegacy("@prefix");
        if (Term.AsSpan().ContainsAny(':', '/'))
        {
            throw Invalid("a prefix has neither colon nor slash");
        }

        // 25.2 Set the prefix flag to the value associated with the @prefix entry, which MUST be a boolean.
        definition.IsPrefix = DefinitionReader.ReadBoolean(prefix, "invalid @prefix value");

        // 25.3 If the prefix flag of definition is set to true, and its IRI mapping is a keyword, an invalid term definition has been detected.
        if (definition.IsPrefix && definition.Iri.Keyword != Keyword.Nothing)
        {
            throw Invalid("a prefix stands for no keyword");
        }
    }

    private void RefuseOthers()
    {
        // 26. If value contains any entry other than @id, @reverse, @container, @context, @direction, @index, @language, @nest, @prefix, @protected, or @type, an invalid term definition error has been detected.
        foreach (JsonProperty entry in value.EnumerateObject())
        {
            if (Keywords.Parse(Json.Name(entry)) is not (Keyword.Id or Keyword.Reverse or Keyword.Container or Keyword.Context or Keyword.Direction or Keyword.Index
                or Keyword.Language or Keyword.Nest or Keyword.Prefix or Keyword.Protected or Keyword.Type))
            {
                throw Invalid("it has an entry that is not known");
            }
        }
    }

    private bool Has(ReadOnlySpan<byte> entry, out JsonElement found) => value.TryGetProperty(entry, out found);

    private static bool IsIriOrBlank(IriResult result) => result.Term is { } term && (term.Kind == RdfTermKind.BlankNode || Iri.HasForm(term.Value));

    private void RefuseLegacy(string entry)
    {
        if (Legacy)
        {
            throw Invalid($"JSON-LD 1.0 knows no {entry}");
        }
    }

    private JsonLdFault Invalid(string why) => new("invalid term definition", $"The definition of {Term} is invalid: {why}.");

    private JsonLdFault InvalidMapping() => new("invalid IRI mapping", $"{Term} stands for no IRI.");
}
