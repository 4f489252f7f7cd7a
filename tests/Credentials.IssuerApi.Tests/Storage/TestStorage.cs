using System.Collections.Concurrent;
using Credentials.IssuerApi.Storage;
using Credentials.IssuerApi.Storage.Postgres;
using Credentials.IssuerApi.Storage.Sqlite;
using Credentials.TestKit;

namespace Credentials.IssuerApi.Tests.Storage;

/// <summary>What keeps a test's state.</summary>
public enum Engine
{
    Sqlite,
    Postgres,
}

/// <summary>Databases for tests, one a data folder, on the engine that the environment chooses: SQLite, or PostgreSQL with <c>CREDENTIALS_STORAGE=postgres</c>.</summary>
internal static class TestStorage
{
    private static readonly ConcurrentDictionary<string, string> s_postgres = new(StringComparer.Ordinal);

    /// <summary>The engine of this run. The law-book of the storage runs on both whatever it is.</summary>
    public static Engine Chosen { get; } = Environment.GetEnvironmentVariable("CREDENTIALS_STORAGE") switch
    {
        null or "" or "sqlite" => Engine.Sqlite,
        "postgres" => Engine.Postgres,
        var other => throw new InvalidOperationException($"CREDENTIALS_STORAGE is '{other}'; it may be sqlite or postgres."),
    };

    /// <summary>The configuration value <c>Storage:Postgres</c> for a data folder; empty on SQLite. The same folder has the same database.</summary>
    public static string PostgresOf(string dataFolder, Engine? engine = null) =>
        (engine ?? Chosen) == Engine.Postgres ? s_postgres.GetOrAdd(dataFolder, _ => PostgresServer.Shared.CreateDatabase()) : "";

    /// <summary>Opens the database of a data folder as the host does.</summary>
    public static IDatabase Open(string dataFolder, Engine? engine = null) => (engine ?? Chosen) == Engine.Postgres
        ? PostgresStart.Open(new StorageOptions { Postgres = PostgresOf(dataFolder, engine) }, _ => { })
        : SqliteDatabase.Open(dataFolder);

    public static void Close(this IDatabase database) => (database as IDisposable)?.Dispose();

    /// <summary>Gives the room of a data folder's database back.</summary>
    public static void Drop(string dataFolder)
    {
        if (s_postgres.TryRemove(dataFolder, out string? connectionString))
        {
            PostgresServer.Shared.DropDatabase(connectionString);
        }
    }
}
