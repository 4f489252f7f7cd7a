using Credentials.IssuerApi.Configuration;

namespace Credentials.IssuerApi.Wallets;

/// <summary>Where wallets find an institution. The identifier is part of every SD-JWT VC: it cannot change later.</summary>
internal sealed class WalletUrls(IssuerOptions options)
{
    /// <summary>The credential issuer's identifier, which is the authorization server's too.</summary>
    public string IssuerOf(string slug) => options.PublicUrl($"institutions/{slug}").AbsoluteUri;

    /// <summary>An endpoint of it.</summary>
    public Uri Endpoint(string slug, string name) => options.PublicUrl($"institutions/{slug}/openid/{name}");

    /// <summary>An offer by reference.</summary>
    public Uri Offer(string token) => options.PublicUrl($"offers/{token}");

    /// <summary>The address of a request as the world names it, which is what a DPoP proof is made for: never the header <c>Host</c>.</summary>
    public Uri Of(HttpRequest request) => options.PublicUrl(request.Path.ToUriComponent());
}
