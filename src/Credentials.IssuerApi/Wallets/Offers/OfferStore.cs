using System.Data.Common;
using Credentials.IssuerApi.Storage;
using Dapper;

namespace Credentials.IssuerApi.Wallets.Offers;

/// <summary>The offers at rest.</summary>
internal sealed class OfferStore(IDatabase database, TimeProvider clock)
{
    public const string Columns = """
        o.id AS Id, o.institution_id AS InstitutionId, o.credential_id AS CredentialId, o.grant_type AS GrantType, o.configurations AS Configurations,
        o.learner_code_hash AS LearnerCodeHash, o.attempts AS Attempts, o.created_at AS CreatedAt, o.expires_at AS ExpiresAt, o.revoked_at AS RevokedAt, o.held AS Held,
        o.redeemed_at AS RedeemedAt, o.client_id AS ClientId, o.granted AS Granted, o.by_identifiers AS ByIdentifiers, o.access_key AS AccessKey,
        o.access_expires_at AS AccessExpiresAt, o.issued_at AS IssuedAt, o.copies AS Copies
        """;

    private const string Insert = """
        INSERT INTO wallet_offers (id, institution_id, credential_id, grant_type, configurations, token_hash, code_hash, learner_code_hash, created_at, expires_at)
        VALUES (@Id, @InstitutionId, @CredentialId, @GrantType, @Configurations, @TokenHash, @CodeHash, @LearnerCodeHash, @Now, @ExpiresAt)
        """;

    private const string SelectByToken = $"SELECT {Columns} FROM wallet_offers o WHERE o.token_hash = @Hash";
    private const string SelectByCode = $"SELECT {Columns} FROM wallet_offers o WHERE o.code_hash = @Hash";
    private const string SelectByAccess = $"SELECT {Columns} FROM wallet_offers o WHERE o.id = @Id AND o.access_hash = @Hash";
    private const string SelectByCredential = $"SELECT {Columns} FROM wallet_offers o WHERE o.credential_id = @CredentialId ORDER BY o.created_at, o.id";
    private const string Revoke = "UPDATE wallet_offers SET revoked_at = @Now WHERE id = @Id AND credential_id = @CredentialId AND institution_id = @InstitutionId AND revoked_at IS NULL";
    private const string RevokeUnredeemed = "UPDATE wallet_offers SET revoked_at = @Now WHERE credential_id = @CredentialId AND revoked_at IS NULL AND redeemed_at IS NULL";
    private const string RevokeAll = "UPDATE wallet_offers SET revoked_at = coalesce(revoked_at, @Now) WHERE credential_id = @CredentialId";
    private const string Hold = "UPDATE wallet_offers SET held = @Held WHERE credential_id = @CredentialId";
    private const string CountAttempt = "UPDATE wallet_offers SET attempts = attempts + 1 WHERE id = @Id";

    // Whatever was given out before ends with it.
    private const string Redeem = """
        UPDATE wallet_offers SET redeemed_at = coalesce(redeemed_at, @Now), client_id = @ClientId, granted = @Granted, by_identifiers = @ByIdentifiers,
               access_hash = @AccessHash, access_key = @AccessKey, access_expires_at = @AccessExpiresAt
        WHERE id = @Id
        """;

    public Task InsertAsync(DbTransaction transaction, NewOffer offer) => transaction.Connection!.ExecuteAsync(
        Insert,
        new { offer.Id, offer.InstitutionId, offer.CredentialId, offer.GrantType, offer.Configurations, offer.TokenHash, offer.CodeHash, offer.LearnerCodeHash, Now = clock.Now(), ExpiresAt = offer.Expires.ToUnixTimeMilliseconds() },
        transaction);

    /// <summary>By the token in its address.</summary>
    public Task<OfferRecord?> FindByTokenAsync(string token, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.QuerySingleOrDefaultAsync<OfferRecord>(SelectByToken, new { Hash = WalletSecret.HashOf(token) }), cancellationToken);

    /// <summary>By its pre-authorized code or its issuer_state.</summary>
    public Task<OfferRecord?> FindByCodeAsync(string code, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.QuerySingleOrDefaultAsync<OfferRecord>(SelectByCode, new { Hash = WalletSecret.HashOf(code) }), cancellationToken);

    /// <inheritdoc cref="FindByCodeAsync(string, CancellationToken)"/>
    public static Task<OfferRecord?> FindByCodeAsync(DbTransaction transaction, string code) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<OfferRecord>(SelectByCode, new { Hash = WalletSecret.HashOf(code) }, transaction);

    public static Task<OfferRecord> GetAsync(DbTransaction transaction, string id) =>
        transaction.Connection!.QuerySingleAsync<OfferRecord>($"SELECT {Columns} FROM wallet_offers o WHERE o.id = @Id", new { Id = id }, transaction);

    /// <summary>By its access token.</summary>
    public async Task<OfferRecord?> FindByAccessAsync(string token, CancellationToken cancellationToken) => AccessToken.OfferOf(token) is { } id
        ? await database.ReadAsync(connection => connection.QuerySingleOrDefaultAsync<OfferRecord>(SelectByAccess, new { Id = id, Hash = WalletSecret.HashOf(token) }), cancellationToken)
        : null;

    public Task<IEnumerable<OfferRecord>> ListAsync(string credentialId, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.QueryAsync<OfferRecord>(SelectByCredential, new { CredentialId = credentialId }), cancellationToken);

    /// <returns>False when there is no such offer, or it was revoked before.</returns>
    public async Task<bool> RevokeAsync(DbTransaction transaction, string institutionId, string credentialId, string id) =>
        await transaction.Connection!.ExecuteAsync(Revoke, new { InstitutionId = institutionId, CredentialId = credentialId, Id = id, Now = clock.Now() }, transaction) == 1;

    /// <summary>Another offer takes the place of those that nobody has redeemed.</summary>
    public Task RevokeUnredeemedAsync(DbTransaction transaction, string credentialId) =>
        transaction.Connection!.ExecuteAsync(RevokeUnredeemed, new { CredentialId = credentialId, Now = clock.Now() }, transaction);

    /// <summary>The credential is revoked: nothing more is issued of it.</summary>
    public static Task RevokeAllAsync(DbTransaction transaction, string credentialId, long now) =>
        transaction.Connection!.ExecuteAsync(RevokeAll, new { CredentialId = credentialId, Now = now }, transaction);

    /// <summary>The credential is suspended, or no longer.</summary>
    public static Task HoldAsync(DbTransaction transaction, string credentialId, bool held) =>
        transaction.Connection!.ExecuteAsync(Hold, new { CredentialId = credentialId, Held = held ? 1 : 0 }, transaction);

    /// <summary>A wrong code was typed.</summary>
    public static Task CountAttemptAsync(DbTransaction transaction, string id) => transaction.Connection!.ExecuteAsync(CountAttempt, new { Id = id }, transaction);

    /// <summary>Gives the offer an access token; an earlier one ends.</summary>
    public Task RedeemAsync(DbTransaction transaction, string id, AccessGrant grant) => transaction.Connection!.ExecuteAsync(
        Redeem,
        new { Id = id, Now = clock.Now(), grant.ClientId, grant.Granted, ByIdentifiers = grant.ByIdentifiers ? 1 : 0, AccessHash = WalletSecret.HashOf(grant.Token), AccessKey = grant.DpopKey, AccessExpiresAt = grant.Expires.ToUnixTimeMilliseconds() },
        transaction);
}

/// <summary>An offer that is not yet stored.</summary>
internal sealed record NewOffer(
    string Id, string InstitutionId, string CredentialId, string GrantType, string Configurations, byte[] TokenHash, byte[] CodeHash, byte[]? LearnerCodeHash, DateTimeOffset Expires);

/// <summary>An access token and what it opens.</summary>
internal sealed record AccessGrant(string Token, string? DpopKey, string? ClientId, string Granted, bool ByIdentifiers, DateTimeOffset Expires);
