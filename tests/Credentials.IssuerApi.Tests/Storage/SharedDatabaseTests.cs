using Credentials.IssuerApi.Issuance;
using Credentials.IssuerApi.Status;
using Credentials.IssuerApi.Storage;
using Credentials.TestKit;
using Dapper;

namespace Credentials.IssuerApi.Tests.Storage;

/// <summary>Two processes on one PostgreSQL, as two databases in this one.</summary>
public sealed class SharedDatabaseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private IDatabase? _one;
    private IDatabase? _two;

    private IDatabase One => _one ??= TestStorage.Open(_folder.Path, Engine.Postgres);

    private IDatabase Two => _two ??= TestStorage.Open(_folder.Path, Engine.Postgres);

    [PostgresFact]
    public async Task Both_may_start_at_once_on_an_empty_database()
    {
        _ = TestStorage.PostgresOf(_folder.Path, Engine.Postgres);
        IDatabase[] all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => TestStorage.Open(_folder.Path, Engine.Postgres))));
        Assert.Equal(Migrator.Embedded(Migrator.Postgres).Count, await all[0].CountAsync("schema_migrations"));
        Assert.All(all, database => database.Close());
    }

    [PostgresFact]
    public async Task No_update_is_lost_between_them()
    {
        await One.InsertInstitutionAsync("u");
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(() => (i % 2 == 0 ? One : Two).AddOneAsync())));
        Assert.Equal(60, await Two.ReadCounterAsync());
    }

    [PostgresFact]
    public async Task What_one_reads_and_the_other_writes_is_never_decided_on_crosswise()
    {
        // Write skew: each closes its own door only while the other's is open. One door must stay open.
        await One.InsertInstitutionAsync("a");
        await One.InsertInstitutionAsync("b");
        for (int round = 0; round < 10; round++)
        {
            await One.WriteAsync(transaction => transaction.Connection!.ExecuteAsync("UPDATE institutions SET created_at = 1", transaction: transaction), CancellationToken.None);
            await Task.WhenAll(CloseAsync(One, "a"), CloseAsync(Two, "b"));
            Assert.Equal(1, await One.ReadAsync(connection => connection.ExecuteScalarAsync<long>("SELECT sum(created_at)::bigint FROM institutions"), CancellationToken.None));
        }
    }

    [PostgresFact]
    public async Task One_idempotency_key_makes_one_thing_however_many_ask_at_once()
    {
        await One.InsertInstitutionAsync("u");
        var key = new IdempotencyKey("k", new byte[32]);
        string[] made = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => (i % 2 == 0 ? One : Two).WriteAsync(
            async transaction =>
            {
                if (await IdempotencyKeys.FindAsync(transaction, "u", key) is { } earlier)
                {
                    return earlier.Resource;
                }

                await new IdempotencyKeys(One, TimeProvider.System).InsertAsync(transaction, "u", key, $"made by {i}");
                return $"made by {i}";
            },
            CancellationToken.None))));
        Assert.Single(made.Distinct());
        Assert.Equal(1, await One.CountAsync("idempotency_keys"));
    }

    [PostgresFact]
    public async Task No_status_position_is_given_twice()
    {
        await One.InsertInstitutionAsync("u");
        StatusAllocator[] allocators = [new(One, TimeProvider.System), new(Two, TimeProvider.System)];
        IReadOnlyList<StatusPosition>[] taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => allocators[i % 2].LeaseAsync("u", 100, CancellationToken.None))));
        StatusPosition[] all = [.. taken.SelectMany(some => some)];
        Assert.Equal(2000, all.Distinct().Count());
        Assert.Single(all.Select(position => position.ListId).Distinct());
    }

    [PostgresFact]
    public async Task Rows_that_one_has_claimed_are_passed_over_by_the_other()
    {
        await One.InsertInstitutionAsync("a");
        await One.InsertInstitutionAsync("b");
        string claim = "SELECT id FROM institutions ORDER BY id LIMIT 1" + One.Dialect.SkipLocked;
        (string mine, string others) = await One.WriteAsync(
            async transaction =>
            {
                string first = await transaction.Connection!.QuerySingleAsync<string>(claim, transaction: transaction);
                return (first, await Two.WriteAsync(other => other.Connection!.QuerySingleAsync<string>(claim, transaction: other), CancellationToken.None));
            },
            CancellationToken.None);
        Assert.Equal(("a", "b"), (mine, others));
    }

    [PostgresFact]
    public async Task A_step_taken_by_one_is_refused_to_the_other()
    {
        Assert.True(await One.TryAloneAsync("seal", async _ => Assert.False(await Two.TryAloneAsync("seal", _ => Task.CompletedTask, CancellationToken.None)), CancellationToken.None));
        Assert.True(await Two.TryAloneAsync("seal", _ => Task.CompletedTask, CancellationToken.None));
    }

    [PostgresFact]
    public async Task A_long_write_comes_to_its_end_among_many_short_ones()
    {
        await One.InsertInstitutionAsync("u");
        await Two.AddOneAsync();
        using var stop = new CancellationTokenSource();
        Task busy = Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await Two.AddOneAsync();
            }
        })));

        int tries = 0;
        await One.WriteAsync(
            async transaction =>
            {
                tries++;
                _ = await transaction.Connection!.ExecuteScalarAsync<long>("SELECT created_at FROM institutions WHERE id = 'u'", transaction: transaction);
                await Task.Delay(100);
                return await transaction.Connection!.ExecuteAsync("UPDATE institutions SET name = 'long' WHERE id = 'u'", transaction: transaction);
            },
            CancellationToken.None);
        await stop.CancelAsync();
        await busy;
        Assert.InRange(tries, 2, 10);
        Assert.Equal("long", await One.ReadAsync(connection => connection.ExecuteScalarAsync<string>("SELECT name FROM institutions"), CancellationToken.None));
    }

    public void Dispose()
    {
        _one?.Close();
        _two?.Close();
        _folder.Dispose();
    }

    private static Task<int> CloseAsync(IDatabase database, string own) => Task.Run(() => database.WriteAsync(
        async transaction =>
        {
            long open = await transaction.Connection!.ExecuteScalarAsync<long>("SELECT count(*) FROM institutions WHERE created_at = 1", transaction: transaction);
            return open < 2 ? 0 : await transaction.Connection!.ExecuteAsync("UPDATE institutions SET created_at = 0 WHERE id = @own", new { own }, transaction);
        },
        CancellationToken.None));
}
