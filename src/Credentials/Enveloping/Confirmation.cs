using Credentials.Keys;

namespace Credentials.Enveloping;

/// <summary>The holder's key that the issuer confirmed: by value (<c>jwk</c>) or by reference (<c>kid</c>), one of both.</summary>
/// <param name="Key">The key itself, or why it cannot be read; null when it is named only.</param>
/// <param name="KeyId">The reference, a DID URL as a rule; null when the key itself is there.</param>
/// <remarks>https://www.rfc-editor.org/rfc/rfc7800#section-3</remarks>
public sealed record Confirmation(PublicKey? Key, string? KeyId);
