using System.Data.Common;

namespace Credentials.IssuerApi.Storage;

/// <summary>The database as its users see it: reads, writes that happen whole or not at all, and steps that one process at a time takes.</summary>
internal interface IDatabase
{
    /// <summary>What of SQL the engines say differently. Most statements need nothing of it: both take them word for word.</summary>
    SqlDialect Dialect { get; }

    /// <summary>Whether other processes may write to it while this one lives: then nothing that can change may be remembered, and queues are looked at again and again.</summary>
    bool IsShared { get; }

    /// <summary>Reads in one connection of its own, which cannot write. Sees every write that was committed before.</summary>
    /// <remarks>May run <paramref name="read"/> a second time, when the connection is cut.</remarks>
    /// <exception cref="StorageUnavailableException">The database cannot be reached.</exception>
    Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken);

    /// <summary>Runs the writes in one transaction, as if no other ran at the same time. Rolls back when <paramref name="write"/> throws.</summary>
    /// <remarks>
    /// <paramref name="write"/> must be repeatable: where another transaction came first, PostgreSQL rolls it back and it is run again from its
    /// start (SERIALIZABLE, bounded). So it makes its lists and counters inside, changes nothing outside of the transaction, and reads what
    /// it decides by inside. Never call it from within itself: SQLite has one writer. Keep the network out of it: everybody waits.
    /// </remarks>
    /// <exception cref="StorageUnavailableException">The database cannot be reached, or its disk is full. Nothing was written, unless the message says that this is not known.</exception>
    Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> write, CancellationToken cancellationToken);

    /// <summary>Takes a step that nobody else takes at the same time, in this process or in another on the same database. Does not wait for its turn.</summary>
    /// <param name="name">The step's name; it is free again when the step ends, or when its process dies.</param>
    /// <param name="step">Its token is cancelled too when the hold on the name is lost (the connection is cut): then another may have begun, and what is written must stand a race.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>False when somebody else is at it: nothing was done.</returns>
    /// <exception cref="StorageUnavailableException">The database cannot be reached.</exception>
    Task<bool> TryAloneAsync(string name, Func<CancellationToken, Task> step, CancellationToken cancellationToken);
}
