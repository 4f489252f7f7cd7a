using Credentials.IssuerApi.Configuration;
using Credentials.IssuerApi.Links;

namespace Credentials.IssuerApi.Issuance;

/// <summary>Where to go on from a credential. All but <paramref name="Public"/> and <paramref name="Verify"/> (what its QR code says) need a role.</summary>
internal sealed record CredentialLinks(string Self, string State, string Receipt, string QrSvg, string QrPng, string? Public, string? Verify)
{
    public static CredentialLinks Of(CredentialRecord credential, IssuerOptions options)
    {
        string self = $"/credentials/{credential.Id}";
        Uri? url = LinkToken.UrlOf(options, credential.LinkToken);
        return new(self, $"{self}/state", $"{self}/receipt", $"{self}/qr.svg", $"{self}/qr.png", url?.AbsoluteUri, url is null ? null : QrCode.LinkTo(url, options).AbsoluteUri);
    }
}
