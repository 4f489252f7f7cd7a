using Credentials.OpenId.Messages;

namespace Credentials.OpenId.Issuance;

/// <summary>A link that opens a wallet with an offer, by value or by reference; a deep link or any https one with the same parameter.</summary>
/// <param name="Offer">The offer, when the link holds it.</param>
/// <param name="Reference">Where the offer is to be had, when it does not.</param>
/// <remarks>https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#credential-offer</remarks>
public sealed record CredentialOfferLink(CredentialOffer? Offer, Uri? Reference)
{
    /// <summary>The scheme that wallets register.</summary>
    public const string Scheme = "openid-credential-offer";

    /// <summary>The deep link for an offer by reference.</summary>
    public static string ByReference(Uri offer) => At($"{Scheme}://", offer);

    /// <summary>The deep link for an offer by value.</summary>
    public static string ByValue(CredentialOffer offer)
    {
        ArgumentNullException.ThrowIfNull(offer);
        return $"{Scheme}://?{FormParameters.Write(("credential_offer", System.Text.Encoding.UTF8.GetString(offer.Write())))}";
    }

    /// <summary>The link of a wallet's own address for an offer by reference.</summary>
    public static string At(string wallet, Uri offer)
    {
        ArgumentNullException.ThrowIfNull(offer);
        return $"{wallet}?{FormParameters.Write(("credential_offer_uri", offer.AbsoluteUri))}";
    }

    /// <summary>Reads a link.</summary>
    public static Parsed<CredentialOfferLink> Read(string link)
    {
        ArgumentNullException.ThrowIfNull(link);
        int query = link.IndexOf('?', StringComparison.Ordinal);
        if (query < 0)
        {
            return Fault("The link holds no offer.");
        }

        Parsed<FormParameters> read = FormParameters.Read(link[(query + 1)..].Split('#')[0]);
        if (!read.Ok)
        {
            return Fault(read.Problem.Detail);
        }

        // "credential_offer MUST NOT be present when the credential_offer_uri parameter is present."
        (string? value, string? reference) = (read.Value["credential_offer"], read.Value["credential_offer_uri"]);
        if (value is null == reference is null)
        {
            return Fault("A link holds either a credential_offer or a credential_offer_uri.");
        }

        if (value is not null)
        {
            Parsed<CredentialOffer> offer = CredentialOffer.Read(System.Text.Encoding.UTF8.GetBytes(value));
            return offer.Ok ? new CredentialOfferLink(offer.Value, null) : offer.Problem;
        }

        return Uri.TryCreate(reference, UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttps || url is { Scheme: "http", IsLoopback: true })
            ? new CredentialOfferLink(null, url)
            : Fault("The credential_offer_uri is no https URL.");
    }

    private static Problem Fault(string detail) => new(IssuanceError.InvalidOffer, detail);
}
