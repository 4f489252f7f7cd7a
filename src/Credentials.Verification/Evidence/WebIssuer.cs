using Credentials.DcSdJwt;
using Credentials.Dids;
using Credentials.Keys;

namespace Credentials.Verification.Evidence;

/// <summary>A party that is named by a URL, and what its token says of the key: all that there is to find that key by.</summary>
/// <param name="Name">Its name as the token has it (<c>iss</c>).</param>
/// <param name="Id">Its DID, or the name where there is none.</param>
/// <param name="Method">The URL of the key.</param>
/// <param name="KeyId">The <c>kid</c> as it stands; null when the token names none.</param>
/// <param name="CertificateChain">DER of the certificates in the token's header, the signer's first.</param>
/// <param name="Holds">Whether the token's signature holds under a key: picks one of several that the token may mean, and never makes a key the issuer's.</param>
internal sealed record WebIssuer(string Name, string Id, string Method, string? KeyId, IReadOnlyList<ReadOnlyMemory<byte>> CertificateChain, Func<PublicKey, bool> Holds)
{
    /// <summary>The issuer of an SD-JWT VC.</summary>
    public static WebIssuer Of(SdJwtVc credential) => new(credential.Issuer, credential.IssuerId, credential.VerificationMethod!, credential.KeyId, credential.CertificateChain, key => credential.Verify(key) is null or { Code: ProblemCode.MalformedValueError });

    /// <summary>A key of the issuer's that no DID document has: an entry of its own stands for the document.</summary>
    /// <param name="key">The key.</param>
    /// <param name="type">How it was found.</param>
    /// <param name="expires">Its end.</param>
    /// <param name="kept">Whether it was kept from before.</param>
    /// <param name="name">By what name; null: by its own.</param>
    public FoundKey Found(PublicKey key, string type, DateTimeOffset? expires, bool kept, string? name)
    {
        string method = name ?? OwnNameOf(key);
        var entry = new VerificationMethod(method, type, Id, key, expires, Revoked: null);
        return new(entry, key, new DidDocument(Id, [entry], [method], [], default), kept);
    }

    /// <summary>The name by which a registry most likely knows the key, whatever the token calls it.</summary>
    public string OwnNameOf(PublicKey key) => Id.StartsWith("did:", StringComparison.Ordinal) ? $"{Id}#{Multikey.Encode(key)}" : Method;
}
