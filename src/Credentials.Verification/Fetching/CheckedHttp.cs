using System.Net;
using System.Net.Security;
using Credentials.Verification.Fetching;

namespace Credentials.Verification;

/// <summary>HTTP that reaches no private address unless told to: for calls that <see cref="BoundedFetcher"/> cannot make, such as POSTs to a place that a stranger's link names. Time and size of answers are the caller's to bound.</summary>
public static class CheckedHttp
{
    /// <summary>A handler that checks the address actually connected to. Follows no redirect, uses no proxy, keeps no cookies, unpacks nothing. A refused address is an <see cref="HttpRequestException"/> whose message names it.</summary>
    /// <param name="allowPrivateAddresses">As <see cref="BoundedFetcherOptions.AllowPrivateAddresses"/>; plain http reaches private addresses alone, and only then.</param>
    public static HttpMessageHandler CreateHandler(bool allowPrivateAddresses) => Create(allowPrivateAddresses, Network.System, new SslClientAuthenticationOptions());

    /// <summary>The same over another network.</summary>
    internal static SocketsHttpHandler Create(bool allowPrivateAddresses, Network network, SslClientAuthenticationOptions tls) => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectCallback = new CheckedConnection(allowPrivateAddresses, network).ConnectAsync,
        Credentials = null,
        MaxConnectionsPerServer = 8,
        MaxResponseDrainSize = 0,
        MaxResponseHeadersLength = 32,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        SslOptions = tls,
        UseCookies = false,
        UseProxy = false,
    };
}
