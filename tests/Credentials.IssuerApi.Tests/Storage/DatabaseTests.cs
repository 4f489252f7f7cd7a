using Credentials.IssuerApi.Storage;
using Credentials.IssuerApi.Storage.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Credentials.IssuerApi.Tests.Storage;

public sealed class DatabaseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Keeps_what_was_committed_and_forgets_what_was_rolled_back()
    {
        using (var database = SqliteDatabase.Open(_folder.Path))
        {
            await database.InsertInstitutionAsync("kept");
            await Assert.ThrowsAsync<InvalidOperationException>(() => database.WriteAsync<int>(
                async transaction =>
                {
                    await transaction.Connection!.ExecuteAsync("DELETE FROM institutions", transaction: transaction);
                    throw new InvalidOperationException();
                },
                CancellationToken.None));
        }

        using var again = SqliteDatabase.Open(_folder.Path);
        Assert.Equal(1, await CountAsync(again));
    }

    [Fact]
    public async Task Lets_writers_in_one_after_the_other()
    {
        using var database = SqliteDatabase.Open(_folder.Path);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => database.InsertInstitutionAsync($"i{i}"))));
        Assert.Equal(40, await CountAsync(database));
    }

    [Fact]
    public async Task Reads_while_a_write_is_under_way_and_sees_none_of_it()
    {
        using var database = SqliteDatabase.Open(_folder.Path);
        await database.WriteAsync(
            async transaction =>
            {
                await transaction.Connection!.ExecuteAsync(
                    "INSERT INTO institutions VALUES ('u', 'did:web:u', 'U', 'PT', zeroblob(32), zeroblob(16), zeroblob(20), 0)", transaction: transaction);
                Assert.Equal(0, await CountAsync(database));
                return 0;
            },
            CancellationToken.None);
        Assert.Equal(1, await CountAsync(database));
    }

    [Fact]
    public async Task Does_not_write_where_it_was_asked_to_read()
    {
        using var database = SqliteDatabase.Open(_folder.Path);
        await Assert.ThrowsAsync<SqliteException>(() => database.ReadAsync(connection => connection.ExecuteAsync("DELETE FROM institutions"), CancellationToken.None));
    }

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
    public void Refuses_a_database_of_a_newer_program()
    {
        using (SqliteDatabase.Open(_folder.Path))
        {
        }

        using (var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.Path, SqliteDatabase.FileName)};Pooling=False"))
        {
            connection.Open();
            connection.Execute("INSERT INTO schema_migrations VALUES (999, '999_future')");
        }

        StartupRefusedException refused = Assert.Throws<StartupRefusedException>(() => SqliteDatabase.Open(_folder.Path));
        Assert.Contains("newer program (schema 999", refused.Message, StringComparison.Ordinal);
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

    private static Task<long> CountAsync(SqliteDatabase database) => database.ReadAsync(connection => connection.ExecuteScalarAsync<long>("SELECT count(*) FROM institutions"), CancellationToken.None);

    private static string[] Tables(SqliteConnection connection) =>
        [.. connection.Query<string>("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'schema_migrations' ORDER BY name")];
}
