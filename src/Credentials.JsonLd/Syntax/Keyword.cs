namespace Credentials.JsonLd.Syntax;

/// <summary>The keywords of JSON-LD 1.1.</summary>
/// <remarks>https://www.w3.org/TR/json-ld11/#keywords</remarks>
internal enum Keyword : byte
{
    /// <summary>No keyword.</summary>
    Nothing,
    Base,
    Container,
    Context,
    Direction,
    Graph,
    Id,
    Import,
    Included,
    Index,
    Json,
    Language,
    List,
    Nest,
    None,
    Prefix,
    Propagate,
    Protected,
    Reverse,
    Set,
    Type,
    Value,
    Version,
    Vocab,
}

/// <summary>Reads keywords.</summary>
internal static class Keywords
{
    /// <summary>The keyword that a text is, or <see cref="Keyword.Nothing"/>.</summary>
    public static Keyword Parse(ReadOnlySpan<char> text) => text is not ['@', ..] ? Keyword.Nothing : text switch
    {
        "@base" => Keyword.Base,
        "@container" => Keyword.Container,
        "@context" => Keyword.Context,
        "@direction" => Keyword.Direction,
        "@graph" => Keyword.Graph,
        "@id" => Keyword.Id,
        "@import" => Keyword.Import,
        "@included" => Keyword.Included,
        "@index" => Keyword.Index,
        "@json" => Keyword.Json,
        "@language" => Keyword.Language,
        "@list" => Keyword.List,
        "@nest" => Keyword.Nest,
        "@none" => Keyword.None,
        "@prefix" => Keyword.Prefix,
        "@propagate" => Keyword.Propagate,
        "@protected" => Keyword.Protected,
        "@reverse" => Keyword.Reverse,
        "@set" => Keyword.Set,
        "@type" => Keyword.Type,
        "@value" => Keyword.Value,
        "@version" => Keyword.Version,
        "@vocab" => Keyword.Vocab,
        _ => Keyword.Nothing,
    };

    /// <summary>Whether a text has the form of a keyword, <c>"@"1*ALPHA</c>, and so is reserved.</summary>
    public static bool HasForm(ReadOnlySpan<char> text)
    {
        if (text is not ['@', _, ..])
        {
            return false;
        }

        foreach (char c in text[1..])
        {
            if (!char.IsAsciiLetter(c))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The keyword's text.</summary>
    public static string Text(this Keyword keyword) => "@" + Enum.GetName(keyword)!.ToLowerInvariant();
}
