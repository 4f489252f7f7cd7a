namespace Credentials.OpenId.Issuance;

/// <summary>Rules of a credential issuer's identifier: compared letter by letter, never normalised.</summary>
/// <remarks>https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#credential-issuer-identifier</remarks>
public static class CredentialIssuerId
{
    /// <summary>Whether a text is one: an https URL without query and fragment; http only to this very machine, for trying things out.</summary>
    public static bool IsOne(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttps || url is { Scheme: "http", IsLoopback: true })
        && url.Query.Length == 0 && url.Fragment.Length == 0 && url.UserInfo.Length == 0 && !text.Contains('?', StringComparison.Ordinal) && !text.Contains('#', StringComparison.Ordinal);
}
