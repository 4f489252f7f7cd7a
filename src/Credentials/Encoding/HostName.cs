using System.Text;

namespace Credentials.Encoding;

/// <summary>The host of a URL as name servers spell it.</summary>
public static class HostName
{
    /// <summary>The host in ASCII, an IPv6 address without brackets; null for an international name that has no such spelling, of which <see cref="Uri"/> would throw only when asked.</summary>
    /// <param name="url">An absolute URL; anybody's.</param>
    /// <remarks>https://www.rfc-editor.org/rfc/rfc5891#section-4</remarks>
    public static string? AsciiOf(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        try
        {
            return url.IdnHost is { } host && Ascii.IsValid(host) ? host : null;
        }
        catch (UriFormatException)
        {
            return null;
        }
    }
}
