namespace Credentials.IssuerApi.Wallets.Offers;

/// <summary>
/// Access tokens: 256 random bits, and before them which offer they open. So the column of their hash needs no index, and giving one out touches
/// none: on PostgreSQL, an update that enters nothing into an index conflicts with nobody who redeems another offer.
/// </summary>
internal static class AccessToken
{
    private const char Between = '.';
    private const int IdLength = 32;

    /// <summary>A fresh one.</summary>
    public static string Create(string offerId) => $"{Guid.Parse(offerId):N}{Between}{WalletSecret.Create()}";

    /// <summary>The offer that a token says it opens; null when it is none of ours.</summary>
    public static string? OfferOf(string token) =>
        token.Length > IdLength && token[IdLength] == Between && Guid.TryParseExact(token[..IdLength], "N", out Guid id) ? id.ToString() : null;
}
