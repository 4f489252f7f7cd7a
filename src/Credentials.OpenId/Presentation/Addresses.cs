namespace Credentials.OpenId.Presentation;

/// <summary>Where a wallet may send something, or fetch it.</summary>
internal static class Addresses
{
    /// <summary>An absolute https URL without fragment or user; http on this machine alone, for pilots.</summary>
    public static bool IsSafe(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Fragment.Length == 0 && url.UserInfo.Length == 0
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));
}
