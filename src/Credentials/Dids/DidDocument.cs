using System.Text.Json;
using Credentials.Dids.Dereferencing;

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
    /// <summary>The lists under which a document says what a key is for.</summary>
    /// <remarks>https://www.w3.org/TR/cid-1.0/#verification-relationships</remarks>
    public static IReadOnlyList<string> Relationships { get; } = ["authentication", "assertionMethod", "keyAgreement", "capabilityInvocation", "capabilityDelegation"];

    /// <summary>The services, as written; what is no array of objects has none.</summary>
    internal IEnumerable<JsonElement> Services => Items("service");

    /// <summary>The http and https addresses of the services of a type, as written.</summary>
    public IEnumerable<Uri> ServiceUrls(string type) => ServiceEndpoints.UrlsOf(Services.Where(service => DidDocumentPart.HasType(service, type)));

    /// <summary>Reads a document that was fetched for a DID; its <c>id</c> must be that DID.</summary>
    public static Parsed<DidDocument> Read(JsonElement json, string did) => new DidDocumentReader(did).Read(json);

    /// <summary>The method of that absolute id, or null.</summary>
    public VerificationMethod? Find(string id) => VerificationMethods.FirstOrDefault(method => method.Id == id);

    /// <summary>Whether a method is listed, by reference or by value, for a relationship such as <c>authentication</c>.</summary>
    /// <param name="id">The method's absolute id.</param>
    /// <param name="relationship">One of <see cref="Relationships"/>.</param>
    public bool IsListed(string id, string relationship) => Json.TryGetProperty(relationship, out JsonElement list) && list.ValueKind == JsonValueKind.Array
        && list.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.String ? VerificationMethod.AbsoluteId(item.GetString()!, Id) == id : DidDocumentPart.IsNamed(item, id, Id));

    internal IEnumerable<JsonElement> Items(string member) => Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty(member, out JsonElement items) && items.ValueKind == JsonValueKind.Array
        ? items.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object)
        : [];
}
