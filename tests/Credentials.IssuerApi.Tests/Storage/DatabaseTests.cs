using Credentials.IssuerApi.Storage;
using Credentials.IssuerApi.Storage.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Credentials.IssuerApi.Tests.Storage;

/// <summary>What is SQLite's alone; what every engine holds to stands in <see cref="DatabaseLaws"/>.</summary>
public sealed class DatabaseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Is_safe_over_a_power_cut()
    {
        using var database = SqliteDatabase.Open(_folder.Path);
        (string journal, long synchronous, long foreignKeys) = await database.WriteAsync(
            async transaction => (
                (await transaction.Connection!.ExecuteScalarAsync<string>("PRAGMA journal_mode", transaction: transaction))!,
                await transaction.Connection!.ExecuteScalarAsync<long>("PRAGMA synchronous", transaction: transaction),
                await transaction.Connection!.ExecuteScalarAsync<long>("PRAGMA foreign_keys", transaction: transaction)),
            CancellationToken.None);
        Assert.Equal(("wal", 2L, 1L), (journal, synchronous, foreignKeys));
    }

    [Fact]
    public void Refuses_a_second_owner_of_the_folder_and_lets_go_of_it_at_the_end()
    {
        using (SqliteDatabase.Open(_folder.Path))
        {
            StartupRefusedException refused = Assert.Throws<StartupRefusedException>(() => SqliteDatabase.Open(_folder.Path));
            Assert.Contains("Another issuer process", refused.Message, StringComparison.Ordinal);
        }

        using var next = SqliteDatabase.Open(_folder.Path);
    }

    [Fact]
    public void Applies_each_migration_once_and_whole()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        Migration first = new(1, "001_first", "CREATE TABLE a (x INTEGER)");
        Migration broken = new(2, "002_broken", "CREATE TABLE b (x INTEGER); CREATE TABLE a (x INTEGER)");
        Assert.Throws<SqliteException>(() => Migrator.Sqlite.Migrate(connection, [first, broken]));
        Assert.Equal(["a"], Tables(connection));

        Migrator.Sqlite.Migrate(connection, [first, new(2, "002_mended", "CREATE TABLE b (x INTEGER)")]);
        Migrator.Sqlite.Migrate(connection, [first, new(2, "002_mended", "CREATE TABLE b (x INTEGER)")]);
        Assert.Equal(["a", "b"], Tables(connection));
    }

    [Fact]
    public void Knows_its_migrations_in_order_without_a_gap()
    {
        IReadOnlyList<Migration> known = Migrator.Embedded(Migrator.Sqlite);
        Assert.Equal(Enumerable.Range(1, known.Count), known.Select(step => step.Number));
        Assert.True(known.Count >= 2);
    }

    public void Dispose() => _folder.Dispose();

    private static string[] Tables(SqliteConnection connection) =>
        [.. connection.Query<string>("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'schema_migrations' ORDER BY name")];
}
