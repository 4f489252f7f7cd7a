using Credentials.Keys;

namespace Credentials.Jose;

/// <summary>What an SD-JWT says besides the document.</summary>
/// <param name="Type">The <c>typ</c>, such as <c>vc+sd-jwt</c>.</param>
/// <param name="KeyId">The <c>kid</c>: absolute DID URL of the verification method.</param>
public sealed record SdJwtOptions(string Type, string KeyId)
{
    /// <summary>The <c>cty</c>, such as <c>vc</c>.</summary>
    public string? ContentType { get; init; }

    /// <summary>DER of the certificates for the <c>x5c</c> header, the signer's first, without the root; empty for none.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> CertificateChain { get; init; } = [];

    /// <summary>What may be withheld.</summary>
    public DisclosureFrame Frame { get; init; } = DisclosureFrame.None;

    /// <summary>The holder's key, which goes into <c>cnf</c> by value.</summary>
    public PublicKey? HolderKey { get; init; }

    /// <summary>DID URL of the holder's key, which goes into <c>cnf</c> by reference; not both.</summary>
    public string? HolderKeyId { get; init; }

    /// <summary>The <c>iat</c> claim, in whole seconds.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>The <c>exp</c> claim: when the signature expires.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>The <c>aud</c> claim, in presentations.</summary>
    public string? Audience { get; init; }

    /// <summary>The <c>nonce</c> claim, in presentations.</summary>
    public string? Nonce { get; init; }
}
