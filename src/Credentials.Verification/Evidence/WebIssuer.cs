using Credentials.DcSdJwt;
using Credentials.Dids;

namespace Credentials.Verification.Evidence;

/// <summary>A party that is named by a URL, and what its token says of the key: all that there is to find that key by.</summary>
/// <param name="Name">Its name as the token has it (<c>iss</c>).</param>
/// <param name="Id">Its DID, or the name where there is none.</param>
/// <param name="Method">The URL of the key.</param>
/// <param name="KeyId">The <c>kid</c> as it stands; null when the token names none.</param>
/// <param name="CertificateChain">DER of the certificates in the token's header, the signer's first.</param>
internal sealed record WebIssuer(string Name, string Id, string Method, string? KeyId, IReadOnlyList<ReadOnlyMemory<byte>> CertificateChain)
{
    /// <summary>The issuer of an SD-JWT VC.</summary>
    public static WebIssuer Of(SdJwtVc credential) => new(credential.Issuer, credential.IssuerId, credential.VerificationMethod!, credential.KeyId, credential.CertificateChain);

    /// <summary>A key of the issuer's that no DID document has: an entry of its own stands for the document.</summary>
    public FoundKey Found(Keys.PublicKey key, string type, DateTimeOffset? expires, bool kept)
    {
        var entry = new VerificationMethod(Method, type, Id, key, expires, Revoked: null);
        return new(entry, key, new DidDocument(Id, [entry], [Method], [], default), kept);
    }
}
