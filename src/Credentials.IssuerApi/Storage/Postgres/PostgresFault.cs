using Npgsql;

namespace Credentials.IssuerApi.Storage.Postgres;

/// <summary>Tells apart what is tried again, what an operator mends, and what is a fault of ours.</summary>
/// <remarks><see href="https://www.postgresql.org/docs/current/errcodes-appendix.html"/></remarks>
internal static class PostgresFault
{
    private const string IdleInTransactionSessionTimeout = "25P03";

    /// <summary>Whether another transaction came first, so that the write is to be run again from its start.</summary>
    public static bool IsConflict(Exception fault, int attempt) => fault is PostgresException answered && answered.SqlState switch
    {
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected => true,

        // The server may see the doubled key before it sees the conflict behind it. A true one is there again.
        PostgresErrorCodes.UniqueViolation => attempt < 3,
        _ => false,
    };

    /// <summary>Whether the session is gone: the server was stopped, the network cut, or an operator ended it.</summary>
    public static bool IsConnectionLost(Exception fault) => fault switch
    {
        PostgresException answered => answered.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or IdleInTransactionSessionTimeout
            || answered.SqlState.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException { InnerException: IOException or System.Net.Sockets.SocketException or TimeoutException or ObjectDisposedException } => true,
        NpgsqlException { IsTransient: true } => true,
        _ => false,
    };

    /// <returns>Null for a fault of ours.</returns>
    public static StorageUnavailableException? Explain(Exception fault) => fault switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => Unavailable("The disk of the PostgreSQL server is full. Nothing of this write was kept, and nothing else is lost. Make room; the issuer goes on by itself.", fault),
        PostgresException { SqlState: PostgresErrorCodes.OutOfMemory } => Unavailable("The PostgreSQL server is out of memory. Nothing of this write was kept; it is tried again.", fault),
        PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } => Unavailable("The PostgreSQL server has no connection left. Raise its max_connections, or lower Maximum Pool Size in Storage:Postgres (each issuer process opens up to twice that many).", fault),
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.ObjectNotInPrerequisiteState, MessageText: var text } when text.Contains("recovery", StringComparison.Ordinal) => Unavailable("The PostgreSQL server is a standby. Set Storage:Postgres to the primary.", fault),
        PostgresException { SqlState: PostgresErrorCodes.IoError } => Unavailable($"The disk of the PostgreSQL server fails ({fault.Message}). Nothing of this was kept.", fault),
        PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected } => Unavailable("The database is too busy: this write met others on the same rows again and again. Nothing of it was kept; try again.", fault),
        PostgresException { SqlState: PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown } => Unavailable("The PostgreSQL server is starting or stopping. Nothing of this was kept; the issuer goes on by itself when the server is back.", fault),
        PostgresException answered when answered.SqlState.StartsWith("28", StringComparison.Ordinal) => Unavailable($"The PostgreSQL server does not let us in ({answered.MessageText}). Look at Storage:Postgres and its password.", fault),
        _ when IsConnectionLost(fault) => Unavailable("The PostgreSQL server does not answer, or the connection was cut. Nothing of this was kept; the issuer goes on by itself when the server is back. Look at the server named in Storage:Postgres, and at the network.", fault),
        _ => null,
    };

    /// <summary>The connection broke while COMMIT was under way.</summary>
    public static StorageUnavailableException OutcomeUnknown(Exception fault) =>
        Unavailable("The connection to PostgreSQL was cut while a write was being committed: whether it was kept is not known here. Ask for its result, or repeat it with the same Idempotency-Key.", fault);

    private static StorageUnavailableException Unavailable(string message, Exception fault) => new(message, fault);
}
