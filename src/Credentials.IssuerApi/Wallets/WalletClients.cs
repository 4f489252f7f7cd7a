using Credentials.IssuerApi.Configuration;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Wallets;

/// <summary>The wallets that may be sent authorization codes: those of the configuration, our web wallet and our command line.</summary>
internal sealed class WalletClients(IssuerOptions issuer, IOptions<WalletOptions> options)
{
    private readonly IReadOnlyList<WalletClient> _clients =
    [
        .. options.Value.Clients,
        new WalletClient { Id = "credentials-wallet", Name = "Credentials", RedirectUris = { issuer.WalletUrl("callback") } },
        new WalletClient { Id = "credentials-cli", Name = "credentials", RedirectUris = { "http://127.0.0.1/callback", "http://[::1]/callback", "http://localhost/callback" }, AnyLoopbackPort = true },
    ];

    /// <summary>The client of an id; the configuration's own comes first.</summary>
    public WalletClient? Find(string? id) => _clients.FirstOrDefault(client => client.Id == id);

    /// <summary>Whether codes for a client may go there: RFC 9700 section 4.1.3 wants exact comparison, but for the port of a loopback address.</summary>
    public static bool MayGoTo(WalletClient client, string redirectUri) =>
        client.RedirectUris.Contains(redirectUri, StringComparer.Ordinal)
        || (client.AnyLoopbackPort && Uri.TryCreate(redirectUri, UriKind.Absolute, out Uri? url) && url is { Scheme: "http", IsLoopback: true, UserInfo: "", Query: "", Fragment: "" }
            && client.RedirectUris.Contains($"http://{url.Host}{url.AbsolutePath}", StringComparer.Ordinal));
}
