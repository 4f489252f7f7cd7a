using Credentials.Keys;

namespace Credentials.Jose;

/// <summary>What the header of a <see cref="Jwt"/> says besides its algorithm.</summary>
/// <param name="Type">The <c>typ</c>, such as <c>oauth-authz-req+jwt</c>: without it one kind of JWT could be passed for another.</param>
/// <remarks>https://www.rfc-editor.org/rfc/rfc8725#section-3.11</remarks>
public sealed record JwtHeader(string Type)
{
    /// <summary>The <c>kid</c>.</summary>
    public string? KeyId { get; init; }

    /// <summary>The signer's own public key, as <c>jwk</c>.</summary>
    public PublicKey? Key { get; init; }

    /// <summary>The signer's certificate and those above it, DER, as <c>x5c</c>; the root is left out.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Certificates { get; init; } = [];
}
