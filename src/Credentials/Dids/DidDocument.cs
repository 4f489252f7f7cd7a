using System.Text.Json;
using Credentials.Keys;

namespace Credentials.Dids;

/// <summary>A DID document, as far as verifying needs it.</summary>
/// <param name="Id">The DID that it is about.</param>
/// <param name="VerificationMethods">Every verification method, embedded ones included; ids made absolute.</param>
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
    public static Parsed<DidDocument> Read(JsonElement json, string did) => throw new NotImplementedException();
}

/// <summary>A verification method (a public key and who controls it).</summary>
/// <param name="Id">Absolute DID URL.</param>
/// <param name="Type"><c>Multikey</c>, <c>JsonWebKey</c>, <c>JsonWebKey2020</c> ...</param>
/// <param name="Controller">The DID that controls the key.</param>
/// <param name="Key">The key, or why it cannot be read.</param>
/// <param name="Expires">From when on the key must not be used.</param>
/// <param name="Revoked">When the key was revoked.</param>
public sealed record VerificationMethod(string Id, string Type, string Controller, Parsed<PublicKey> Key, DateTimeOffset? Expires, DateTimeOffset? Revoked);
