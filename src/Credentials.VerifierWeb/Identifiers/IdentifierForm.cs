using Credentials.Dids;
using Microsoft.Net.Http.Headers;

namespace Credentials.VerifierWeb.Identifiers;

/// <summary>In which of the binding's forms an answer is wanted.</summary>
/// <param name="Kind">The form.</param>
/// <param name="MediaType">Of <see cref="FormKind.Bare"/>: what is wanted; otherwise what is answered.</param>
internal sealed record IdentifierForm(FormKind Kind, string MediaType)
{
    public static IdentifierForm Resolution { get; } = new(FormKind.Whole, DidMediaType.Resolution);

    public static IdentifierForm Dereferencing { get; } = new(FormKind.WholeDereferencing, DidMediaType.Dereferencing);

    private static readonly string[] EarlierProfiles = ["https://w3id.org/did-resolution", "https://w3id.org/did-url-dereferencing"];

    /// <summary>The best of what <c>Accept</c> asks for; null when none of it is to be had. Who asks for nothing gets the whole result.</summary>
    public static IdentifierForm? Choose(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        string[] accept = [.. request.Headers.Accept.OfType<string>().Where(value => value.Length > 0)];
        return accept.Length == 0 || !MediaTypeHeaderValue.TryParseList(accept, out IList<MediaTypeHeaderValue>? asked)
            ? Resolution
            : asked.Where(type => type.Quality is not 0).OrderByDescending(type => type.Quality ?? 1).Select(Of).FirstOrDefault(form => form is not null);
    }

    private static IdentifierForm? Of(MediaTypeHeaderValue type)
    {
        string name = type.MediaType.Value?.ToLowerInvariant() ?? "";
        string? profile = HeaderUtilities.RemoveQuotes(type.Parameters.FirstOrDefault(parameter => parameter.Name.Equals("profile", StringComparison.OrdinalIgnoreCase))?.Value ?? default).Value;
        return name switch
        {
            "*/*" or "application/*" or DidMediaType.Resolution => Resolution,
            DidMediaType.Dereferencing => Dereferencing,
            "application/ld+json" when EarlierProfiles.Contains(profile, StringComparer.Ordinal) => new(FormKind.Earlier, $"application/ld+json;profile=\"{EarlierProfiles[0]}\""),
            DidMediaType.UriList => new(FormKind.Bare, name),
            _ => DidMediaType.Representations.Contains(name, StringComparer.Ordinal) ? new(FormKind.Bare, name) : null,
        };
    }
}

/// <summary>The forms of an answer.</summary>
internal enum FormKind
{
    /// <summary>The whole result, of resolution or, for a DID URL, of dereferencing.</summary>
    Whole = 1,

    /// <summary>The whole result of dereferencing, for a DID too.</summary>
    WholeDereferencing,

    /// <summary>The whole result as drafts before 2025 wrote it.</summary>
    Earlier,

    /// <summary>The document or content alone.</summary>
    Bare,
}
