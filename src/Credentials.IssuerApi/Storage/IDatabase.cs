using System.Data.Common;

namespace Credentials.IssuerApi.Storage;

/// <summary>The database as its users see it: reads, and writes that happen whole or not at all.</summary>
internal interface IDatabase
{
    /// <summary>Reads in one connection of its own. Sees every write that was committed before.</summary>
    Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken);

    /// <summary>Runs BEGIN IMMEDIATE, the writes, COMMIT, alone in this process. Rolls back when <paramref name="write"/> throws.</summary>
    /// <remarks>Never call it from within itself: the gate is not re-entrant. Keep the network out of it: everybody waits.</remarks>
    Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> write, CancellationToken cancellationToken);
}
