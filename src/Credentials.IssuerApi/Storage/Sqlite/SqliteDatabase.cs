using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Credentials.IssuerApi.Storage.Sqlite;

/// <summary>The issuer's database as one SQLite file: many readers, one writer at a time, one process.</summary>
/// <remarks>WAL with synchronous=FULL: what a committed write says survives a power cut. Times are integer Unix milliseconds, hashes and ids are BLOBs.</remarks>
internal sealed class SqliteDatabase : IDatabase, IDisposable
{
    /// <summary>The file's name within the data folder.</summary>
    public const string FileName = "issuer.db";

    private readonly string _connectionString;
    private readonly ProcessLock _lock;
    private readonly SemaphoreSlim _writerGate = new(1, 1);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _alone = new(StringComparer.Ordinal);

    private SqliteDatabase(string connectionString, ProcessLock processLock) => (_connectionString, _lock) = (connectionString, processLock);

    public SqlDialect Dialect => SqlDialect.Sqlite;

    public bool IsShared => false;

    /// <summary>Takes the folder's lock, opens the database (or makes it) and brings it to the newest migration.</summary>
    /// <exception cref="StartupRefusedException">Another process has the folder, or a newer program wrote the database.</exception>
    public static SqliteDatabase Open(string dataFolder)
    {
        ProcessLock processLock = ProcessLock.Take(dataFolder);
        try
        {
            var database = new SqliteDatabase(ConnectionString(dataFolder), processLock);
            using SqliteConnection connection = database.Connect(forWriting: true);
            Migrator.Sqlite.Migrate(connection, Migrator.Embedded(Migrator.Sqlite));
            return database;
        }
        catch
        {
            processLock.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await using SqliteConnection connection = Connect(forWriting: false);
            return await read(connection);
        }
        catch (SqliteException fault) when (SqliteFault.Explain(fault) is not null)
        {
            throw SqliteFault.Explain(fault)!;
        }
    }

    /// <inheritdoc/>
    public async Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> write, CancellationToken cancellationToken)
    {
        await _writerGate.WaitAsync(cancellationToken);
        try
        {
            await using SqliteConnection connection = Connect(forWriting: true);
            await using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
            T result = await write(transaction);
            await transaction.CommitAsync(CancellationToken.None);
            return result;
        }
        catch (SqliteException fault) when (SqliteFault.Explain(fault) is not null)
        {
            throw SqliteFault.Explain(fault)!;
        }
        finally
        {
            _writerGate.Release();
        }
    }

    /// <inheritdoc/>
    public async Task<bool> TryAloneAsync(string name, Func<CancellationToken, Task> step, CancellationToken cancellationToken)
    {
        // The folder's lock keeps other processes out, so that this process is all there is.
        SemaphoreSlim gate = _alone.GetOrAdd(name, _ => new SemaphoreSlim(1, 1));
        if (!await gate.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            return false;
        }

        try
        {
            await step(cancellationToken);
            return true;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose()
    {
        using (var pooled = new SqliteConnection(_connectionString))
        {
            SqliteConnection.ClearPool(pooled);
        }

        foreach (SemaphoreSlim gate in _alone.Values)
        {
            gate.Dispose();
        }

        _writerGate.Dispose();
        _lock.Dispose();
    }

    private SqliteConnection Connect(bool forWriting)
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        using SqliteCommand pragmas = connection.CreateCommand();
        pragmas.CommandText = forWriting
            ? "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA query_only = OFF;"
            : "PRAGMA busy_timeout = 5000; PRAGMA query_only = ON;";
        pragmas.ExecuteNonQuery();
        return connection;
    }

    private static string ConnectionString(string dataFolder) => new SqliteConnectionStringBuilder
    {
        DataSource = Path.Combine(dataFolder, FileName),
        Mode = SqliteOpenMode.ReadWriteCreate,
        Pooling = true,
        DefaultTimeout = 10,
    }.ToString();
}
