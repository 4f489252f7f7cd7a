using System.Text.Json;

namespace Credentials.Dids.Dereferencing;

/// <summary>One DID URL on its way to what it names.</summary>
/// <remarks>https://www.w3.org/TR/did-resolution/#dereferencing-algorithm. A parameter that stands twice has no defined meaning and makes the URL invalid.</remarks>
internal sealed class DidUrlDereferencing
{
    private const string Service = "service";
    private const string ServiceType = "serviceType";
    private const string RelativeRef = "relativeRef";
    private const string VersionId = "versionId";
    private const string VersionTime = "versionTime";

    private readonly DidUrl _url;
    private readonly IReadOnlyDictionary<string, string> _parameters;
    private readonly DidResolutionOptions _options;

    private DidUrlDereferencing(DidUrl url, IReadOnlyDictionary<string, string> parameters, DidResolutionOptions options) =>
        (_url, _parameters, _options) = (url, parameters, options);

    /// <summary>The DID whose document is looked into.</summary>
    internal string Did => _url.Did;

    /// <summary>2. "All dereferencing options and all DID parameters MUST be passed as resolution options".</summary>
    internal DidResolutionOptions ResolutionOptions => _options with
    {
        Accept = _options.Accept == DidMediaType.UriList ? null : _options.Accept,
        VersionId = _parameters.GetValueOrDefault(VersionId) ?? _options.VersionId,
        VersionTime = _parameters.GetValueOrDefault(VersionTime) ?? _options.VersionTime,
    };

    private bool AsksForServices => _parameters.ContainsKey(Service) || _parameters.ContainsKey(ServiceType);

    private string ContentType => _options.Accept ?? DidMediaType.Did;

    internal static Parsed<DidUrlDereferencing> Of(string didUrl, DidResolutionOptions options)
    {
        // 1. Validate that the input DID URL conforms to the did-url rule of the DID URL Syntax.
        Parsed<DidUrl> url = DidUrl.Parse(didUrl);
        if (!url.Ok)
        {
            return url.Problem with { Code = ProblemCode.InvalidDidUrl };
        }

        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string part in url.Value.Query is { Length: > 0 } query ? query.Split('&') : [])
        {
            string[] halves = part.Split('=', 2);
            string name = Uri.UnescapeDataString(halves[0]);
            if (!parameters.TryAdd(name, halves.Length == 2 ? Uri.UnescapeDataString(halves[1]) : ""))
            {
                return new Problem(ProblemCode.InvalidDidUrl, $"The DID URL gives {name} twice.");
            }
        }

        return options.VerificationRelationship is { } relationship && !DidDocument.Relationships.Contains(relationship, StringComparer.Ordinal)
            ? new Problem(ProblemCode.InvalidOptions, $"The verificationRelationship is one of {string.Join(", ", DidDocument.Relationships)}.")
            : new DidUrlDereferencing(url.Value, parameters, options);
    }

    internal DidDereferencingResult Follow(DidDocument document)
    {
        // 5. If the input DID URL contains the DID parameter service and/or serviceType, and optionally relativeRef
        if (_url.Path.Length == 0 && AsksForServices && _parameters.Keys.All(name => name is Service or ServiceType or RelativeRef or VersionId or VersionTime))
        {
            return FollowServices(document);
        }

        // 6. Otherwise, if it contains a DID path and/or DID query: neither this algorithm nor one of the methods knows where that leads.
        if (_url.Path.Length > 0 || _parameters.Keys.Any(name => name is not (VersionId or VersionTime)))
        {
            return DidDereferencingResult.Fault(ProblemCode.NotFound, "No DID method known here says what this path or query leads to.");
        }

        if (_options.Accept == DidMediaType.UriList)
        {
            return NoUriList();
        }

        // 4. If it contains no DID path and no DID query, return the resolved DID document.
        return _url.Fragment is { } fragment ? FollowFragment(document, fragment)
            : _options.VerificationRelationship is null ? DidDereferencingResult.Of(document.Json, ContentType)
            : DidDereferencingResult.Fault(ProblemCode.InvalidVerificationMethod, "The DID URL leads to a document, not to a verification method.");
    }

    private static DidDereferencingResult NoUriList() =>
        DidDereferencingResult.Fault(ProblemCode.RepresentationNotSupported, "Only services have a text/uri-list: name one with ?service=.");

    private DidDereferencingResult FollowServices(DidDocument document)
    {
        JsonElement[] services = [.. document.Services.Where(service =>
            (!_parameters.TryGetValue(Service, out string? id) || DidDocumentPart.IsNamed(service, id.Contains(':', StringComparison.Ordinal) ? id : $"{document.Id}#{id.TrimStart('#')}", document.Id))
            && (!_parameters.TryGetValue(ServiceType, out string? type) || DidDocumentPart.HasType(service, type)))];
        if (services.Length == 0)
        {
            return DidDereferencingResult.Fault(ProblemCode.NotFound, "The DID document has no such service.");
        }

        if (_options.Accept != DidMediaType.UriList)
        {
            return _url.Fragment is null
                ? DidDereferencingResult.Of(DidDocumentPart.WithServices(document, services), ContentType)
                : DidDereferencingResult.Fault(ProblemCode.RepresentationNotSupported, "A fragment of a service's resource is had as text/uri-list.");
        }

        Parsed<IReadOnlyList<Uri>> urls = ServiceEndpoints.Of(services, _parameters.GetValueOrDefault(RelativeRef), _url.Fragment);
        return urls.Ok ? DidDereferencingResult.Of(urls.Value) : DidDereferencingResult.Fault(urls.Problem);
    }

    private DidDereferencingResult FollowFragment(DidDocument document, string fragment)
    {
        string id = $"{document.Id}#{fragment}";
        if (_options.VerificationRelationship is { } relationship)
        {
            // "If verificationMethod is not a conforming verification method, an error MUST be raised"
            if (document.Find(id) is null)
            {
                return DidDereferencingResult.Fault(ProblemCode.InvalidVerificationMethod, $"The DID document of {document.Id} has no verification method {id}.");
            }

            // "If verificationMethod is not associated ... with the verification relationship array"
            if (!document.IsListed(id, relationship))
            {
                return DidDereferencingResult.Fault(ProblemCode.InvalidRelationshipForVerificationMethod, $"The key {id} is not listed under {relationship}.");
            }
        }

        return DidDocumentPart.Find(document, id) is { } part
            ? DidDereferencingResult.Of(part, ContentType)
            : DidDereferencingResult.Fault(ProblemCode.NotFound, $"Nothing in the DID document of {document.Id} is called #{fragment}.");
    }
}
