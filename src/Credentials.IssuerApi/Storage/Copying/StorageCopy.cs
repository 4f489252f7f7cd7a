using System.Data;
using System.Data.Common;
using System.Globalization;
using Dapper;
using Npgsql;

namespace Credentials.IssuerApi.Storage.Copying;

/// <summary>Copies an issuer's whole state from one engine to the other, in one transaction of the target: all of it, compared row by row, or nothing.</summary>
internal static class StorageCopy
{
    private const int RowsPerProgress = 50_000;
    private const string SelectVersion = "SELECT coalesce(max(number), 0) FROM schema_migrations";
    private const string CountIssuers = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = 'credentials issuer'";
    private const string SelectIdentities = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema() AND is_identity = 'YES'";

    /// <exception cref="StartupRefusedException">The target is not empty, an issuer is at work on one of them, or what was written is not what was read. Nothing was changed.</exception>
    public static async Task<long> RunAsync(IDatabase source, IDatabase target, Action<string> tell, CancellationToken cancellationToken)
    {
        if (source.IsShared == target.IsShared)
        {
            throw new StartupRefusedException($"Both are {source.Dialect.Name}. To move a database within one engine, use its own means: copy the stopped issuer's folder, or pg_dump and pg_restore.");
        }

        IDatabase sqlite = source.IsShared ? target : source;
        IReadOnlyList<CopiedTable> tables = await sqlite.ReadAsync(CopiedTable.ReadAllAsync, cancellationToken);
        return await source.ReadAsync(
            async from =>
            {
                // One snapshot for all tables; on SQLite the folder's lock keeps every other writer out as well.
                await using DbTransaction? snapshot = source.IsShared ? await from.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken) : null;
                await RefuseIssuersAsync(from);
                return await target.WriteAsync(to => CopyAsync(from, to, tables, tell, cancellationToken), cancellationToken);
            },
            cancellationToken);
    }

    private static async Task<long> CopyAsync(DbConnection from, DbTransaction to, IReadOnlyList<CopiedTable> tables, Action<string> tell, CancellationToken cancellationToken)
    {
        DbConnection connection = to.Connection!;
        await RefuseIssuersAsync(connection);
        long version = await from.ExecuteScalarAsync<long>(SelectVersion);
        if (version != await connection.ExecuteScalarAsync<long>(SelectVersion, transaction: to))
        {
            throw new StartupRefusedException("The two databases have different schemas. Run the copy with the newest program on both.");
        }

        foreach (CopiedTable table in tables)
        {
            if (await connection.ExecuteScalarAsync<long>(table.Count, transaction: to) > 0)
            {
                throw new StartupRefusedException($"The target is not empty: its table {table.Name} has rows. Copy into a database that no issuer has used.");
            }
        }

        long rows = 0;
        foreach (CopiedTable table in tables)
        {
            rows += await CopyAsync(from, to, table, tell, cancellationToken);
        }

        if (connection is NpgsqlConnection)
        {
            foreach ((string table, string column) in await connection.QueryAsync<(string, string)>(SelectIdentities, transaction: to))
            {
                await connection.ExecuteAsync($"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), max({column})) FROM {table} HAVING max({column}) IS NOT NULL", transaction: to);
            }
        }

        return rows;
    }

    private static async Task<long> CopyAsync(DbConnection from, DbTransaction to, CopiedTable table, Action<string> tell, CancellationToken cancellationToken)
    {
        using var read = new TableDigest();
        await using (DbCommand select = SelectFrom(from, table, transaction: null))
        await using (DbDataReader reader = await select.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken))
        await using (var writer = RowWriter.To(to, table))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                await writer.WriteAsync(read.Add(reader, table), cancellationToken);
                if (read.Rows % RowsPerProgress == 0)
                {
                    tell(string.Create(CultureInfo.InvariantCulture, $"  {table.Name}: {read.Rows} rows so far"));
                }
            }

            await writer.CompleteAsync(cancellationToken);
        }

        using var written = new TableDigest();
        await using (DbCommand select = SelectFrom(to.Connection!, table, to))
        await using (DbDataReader reader = await select.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                written.Add(reader, table);
            }
        }

        string digest = read.Finish();
        if (read.Rows != written.Rows || digest != written.Finish())
        {
            throw new StartupRefusedException($"The table {table.Name} was not written as it was read ({read.Rows} rows read, {written.Rows} written). Nothing was kept. Please report this.");
        }

        tell(string.Create(CultureInfo.InvariantCulture, $"  {table.Name}: {read.Rows} rows, SHA-256 {digest[..16]}"));
        return read.Rows;
    }

    private static DbCommand SelectFrom(DbConnection connection, CopiedTable table, DbTransaction? transaction)
    {
        DbCommand command = connection.CreateCommand();
        command.CommandText = table.Select;
        command.CommandTimeout = 0;
        command.Transaction = transaction;
        return command;
    }

    private static async Task RefuseIssuersAsync(DbConnection connection)
    {
        if (connection is NpgsqlConnection && await connection.ExecuteScalarAsync<long>(CountIssuers) > 0)
        {
            throw new StartupRefusedException("An issuer is at work on the PostgreSQL database. Stop every issuer process first: what they write during the copy would be lost.");
        }
    }
}
