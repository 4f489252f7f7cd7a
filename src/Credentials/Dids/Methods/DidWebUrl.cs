using System.Globalization;
using Credentials.Encoding;

namespace Credentials.Dids.Methods;

/// <summary>Where the document of a did:web lies.</summary>
/// <remarks>https://w3c-ccg.github.io/did-method-web/#read-resolve. One DID names one URL, and no URL but of the host that one reads in the DID.</remarks>
internal static class DidWebUrl
{
    private const string EscapedColon = "%3A";
    private static readonly string[] LoopbackHosts = ["localhost", "127.0.0.1", "[::1]"];

    internal static Parsed<Uri> Of(DidUrl did)
    {
        // 1. "Replace ":" with "/" in the method specific identifier to obtain the fully qualified domain name and optional path."
        string[] parts = did.MethodSpecificId.Split(':');

        // 2. "If the domain contains a port percent decode the colon."
        if (ReadAuthority(parts[0]) is not var (host, port))
        {
            return Fault("The host of a did:web is a domain name, with %3A before its port.");
        }

        if (parts.Skip(1).FirstOrDefault(segment => !IsPlainSegment(segment)) is { } segment)
        {
            return Fault($"The path of the did:web has a part that could mean another place: '{segment}'.");
        }

        // 3. "Generate an HTTPS URL to the expected location of the DID document by prepending https://."
        string scheme = LoopbackHosts.Contains(host, StringComparer.OrdinalIgnoreCase) ? "http" : "https";

        // 4. "If no path has been specified in the URL, append /.well-known."
        string path = parts.Length == 1 ? ".well-known" : string.Join('/', parts.Skip(1));

        // 5. "Append /did.json to complete the URL."
        string text = $"{scheme}://{host}{(port is null ? "" : ":" + port)}/{path}/did.json";
        return Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && HostIsAsWritten(url, host)
            ? url
            : Fault("The host of a did:web is a domain name; of addresses, only 127.0.0.1 and [::1] are taken.");
    }

    /// <summary>The did:web whose document lies under a URL, such as <c>did:web:uni.example:a</c> for <c>https://uni.example/a</c>; null where there is none. http is taken for loopback, as by <see cref="Of"/>.</summary>
    internal static string? ToDid(string issuer)
    {
        if (!Uri.TryCreate(issuer, UriKind.Absolute, out Uri? url) || url.Query.Length + url.Fragment.Length + url.UserInfo.Length > 0 || issuer.AsSpan().ContainsAny('?', '#')
            || url.Scheme != (LoopbackHosts.Contains(url.Host, StringComparer.OrdinalIgnoreCase) ? Uri.UriSchemeHttp : Uri.UriSchemeHttps))
        {
            return null;
        }

        if (HostName.AsciiOf(url) is not { } name)
        {
            return null;
        }

        string host = name is "[::1]" or "::1" ? "%5B%3A%3A1%5D" : name.ToLowerInvariant();
        string port = url.IsDefaultPort ? "" : string.Create(CultureInfo.InvariantCulture, $"{EscapedColon}{url.Port}");
        string did = $"did:web:{host}{port}{url.AbsolutePath.TrimEnd('/').Replace('/', ':')}";

        // Only what leads back: one URL, one DID.
        return DidUrl.Parse(did) is { Ok: true, Value: { IsDid: true } read } && Of(read) is { Ok: true, Value: { } document }
            && document.AbsoluteUri.StartsWith(url.AbsoluteUri.TrimEnd('/') + "/", StringComparison.OrdinalIgnoreCase) ? did : null;
    }

    private static (string Host, string? Port)? ReadAuthority(string authority)
    {
        string text = authority;
        string host = "[::1]";
        if (text.StartsWith("%5B%3A%3A1%5D", StringComparison.OrdinalIgnoreCase))
        {
            text = text["%5B%3A%3A1%5D".Length..];
        }
        else
        {
            int colon = text.IndexOf(EscapedColon, StringComparison.OrdinalIgnoreCase);
            host = colon < 0 ? text : text[..colon];
            text = text[host.Length..];
        }

        if (host.Length == 0 || host.Contains('%', StringComparison.Ordinal))
        {
            return null;
        }

        if (text.Length == 0)
        {
            return (host, null);
        }

        string port = text.StartsWith(EscapedColon, StringComparison.OrdinalIgnoreCase) ? text[EscapedColon.Length..] : "";
        return port is ['1' or '2' or '3' or '4' or '5' or '6' or '7' or '8' or '9', ..] && ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? (host, port)
            : null;
    }

    // Uri reads 0x7f.1 and 2130706433 as addresses: what it made of the host must be what stands in the DID.
    private static bool HostIsAsWritten(Uri url, string host) =>
        url.Host.Equals(host, StringComparison.OrdinalIgnoreCase)
        && (url.HostNameType == UriHostNameType.Dns || LoopbackHosts.Contains(url.Host, StringComparer.OrdinalIgnoreCase));

    /// <summary>A segment that stays one segment after any server or proxy has unescaped it, and that has one spelling.</summary>
    private static bool IsPlainSegment(string segment)
    {
        if (segment is "" or "." or "..")
        {
            return false;
        }

        for (int at = segment.IndexOf('%', StringComparison.Ordinal); at >= 0; at = segment.IndexOf('%', at + 1))
        {
            char octet = (char)byte.Parse(segment.AsSpan(at + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (char.IsAsciiLetterOrDigit(octet) || (octet < 0x80 && char.IsControl(octet)) || "./\\%?#-_:".Contains(octet, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    private static Problem Fault(string detail) => new(ProblemCode.InvalidDid, detail);
}
