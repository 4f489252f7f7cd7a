namespace Credentials.Dids;

/// <summary>The media types of DID documents, and of what a resolver says about them.</summary>
/// <remarks>https://www.w3.org/TR/did-1.1/#representations, https://www.w3.org/TR/did-resolution/#bindings-https</remarks>
public static class DidMediaType
{
    /// <summary>A DID document.</summary>
    public const string Did = "application/did";

    /// <summary>A DID document in plain JSON, as DID 1.0 called it.</summary>
    public const string DidJson = "application/did+json";

    /// <summary>A DID document in JSON-LD, as DID 1.0 called it.</summary>
    public const string DidLdJson = "application/did+ld+json";

    /// <summary>A resolution result: document and metadata.</summary>
    public const string Resolution = "application/did-resolution";

    /// <summary>A dereferencing result: content and metadata.</summary>
    public const string Dereferencing = "application/did-url-dereferencing";

    /// <summary>The URLs of services, one a line.</summary>
    public const string UriList = "text/uri-list";

    /// <summary>The media types that a document can be had in. The bytes are the same: a document in JSON-LD is one in JSON too.</summary>
    public static IReadOnlyList<string> Representations { get; } = [Did, DidLdJson, DidJson, "application/ld+json", "application/json"];
}
