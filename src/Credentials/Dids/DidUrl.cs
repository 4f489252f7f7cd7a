namespace Credentials.Dids;

/// <summary>A DID URL: a DID and, optionally, path, query and fragment.</summary>
/// <remarks>https://www.w3.org/TR/did-1.0/#did-url-syntax</remarks>
public sealed record DidUrl
{
    /// <summary>The whole text.</summary>
    public required string Text { get; init; }

    /// <summary>The DID alone, such as <c>did:web:example.edu</c>.</summary>
    public required string Did { get; init; }

    /// <summary>The method name, such as <c>web</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The method-specific id.</summary>
    public required string MethodSpecificId { get; init; }

    /// <summary>The fragment without its <c>#</c>, if any.</summary>
    public string? Fragment { get; init; }

    /// <summary>Reads a DID or a DID URL.</summary>
    public static Parsed<DidUrl> Parse(string text) => throw new NotImplementedException();
}
