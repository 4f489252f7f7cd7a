using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace Credentials.IssuerApi.Storage.Copying;

/// <summary>Writes rows by the fastest way of each engine.</summary>
internal abstract class RowWriter : IAsyncDisposable
{
    public static RowWriter To(DbTransaction transaction, CopiedTable table) =>
        transaction.Connection is NpgsqlConnection postgres ? new ToPostgres(postgres, table) : new ToSqlite((SqliteTransaction)transaction, table);

    public abstract Task WriteAsync(object?[] row, CancellationToken cancellationToken);

    public virtual Task CompleteAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public abstract ValueTask DisposeAsync();

    private sealed class ToPostgres(NpgsqlConnection connection, CopiedTable table) : RowWriter
    {
        private readonly NpgsqlBinaryImporter _importer = connection.BeginBinaryImport(table.BinaryImport);

        public override async Task WriteAsync(object?[] row, CancellationToken cancellationToken)
        {
            await _importer.StartRowAsync(cancellationToken);
            foreach (object? value in row)
            {
                await (value switch
                {
                    null => _importer.WriteNullAsync(cancellationToken),
                    long number => _importer.WriteAsync(number, NpgsqlDbType.Bigint, cancellationToken),
                    string text => _importer.WriteAsync(text, NpgsqlDbType.Text, cancellationToken),
                    var blob => _importer.WriteAsync((byte[])blob, NpgsqlDbType.Bytea, cancellationToken),
                });
            }
        }

        public override async Task CompleteAsync(CancellationToken cancellationToken) => await _importer.CompleteAsync(cancellationToken);

        public override ValueTask DisposeAsync() => _importer.DisposeAsync();
    }

    private sealed class ToSqlite : RowWriter
    {
        private readonly SqliteCommand _command;

        public ToSqlite(SqliteTransaction transaction, CopiedTable table)
        {
            _command = transaction.Connection!.CreateCommand();
            _command.Transaction = transaction;
            _command.CommandText = table.Insert;
            for (int i = 0; i < table.Columns.Count; i++)
            {
                _command.Parameters.Add(new SqliteParameter { ParameterName = $"$v{i}" });
            }
        }

        public override async Task WriteAsync(object?[] row, CancellationToken cancellationToken)
        {
            for (int i = 0; i < row.Length; i++)
            {
                _command.Parameters[i].Value = row[i] ?? DBNull.Value;
            }

            await _command.ExecuteNonQueryAsync(cancellationToken);
        }

        public override ValueTask DisposeAsync() => _command.DisposeAsync();
    }
}
