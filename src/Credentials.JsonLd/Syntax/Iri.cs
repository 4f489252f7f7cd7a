using System.Buffers;

namespace Credentials.JsonLd.Syntax;

/// <summary>IRIs and references to them, as texts.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc3987, https://www.rfc-editor.org/rfc/rfc3986#section-5.2</remarks>
internal static class Iri
{
    // What no IRI holds; ucschar and iprivate are not told from other characters beyond ASCII.
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(
        [.. Enumerable.Range(0, 0x21).Select(c => (char)c), '<', '>', '"', '{', '}', '|', '\\', '^', '`', '\x7f']);

    private static readonly SearchValues<char> SchemeCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-.");

    /// <summary>Whether a text has the form of an IRI: a scheme, a colon, and no white space.</summary>
    public static bool HasForm(ReadOnlySpan<char> text) => SchemeLength(text) > 0 && !text.ContainsAny(' ', '\t', '\n') && !text.Contains('\r');

    /// <summary>Whether a text may stand as an IRI in RDF.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text) => SchemeLength(text) > 0 && !text.ContainsAny(Forbidden) && text.Count('#') <= 1;

    /// <summary>Whether a text is a blank node identifier.</summary>
    public static bool IsBlank(ReadOnlySpan<char> text) => text.StartsWith("_:", StringComparison.Ordinal);

    /// <summary>Whether it ends with a gen-delim, as the IRI mapping of a prefix does.</summary>
    public static bool EndsWithDelimiter(ReadOnlySpan<char> text) => text is [.., ':' or '/' or '?' or '#' or '[' or ']' or '@'];

    /// <summary>Resolves a reference: RFC 3986 section 5.2.2, without normalization.</summary>
    public static string Resolve(string baseIri, string reference)
    {
        IriParts r = IriParts.Split(reference);
        IriParts b = IriParts.Split(baseIri);
        if (r.Scheme.Length > 0)
        {
            return Compose(r.Scheme, r.HasAuthority, r.Authority, RemoveDotSegments(r.Path), r.Query, r.Fragment);
        }

        if (r.HasAuthority)
        {
            return Compose(b.Scheme, true, r.Authority, RemoveDotSegments(r.Path), r.Query, r.Fragment);
        }

        if (r.Path.IsEmpty)
        {
            return Compose(b.Scheme, b.HasAuthority, b.Authority, b.Path.ToString(), r.Query.IsEmpty ? b.Query : r.Query, r.Fragment);
        }

        string path = r.Path[0] == '/' ? r.Path.ToString() : Merge(b, r.Path);
        return Compose(b.Scheme, b.HasAuthority, b.Authority, RemoveDotSegments(path), r.Query, r.Fragment);
    }

    private static int SchemeLength(ReadOnlySpan<char> text)
    {
        int colon = text.IndexOf(':');
        return colon > 0 && char.IsAsciiLetter(text[0]) && !text[..colon].ContainsAnyExcept(SchemeCharacters) ? colon : 0;
    }

    // Section 5.2.3: all but the last segment of the base's path, then the reference's.
    private static string Merge(in IriParts b, ReadOnlySpan<char> path) =>
        b.HasAuthority && b.Path.IsEmpty ? $"/{path}" : $"{b.Path[..(b.Path.LastIndexOf('/') + 1)]}{path}";

    // Section 5.2.4.
    private static string RemoveDotSegments(ReadOnlySpan<char> path)
    {
        if (!path.Contains('.'))
        {
            return path.ToString();
        }

        bool rooted = path[0] == '/';
        ReadOnlySpan<char> rest = rooted ? path[1..] : path;
        List<string> kept = [];
        while (true)
        {
            int slash = rest.IndexOf('/');
            ReadOnlySpan<char> segment = slash < 0 ? rest : rest[..slash];
            bool isDots = segment is "." or "..";
            if (segment is ".." && kept.Count > 0)
            {
                kept.RemoveAt(kept.Count - 1);
            }

            if (!isDots)
            {
                kept.Add(segment.ToString());
            }

            if (slash < 0)
            {
                // A path that ends with dots names a folder.
                return (rooted ? "/" : "") + string.Join('/', isDots && kept.Count > 0 ? [.. kept, ""] : kept);
            }

            rest = rest[(slash + 1)..];
        }
    }

    private static string Compose(ReadOnlySpan<char> scheme, bool hasAuthority, ReadOnlySpan<char> authority, ReadOnlySpan<char> path, ReadOnlySpan<char> query, ReadOnlySpan<char> fragment) =>
        $"{scheme}{(scheme.IsEmpty ? "" : ":")}{(hasAuthority ? "//" : "")}{authority}{path}{query}{fragment}";

    /// <summary>The five parts; query and fragment with their marks, so that an empty one is not an absent one.</summary>
    private readonly ref struct IriParts
    {
        public ReadOnlySpan<char> Scheme { get; private init; }

        public bool HasAuthority { get; private init; }

        public ReadOnlySpan<char> Authority { get; private init; }

        public ReadOnlySpan<char> Path { get; private init; }

        public ReadOnlySpan<char> Query { get; private init; }

        public ReadOnlySpan<char> Fragment { get; private init; }

        public static IriParts Split(ReadOnlySpan<char> text)
        {
            int scheme = SchemeLength(text);
            ReadOnlySpan<char> rest = scheme > 0 ? text[(scheme + 1)..] : text;
            int hash = rest.IndexOf('#');
            ReadOnlySpan<char> fragment = hash < 0 ? default : rest[hash..];
            rest = hash < 0 ? rest : rest[..hash];
            int mark = rest.IndexOf('?');
            ReadOnlySpan<char> query = mark < 0 ? default : rest[mark..];
            rest = mark < 0 ? rest : rest[..mark];
            bool hasAuthority = rest.StartsWith("//", StringComparison.Ordinal);
            ReadOnlySpan<char> authority = default;
            if (hasAuthority)
            {
                int slash = rest[2..].IndexOf('/');
                authority = slash < 0 ? rest[2..] : rest[2..(slash + 2)];
                rest = rest[(authority.Length + 2)..];
            }

            return new IriParts { Scheme = text[..scheme], HasAuthority = hasAuthority, Authority = authority, Path = rest, Query = query, Fragment = fragment };
        }
    }
}
