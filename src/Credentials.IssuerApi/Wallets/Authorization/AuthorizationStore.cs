using System.Data.Common;
using Credentials.IssuerApi.Storage;
using Dapper;

namespace Credentials.IssuerApi.Wallets.Authorization;

/// <summary>An authorization request that waits for its learner, or the code that came of it.</summary>
internal sealed class AuthorizationRecord
{
    public required byte[] Id { get; init; }

    public required string InstitutionId { get; init; }

    public required string OfferId { get; init; }

    public required string ClientId { get; init; }

    public required string RedirectUri { get; init; }

    public string? State { get; init; }

    public required string CodeChallenge { get; init; }

    public required string Configurations { get; init; }

    public required long ByIdentifiers { get; init; }

    public string? DpopKey { get; init; }

    public required long ExpiresAt { get; init; }

    public byte[]? CodeHash { get; init; }

    public long? CodeExpiresAt { get; init; }
}

/// <summary>The authorization requests at rest, for as long as they are good.</summary>
internal sealed class AuthorizationStore(IDatabase database, TimeProvider clock)
{
    private const string Insert = """
        INSERT INTO wallet_authorizations (id, institution_id, offer_id, client_id, redirect_uri, state, code_challenge, configurations, by_identifiers, dpop_key, created_at, expires_at)
        VALUES (@Id, @InstitutionId, @OfferId, @ClientId, @RedirectUri, @State, @CodeChallenge, @Configurations, @ByIdentifiers, @DpopKey, @Now, @ExpiresAt)
        """;

    private const string Columns = """
        SELECT id AS Id, institution_id AS InstitutionId, offer_id AS OfferId, client_id AS ClientId, redirect_uri AS RedirectUri, state AS State, code_challenge AS CodeChallenge,
               configurations AS Configurations, by_identifiers AS ByIdentifiers, dpop_key AS DpopKey, expires_at AS ExpiresAt, code_hash AS CodeHash, code_expires_at AS CodeExpiresAt
        FROM wallet_authorizations
        """;

    private const string SelectById = Columns + " WHERE id = @Id AND expires_at > @Now";
    private const string SelectByCode = Columns + " WHERE code_hash = @Hash";
    private const string UpdateCode = "UPDATE wallet_authorizations SET code_hash = @Hash, code_expires_at = @Expires, expires_at = @Expires WHERE id = @Id AND code_hash IS NULL";
    private const string Delete = "DELETE FROM wallet_authorizations WHERE id = @Id AND code_hash IS NULL";
    private const string DeleteOld = "DELETE FROM wallet_authorizations WHERE expires_at < @Before";

    public Task InsertAsync(DbTransaction transaction, AuthorizationRecord record) => transaction.Connection!.ExecuteAsync(
        Insert,
        new { record.Id, record.InstitutionId, record.OfferId, record.ClientId, record.RedirectUri, record.State, record.CodeChallenge, record.Configurations, record.ByIdentifiers, record.DpopKey, Now = clock.Now(), record.ExpiresAt },
        transaction);

    /// <summary>A request that is still good, by what stands for it.</summary>
    public Task<AuthorizationRecord?> FindAsync(string handle, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.QuerySingleOrDefaultAsync<AuthorizationRecord>(SelectById, new { Id = WalletSecret.HashOf(handle), Now = clock.Now() }), cancellationToken);

    /// <summary>The request that an authorization code came of.</summary>
    public Task<AuthorizationRecord?> FindByCodeAsync(string code, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.QuerySingleOrDefaultAsync<AuthorizationRecord>(SelectByCode, new { Hash = WalletSecret.HashOf(code) }), cancellationToken);

    /// <inheritdoc cref="FindByCodeAsync(string, CancellationToken)"/>
    public static Task<AuthorizationRecord?> FindByCodeAsync(DbTransaction transaction, string code) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<AuthorizationRecord>(SelectByCode, new { Hash = WalletSecret.HashOf(code) }, transaction);

    /// <returns>False when it has a code already: a request is answered once.</returns>
    public static async Task<bool> SetCodeAsync(DbTransaction transaction, byte[] id, string code, DateTimeOffset expires) =>
        await transaction.Connection!.ExecuteAsync(UpdateCode, new { Id = id, Hash = WalletSecret.HashOf(code), Expires = expires.ToUnixTimeMilliseconds() }, transaction) == 1;

    /// <summary>The learner said no.</summary>
    public static Task DeleteAsync(DbTransaction transaction, byte[] id) => transaction.Connection!.ExecuteAsync(Delete, new { Id = id }, transaction);

    /// <summary>Forgets what has been over for a while.</summary>
    public static Task<int> DeleteOldAsync(DbTransaction transaction, long before) => transaction.Connection!.ExecuteAsync(DeleteOld, new { Before = before }, transaction);
}
