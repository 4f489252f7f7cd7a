using System.Text.Json;
using Credentials.JsonLd.Syntax;

namespace Credentials.JsonLd.Contexts;

/// <summary>Create Term Definition, for the terms of one context.</summary>
/// <remarks>https://www.w3.org/TR/json-ld11-api/#create-term-definition</remarks>
internal sealed class DefinitionReader(ContextReader reader, ActiveContext active, ContextDefinition context, ContextReading reading)
{
    private readonly Dictionary<string, bool> _defined = [];
    private bool _protected;

    /// <summary>5.13: invokes the algorithm for each key that is a term.</summary>
    public void ReadAll()
    {
        if (context.Entries.TryGetValue("@protected", out JsonElement isProtected))
        {
            _protected = ReadBoolean(isProtected, "invalid @protected value");
        }

        foreach (string key in context.Entries.Keys)
        {
            if (Keywords.Parse(key) is not (Keyword.Base or Keyword.Direction or Keyword.Import or Keyword.Language or Keyword.Propagate or Keyword.Protected or Keyword.Version or Keyword.Vocab))
            {
                Create(key);
            }
        }
    }

    /// <summary>Makes the definition of a term that another leans on, if this context has it and it is not made yet.</summary>
    public void Require(string term)
    {
        if (context.Entries.ContainsKey(term) && !(_defined.TryGetValue(term, out bool done) && done))
        {
            Create(term);
        }
    }

    private void Create(string term)
    {
        // 1. If defined contains the entry term and the associated value is true, return. Otherwise, if the value is false, a cyclic IRI mapping error has been detected.
        if (_defined.TryGetValue(term, out bool done))
        {
            if (!done)
            {
                throw new JsonLdFault("cyclic IRI mapping", $"The definition of {term} leans on itself.");
            }

            return;
        }

        // 2. If term is the empty string (""), an invalid term definition error has been detected. Otherwise, set the value associated with defined's term entry to false.
        if (term.Length == 0)
        {
            throw new JsonLdFault("invalid term definition", "A context defines the empty term.");
        }

        _defined[term] = false;
        reader.Budget.Define();
        reader.Budget.Enter();
        CreateChecked(term, context.Entries[term]);
        reader.Budget.Leave();
        _defined[term] = true;
    }

    private void CreateChecked(string term, JsonElement value)
    {
        // 4. If term is @type, ... value MUST be a map with only either or both of @container with value @set and @protected.
        // 5. Otherwise, since keywords cannot be overridden, term MUST NOT be a keyword. If term has the form of a keyword, return.
        if (term == "@type")
        {
            CheckTypeTerm(value);
        }
        else if (Keywords.Parse(term) != Keyword.Nothing)
        {
            throw new JsonLdFault("keyword redefinition", $"A context defines the keyword {term}.");
        }
        else if (Keywords.HasForm(term))
        {
            active.Flaw ??= $"A context defines {term}, which has the form of a keyword.";
            return;
        }

        // 6. Initialize previous definition to any existing term definition for term in active context, removing that term definition from active context.
        TermDefinition? previous = active.Find(term);
        if (previous is not null)
        {
            active.Define(term, null);
        }

        // 7. to 9. If value is null or a string, convert it to a map consisting of a single entry whose key is @id. Otherwise, value MUST be a map.
        // 10. Create a new term definition, definition, ... initializing protected to protected.
        TermDefinition? definition = new TermDefinition(term) { IsProtected = _protected };
        definition = new DefinitionEntries(reader, active, this, definition, value, reading).Read();
        if (definition is null)
        {
            active.Flaw ??= $"A context maps {term} to what has the form of a keyword.";
            return;
        }

        // 27. If override protected is false and previous definition exists and is protected;
        if (!reading.OverrideProtected && previous is { IsProtected: true })
        {
            // 27.1 If definition is not the same as previous definition (other than the value of protected), a protected term redefinition error has been detected.
            if (!definition.IsSameAs(previous))
            {
                throw new JsonLdFault("protected term redefinition", $"A context gives {term}, which is protected, another meaning.");
            }

            // 27.2 Set definition to previous definition to retain the value of protected.
            definition = previous;
        }

        // 28. Set the term definition of term in active context to definition.
        active.Define(term, definition);
    }

    private void CheckTypeTerm(JsonElement value)
    {
        bool valid = !reader.Options.Legacy && value.ValueKind == JsonValueKind.Object;
        int count = 0;
        foreach (JsonProperty entry in valid ? value.EnumerateObject() : default)
        {
            count++;
            valid &= entry.NameEquals("@protected"u8)
                || (entry.NameEquals("@container"u8) && (IsSet(entry.Value) || (entry.Value.ValueKind == JsonValueKind.Array && entry.Value.GetArrayLength() == 1 && IsSet(entry.Value[0]))));
        }

        if (!valid || count == 0)
        {
            throw new JsonLdFault("keyword redefinition", "A context may say of @type only that it is protected and that it holds a set.");
        }

        static bool IsSet(JsonElement value) => value.ValueKind == JsonValueKind.String && value.ValueEquals("@set"u8);
    }

    /// <summary>Expands a text, making the definitions that it needs.</summary>
    public IriResult Expand(string value) => IriExpansion.Expand(active, value, reader.Options.Base, documentRelative: false, vocab: true, this);

    /// <summary>Expands the name of the property that holds an index. It may be the very term that is being defined.</summary>
    public IriResult ExpandIndex(string value)
    {
        if (!_defined.ContainsKey(value))
        {
            Require(value);
        }

        return IriExpansion.Expand(active, value, reader.Options.Base, documentRelative: false, vocab: true);
    }

    /// <summary>Sets that a definition is made, before it is.</summary>
    public void MarkDefined(string term) => _defined[term] = true;

    /// <summary>A boolean, or the error.</summary>
    public static bool ReadBoolean(JsonElement value, string code) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw new JsonLdFault(code, "The value is true or false."),
    };
}
