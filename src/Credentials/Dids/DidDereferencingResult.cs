using System.Text.Json;

namespace Credentials.Dids;

/// <summary>What a DID URL leads to: a document, a part of one, the URLs of its services, or an error.</summary>
/// <remarks>https://www.w3.org/TR/did-resolution/#dereferencing. Written as JSON by <see cref="DidResultJson"/>.</remarks>
public sealed record DidDereferencingResult
{
    private DidDereferencingResult()
    {
    }

    /// <summary>The document, verification method or service; null when there is none, or <see cref="Urls"/> are the content.</summary>
    public JsonElement? Content { get; private init; }

    /// <summary>The addresses of the services that were asked for (<c>text/uri-list</c>); at least one where they are the content.</summary>
    public IReadOnlyList<Uri> Urls { get; private init; } = [];

    /// <summary>The content's media type (<c>contentType</c>).</summary>
    public string ContentType { get; private init; } = DidMediaType.Did;

    /// <summary>Why there is no content.</summary>
    public Problem? Error { get; private init; }

    /// <summary>Whether the DID was given up for good, as far as its method says.</summary>
    public bool Deactivated { get; private init; }

    /// <summary>True when there is content.</summary>
    public bool Ok => Content is not null || Urls.Count > 0;

    internal static DidDereferencingResult Of(JsonElement content, string contentType) => new() { Content = content, ContentType = contentType };

    internal static DidDereferencingResult Of(IReadOnlyList<Uri> urls) => new() { Urls = urls, ContentType = DidMediaType.UriList };

    internal static DidDereferencingResult GivenUp() => new() { Deactivated = true };

    /// <summary>Why there is no content.</summary>
    public static DidDereferencingResult Fault(Problem error) => new() { Error = error };

    internal static DidDereferencingResult Fault(string code, string detail) => Fault(new Problem(code, detail));
}
