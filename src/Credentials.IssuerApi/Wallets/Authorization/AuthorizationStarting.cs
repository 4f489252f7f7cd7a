using Credentials.IssuerApi.Storage;
using Credentials.IssuerApi.Wallets.Offers;
using Credentials.OpenId.Messages;
using Credentials.OpenId.OAuth;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Wallets.Authorization;

/// <summary>Takes authorization requests, pushed or brought by a browser.</summary>
internal sealed class AuthorizationStarting(IDatabase database, AuthorizationStore authorizations, OfferStore offers, WalletClients clients, IOptions<WalletOptions> options, TimeProvider clock)
{
    public const string RequestUriPrefix = "urn:ietf:params:oauth:request_uri:";

    /// <summary>Why nothing at all may be sent to the address that the request names: the client is unknown, or the address is not registered for it.</summary>
    public Problem? RefusalOfClient(FormParameters form) =>
        clients.Find(form["client_id"]) is not { } client ? new(OAuthError.InvalidClient, "The client_id is not registered here.")
        : form["redirect_uri"] is not { } redirect || !WalletClients.MayGoTo(client, redirect) ? new(OAuthError.InvalidRequest, "The redirect_uri is not registered for this client.")
        : null;

    /// <summary>Stores a request whose client is sound.</summary>
    /// <returns>What stands for it, or the protocol's refusal.</returns>
    public async Task<Parsed<string>> BeginAsync(string institutionId, FormParameters form, string? thumbprint, CancellationToken cancellationToken)
    {
        Parsed<AuthorizationRequest> read = AuthorizationRequest.Read(form);
        if (!read.Ok)
        {
            return read.Problem;
        }

        AuthorizationRequest request = read.Value;
        if (thumbprint is not null && request.DpopThumbprint is not null && request.DpopThumbprint != thumbprint)
        {
            return new Problem(OAuthError.InvalidDpopProof, "The dpop_jkt is not that of the proof's key.");
        }

        // "issuer_state is not guaranteed to originate from this Credential Issuer": it is looked up, and opens nothing without the collection code.
        if (request.IssuerState is null || await offers.FindByCodeAsync(request.IssuerState, cancellationToken) is not { GrantType: TokenRequest.AuthorizationCode } offer
            || offer.InstitutionId != institutionId || !offer.IsOpen(clock.Now(), options.Value.CodeAttempts) || offer.RedeemedAt is not null)
        {
            return new Problem(OAuthError.InvalidRequest, "The issuer_state is missing, or is of no offer that is still open: start from an offer of the institution.");
        }

        IReadOnlyList<string> offered = WalletConfiguration.Split(offer.Configurations);
        string[] wanted = [.. request.Details.Select(detail => detail.ConfigurationId).Distinct(StringComparer.Ordinal)];
        if (wanted.Except(offered, StringComparer.Ordinal).Any())
        {
            return new Problem(OAuthError.InvalidAuthorizationDetails, "The authorization_details name a configuration that is not offered.");
        }

        // "Credential Issuers MUST ignore unknown scope values"; with authorization details beside them, those are followed.
        string[] scoped = [.. WalletConfiguration.All.Where(row => request.Scopes.Contains(row.Scope, StringComparer.Ordinal) && offered.Contains(row.Id, StringComparer.Ordinal)).Select(row => row.Id)];
        if (wanted.Length == 0 && request.Scopes.Count > 0 && scoped.Length == 0)
        {
            return new Problem(OAuthError.InvalidScope, "None of the scopes is offered.");
        }

        string handle = WalletSecret.Create();
        AuthorizationRecord record = new()
        {
            Id = WalletSecret.HashOf(handle),
            InstitutionId = institutionId,
            OfferId = offer.Id,
            ClientId = request.ClientId,
            RedirectUri = request.RedirectUri,
            State = request.State,
            CodeChallenge = request.CodeChallenge,
            Configurations = WalletConfiguration.Join(wanted.Length > 0 ? wanted : scoped.Length > 0 ? scoped : offered),
            ByIdentifiers = wanted.Length > 0 ? 1 : 0,
            DpopKey = request.DpopThumbprint ?? thumbprint,
            ExpiresAt = (clock.GetUtcNow() + options.Value.RequestLifetime).ToUnixTimeMilliseconds(),
        };
        await database.WriteAsync(
            async transaction =>
            {
                await authorizations.InsertAsync(transaction, record);
                return true;
            },
            cancellationToken);
        return handle;
    }
}
