using System.Buffers;

namespace Credentials.Dids;

/// <summary>A DID URL: a DID and, optionally, path, query and fragment.</summary>
/// <remarks>https://www.w3.org/TR/did-1.0/#did-url-syntax. Kept as written: DIDs are compared character by character.</remarks>
public sealed record DidUrl
{
    /// <summary>The longest text that is read; a did:jwk with a large key stays well below.</summary>
    public const int MaxLength = 8192;

    private static readonly SearchValues<char> MethodCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");
    private static readonly SearchValues<char> IdCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_:%");

    // RFC 3986: pchar and "/"; query and fragment add "?".
    private static readonly SearchValues<char> PathCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/%");
    private static readonly SearchValues<char> QueryCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/%?");

    /// <summary>The whole text.</summary>
    public required string Text { get; init; }

    /// <summary>The DID alone, such as <c>did:web:example.edu</c>.</summary>
    public required string Did { get; init; }

    /// <summary>The method name, such as <c>web</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The method-specific id.</summary>
    public required string MethodSpecificId { get; init; }

    /// <summary>The path with its leading <c>/</c>; empty when there is none.</summary>
    public string Path { get; init; } = "";

    /// <summary>The query without its <c>?</c>, if any.</summary>
    public string? Query { get; init; }

    /// <summary>The fragment without its <c>#</c>, if any.</summary>
    public string? Fragment { get; init; }

    /// <summary>True when the text is a DID and nothing more.</summary>
    public bool IsDid => Did.Length == Text.Length;

    /// <summary>Reads a DID or a DID URL.</summary>
    public static Parsed<DidUrl> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxLength)
        {
            return Fault($"A DID URL has at most {MaxLength} characters.");
        }

        // did-url = did path-abempty [ "?" query ] [ "#" fragment ]
        (string rest, string? fragment) = Cut(text, '#');
        (rest, string? query) = Cut(rest, '?');
        int slash = rest.IndexOf('/', StringComparison.Ordinal);
        string did = slash < 0 ? rest : rest[..slash];
        string path = rest[did.Length..];

        // did = "did:" method-name ":" method-specific-id
        string[] parts = did.Split(':', 3);
        if (parts is not ["did", { Length: > 0 } method, { Length: > 0 } id] || method.AsSpan().ContainsAnyExcept(MethodCharacters))
        {
            return Fault("A DID reads did:METHOD:ID, the method in lower case.");
        }

        // method-specific-id = *( *idchar ":" ) 1*idchar
        if (!Fits(id, IdCharacters) || id[^1] == ':')
        {
            return Fault("The id of a DID is made of letters, digits, '.', '-', '_', ':' and %XX, and does not end in ':'.");
        }

        return Fits(path, PathCharacters) && Fits(query, QueryCharacters) && Fits(fragment, QueryCharacters)
            ? new DidUrl { Text = text, Did = did, Method = method, MethodSpecificId = id, Path = path, Query = query, Fragment = fragment }
            : Fault("The path, query or fragment of the DID URL has a character that must be written as %XX.");
    }

    private static (string Head, string? Tail) Cut(string text, char at)
    {
        int index = text.IndexOf(at, StringComparison.Ordinal);
        return index < 0 ? (text, null) : (text[..index], text[(index + 1)..]);
    }

    private static bool Fits(string? text, SearchValues<char> allowed)
    {
        if (text is null)
        {
            return true;
        }

        for (int at = text.IndexOf('%', StringComparison.Ordinal); at >= 0; at = text.IndexOf('%', at + 1))
        {
            if (at + 2 >= text.Length || !char.IsAsciiHexDigit(text[at + 1]) || !char.IsAsciiHexDigit(text[at + 2]))
            {
                return false;
            }
        }

        return !text.AsSpan().ContainsAnyExcept(allowed);
    }

    private static Problem Fault(string detail) => new(ProblemCode.InvalidDid, detail);
}
