using System.Data.Common;
using Credentials.IssuerApi.Issuance;
using Credentials.IssuerApi.Storage;
using Credentials.Status;
using Dapper;

namespace Credentials.IssuerApi.Status;

/// <summary>A status list's bits of one purpose, and the version that they are of.</summary>
internal sealed record StatusBits(string InstitutionId, long Version, byte[] Bits);

/// <summary>The bits of the status lists.</summary>
internal sealed class StatusListStore(IDatabase database)
{
    private const string SelectVersion = "SELECT version FROM status_lists WHERE id = @Id";
    private const string SelectRevocation = "SELECT institution_id AS InstitutionId, version AS Version, revocation_bits AS Bits FROM status_lists WHERE id = @Id";
    private const string SelectSuspension = "SELECT institution_id AS InstitutionId, version AS Version, suspension_bits AS Bits FROM status_lists WHERE id = @Id";
    private const string SelectMessage = "SELECT institution_id AS InstitutionId, version AS Version, coalesce(message_bits, @None) AS Bits FROM status_lists WHERE id = @Id";
    private const string UpdateMessage = "UPDATE status_lists SET message_bits = @Bits, version = version + 1 WHERE id = @Id";
    private const string SelectReplacements = """
        SELECT c.status_index AS StatusIndex, s.id AS Id, s.credential_id AS CredentialId
        FROM credentials c JOIN credentials s ON s.id = c.replaced_by WHERE c.status_list_id = @Id AND c.replaced_by IS NOT NULL
        """;

    private const string SelectSuccessor = "SELECT s.id AS Id, s.credential_id AS CredentialId FROM credentials c JOIN credentials s ON s.id = c.replaced_by WHERE c.id = @Id";
    private const string UpdateRevocation = "UPDATE status_lists SET revocation_bits = @Bits, version = version + 1 WHERE id = @Id";
    private const string UpdateSuspension = "UPDATE status_lists SET suspension_bits = @Bits, version = version + 1 WHERE id = @Id";

    /// <summary>The list's version, or null when there is no such list.</summary>
    public Task<long?> FindVersionAsync(string listId, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.QuerySingleOrDefaultAsync<long?>(SelectVersion, new { Id = listId }), cancellationToken);

    public Task<StatusBits> ReadAsync(string listId, string purpose, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => ReadAsync(connection, null, listId, purpose), cancellationToken);

    /// <summary>What replaced the superseded credentials of a list, by their index.</summary>
    public Task<IReadOnlyDictionary<long, string>> ReadReplacementsAsync(string listId, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyDictionary<long, string>>(
        async connection => (await connection.QueryAsync<ReplacementRow>(SelectReplacements, new { Id = listId }))
            .ToDictionary(row => row.StatusIndex, row => CredentialRecord.PublicIdOf(row.Id, row.CredentialId)),
        cancellationToken);

    /// <summary>What takes a credential's place, as the status list tells it; null while nothing does.</summary>
    public Task<string?> ReplacedByAsync(CredentialRecord credential, CancellationToken cancellationToken) =>
        credential.ReplacedBy is null ? Task.FromResult<string?>(null) : database.ReadAsync(connection => ReplacedByAsync(connection, null, credential.Id), cancellationToken);

    /// <inheritdoc cref="ReplacedByAsync(CredentialRecord, CancellationToken)"/>
    public static Task<string?> ReplacedByAsync(DbTransaction transaction, CredentialRecord credential) => ReplacedByAsync(transaction.Connection!, transaction, credential.Id);

    /// <summary>Whether a credential is revoked, and whether it is suspended.</summary>
    public Task<(bool Revoked, bool Suspended)> ReadStatusAsync(StatusPosition position, CancellationToken cancellationToken) => database.ReadAsync(
        async connection =>
            (BitstringStatusList.FromBytes((await ReadAsync(connection, null, position.ListId, StatusPurpose.Revocation)).Bits)[position.Index],
             BitstringStatusList.FromBytes((await ReadAsync(connection, null, position.ListId, StatusPurpose.Suspension)).Bits)[position.Index]),
        cancellationToken);

    /// <summary>Sets one bit.</summary>
    /// <returns>What it was before.</returns>
    public static async Task<bool> SetAsync(DbTransaction transaction, StatusPosition position, string purpose, bool value)
    {
        StatusBits before = await ReadAsync(transaction.Connection!, transaction, position.ListId, purpose);
        var list = BitstringStatusList.FromBytes(before.Bits);
        bool was = list[position.Index];
        if (was != value)
        {
            list[position.Index] = value;
            string update = purpose switch { StatusPurpose.Revocation => UpdateRevocation, StatusPurpose.Suspension => UpdateSuspension, _ => UpdateMessage };
            await transaction.Connection!.ExecuteAsync(update, new { Id = position.ListId, Bits = list.Bytes.ToArray() }, transaction);
        }

        return was;
    }

    public static async Task<bool> GetAsync(DbTransaction transaction, StatusPosition position, string purpose) =>
        BitstringStatusList.FromBytes((await ReadAsync(transaction.Connection!, transaction, position.ListId, purpose)).Bits)[position.Index];

    private static async Task<string?> ReplacedByAsync(DbConnection connection, DbTransaction? transaction, string id) =>
        await connection.QuerySingleOrDefaultAsync<SuccessorRow>(SelectSuccessor, new { Id = id }, transaction) is { } row ? CredentialRecord.PublicIdOf(row.Id, row.CredentialId) : null;

    private static Task<StatusBits> ReadAsync(DbConnection connection, DbTransaction? transaction, string listId, string purpose) =>
        purpose switch
        {
            StatusPurpose.Revocation => connection.QuerySingleAsync<StatusBits>(SelectRevocation, new { Id = listId }, transaction),
            StatusPurpose.Suspension => connection.QuerySingleAsync<StatusBits>(SelectSuspension, new { Id = listId }, transaction),
            _ => connection.QuerySingleAsync<StatusBits>(SelectMessage, new { Id = listId, None = new byte[BitstringStatusList.MinimumLength / 8] }, transaction),
        };

    private sealed record ReplacementRow(long StatusIndex, string Id, string CredentialId);

    private sealed record SuccessorRow(string Id, string CredentialId);
}
