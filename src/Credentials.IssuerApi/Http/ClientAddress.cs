using Credentials.IssuerApi.Configuration;
using Microsoft.AspNetCore.HttpOverrides;

namespace Credentials.IssuerApi.Http;

/// <summary>Whose request it is, when reverse proxies stand before the issuer: else everybody behind them shares one rate limit.</summary>
internal static class ClientAddress
{
    /// <summary>Takes the client's address from <c>X-Forwarded-For</c>, from behind as far as the proxies are known. Without known proxies the header is nobody's word.</summary>
    public static void UseClientAddress(this WebApplication app)
    {
        // The profile of named instances has no such settings: it listens on loopback alone.
        if (app.Services.GetService<IssuerOptions>()?.KnownProxies is not { Count: > 0 } known)
        {
            return;
        }

        ForwardedHeadersOptions options = new() { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (string entry in known)
        {
            options.KnownIPNetworks.Add(NetworkAddressesAttribute.Read(entry)!.Value);
        }

        app.UseForwardedHeaders(options);
    }
}
