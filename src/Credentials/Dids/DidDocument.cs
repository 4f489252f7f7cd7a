using System.Text.Json;

namespace Credentials.Dids;

/// <summary>A DID document, as far as verifying needs it.</summary>
/// <param name="Id">The DID that it is about.</param>
/// <param name="VerificationMethods">Every verification method under this DID, embedded ones included; ids made absolute. Methods of other DIDs are left to those DIDs' own documents.</param>
/// <param name="AssertionMethods">Absolute ids of the methods that may assert (sign credentials).</param>
/// <param name="AuthenticationMethods">Absolute ids of the methods that may authenticate (sign presentations).</param>
/// <param name="Json">The document as received.</param>
/// <remarks>https://www.w3.org/TR/cid-1.0/</remarks>
public sealed record DidDocument(
    string Id,
    IReadOnlyList<VerificationMethod> VerificationMethods,
    IReadOnlyList<string> AssertionMethods,
    IReadOnlyList<string> AuthenticationMethods,
    JsonElement Json)
{
    /// <summary>Reads a document that was fetched for a DID; its <c>id</c> must be that DID.</summary>
    public static Parsed<DidDocument> Read(JsonElement json, string did) => new DidDocumentReader(did).Read(json);

    /// <summary>The method of that absolute id, or null.</summary>
    public VerificationMethod? Find(string id) => VerificationMethods.FirstOrDefault(method => method.Id == id);
}
