namespace Credentials.Enveloping;

/// <summary>What an envelope says of its signature: registered claims of the JWT, of its header, or of the CWT claims of COSE. All are the signer's word, protected by the signature.</summary>
/// <remarks>https://www.w3.org/TR/vc-jose-cose/#jose-header-parameters-jwt-claims, https://www.rfc-editor.org/rfc/rfc7519#section-4.1</remarks>
public sealed record EnvelopeClaims
{
    /// <summary><c>iss</c>.</summary>
    public string? Issuer { get; init; }

    /// <summary><c>iat</c>: the claimed time of signing; never evidence.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary><c>exp</c>: when the signature ends, which is not the credential's <c>validUntil</c>. Opening and verifying say nothing of it: the caller knows the time.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary><c>nbf</c>: when the signature begins to count.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary><c>aud</c>: the verifiers for whom a presentation was made; empty when it names none.</summary>
    public IReadOnlyList<string> Audience { get; init; } = [];

    /// <summary><c>nonce</c>: the value that the verifier asked for.</summary>
    public string? Nonce { get; init; }
}
