using Credentials.IssuerApi.Configuration;
using Credentials.IssuerApi.Links;

namespace Credentials.IssuerApi.Issuance;

/// <summary>Where to go on from a credential. All but <paramref name="Public"/> need a role.</summary>
internal sealed record CredentialLinks(string Self, string State, string Receipt, string QrSvg, string QrPng, string? Public)
{
    public static CredentialLinks Of(CredentialRecord credential, IssuerOptions options)
    {
        string self = $"/credentials/{credential.Id}";
        return new(self, $"{self}/state", $"{self}/receipt", $"{self}/qr.svg", $"{self}/qr.png", LinkToken.UrlOf(options, credential.LinkToken)?.AbsoluteUri);
    }
}
