using Credentials.Anchoring;
using Credentials.IssuerApi.Status;

namespace Credentials.IssuerApi.Issuance;

/// <summary>A credential that is signed and not yet stored.</summary>
/// <param name="Id">Our own id of it: a random uuid.</param>
/// <param name="CredentialId">The document's own <c>id</c>.</param>
/// <param name="Document">The secured text.</param>
/// <param name="Digest">What will lie under a Merkle root.</param>
/// <param name="Handle">What it can be revoked by on the chain.</param>
/// <param name="Position">Its entry in a status list.</param>
/// <param name="LinkToken">Its public token.</param>
/// <param name="SignedBy">Ids of the keys that signed it.</param>
internal sealed record SignedCredential(string Id, string CredentialId, byte[] Document, AnchorDigest Digest, RegistryHandle Handle, StatusPosition Position, string LinkToken, IReadOnlyList<string> SignedBy);

/// <summary>A signed credential, or everything that is wrong with what was to be signed.</summary>
internal sealed record Signing(SignedCredential? Credential, IReadOnlyList<Problem> Problems)
{
    public static Signing Of(SignedCredential credential) => new(credential, []);

    public static Signing Refused(params IReadOnlyList<Problem> problems) => new(null, problems);
}
