using System.Data.Common;
using System.Security.Cryptography;
using Credentials.IssuerApi.Audit;
using Credentials.IssuerApi.Storage;
using Credentials.IssuerApi.Wallets.Offers;
using Credentials.OpenId.OAuth;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Wallets.Authorization;

/// <summary>
/// Turns codes into access tokens: each offer once. A wallet that lost the answer may ask again with the same code and the same DPoP key
/// while nothing has been issued; the token before ends. All of it is one transaction, so that two of the same moment are one after the other.
/// </summary>
internal sealed class TokenGranting(IDatabase database, OfferStore offers, AuthorizationStore authorizations, AuditLog audit, IOptions<WalletOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan s_longestBearer = TimeSpan.FromMinutes(5);

    /// <summary>The answer, or the protocol's refusal.</summary>
    public async Task<Parsed<TokenResponse>> GrantAsync(string institutionId, TokenRequest request, string? thumbprint, CancellationToken cancellationToken)
    {
        if (thumbprint is null && options.Value.RequireDpop)
        {
            return new Problem(OAuthError.InvalidDpopProof, "This issuer gives tokens to whoever sends a DPoP proof.");
        }

        // Looked at without a transaction first: whoever guesses codes makes no writer wait.
        if (!await IsKnownAsync(request, cancellationToken))
        {
            return new Problem(OAuthError.InvalidGrant, "The code is unknown, expired, used or revoked.");
        }

        (OfferRecord? offer, AccessGrant? grant, Problem? problem) = await database.WriteAsync(
            transaction => request.GrantType == TokenRequest.PreAuthorizedCode
                ? ForOfferAsync(transaction, institutionId, request, thumbprint)
                : ForAuthorizationAsync(transaction, institutionId, request, thumbprint),
            cancellationToken);
        if (grant is null)
        {
            return problem!;
        }

        return new TokenResponse(grant.Token, thumbprint is null ? TokenResponse.Bearer : TokenResponse.Dpop, (int)LifetimeOf(thumbprint).TotalSeconds)
        {
            Details = grant.ByIdentifiers ? [.. WalletConfiguration.Split(grant.Granted).Select(id => new AuthorizationDetail(id) { CredentialIdentifiers = [offer!.IdentifierOf(id)] })] : [],
        };
    }

    private async Task<bool> IsKnownAsync(TokenRequest request, CancellationToken cancellationToken) => request.GrantType == TokenRequest.PreAuthorizedCode
        ? await offers.FindByCodeAsync(request.Code, cancellationToken) is { } offer && IsOpen(offer)
        : await authorizations.FindByCodeAsync(request.Code, cancellationToken) is not null;

    // "Long-lived Access Tokens giving access to Credentials MUST not be issued unless sender-constrained. Access Tokens with lifetimes longer than 5 minutes are, in general, considered long lived."
    // Whoever is told to come back later needs the token then, and therefore a key.
    private TimeSpan LifetimeOf(string? thumbprint)
    {
        TimeSpan lifetime = options.Value.DeferUntilFinal ? options.Value.DeferredLifetime : options.Value.TokenLifetime;
        return thumbprint is null && lifetime > s_longestBearer ? s_longestBearer : lifetime;
    }

    private async Task<(OfferRecord?, AccessGrant?, Problem?)> ForOfferAsync(DbTransaction transaction, string institutionId, TokenRequest request, string? thumbprint)
    {
        if (await OfferStore.FindByCodeAsync(transaction, request.Code) is not { GrantType: OfferRequest.PreAuthorizedCode } offer || offer.InstitutionId != institutionId || !IsOpen(offer))
        {
            return Refused("The pre-authorized code is unknown, expired, used or revoked.");
        }

        // "invalid_request: The Authorization Server expects a Transaction Code but the Client does not provide one", or the other way round.
        if ((offer.LearnerCodeHash is null) != (request.TransactionCode is null))
        {
            return (null, null, new Problem(OAuthError.InvalidRequest, offer.LearnerCodeHash is null ? "This offer has no transaction code." : "This offer wants its transaction code (tx_code)."));
        }

        if (offer.LearnerCodeHash is { } hash && !CryptographicOperations.FixedTimeEquals(hash, WalletSecret.HashOfDigits(offer.Id, request.TransactionCode!)))
        {
            await OfferStore.CountAttemptAsync(transaction, offer.Id);
            return Refused("The transaction code is wrong.");
        }

        return await RedeemAsync(transaction, offer, WalletConfiguration.Split(offer.Configurations), request, thumbprint, request.Details.Count > 0);
    }

    private async Task<(OfferRecord?, AccessGrant?, Problem?)> ForAuthorizationAsync(DbTransaction transaction, string institutionId, TokenRequest request, string? thumbprint)
    {
        if (await AuthorizationStore.FindByCodeAsync(transaction, request.Code) is not { } authorization || authorization.InstitutionId != institutionId || !(clock.Now() < authorization.CodeExpiresAt))
        {
            return Refused("The code is unknown or expired.");
        }

        // RFC 6749 section 4.1.3: the code was issued to this client, and the redirect_uri is the one of the authorization request; RFC 7636 section 4.6: the verifier; RFC 9449 section 10: the key.
        if (authorization.ClientId != request.ClientId || authorization.RedirectUri != request.RedirectUri)
        {
            return Refused("The code was given to another client, or for another redirect_uri.");
        }

        if (!Pkce.Answers(request.CodeVerifier, authorization.CodeChallenge))
        {
            return Refused("The code_verifier is not that of the authorization request.");
        }

        if (authorization.DpopKey is not null && authorization.DpopKey != thumbprint)
        {
            return Refused("The code is bound to another key.");
        }

        OfferRecord offer = await OfferStore.GetAsync(transaction, authorization.OfferId);
        return IsOpen(offer)
            ? await RedeemAsync(transaction, offer, WalletConfiguration.Split(authorization.Configurations), request, thumbprint, authorization.ByIdentifiers != 0 || request.Details.Count > 0)
            : Refused("The offer behind the code is expired, used or revoked.");
    }

    private async Task<(OfferRecord?, AccessGrant?, Problem?)> RedeemAsync(
        DbTransaction transaction, OfferRecord offer, IReadOnlyList<string> allowed, TokenRequest request, string? thumbprint, bool byIdentifiers)
    {
        // Single use. The same wallet asking again is known by its key alone: who has no key could be anybody who overheard the code.
        if (offer.RedeemedAt is not null && (thumbprint is null || offer.AccessKey != thumbprint))
        {
            return Refused("The code was used before.");
        }

        IReadOnlyList<string> granted = request.Details.Count == 0 ? allowed : [.. request.Details.Select(detail => detail.ConfigurationId).Distinct(StringComparer.Ordinal)];
        if (granted.Except(allowed, StringComparer.Ordinal).Any())
        {
            return (null, null, new Problem(OAuthError.InvalidAuthorizationDetails, "The authorization_details name a configuration that is not offered."));
        }

        AccessGrant grant = new(AccessToken.Create(offer.Id), thumbprint, request.GrantType == TokenRequest.AuthorizationCode ? request.ClientId : null, WalletConfiguration.Join(granted), byIdentifiers, clock.GetUtcNow() + LifetimeOf(thumbprint));
        await offers.RedeemAsync(transaction, offer.Id, grant);
        if (offer.RedeemedAt is null)
        {
            await audit.WriteAsync(transaction, new AuditEntry("wallet", offer.InstitutionId, AuditAction.RedeemOffer, offer.CredentialId, offer.Id));
        }

        return (offer, grant, null);
    }

    private bool IsOpen(OfferRecord offer) => offer.IsOpen(clock.Now(), options.Value.CodeAttempts);

    private static (OfferRecord?, AccessGrant?, Problem?) Refused(string detail) => (null, null, new Problem(OAuthError.InvalidGrant, detail));
}
