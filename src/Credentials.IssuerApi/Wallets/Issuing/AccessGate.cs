using Credentials.IssuerApi.Storage;
using Credentials.IssuerApi.Wallets.Authorization;
using Credentials.IssuerApi.Wallets.Offers;
using Credentials.OpenId.OAuth;

namespace Credentials.IssuerApi.Wallets.Issuing;

/// <summary>Looks at the access token of a request, and at the proof of the key that it is bound to.</summary>
internal sealed class AccessGate(OfferStore offers, DpopGate dpop, TimeProvider clock)
{
    /// <summary>What the token opens, or the refusal.</summary>
    public async Task<(Access? Access, IResult? Refusal)> AuthorizeAsync(HttpContext context, string institutionId, CancellationToken cancellationToken)
    {
        string[] parts = context.Request.Headers.Authorization.ToString().Split(' ', 2, StringSplitOptions.TrimEntries);
        bool isDpop = parts[0].Equals(TokenResponse.Dpop, StringComparison.OrdinalIgnoreCase);
        if (parts.Length != 2 || (!isDpop && !parts[0].Equals(TokenResponse.Bearer, StringComparison.OrdinalIgnoreCase)))
        {
            return (null, WalletAnswer.Challenge(context, problem: null));
        }

        string token = parts[1];
        if (await offers.FindByAccessAsync(token, cancellationToken) is not { } offer || offer.InstitutionId != institutionId || !(clock.Now() < offer.AccessExpiresAt))
        {
            return Refused(context, OAuthError.InvalidToken, "The access token is unknown, expired, or replaced by a newer one.");
        }

        // RFC 9449 section 7.2: a bound token sent as a bearer token is refused, and so is one that is not bound with a proof beside it.
        if (isDpop != offer.AccessKey is not null)
        {
            return Refused(context, OAuthError.InvalidToken, isDpop ? "The access token is bound to no key: send it as Bearer." : "The access token is bound to a key: send it as DPoP.");
        }

        if (isDpop)
        {
            (string? thumbprint, Problem? problem) = dpop.Check(context, institutionId, token);
            if (problem is not null || thumbprint != offer.AccessKey)
            {
                return (null, WalletAnswer.Challenge(context, problem ?? new Problem(OAuthError.InvalidDpopProof, thumbprint is null ? "Send a DPoP proof." : "The DPoP proof is of another key.")));
            }
        }

        return (new Access(offer, WalletSecret.HashOf(token)), null);
    }

    private static (Access?, IResult?) Refused(HttpContext context, string code, string detail) => (null, WalletAnswer.Challenge(context, new Problem(code, detail)));
}

/// <summary>An access token that holds.</summary>
/// <param name="Offer">What it was redeemed from.</param>
/// <param name="TokenHash">The token, to be looked at again in the transaction that uses it.</param>
internal sealed record Access(OfferRecord Offer, byte[] TokenHash);
