using System.Text.Json;

namespace Credentials.Dids.Dereferencing;

/// <summary>The addresses that services have, and what they make of a relative reference.</summary>
/// <remarks>https://www.w3.org/TR/did-resolution/#dereferencing-algorithm-resource, step 5; https://www.rfc-editor.org/rfc/rfc3986#section-5</remarks>
internal static class ServiceEndpoints
{
    /// <summary>More addresses than any service needs.</summary>
    private const int MaxUrls = 64;

    /// <summary>The absolute http and https addresses of the services, at least one; a reference that leads off the service's host, or up and out of its folder, is a problem.</summary>
    internal static Parsed<IReadOnlyList<Uri>> Of(IReadOnlyList<JsonElement> services, string? relative, string? fragment)
    {
        var urls = new List<Uri>();
        foreach (Uri endpoint in UrlsOf(services).Take(MaxUrls))
        {
            Uri? url = relative is null ? endpoint : Combine(endpoint, relative);
            if (url is null)
            {
                return new Problem(ProblemCode.InvalidDidUrl, "The relativeRef leads out of the service that it is relative to.");
            }

            // "If the selected DID service endpoint URL contains a fragment component, raise an error."
            if (fragment is not null && url.Fragment.Length > 0)
            {
                return new Problem(ProblemCode.InvalidDidUrl, "The address of the service has a fragment of its own.");
            }

            urls.Add(fragment is null ? url : new Uri($"{url.AbsoluteUri}#{fragment}"));
        }

        return urls.Count > 0 ? urls : new Problem(ProblemCode.NotFound, "The service has no address on the web.");
    }

    /// <summary>The absolute http and https addresses of services, as written.</summary>
    internal static IEnumerable<Uri> UrlsOf(IEnumerable<JsonElement> services) => services.SelectMany(TextsOf).Select(Absolute).OfType<Uri>();

    private static IEnumerable<string> TextsOf(JsonElement service) =>
        !service.TryGetProperty("serviceEndpoint", out JsonElement endpoint) ? []
        : endpoint.ValueKind == JsonValueKind.String ? [endpoint.GetString()!]
        : endpoint.ValueKind == JsonValueKind.Array ? endpoint.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)
        : [];

    private static Uri? Absolute(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp) ? url : null;

    private static Uri? Combine(Uri endpoint, string relative)
    {
        // "Apply normalization and validation after full percent-decoding, to guard against encoded traversal variants."
        string bare = relative;
        for (int i = 0; i < 4 && bare.Contains('%', StringComparison.Ordinal); i++)
        {
            bare = Uri.UnescapeDataString(bare);
        }

        string path = bare.Split('?', '#')[0];
        return !path.Contains('\\', StringComparison.Ordinal) && !path.Split('/').Contains("..")
            && Uri.TryCreate(endpoint, relative, out Uri? url)
            && Uri.Compare(url, endpoint, UriComponents.SchemeAndServer | UriComponents.UserInfo, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0
                ? url
                : null;
    }
}
