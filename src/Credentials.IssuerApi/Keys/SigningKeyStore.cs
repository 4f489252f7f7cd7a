using System.Data.Common;
using Credentials.IssuerApi.Storage;
using Dapper;

namespace Credentials.IssuerApi.Keys;

/// <summary>The signing keys at rest, the newest first: that is the one that signs.</summary>
internal sealed class SigningKeyStore(IDatabase database, TimeProvider clock)
{
    private const string Insert = """
        INSERT INTO signing_keys (institution_id, id, type, secret, created_at)
        VALUES (@InstitutionId, @Id, @Type, @Secret, @CreatedAt)
        """;

    // Two keys of one millisecond would else take turns: a later one is later.
    private const string SelectNewestTime = "SELECT coalesce(max(created_at), 0) FROM signing_keys WHERE institution_id = @InstitutionId AND type = @Type";

    private const string Columns = "id AS Id, type AS Type, created_at AS CreatedAt, retiring_at AS RetiringAt, reason AS Reason, retired_at AS RetiredAt";
    private const string Select = $"SELECT {Columns} FROM signing_keys WHERE institution_id = @InstitutionId ORDER BY created_at DESC, id";

    private const string SelectSecrets = """
        SELECT k.institution_id AS InstitutionId, i.did AS Did, k.id AS Id, k.type AS Type, k.secret AS Secret
        FROM signing_keys k JOIN institutions i ON i.id = k.institution_id
        """;

    private const string SelectSigning = $"{SelectSecrets} WHERE k.institution_id = @InstitutionId AND k.retiring_at IS NULL ORDER BY k.created_at DESC, k.id";
    private const string SelectAll = $"{SelectSecrets} WHERE k.retiring_at IS NULL";
    private const string SelectIsSigning = "SELECT count(*) FROM signing_keys WHERE institution_id = @InstitutionId AND id = @Id AND retiring_at IS NULL";
    private const string UpdateRetiring = "UPDATE signing_keys SET retiring_at = coalesce(retiring_at, @Now), reason = @Reason WHERE institution_id = @InstitutionId AND id = @Id";
    private const string UpdateRetired = "UPDATE signing_keys SET retired_at = @At WHERE institution_id = @InstitutionId AND id = @Id";
    private const string SelectGivenUp = "SELECT institution_id FROM signing_keys WHERE retiring_at IS NOT NULL GROUP BY institution_id";

    public async Task InsertAsync(DbTransaction transaction, SigningKeyRow key)
    {
        long newest = await transaction.Connection!.ExecuteScalarAsync<long>(SelectNewestTime, key, transaction);
        var row = new { key.InstitutionId, key.Id, key.Type, key.Secret, CreatedAt = Math.Max(clock.Now(), newest + 1) };
        await transaction.Connection!.ExecuteAsync(Insert, row, transaction);
    }

    /// <summary>All keys of an institution, given up ones included.</summary>
    public Task<IReadOnlyList<KeyRecord>> ListAsync(string institutionId, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => ListAsync(connection, null, institutionId), cancellationToken);

    /// <inheritdoc cref="ListAsync(string, CancellationToken)"/>
    public static Task<IReadOnlyList<KeyRecord>> ListAsync(DbTransaction transaction, string institutionId) => ListAsync(transaction.Connection!, transaction, institutionId);

    /// <summary>The keys that an institution signs with, with their secrets.</summary>
    public Task<IEnumerable<SigningKeyRow>> ReadSigningAsync(string institutionId, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.QueryAsync<SigningKeyRow>(SelectSigning, new { InstitutionId = institutionId }), cancellationToken);

    /// <summary>Those of all institutions.</summary>
    public Task<IEnumerable<SigningKeyRow>> ReadAllSigningAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.QueryAsync<SigningKeyRow>(SelectAll), cancellationToken);

    /// <summary>Whether the institution still signs with all of these. Asked in the transaction that stores what they signed: so nothing is stored under a key that was given up meanwhile.</summary>
    public static async Task<bool> AllSignAsync(DbTransaction transaction, string institutionId, IEnumerable<string> ids)
    {
        foreach (string id in ids)
        {
            if (await transaction.Connection!.ExecuteScalarAsync<long>(SelectIsSigning, new { InstitutionId = institutionId, Id = id }, transaction) == 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>From now on it signs nothing.</summary>
    public Task SetRetiringAsync(DbTransaction transaction, string institutionId, string id, string reason) =>
        transaction.Connection!.ExecuteAsync(UpdateRetiring, new { InstitutionId = institutionId, Id = id, Reason = reason, Now = clock.Now() }, transaction);

    /// <summary>Its revocation is in the outbox, or (false) is taken back.</summary>
    public Task SetRetiredAsync(DbTransaction transaction, string institutionId, string id, bool retired) =>
        transaction.Connection!.ExecuteAsync(UpdateRetired, new { InstitutionId = institutionId, Id = id, At = retired ? clock.Now() : (long?)null }, transaction);

    /// <summary>The institutions that have given up keys, or are about to.</summary>
    public Task<IEnumerable<string>> WithGivenUpKeysAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.QueryAsync<string>(SelectGivenUp), cancellationToken);

    private static async Task<IReadOnlyList<KeyRecord>> ListAsync(DbConnection connection, DbTransaction? transaction, string institutionId) =>
        [.. await connection.QueryAsync<KeyRecord>(Select, new { InstitutionId = institutionId }, transaction)];
}

/// <summary>A signing key with its secret, protected by the key ring.</summary>
internal sealed record SigningKeyRow(string InstitutionId, string Did, string Id, string Type, byte[] Secret);
