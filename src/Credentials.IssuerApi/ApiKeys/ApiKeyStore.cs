using System.Data.Common;
using System.Security.Cryptography;
using Credentials.IssuerApi.Configuration;
using Credentials.IssuerApi.Storage;
using Dapper;

namespace Credentials.IssuerApi.ApiKeys;

/// <summary>An API key as it can be shown: never its secret.</summary>
internal sealed record ApiKeyInfo(string Id, string Role, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt);

/// <summary>API keys at rest, and the question whose key this is.</summary>
internal sealed class ApiKeyStore(IDatabase database, IssuerOptions options, TimeProvider clock)
{
    private const string Insert = "INSERT INTO api_keys (id, hash, role, institution_id, created_at) VALUES (@Id, @Hash, @Role, @InstitutionId, @Now)";
    private const string SelectLive = "SELECT id AS Id, hash AS Hash, role AS Role, institution_id AS InstitutionId FROM api_keys WHERE id = @Id AND revoked_at IS NULL";
    private const string SelectAll = "SELECT id AS Id, role AS Role, created_at AS CreatedAt, revoked_at AS RevokedAt FROM api_keys WHERE institution_id = @InstitutionId ORDER BY created_at, id";
    private const string Revoke = "UPDATE api_keys SET revoked_at = coalesce(revoked_at, @Now) WHERE id = @Id AND institution_id = @InstitutionId";

    private readonly byte[] _administratorHash = ApiKeyText.HashOf(options.AdministratorKey);

    /// <summary>Makes a key. Its text is seen this once.</summary>
    public async Task<ApiKeyText> CreateAsync(DbTransaction transaction, string role, string institutionId)
    {
        var key = ApiKeyText.Create(role);
        var row = new { key.Id, Hash = ApiKeyText.HashOf(key.Text), Role = role, InstitutionId = institutionId, Now = clock.Now() };
        await transaction.Connection!.ExecuteAsync(Insert, row, transaction);
        return key;
    }

    /// <summary>Whose key this is; null for an unknown or withdrawn one. Secrets are compared in constant time.</summary>
    public async Task<Caller?> FindAsync(string text, CancellationToken cancellationToken)
    {
        byte[] hash = ApiKeyText.HashOf(text);
        if (CryptographicOperations.FixedTimeEquals(hash, _administratorHash))
        {
            return new Caller(Role.Administrator, Role.Administrator, null);
        }

        if (ApiKeyText.IdOf(text) is not { } id)
        {
            return null;
        }

        Row? row = await database.ReadAsync(connection => connection.QuerySingleOrDefaultAsync<Row>(SelectLive, new { Id = id }), cancellationToken);
        return row is not null && CryptographicOperations.FixedTimeEquals(hash, row.Hash)
            ? new Caller(row.Id, row.Role, row.InstitutionId)
            : null;
    }

    public async Task<IReadOnlyList<ApiKeyInfo>> ListAsync(string institutionId, CancellationToken cancellationToken)
    {
        IEnumerable<InfoRow> rows = await database.ReadAsync(connection => connection.QueryAsync<InfoRow>(SelectAll, new { InstitutionId = institutionId }), cancellationToken);
        return [.. rows.Select(row => new ApiKeyInfo(row.Id, row.Role, UnixTime.From(row.CreatedAt), row.RevokedAt is { } at ? UnixTime.From(at) : null))];
    }

    /// <returns>False when the institution has no such key.</returns>
    public async Task<bool> RevokeAsync(DbTransaction transaction, string institutionId, string id) =>
        await transaction.Connection!.ExecuteAsync(Revoke, new { Id = id, InstitutionId = institutionId, Now = clock.Now() }, transaction) == 1;

    private sealed record Row(string Id, byte[] Hash, string Role, string InstitutionId);

    private sealed class InfoRow
    {
        public required string Id { get; init; }

        public required string Role { get; init; }

        public required long CreatedAt { get; init; }

        public long? RevokedAt { get; init; }
    }
}
