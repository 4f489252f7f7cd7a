using Credentials.Jose;
using Credentials.Keys;

namespace Credentials.DcSdJwt;

/// <summary>What an SD-JWT VC says besides its claims.</summary>
/// <param name="KeyId">The <c>kid</c>: absolute DID URL of the verification method, by which registries and DID documents know the key.</param>
public sealed record SdJwtVcOptions(string KeyId)
{
    /// <summary>What may be withheld. A claim that the draft wants in the clear is a problem of issuing.</summary>
    public DisclosureFrame Frame { get; init; } = DisclosureFrame.None;

    /// <summary>The holder's key, which goes into <c>cnf</c> by value; null where the claims have a <c>cnf</c> already, or none is wanted.</summary>
    public PublicKey? HolderKey { get; init; }

    /// <summary>DER of the certificates for the <c>x5c</c> header, the signer's first, without the root; empty for none.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> CertificateChain { get; init; } = [];
}
