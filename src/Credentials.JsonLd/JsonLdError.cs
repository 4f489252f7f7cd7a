namespace Credentials.JsonLd;

/// <summary>Why a document has no JSON-LD meaning.</summary>
/// <param name="Code">The specification's own string, such as <c>loading remote context failed</c>, or one of <see cref="JsonLdErrorCode"/>.</param>
/// <param name="Detail">A sentence for people.</param>
/// <param name="Pointer">RFC 6901 pointer to the place in the document, where known.</param>
/// <remarks>https://www.w3.org/TR/json-ld11-api/#jsonlderrorcode</remarks>
public sealed record JsonLdError(string Code, string Detail, string? Pointer = null);
