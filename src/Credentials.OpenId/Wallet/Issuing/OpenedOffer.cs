using Credentials.OpenId.Issuance;
using Credentials.OpenId.Issuance.Metadata;
using Credentials.OpenId.OAuth;

namespace Credentials.OpenId.Wallet.Issuing;

/// <summary>An offer with what its issuer and its authorization server say of themselves, for the learner to see before anything is asked for.</summary>
/// <param name="Offer">The offer.</param>
/// <param name="Issuer">The issuer's metadata, from the issuer that the offer names.</param>
/// <param name="Server">The metadata of its authorization server.</param>
public sealed record OpenedOffer(CredentialOffer Offer, CredentialIssuerMetadata Issuer, AuthorizationServerMetadata Server)
{
    /// <summary>The offered configurations that the issuer knows, in the offer's order.</summary>
    public IReadOnlyList<KeyValuePair<string, CredentialConfiguration>> Configurations =>
        [.. Offer.ConfigurationIds.Where(Issuer.Configurations.ContainsKey).Select(id => KeyValuePair.Create(id, Issuer.Configurations[id]))];

    /// <summary>How the transaction code looks that the learner must have from the issuer; null when none is needed.</summary>
    public TransactionCodePrompt? TransactionCode => Offer.PreAuthorizedCode?.TransactionCode;

    /// <summary>Whether the learner must visit the issuer's page.</summary>
    public bool NeedsBrowser => Offer.PreAuthorizedCode is null;
}

/// <summary>What the learner takes of an offer.</summary>
/// <param name="ConfigurationId">One of the offered configurations.</param>
/// <param name="Keys">The keys to bind to: one credential is asked for each.</param>
public sealed record IssuanceWish(string ConfigurationId, IReadOnlyList<HolderKey> Keys)
{
    /// <summary>The transaction code, where one is needed.</summary>
    public string? TransactionCode { get; init; }

    /// <summary>The learner's browser, where the issuer's page must be visited.</summary>
    public WalletBrowser? Browser { get; init; }
}

/// <summary>A browser that the caller supplies.</summary>
/// <param name="RedirectUri">Where it is sent back to, as registered.</param>
/// <param name="VisitAsync">Opens a page and waits; gives the URL with which it was sent back.</param>
public sealed record WalletBrowser(Uri RedirectUri, Func<Uri, CancellationToken, Task<Uri>> VisitAsync);

/// <summary>What an issuance brought.</summary>
/// <param name="Offer">The offer.</param>
/// <param name="ConfigurationId">The configuration.</param>
/// <param name="Credentials">The credentials, each with the key to which it was found to be bound. Not yet verified: that is the business of a verifier.</param>
public sealed record IssuedCredentials(OpenedOffer Offer, string ConfigurationId, IReadOnlyList<IssuedCredential> Credentials)
{
    /// <summary>How the issuer is told that they are kept; null when it does not want to know.</summary>
    internal IssuanceNotice? Notice { get; init; }
}

/// <summary>One credential.</summary>
/// <param name="Format">Its format.</param>
/// <param name="Credential">Compact text, or JSON text.</param>
/// <param name="Key">Its key.</param>
public sealed record IssuedCredential(string Format, string Credential, HolderKey Key)
{
    /// <summary>In whose name it is issued, as it says itself (<c>iss</c> or <c>issuer</c>): perhaps not the name of who offered it. Null when it says nothing.</summary>
    public string? IssuerName { get; init; }
}

/// <summary>What is needed to notify an issuer.</summary>
internal sealed record IssuanceNotice(string Id, Uri Endpoint, string AccessToken, ProtectedHttp Http);
