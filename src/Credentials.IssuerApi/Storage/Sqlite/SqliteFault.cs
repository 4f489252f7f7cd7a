using Microsoft.Data.Sqlite;

namespace Credentials.IssuerApi.Storage.Sqlite;

/// <summary>Tells the faults of the disk, which an operator mends, from those of our own statements.</summary>
/// <remarks><see href="https://sqlite.org/rescode.html"/></remarks>
internal static class SqliteFault
{
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;

    // "attempt to write a readonly database" is also what PRAGMA query_only answers, which is a fault of ours.
    private const int ReadOnlyByPragma = 8;

    /// <returns>Null for a fault of ours.</returns>
    public static StorageUnavailableException? Explain(SqliteException fault) => fault.SqliteErrorCode switch
    {
        Full => Unavailable("The disk of the data folder is full. Nothing of this write was kept, and nothing else is lost. Make room; the issuer goes on by itself.", fault),
        ReadOnly when fault.SqliteExtendedErrorCode != ReadOnlyByPragma => Unavailable("The database in the data folder has become read-only. Make the folder and its disk writable again; the issuer goes on by itself.", fault),
        InputOutput => Unavailable($"The disk of the data folder fails ({fault.Message}). Nothing of this was kept. Look at the disk, and at the room on it.", fault),
        Corrupt => Unavailable("The database in the data folder is damaged. Stop the issuer and restore its backup.", fault),
        CannotOpen => Unavailable("The database in the data folder cannot be opened. Look whether the folder is there and belongs to the issuer's user.", fault),
        _ => null,
    };

    private static StorageUnavailableException Unavailable(string message, SqliteException fault) => new(message, fault);
}
