using System.Text.Json;
using Credentials.JsonLd.Syntax;

namespace Credentials.JsonLd.Contexts;

/// <summary>One context that is an object: its entries by key, what it imports among them. Steps 5.4 to 5.11 of context processing.</summary>
internal sealed class ContextDefinition
{
    private readonly ContextReader _reader;

    private ContextDefinition(ContextReader reader) => _reader = reader;

    public Dictionary<string, JsonElement> Entries { get; } = [];

    private bool Legacy => _reader.Options.Legacy;

    /// <summary>The entries of a context.</summary>
    public static ContextDefinition Read(ContextReader reader, JsonElement context, string? baseUrl)
    {
        var definition = new ContextDefinition(reader);

        // 5.6 If context has an @import entry:
        if (context.TryGetProperty("@import"u8, out JsonElement import))
        {
            definition.Import(import, baseUrl);
        }

        // 5.6.8 Set context to the result of merging context into import context, replacing common entries with those from context.
        definition.Merge(context);
        return definition;
    }

    /// <summary>Sets what is no term: base, vocabulary, default language and direction.</summary>
    public void SetDefaults(ActiveContext result, bool isRemote)
    {
        // 5.5.1 If the associated value is not 1.1 or 1.2, an invalid @version value has been detected.
        if (Entries.TryGetValue("@version", out JsonElement version))
        {
            if (version.ValueKind != JsonValueKind.Number || version.GetRawText() is not ("1.1" or "1.2"))
            {
                throw new JsonLdFault("invalid @version value", "The version of a context is 1.1.");
            }

            // 5.5.2 If processing mode is set to json-ld-1.0, a processing mode conflict error has been detected.
            RefuseLegacy("processing mode conflict", "@version");
        }

        // 5.7 If context has an @base entry and remote contexts is empty:
        if (Entries.TryGetValue("@base", out JsonElement baseIri) && !isRemote)
        {
            SetBase(result, baseIri);
        }

        if (Entries.TryGetValue("@vocab", out JsonElement vocab))
        {
            SetVocab(result, vocab);
        }

        if (Entries.TryGetValue("@language", out JsonElement language))
        {
            // 5.9.3 ... if value is a string, the default language of result is set to value. If it is not a string, an invalid default language error has been detected.
            result.Language = TextOrNull(language, "invalid default language", "The default language") is { } tag ? LanguageTag.Normalize(tag) : null;
            result.Flaw ??= result.Language is not null && !LanguageTag.IsWellFormed(result.Language) ? "A context has a default language that is no language tag." : null;
        }

        if (Entries.TryGetValue("@direction", out JsonElement direction))
        {
            // 5.10.1 If processing mode is json-ld-1.0, an invalid context entry error has been detected.
            RefuseLegacy("invalid context entry", "@direction");

            // 5.10.4 ... If it is not null, "ltr", or "rtl", an invalid base direction error has been detected.
            result.Direction = ReadDirection(direction);
        }

        if (Entries.TryGetValue("@propagate", out JsonElement propagate))
        {
            // 5.11.1 If processing mode is json-ld-1.0, an invalid context entry error has been detected.
            RefuseLegacy("invalid context entry", "@propagate");

            // 5.11.2 Otherwise, if the value of @propagate is not boolean true or false, an invalid @propagate value error has been detected.
            if (propagate.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            {
                throw new JsonLdFault("invalid @propagate value", "The value of @propagate is true or false.");
            }
        }
    }

    /// <summary>A base direction.</summary>
    public static string? ReadDirection(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String when value.ValueEquals("ltr"u8) => "ltr",
        JsonValueKind.String when value.ValueEquals("rtl"u8) => "rtl",
        _ => throw new JsonLdFault("invalid base direction", "A base direction is \"ltr\" or \"rtl\"."),
    };

    private static string? TextOrNull(JsonElement value, string code, string what) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => Json.Text(value),
        _ => throw new JsonLdFault(code, $"{what} of a context is a text or null."),
    };

    private void Import(JsonElement import, string? baseUrl)
    {
        // 5.6.1 If processing mode is json-ld-1.0, an invalid context entry error has been detected.
        RefuseLegacy("invalid context entry", "@import");

        // 5.6.2 Otherwise, if the value of @import is not a string, an invalid @import value error has been detected.
        if (import.ValueKind != JsonValueKind.String)
        {
            throw new JsonLdFault("invalid @import value", "The value of @import is a URL.");
        }

        // 5.6.3 to 5.6.5 Initialize import to the result of resolving the value of @import against base URL. Dereference import.
        JsonElement imported = _reader.Load(ContextReader.ResolveUrl(Json.Text(import), baseUrl));

        // 5.6.6 ... if the value of @context is not a context definition, an invalid remote context has been detected.
        if (imported.ValueKind != JsonValueKind.Object)
        {
            throw new JsonLdFault("invalid remote context", "What @import names is no single context.");
        }

        // 5.6.7 If import context has a @import entry, an invalid context entry error has been detected.
        if (imported.TryGetProperty("@import"u8, out _))
        {
            throw new JsonLdFault("invalid context entry", "A context that is imported may not import another.");
        }

        Merge(imported);
    }

    private void Merge(JsonElement context)
    {
        foreach (JsonProperty entry in context.EnumerateObject())
        {
            Entries[Json.Name(entry)] = entry.Value;
        }
    }

    private void SetBase(ActiveContext result, JsonElement value)
    {
        // 5.7.2 If value is null, remove the base IRI of result.
        string? text = TextOrNull(value, "invalid base IRI", "The base IRI");
        string? current = result.HasBase ? result.Base : _reader.Options.Base;

        // 5.7.3 Otherwise, if value is an IRI, the base IRI of result is set to value.
        // 5.7.4 Otherwise, if value is a relative IRI reference and the base IRI of result is not null, set the base IRI of result to the result of resolving value.
        result.Base = text is null || Iri.HasForm(text) ? text
            : current is not null ? Iri.Resolve(current, text)
            : throw new JsonLdFault("invalid base IRI", "The base IRI of a context is relative, and there is none to resolve it.");
        result.HasBase = true;
        result.LeansOnBase |= text is not null && !Iri.HasForm(text);
    }

    private void SetVocab(ActiveContext result, JsonElement value)
    {
        // 5.8.2 If value is null, remove any vocabulary mapping from result.
        if (TextOrNull(value, "invalid vocab mapping", "The vocabulary") is not { } text)
        {
            result.Vocab = null;
            return;
        }

        // 5.8.3 Otherwise, ... the vocabulary mapping of result is set to the result of IRI expanding value using true for document relative.
        if (Legacy && !Iri.HasForm(text) && !Iri.IsBlank(text))
        {
            throw new JsonLdFault("invalid vocab mapping", "The vocabulary of a context is an IRI.");
        }

        result.Vocab = IriExpansion.Expand(result, text, _reader.Options.Base, documentRelative: true, vocab: true).Term is { } term
            ? IriExpansion.Text(term)
            : throw new JsonLdFault("invalid vocab mapping", "The vocabulary of a context is an IRI.");
        result.LeansOnBase |= !Iri.HasForm(text);
        if (!Iri.HasForm(result.Vocab))
        {
            result.Flaw ??= "The vocabulary of a context is relative, and there is no base.";
        }
    }

    private void RefuseLegacy(string code, string entry)
    {
        if (Legacy)
        {
            throw new JsonLdFault(code, $"JSON-LD 1.0 knows no {entry}.");
        }
    }
}
