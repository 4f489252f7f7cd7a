using System.Diagnostics.CodeAnalysis;

namespace Credentials.Dids;

/// <summary>What a resolution came to: a document, the word that the DID was given up, or an error.</summary>
/// <remarks>https://www.w3.org/TR/did-resolution/#did-resolution-result. Written as JSON by <see cref="DidResultJson"/>.</remarks>
public sealed record DidResolutionResult
{
    private DidResolutionResult()
    {
    }

    /// <summary>The document; null when it was given up, or could not be had.</summary>
    public DidDocument? Document { get; private init; }

    /// <summary>Its media type (<c>contentType</c>).</summary>
    public string ContentType { get; init; } = DidMediaType.Did;

    /// <summary>Why there is none; null when there is one, and when the DID was deactivated.</summary>
    public Problem? Error { get; private init; }

    /// <summary>Whether the DID was given up for good, as far as its method says.</summary>
    public bool Deactivated { get; private init; }

    /// <summary>True when there is a document.</summary>
    [MemberNotNullWhen(true, nameof(Document))]
    public bool Ok => Document is not null;

    /// <summary>A DID that was given up.</summary>
    public static DidResolutionResult GivenUp() => new() { Deactivated = true };

    /// <summary>A document or the reason why there is none.</summary>
    public static DidResolutionResult Of(Parsed<DidDocument> document) => new() { Document = document.Value, Error = document.Problem };

    /// <summary>Why there is no document.</summary>
    public static DidResolutionResult Fault(string code, string detail) => new() { Error = new(code, detail) };
}
