using System.Data.Common;
using Credentials.Anchoring;
using Credentials.IssuerApi.Storage;
using Dapper;

namespace Credentials.IssuerApi.Accreditation;

/// <summary>The accreditations that institutions of this deployment gave, and the paths that others handed over.</summary>
internal sealed class AccreditationStore(IDatabase database, TimeProvider clock)
{
    private const string Columns = """
        SELECT a.id AS Id, a.accreditor AS Accreditor, i.chain_institution AS ChainAccreditor, a.institution AS Institution, a.identity AS Identity, a.serial AS Serial,
               a.valid_from AS ValidFrom, a.valid_until AS ValidUntil, a.scope AS Scope, a.created_at AS CreatedAt, a.revoked_at AS RevokedAt
        FROM accreditations a JOIN institutions i ON i.id = a.accreditor
        """;

    private const string SelectGiven = Columns + " WHERE a.accreditor = @Accreditor ORDER BY a.created_at DESC, a.serial DESC LIMIT @Most";
    private const string SelectOne = Columns + " WHERE a.accreditor = @Accreditor AND a.id = @Id";
    private const string SelectReceived = Columns + " WHERE a.institution = @Institution ORDER BY a.revoked_at IS NOT NULL, a.created_at DESC, a.serial DESC LIMIT @Most";
    private const string SelectSame = Columns + " WHERE a.accreditor = @Accreditor AND a.institution = @Institution AND a.identity = @Identity ORDER BY a.serial DESC";

    private const string Insert = """
        INSERT INTO accreditations (id, accreditor, institution, identity, serial, valid_from, valid_until, scope, created_at)
        VALUES (@Id, @Accreditor, @Institution, @Identity, @Serial, @ValidFrom, @ValidUntil, @Scope, @CreatedAt)
        """;

    private const string SetRevoked = "UPDATE accreditations SET revoked_at = @Now WHERE id = @Id AND revoked_at IS NULL";

    private const string SavePath = """
        INSERT INTO accreditation_paths (institution_id, accreditation, identity, document, created_at) VALUES (@InstitutionId, @Accreditation, @Identity, @Document, @Now)
        ON CONFLICT (institution_id, accreditation) DO UPDATE SET document = excluded.document, created_at = excluded.created_at
        """;

    private const string CountPaths = "SELECT count(*) FROM accreditation_paths WHERE institution_id = @InstitutionId AND accreditation <> @Accreditation";
    private const string SelectPaths = "SELECT document FROM accreditation_paths WHERE institution_id = @InstitutionId ORDER BY created_at DESC LIMIT @Most";

    /// <summary>Most accreditations of one answer.</summary>
    public const int Most = 500;

    /// <summary>What an institution gave, the newest first.</summary>
    public Task<IReadOnlyList<AccreditationRecord>> GivenByAsync(string accreditor, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<AccreditationRecord>>(
        async connection => [.. await connection.QueryAsync<AccreditationRecord>(SelectGiven, new { Accreditor = accreditor, Most })], cancellationToken);

    /// <summary>What institutions of this deployment gave to an institution: those that stand first, then the newest first.</summary>
    public Task<IReadOnlyList<AccreditationRecord>> ReceivedByAsync(InstitutionId institution, int most, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<AccreditationRecord>>(
        async connection => [.. await connection.QueryAsync<AccreditationRecord>(SelectReceived, new { Institution = institution.Value.ToArray(), Most = most })], cancellationToken);

    public static Task<AccreditationRecord?> FindAsync(DbTransaction transaction, string accreditor, Bytes32 id) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<AccreditationRecord>(SelectOne, new { Accreditor = accreditor, Id = id.ToArray() }, transaction);

    /// <summary>All that the accreditor ever gave to this institution under this identity, the newest first.</summary>
    public static async Task<IReadOnlyList<AccreditationRecord>> SameAsync(DbTransaction transaction, string accreditor, InstitutionId institution, IdentityHash identity) =>
        [.. await transaction.Connection!.QueryAsync<AccreditationRecord>(SelectSame, new { Accreditor = accreditor, Institution = institution.Value.ToArray(), Identity = identity.Value.ToArray() }, transaction)];

    public static Task InsertAsync(DbTransaction transaction, AccreditationRecord record) => transaction.Connection!.ExecuteAsync(Insert, record, transaction);

    public Task SetRevokedAsync(DbTransaction transaction, byte[] id) => transaction.Connection!.ExecuteAsync(SetRevoked, new { Id = id, Now = clock.Now() }, transaction);

    /// <summary>Keeps a path by the accreditation of its first link; one of the same is replaced.</summary>
    /// <returns>False when there are as many as are kept.</returns>
    public async Task<bool> SavePathAsync(DbTransaction transaction, string institutionId, Bytes32 accreditation, IdentityHash identity, byte[] document, int most)
    {
        var row = new { InstitutionId = institutionId, Accreditation = accreditation.ToArray(), Identity = identity.Value.ToArray(), Document = document, Now = clock.Now() };
        if (await transaction.Connection!.ExecuteScalarAsync<long>(CountPaths, row, transaction) >= most)
        {
            return false;
        }

        await transaction.Connection!.ExecuteAsync(SavePath, row, transaction);
        return true;
    }

    /// <summary>The paths that were handed over, the newest first.</summary>
    public Task<IReadOnlyList<byte[]>> PathsOfAsync(string institutionId, int most, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<byte[]>>(
        async connection => [.. await connection.QueryAsync<byte[]>(SelectPaths, new { InstitutionId = institutionId, Most = most })], cancellationToken);
}
