using Credentials.Dids;
using Microsoft.AspNetCore.Http.Features;

namespace Credentials.VerifierWeb.Identifiers;

/// <summary>The DID or DID URL of a request, and the options beside it.</summary>
/// <remarks>
/// https://www.w3.org/TR/did-resolution/#bindings-https. Read from the request line as it was sent: a DID may itself hold <c>%3A</c> (did:web with a port), which the server's own decoding would lose.
/// A DID that was percent-encoded (it has no colon of its own) is decoded once, and the whole query is options. One that was not keeps what is no option in its own query, for so the specification writes its examples;
/// and what follows its <c>%23</c>, <c>%3F</c> or <c>%2F</c> is decoded, since many clients encode those alone.
/// </remarks>
internal sealed record IdentifierRequest(string Identifier, DidResolutionOptions Options, Problem? Fault)
{
    private static readonly string[] Cuts = ["%23", "%3F", "%2F"];

    /// <summary>Whether it is more than a DID.</summary>
    public bool IsUrl => Identifier.AsSpan().ContainsAny('/', '?', '#');

    public static IdentifierRequest Read(HttpRequest request)
    {
        string target = request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        int start = target.IndexOf(IdentifierEndpoints.Path, StringComparison.Ordinal);
        string[] halves = (start < 0 ? "" : target[(start + IdentifierEndpoints.Path.Length)..]).Split('?', 2);
        string raw = halves[0];
        string[] query = halves.Length == 2 && halves[1].Length > 0 ? halves[1].Split('&') : [];
        bool encoded = !raw.Contains(':', StringComparison.Ordinal);
        string identifier = encoded ? Uri.UnescapeDataString(raw) : DecodeTail(raw);
        if (!encoded)
        {
            string[] own = [.. query.Where(part => !IdentifierOptions.IsOption(NameOf(part)))];
            query = [.. query.Where(part => IdentifierOptions.IsOption(NameOf(part)))];
            identifier = own.Length == 0 ? identifier : $"{identifier}{(identifier.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{string.Join('&', own)}";
        }

        (DidResolutionOptions options, Problem? fault) = IdentifierOptions.Read(query.Select(part => (NameOf(part), ValueOf(part))));
        return new(identifier, options, fault);
    }

    private static string DecodeTail(string raw)
    {
        int cut = Cuts.Select(mark => raw.IndexOf(mark, StringComparison.OrdinalIgnoreCase)).Where(index => index >= 0).DefaultIfEmpty(raw.Length).Min();
        return raw[..cut] + Uri.UnescapeDataString(raw[cut..]);
    }

    private static string NameOf(string part) => Uri.UnescapeDataString(part.Split('=', 2)[0].Replace('+', ' '));

    private static string ValueOf(string part) => part.Split('=', 2) is [_, var value] ? Uri.UnescapeDataString(value.Replace('+', ' ')) : "";
}
