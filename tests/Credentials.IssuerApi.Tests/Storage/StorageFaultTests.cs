using System.Data.Common;
using System.Diagnostics;
using Credentials.IssuerApi.Storage;
using Credentials.IssuerApi.Storage.Postgres;
using Credentials.IssuerApi.Storage.Sqlite;
using Credentials.TestKit;
using Dapper;

namespace Credentials.IssuerApi.Tests.Storage;

/// <summary>Connections that are cut, servers that die, disks that are full: nothing is lost, the reason is told, and it goes on afterwards.</summary>
public sealed class StorageFaultTests : IDisposable
{
    private const string CutOthers = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
    private const string CutMyself = "SELECT pg_terminate_backend(pg_backend_pid())";
    private readonly TemporaryFolder _folder = new();

    [PostgresFact]
    public async Task A_write_that_is_cut_once_is_done_once()
    {
        IDatabase database = TestStorage.Open(_folder.Path, Engine.Postgres);
        await database.InsertInstitutionAsync("u");
        int tries = 0;
        await database.WriteAsync(
            async transaction =>
            {
                int changed = await AddAsync(transaction);
                return ++tries == 1 ? await transaction.Connection!.ExecuteScalarAsync<int>(CutMyself, transaction: transaction) : changed;
            },
            CancellationToken.None);
        Assert.Equal((2, 1L), (tries, await database.ReadCounterAsync()));
        database.Close();
    }

    [PostgresFact]
    public async Task A_write_that_is_cut_again_and_again_is_rolled_back_and_says_so()
    {
        IDatabase database = TestStorage.Open(_folder.Path, Engine.Postgres);
        await database.InsertInstitutionAsync("u");
        StorageUnavailableException fault = await Assert.ThrowsAsync<StorageUnavailableException>(() => database.WriteAsync(
            async transaction =>
            {
                await AddAsync(transaction);
                return await transaction.Connection!.ExecuteScalarAsync<int>(CutMyself, transaction: transaction);
            },
            CancellationToken.None));
        Assert.Contains("Nothing of this was kept", fault.Message, StringComparison.Ordinal);
        Assert.Equal(0, await database.ReadCounterAsync());
        await database.AddOneAsync();
        Assert.Equal(1, await database.ReadCounterAsync());
        database.Close();
    }

    [PostgresFact]
    public async Task Pooled_connections_that_died_meanwhile_are_nobodys_fault()
    {
        IDatabase database = TestStorage.Open(_folder.Path, Engine.Postgres);
        await database.InsertInstitutionAsync("u");
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => database.AddOneAsync()).Concat(Enumerable.Range(0, 6).Select(async _ => (int)await database.ReadCounterAsync())));
        await CutAllAsync();
        Assert.Equal(6, await database.ReadCounterAsync());
        await database.AddOneAsync();
        Assert.Equal(7, await database.ReadCounterAsync());
        database.Close();
    }

    [PostgresFact]
    public async Task A_step_taken_alone_learns_that_its_hold_is_lost()
    {
        IDatabase database = TestStorage.Open(_folder.Path, Engine.Postgres);
        StorageUnavailableException fault = await Assert.ThrowsAsync<StorageUnavailableException>(() => database.TryAloneAsync(
            "seal",
            async lost =>
            {
                await CutAllAsync();
                await Task.Delay(TimeSpan.FromSeconds(30), lost);
            },
            CancellationToken.None));
        Assert.Contains("'seal' was broken off", fault.Message, StringComparison.Ordinal);
        Assert.True(await database.TryAloneAsync("seal", _ => Task.CompletedTask, CancellationToken.None));
        database.Close();
    }

    [PostgresFact]
    public async Task A_server_that_is_killed_and_started_again_has_lost_nothing()
    {
        using var server = PostgresServer.Start();
        PostgresDatabase database = PostgresStart.Open(Options(server), _ => { });
        await database.InsertInstitutionAsync("u");
        await database.AddOneAsync();

        server.Kill();
        StorageUnavailableException away = await Assert.ThrowsAsync<StorageUnavailableException>(() => database.AddOneAsync());
        Assert.Contains("does not answer", away.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => database.ReadCounterAsync());
        await Assert.ThrowsAsync<StorageUnavailableException>(() => database.TryAloneAsync("seal", _ => Task.CompletedTask, CancellationToken.None));
        StartupRefusedException refused = Assert.Throws<StartupRefusedException>(() => PostgresStart.Open(Options(server, patience: 0), _ => { }));
        Assert.Contains("does not answer", refused.Message, StringComparison.Ordinal);

        List<string> told = [];
        Task<PostgresDatabase> patient = Task.Run(() => PostgresStart.Open(Options(server), told.Add));
        await Task.Delay(700);
        server.Resume();
        (await patient).Dispose();
        Assert.Contains("waiting up to 30 s", Assert.Single(told), StringComparison.Ordinal);
        Assert.Equal(1, await database.ReadCounterAsync());
        await database.AddOneAsync();
        Assert.Equal(2, await database.ReadCounterAsync());
        database.Close();
    }

    [PostgresTheory]
    [InlineData("Database=nowhere", "has no database 'nowhere'")]
    [InlineData("Username=nobody", "does not let us in")]
    [InlineData("Nonsense=1;Password=secret", "is not a connection string")]
    [InlineData("Host=;Database=x", "names no Host")]
    public void A_start_says_what_is_wrong_with_the_connection_string(string change, string sentence)
    {
        string whole = $"{PostgresServer.Shared.ConnectionString("postgres")};{change}";
        StartupRefusedException refused = Assert.Throws<StartupRefusedException>(() => PostgresStart.Open(new StorageOptions { Postgres = whole, PostgresPatience = TimeSpan.Zero }, _ => { }));
        Assert.Contains(sentence, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task The_password_comes_from_its_file_and_a_wrong_one_is_refused_in_words()
    {
        using var server = PostgresServer.Start();
        server.Psql("postgres", "CREATE ROLE issuer LOGIN PASSWORD 'right'");
        server.Psql("postgres", "CREATE DATABASE credentials OWNER issuer");
        string rules = Path.Combine(server.DataFolder, "pg_hba.conf");
        await File.WriteAllTextAsync(rules, "local all issuer scram-sha-256\n" + await File.ReadAllTextAsync(rules));
        server.Psql("postgres", "SELECT pg_reload_conf()");
        await Task.Delay(300);

        string file = Path.Combine(_folder.Path, "password");
        var options = new StorageOptions { Postgres = $"Host={server.SocketFolder};Username=issuer;Database=credentials", PostgresPasswordFile = file };
        Assert.Contains("cannot be read", Assert.Throws<StartupRefusedException>(() => PostgresStart.Open(options, _ => { })).Message, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, "wrong\n");
        Assert.Contains("does not take the password of the user 'issuer'", Assert.Throws<StartupRefusedException>(() => PostgresStart.Open(options, _ => { })).Message, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, "right\n");
        PostgresStart.Open(options, _ => { }).Dispose();
    }

    [Theory]
    [MemberData(nameof(DatabaseLaws.Engines), MemberType = typeof(DatabaseLaws))]
    public async Task A_full_disk_keeps_all_that_was_there_says_so_and_goes_on_when_there_is_room(Engine engine)
    {
        using var disk = SmallDisk.Make(engine == Engine.Sqlite ? 3 : 160);
        using PostgresServer? server = engine == Engine.Postgres ? PostgresServer.Start(Path.Combine(disk.Path, "server"), "max_wal_size=32MB", "min_wal_size=32MB") : null;
        IDatabase database = server is null ? SqliteDatabase.Open(Directory.CreateDirectory(Path.Combine(disk.Path, "data")).FullName) : PostgresStart.Open(Options(server), _ => { });
        await database.InsertInstitutionAsync("u");
        string ballast = Path.Combine(disk.Path, "ballast");
        await disk.FillAsync(ballast, leave: 200_000);

        int kept = 0;
        StorageUnavailableException? full = null;
        while (full is null)
        {
            Assert.True(kept < 2000, "The disk was never full.");
            try
            {
                await FillAsync(database, kept);
                kept++;
            }
            catch (StorageUnavailableException fault)
            {
                full = fault;
            }
        }

        Assert.Contains("disk", full.Message, StringComparison.Ordinal);
        File.Delete(ballast);
        server?.EnsureRunning();
        Assert.Equal(kept, await RetryAsync(() => database.CountAsync("idempotency_keys")));
        await FillAsync(database, kept);
        Assert.Equal(kept + 1, await database.CountAsync("idempotency_keys"));
        database.Close();
    }

    public void Dispose() => _folder.Dispose();

    private static StorageOptions Options(PostgresServer server, int patience = 30) => new() { Postgres = server.ConnectionString("postgres"), PostgresPatience = TimeSpan.FromSeconds(patience) };

    private static Task<int> AddAsync(DbTransaction transaction) =>
        transaction.Connection!.ExecuteAsync("UPDATE institutions SET created_at = created_at + 1 WHERE id = 'u'", transaction: transaction);

    // Text that does not compress.
    private static Task<int> FillAsync(IDatabase database, int number) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            "INSERT INTO idempotency_keys (institution_id, key, request_hash, resource, created_at) VALUES ('u', @key, @hash, @text, 0)",
            new { key = $"k{number}", hash = new byte[32], text = Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(60_000)) },
            transaction),
        CancellationToken.None);

    private static async Task<long> RetryAsync(Func<Task<long>> read)
    {
        long started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return await read();
            }
            catch (StorageUnavailableException) when (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20))
            {
                await Task.Delay(200);
            }
        }
    }

    private async Task CutAllAsync()
    {
        await using var knife = new Npgsql.NpgsqlConnection(TestStorage.PostgresOf(_folder.Path, Engine.Postgres) + ";Pooling=false");
        await knife.OpenAsync();
        _ = await knife.ExecuteScalarAsync<long>(CutOthers);
    }
}
