namespace Credentials.OpenId;

/// <summary>Where metadata of an identifier with a path are: the well-known name goes between host and path.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc8414#section-3.1, https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#credential-issuer-wellknown</remarks>
public static class WellKnown
{
    /// <summary>The metadata's URL.</summary>
    /// <param name="identifier">An absolute http or https URL without query and fragment.</param>
    /// <param name="name">Such as <c>openid-credential-issuer</c>.</param>
    /// <exception cref="UriFormatException">The identifier is no absolute URL.</exception>
    public static Uri UrlOf(string identifier, string name)
    {
        Uri url = new(identifier, UriKind.Absolute);
        return new Uri($"{url.GetLeftPart(UriPartial.Authority)}/.well-known/{name}{url.AbsolutePath.TrimEnd('/')}");
    }
}
