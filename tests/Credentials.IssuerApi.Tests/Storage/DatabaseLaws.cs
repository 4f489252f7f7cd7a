using System.Data.Common;
using Credentials.IssuerApi.Storage;
using Credentials.IssuerApi.Storage.Postgres;
using Credentials.IssuerApi.Storage.Sqlite;
using Credentials.TestKit;
using Dapper;

namespace Credentials.IssuerApi.Tests.Storage;

/// <summary>What every engine holds to.</summary>
public sealed class DatabaseLaws : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The engines that are here; the law below tells of one that is not.</summary>
    public static TheoryData<Engine> Engines => PostgresServer.SkipReason is null ? [Engine.Sqlite, Engine.Postgres] : [Engine.Sqlite];

    [PostgresFact]
    public void The_law_book_runs_on_PostgreSQL_too() => Assert.Equal(2, Engines.Count);

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Keeps_what_was_committed_and_forgets_what_was_rolled_back(Engine engine)
    {
        IDatabase database = TestStorage.Open(_folder.Path, engine);
        await database.InsertInstitutionAsync("kept");
        await Assert.ThrowsAsync<InvalidOperationException>(() => database.WriteAsync<int>(
            async transaction =>
            {
                await transaction.Connection!.ExecuteAsync("DELETE FROM institutions", transaction: transaction);
                throw new InvalidOperationException();
            },
            CancellationToken.None));
        database.Close();

        IDatabase again = TestStorage.Open(_folder.Path, engine);
        Assert.Equal(1, await again.CountAsync("institutions"));
        again.Close();
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Loses_no_update_of_many_at_once(Engine engine)
    {
        IDatabase database = TestStorage.Open(_folder.Path, engine);
        await database.InsertInstitutionAsync("u");
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => database.AddOneAsync())));
        Assert.Equal(40, await database.ReadCounterAsync());
        database.Close();
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Reads_while_a_write_is_under_way_and_sees_none_of_it(Engine engine)
    {
        IDatabase database = TestStorage.Open(_folder.Path, engine);
        await database.InsertInstitutionAsync("first");
        await database.WriteAsync(
            async transaction =>
            {
                await transaction.Connection!.ExecuteAsync("UPDATE institutions SET name = 'changed'", transaction: transaction);
                Assert.Equal("first", await database.ReadAsync(connection => connection.ExecuteScalarAsync<string>("SELECT name FROM institutions"), CancellationToken.None));
                return 0;
            },
            CancellationToken.None);
        Assert.Equal("changed", await database.ReadAsync(connection => connection.ExecuteScalarAsync<string>("SELECT name FROM institutions"), CancellationToken.None));
        database.Close();
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Does_not_write_where_it_was_asked_to_read(Engine engine)
    {
        IDatabase database = TestStorage.Open(_folder.Path, engine);
        await database.InsertInstitutionAsync("u");
        await Assert.ThrowsAnyAsync<DbException>(() => database.ReadAsync(connection => connection.ExecuteAsync("DELETE FROM institutions"), CancellationToken.None));
        Assert.Equal(1, await database.CountAsync("institutions"));
        database.Close();
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Refuses_a_doubled_key_and_a_reference_to_nothing(Engine engine)
    {
        IDatabase database = TestStorage.Open(_folder.Path, engine);
        await database.InsertInstitutionAsync("u");
        await Assert.ThrowsAnyAsync<DbException>(() => database.InsertInstitutionAsync("u"));
        await Assert.ThrowsAnyAsync<DbException>(() => database.WriteAsync(
            transaction => transaction.Connection!.ExecuteAsync("INSERT INTO idempotency_keys (institution_id, key, request_hash, resource, created_at) VALUES ('nobody', 'k', @hash, 'r', 0)", new { hash = new byte[32] }, transaction),
            CancellationToken.None));
        await Assert.ThrowsAnyAsync<DbException>(() => database.WriteAsync(
            transaction => transaction.Connection!.ExecuteAsync("INSERT INTO idempotency_keys (institution_id, key, request_hash, resource, created_at) VALUES ('u', 'k', @hash, 'r', 0)", new { hash = new byte[31] }, transaction),
            CancellationToken.None));
        Assert.Equal(0, await database.CountAsync("idempotency_keys"));
        database.Close();
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_step_that_is_taken_alone_is_refused_to_others_until_it_ends(Engine engine)
    {
        IDatabase database = TestStorage.Open(_folder.Path, engine);
        var begun = new TaskCompletionSource();
        var end = new TaskCompletionSource();
        Task<bool> first = database.TryAloneAsync(
            "seal",
            async _ =>
            {
                begun.SetResult();
                await end.Task;
                await database.InsertInstitutionAsync("inside");
            },
            CancellationToken.None);
        await begun.Task;

        Assert.False(await database.TryAloneAsync("seal", _ => throw new InvalidOperationException("Two at once."), CancellationToken.None));
        Assert.True(await database.TryAloneAsync("send", _ => Task.CompletedTask, CancellationToken.None));
        end.SetResult();
        Assert.True(await first);
        for (int i = 0; i < 30; i++)
        {
            Assert.True(await database.TryAloneAsync("seal", _ => Task.CompletedTask, CancellationToken.None));
        }

        await Assert.ThrowsAsync<InvalidOperationException>(() => database.TryAloneAsync("seal", _ => throw new InvalidOperationException(), CancellationToken.None));
        Assert.True(await database.TryAloneAsync("seal", _ => Task.CompletedTask, CancellationToken.None));
        database.Close();
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Refuses_a_database_of_a_newer_program(Engine engine)
    {
        IDatabase database = TestStorage.Open(_folder.Path, engine);
        await database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync("INSERT INTO schema_migrations VALUES (999, '999_future')", transaction: transaction), CancellationToken.None);
        database.Close();
        StartupRefusedException refused = Assert.Throws<StartupRefusedException>(() => TestStorage.Open(_folder.Path, engine));
        Assert.Contains("newer program (schema 999", refused.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Both_engines_have_the_same_steps_tables_columns_and_indices()
    {
        Assert.Equal(Migrator.Embedded(Migrator.Sqlite).Select(step => step.Name), Migrator.Embedded(Migrator.Postgres).Select(step => step.Name));

        using var other = new TemporaryFolder();
        IDatabase sqlite = TestStorage.Open(_folder.Path, Engine.Sqlite);
        IDatabase postgres = TestStorage.Open(other.Path, Engine.Postgres);
        string[] left = [.. await sqlite.ReadAsync(
            connection => connection.QueryAsync<string>(
                """
                SELECT t.name || '.' || c.name || ' ' || CASE c.type WHEN 'INTEGER' THEN 'bigint' WHEN 'TEXT' THEN 'text C' WHEN 'BLOB' THEN 'bytea' ELSE c.type END || CASE WHEN c."notnull" = 0 AND c.pk = 0 THEN ' NULL' ELSE '' END
                FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'
                UNION ALL SELECT 'index ' || name FROM sqlite_master WHERE type = 'index' AND name NOT LIKE 'sqlite_%'
                """),
            CancellationToken.None)];
        string[] right = [.. await postgres.ReadAsync(
            connection => connection.QueryAsync<string>(
                """
                SELECT table_name || '.' || column_name || ' ' || data_type || coalesce(' ' || collation_name, '') || CASE is_nullable WHEN 'YES' THEN ' NULL' ELSE '' END
                FROM information_schema.columns WHERE table_schema = 'public'
                UNION ALL SELECT 'index ' || indexname FROM pg_indexes WHERE schemaname = 'public' AND indexname NOT LIKE '%\_key' AND indexname NOT LIKE '%\_pkey'
                """),
            CancellationToken.None)];
        Assert.Equal(left.Order(StringComparer.Ordinal), right.Order(StringComparer.Ordinal));
        Assert.True(left.Length > 100);
        sqlite.Close();
        postgres.Close();
    }

    [Fact]
    public void Refuses_an_old_server_by_its_version() => Assert.Contains("has version 13; the issuer needs 14", PostgresStart.TooOld(130011, "db"), StringComparison.Ordinal);

    [Fact]
    public void Only_SQLite_locks_its_folder()
    {
        using var first = SqliteDatabase.Open(_folder.Path);
        Assert.Throws<StartupRefusedException>(() => SqliteDatabase.Open(_folder.Path));
        if (PostgresServer.SkipReason is null)
        {
            TestStorage.Open(_folder.Path, Engine.Postgres).Close();
        }
    }

    public void Dispose() => _folder.Dispose();
}
