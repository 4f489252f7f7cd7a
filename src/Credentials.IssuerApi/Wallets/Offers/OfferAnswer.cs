using Credentials.IssuerApi.Http;

namespace Credentials.IssuerApi.Wallets.Offers;

/// <summary>An offer, with the ways to hand it to the learner. Its secrets are seen this once.</summary>
/// <param name="Id">By which it is revoked.</param>
/// <param name="Offer">The offer by value.</param>
/// <param name="OfferUri">The offer by reference.</param>
/// <param name="DeepLink">Opens whatever wallet the learner's phone has.</param>
/// <param name="WalletLink">Opens the web wallet.</param>
/// <param name="Qr">The deep link as a QR code.</param>
/// <param name="TxCode">What the learner types, to be sent by another way; null when there is none.</param>
/// <param name="Expires">When it ends.</param>
internal sealed record OfferAnswer(string Id, RawJson Offer, string OfferUri, string DeepLink, string WalletLink, string Qr, string? TxCode, DateTimeOffset Expires);

/// <summary>A line of the offers of a batch: an <see cref="OfferAnswer"/> and whose it is, or why there is none.</summary>
internal sealed record OfferLine
{
    private OfferLine(long line, string credentialId) => (Line, CredentialId) = (line, credentialId);

    /// <summary>Its number in the file, from 1.</summary>
    public long Line { get; }

    /// <summary>Our id of the credential.</summary>
    public string CredentialId { get; }

    public string? Id { get; private init; }

    public RawJson? Offer { get; private init; }

    public string? OfferUri { get; private init; }

    public string? DeepLink { get; private init; }

    public string? WalletLink { get; private init; }

    public string? Qr { get; private init; }

    public string? TxCode { get; private init; }

    public DateTimeOffset? Expires { get; private init; }

    public ProblemItem? Problem { get; private init; }

    public static OfferLine Of(long line, string credentialId, OfferAnswer offer) => new(line, credentialId)
    {
        Id = offer.Id,
        Offer = offer.Offer,
        OfferUri = offer.OfferUri,
        DeepLink = offer.DeepLink,
        WalletLink = offer.WalletLink,
        Qr = offer.Qr,
        TxCode = offer.TxCode,
        Expires = offer.Expires,
    };

    public static OfferLine Of(long line, string credentialId, ProblemItem problem) => new(line, credentialId) { Problem = problem };
}

/// <summary>How an offer stands.</summary>
internal sealed record OfferInfo(string Id, string Grant, IReadOnlyList<string> Configurations, string State, DateTimeOffset Created, DateTimeOffset Expires, DateTimeOffset? Issued);
