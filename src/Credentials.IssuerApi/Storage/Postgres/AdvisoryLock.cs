using Npgsql;

namespace Credentials.IssuerApi.Storage.Postgres;

/// <summary>A name held for one session of the server: it is free again when the session ends, however it ends.</summary>
/// <remarks><see href="https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS"/>. Not to be had through a pooler that shares sessions by transaction.</remarks>
internal sealed class AdvisoryLock : IAsyncDisposable
{
    // The prefix keeps our numbers apart from those of others in the same database.
    private const string TryTake = "SELECT pg_try_advisory_lock(hashtextextended('credentials issuer:' || $1, 0))";
    private const string Take = "SELECT pg_advisory_lock(hashtextextended('credentials issuer:' || $1, 0))";
    private const string Release = "SELECT pg_advisory_unlock(hashtextextended('credentials issuer:' || $1, 0))";

    private readonly NpgsqlConnection _connection;
    private readonly string _name;
    private readonly CancellationTokenSource _done = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly Task _watch;

    private AdvisoryLock(NpgsqlConnection connection, string name)
    {
        (_connection, _name) = (connection, name);
        _watch = WatchAsync();
    }

    /// <summary>Cancelled when the session is gone, and the name with it.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Holds the name; null when another session does.</summary>
    public static async Task<AdvisoryLock?> TryTakeAsync(NpgsqlDataSource source, string name, CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken);
        try
        {
            await using NpgsqlCommand command = CommandOf(connection, TryTake, name);
            if ((bool)(await command.ExecuteScalarAsync(cancellationToken))!)
            {
                return new AdvisoryLock(connection, name);
            }
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        await connection.DisposeAsync();
        return null;
    }

    /// <summary>Waits for the name and holds it while <paramref name="step"/> runs. The connection goes back to its pool alive, so the name is given back by word.</summary>
    public static void Hold(NpgsqlConnection connection, string name, Action step)
    {
        using NpgsqlCommand take = CommandOf(connection, Take, name);
        take.CommandTimeout = 0;
        take.ExecuteNonQuery();
        try
        {
            step();
        }
        finally
        {
            using NpgsqlCommand release = CommandOf(connection, Release, name);
            release.ExecuteNonQuery();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _done.CancelAsync();
        await _watch;
        try
        {
            if (!_lost.IsCancellationRequested)
            {
                await using NpgsqlCommand command = CommandOf(_connection, Release, _name);
                await command.ExecuteNonQueryAsync();
            }
        }
        catch (NpgsqlException)
        {
            // The session is gone, and the lock with it.
        }

        await _connection.DisposeAsync();
        _done.Dispose();
        _lost.Dispose();
    }

    // Nothing is ever notified to this session: all that the wait can end with is our own word, or the end of the session.
    private async Task WatchAsync()
    {
        try
        {
            while (true)
            {
                await _connection.WaitAsync(_done.Token);
            }
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception fault) when (fault is NpgsqlException or InvalidOperationException or ObjectDisposedException)
        {
            await _lost.CancelAsync();
        }
    }

    private static NpgsqlCommand CommandOf(NpgsqlConnection connection, string sql, string name) =>
        new(sql, connection) { Parameters = { new NpgsqlParameter { Value = name } } };
}
