using System.Net;

namespace Credentials.IssuerApi.Instances;

/// <summary>Instances ask nobody who they are. So they are served to this computer alone, or the program does not start.</summary>
internal static class LoopbackOnly
{
    /// <summary>Refuses every address to listen on that others can reach.</summary>
    /// <exception cref="StartupRefusedException">There is one.</exception>
    public static void Require(IConfiguration configuration, string? urls)
    {
        IEnumerable<string> endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"] ?? "");
        foreach (string address in (urls ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Concat(endpoints))
        {
            if (!IsLoopback(address))
            {
                throw new StartupRefusedException($"Issuer:Instances issue without authentication, so they listen on loopback addresses only, and \"{address}\" is none. Set ASPNETCORE_URLS to http://127.0.0.1:PORT, or take the instances out of the configuration.");
            }
        }
    }

    // A wildcard (http://*:80, http://+:80) is no URL, and a name other than localhost may lead anywhere.
    private static bool IsLoopback(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out Uri? url)
        && (string.Equals(url.Host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(url.DnsSafeHost, out IPAddress? ip) && IPAddress.IsLoopback(ip)));
}
