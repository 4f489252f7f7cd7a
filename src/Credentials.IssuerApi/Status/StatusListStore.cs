using System.Data.Common;
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
    private const string UpdateRevocation = "UPDATE status_lists SET revocation_bits = @Bits, version = version + 1 WHERE id = @Id";
    private const string UpdateSuspension = "UPDATE status_lists SET suspension_bits = @Bits, version = version + 1 WHERE id = @Id";

    /// <summary>The list's version, or null when there is no such list.</summary>
    public Task<long?> FindVersionAsync(string listId, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.QuerySingleOrDefaultAsync<long?>(SelectVersion, new { Id = listId }), cancellationToken);

    public Task<StatusBits> ReadAsync(string listId, string purpose, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => ReadAsync(connection, null, listId, purpose), cancellationToken);

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
            string update = purpose == StatusPurpose.Revocation ? UpdateRevocation : UpdateSuspension;
            await transaction.Connection!.ExecuteAsync(update, new { Id = position.ListId, Bits = list.Bytes.ToArray() }, transaction);
        }

        return was;
    }

    public static async Task<bool> GetAsync(DbTransaction transaction, StatusPosition position, string purpose) =>
        BitstringStatusList.FromBytes((await ReadAsync(transaction.Connection!, transaction, position.ListId, purpose)).Bits)[position.Index];

    private static Task<StatusBits> ReadAsync(DbConnection connection, DbTransaction? transaction, string listId, string purpose) =>
        connection.QuerySingleAsync<StatusBits>(purpose == StatusPurpose.Revocation ? SelectRevocation : SelectSuspension, new { Id = listId }, transaction);
}
