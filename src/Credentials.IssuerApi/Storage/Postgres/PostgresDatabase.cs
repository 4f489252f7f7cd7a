using System.Data;
using System.Data.Common;
using Npgsql;

namespace Credentials.IssuerApi.Storage.Postgres;

/// <summary>The issuer's database on a PostgreSQL server, which several issuer processes may share.</summary>
/// <remarks>
/// Writes are SERIALIZABLE: what conflicts is rolled back by the server and run again here. The last tries shut other writers out for their
/// time, so that a long write comes to its end however busy the others are. <see href="https://www.postgresql.org/docs/current/transaction-iso.html#XACT-SERIALIZABLE"/>
/// </remarks>
internal sealed class PostgresDatabase : IDatabase, IDisposable, IAsyncDisposable
{
    private const int TriesTogether = 6;
    private const int Tries = 10;

    // Both are held to the end of the transaction, and neither takes the snapshot: what is read afterwards is as of the lock.
    private const string WithOthers = "LOCK TABLE schema_migrations IN ROW SHARE MODE";
    private const string WithoutOthers = "LOCK TABLE schema_migrations IN EXCLUSIVE MODE";

    private readonly NpgsqlDataSource _readers;
    private readonly NpgsqlDataSource _writers;

    internal PostgresDatabase(NpgsqlDataSource readers, NpgsqlDataSource writers) => (_readers, _writers) = (readers, writers);

    public SqlDialect Dialect => SqlDialect.Postgres;

    public bool IsShared => true;

    /// <inheritdoc/>
    public async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadOnceAsync(read, cancellationToken);
        }
        catch (Exception fault) when (PostgresFault.IsConnectionLost(fault))
        {
            // A pooled connection may have died since it was last used: that is nobody's fault yet.
        }

        try
        {
            return await ReadOnceAsync(read, cancellationToken);
        }
        catch (Exception fault) when (PostgresFault.Explain(fault) is not null)
        {
            throw PostgresFault.Explain(fault)!;
        }
    }

    /// <inheritdoc/>
    public async Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> write, CancellationToken cancellationToken)
    {
        bool wasCut = false;
        for (int attempt = 1; ; attempt++)
        {
            var progress = new WriteProgress();
            try
            {
                return await WriteOnceAsync(write, attempt > TriesTogether ? WithoutOthers : WithOthers, progress, cancellationToken);
            }
            catch (Exception fault) when (attempt < Tries && PostgresFault.IsConflict(fault, attempt))
            {
                await Task.Delay(PauseAfter(attempt), cancellationToken);
            }
            catch (Exception fault) when (!wasCut && !progress.IsCommitting && PostgresFault.IsConnectionLost(fault))
            {
                // Rolled back by the server. Once: a pooled connection may have died since it was last used.
                wasCut = true;
            }
            catch (Exception fault) when (progress.IsCommitting && PostgresFault.IsConnectionLost(fault))
            {
                throw PostgresFault.OutcomeUnknown(fault);
            }
            catch (Exception fault) when (PostgresFault.Explain(fault) is not null)
            {
                throw PostgresFault.Explain(fault)!;
            }
        }
    }

    /// <inheritdoc/>
    public async Task<bool> TryAloneAsync(string name, Func<CancellationToken, Task> step, CancellationToken cancellationToken)
    {
        await using AdvisoryLock? hold = await TryHoldAsync(name, cancellationToken);
        if (hold is null)
        {
            return false;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, hold.Lost);
        try
        {
            await step(either.Token);
        }
        catch (OperationCanceledException fault) when (hold.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new StorageUnavailableException($"The step '{name}' was broken off, because the connection that kept other processes out of it was cut. It is taken up again by itself.", fault);
        }

        return true;
    }

    public void Dispose()
    {
        _readers.Dispose();
        _writers.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await _readers.DisposeAsync();
        await _writers.DisposeAsync();
    }

    private async Task<AdvisoryLock?> TryHoldAsync(string name, CancellationToken cancellationToken)
    {
        for (bool again = true; ; again = false)
        {
            try
            {
                return await AdvisoryLock.TryTakeAsync(_readers, name, cancellationToken);
            }
            catch (Exception fault) when (again && PostgresFault.IsConnectionLost(fault))
            {
            }
            catch (Exception fault) when (PostgresFault.Explain(fault) is not null)
            {
                throw PostgresFault.Explain(fault)!;
            }
        }
    }

    private async Task<T> ReadOnceAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await _readers.OpenConnectionAsync(cancellationToken);
        return await read(connection);
    }

    private async Task<T> WriteOnceAsync<T>(Func<DbTransaction, Task<T>> write, string guard, WriteProgress progress, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await _writers.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        await using (var command = new NpgsqlCommand(guard, connection, transaction))
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        T result = await write(transaction);
        progress.IsCommitting = true;
        await transaction.CommitAsync(CancellationToken.None);
        return result;
    }

    private static TimeSpan PauseAfter(int attempt) =>
        TimeSpan.FromMilliseconds(System.Security.Cryptography.RandomNumberGenerator.GetInt32(1, 5 << attempt));

    private sealed class WriteProgress
    {
        public bool IsCommitting { get; set; }
    }
}
