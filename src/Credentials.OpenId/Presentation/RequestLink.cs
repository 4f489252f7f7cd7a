using System.Text.Json;
using Credentials.Encoding;

namespace Credentials.OpenId.Presentation;

/// <summary>What a link or QR code carries: a request by reference (<see cref="RequestUri"/>), signed by value (<see cref="RequestObject"/>), or unsigned in its parameters (<see cref="Parameters"/>); exactly one of them.</summary>
/// <param name="ClientId">Who asks, as the link says; what is signed must say the same.</param>
/// <remarks>https://openid.net/specs/openid-4-verifiable-presentations-1_0.html#name-examples, https://www.rfc-editor.org/rfc/rfc9101#section-5</remarks>
public sealed record RequestLink(ClientIdentifier ClientId)
{
    /// <summary>The <c>request_uri_method</c> by which a wallet may say what it can do.</summary>
    public const string Post = "post";

    private const string Get = "get";
    private const int MaxLength = 64 * 1024;

    private static readonly string[] s_objects = ["dcql_query", "client_metadata", "verifier_info", "transaction_data", "expected_origins"];

    /// <summary>Where the signed request is fetched.</summary>
    public string? RequestUri { get; init; }

    /// <summary>Whether it may be fetched by POST.</summary>
    public bool ByPost { get; init; }

    /// <summary>The signed request itself, a compact JWT.</summary>
    public string? RequestObject { get; init; }

    /// <summary>The request, unsigned.</summary>
    public AuthorizationRequest? Parameters { get; init; }

    /// <summary>Reads a link of any scheme; the scheme and the host say only which wallet opens it.</summary>
    /// <param name="uri">The link, such as <c>openid4vp://?client_id=…</c>, or its query alone.</param>
    public static Parsed<RequestLink> Read(string uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        int mark = uri.IndexOf('?', StringComparison.Ordinal);
        if (uri.Length > MaxLength)
        {
            return Fault($"The link is longer than {MaxLength} characters.", "");
        }

        // RFC 6749 section 3.1: "Request and response parameters MUST NOT be included more than once."
        Parsed<Dictionary<string, string>> read = FormText.Read(uri[(mark + 1)..].Split('#')[0]);
        if (!read.Ok)
        {
            return read.Problem;
        }

        Dictionary<string, string> given = read.Value;
        if (!given.TryGetValue("client_id", out string? id) || id.Length == 0)
        {
            return Fault("The link names no client_id.", "/client_id");
        }

        var link = new RequestLink(ClientIdentifier.Of(id));
        string? method = given.GetValueOrDefault("request_uri_method");
        return given.ContainsKey("request") && given.ContainsKey("request_uri") ? Fault("The link has a request and a request_uri.", "/request_uri")
            : method is not null && !given.ContainsKey("request_uri") ? Fault("A request_uri_method must not be there without a request_uri.", "/request_uri_method")
            : method is not (null or Get or Post) ? new Problem(PresentationError.InvalidRequestUriMethod, "The request_uri_method is get or post.", "/request_uri_method")
            : given.TryGetValue("request", out string? request) ? link with { RequestObject = request }
            : given.TryGetValue("request_uri", out string? place) ? Addresses.IsSafe(place) ? link with { RequestUri = place, ByPost = method == Post } : Fault("The request_uri is an absolute https URL without fragment.", "/request_uri")
            : ReadParameters(link, given);
    }

    /// <summary>The link for a wallet.</summary>
    /// <param name="wallet"><see cref="AuthorizationRequest.DeepLink"/>, or the https address at which a web wallet takes requests.</param>
    public string ToUri(string wallet)
    {
        ArgumentNullException.ThrowIfNull(wallet);
        KeyValuePair<string, string>[] parameters = Parameters is { } request ? [.. request.ToParameters()]
        :
        [
            KeyValuePair.Create("client_id", ClientId.Text),
            .. RequestUri is { } place ? [KeyValuePair.Create("request_uri", place)] : Array.Empty<KeyValuePair<string, string>>(),
            .. ByPost ? [KeyValuePair.Create("request_uri_method", Post)] : Array.Empty<KeyValuePair<string, string>>(),
            .. RequestObject is { } signed ? [KeyValuePair.Create("request", signed)] : Array.Empty<KeyValuePair<string, string>>(),
        ];
        return $"{wallet}?{FormText.Write(parameters)}";
    }

    private static Parsed<RequestLink> ReadParameters(RequestLink link, Dictionary<string, string> given)
    {
        // "parameters containing objects are transferred as JSON-serialized strings".
        Dictionary<string, JsonElement> members = new(StringComparer.Ordinal);
        foreach ((string name, string text) in given)
        {
            if (!s_objects.Contains(name, StringComparer.Ordinal))
            {
                members[name] = JsonSerializer.SerializeToElement(text);
                continue;
            }

            Parsed<JsonDocument> value = StrictJson.Parse(System.Text.Encoding.UTF8.GetBytes(text), AuthorizationRequest.MaxLength);
            if (!value.Ok)
            {
                return Fault($"The parameter {name} is no JSON: {value.Problem.Detail}", "/" + name);
            }

            members[name] = value.Value.RootElement;
        }

        Parsed<AuthorizationRequest> request = AuthorizationRequest.Read(JsonSerializer.SerializeToElement(members));
        return request.Ok ? link with { Parameters = request.Value } : request.Problem;
    }

    private static Problem Fault(string detail, string pointer) => new(PresentationError.InvalidRequest, detail, pointer);
}
