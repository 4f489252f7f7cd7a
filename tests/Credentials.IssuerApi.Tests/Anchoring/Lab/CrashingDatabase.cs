using System.Data.Common;
using Credentials.IssuerApi.Storage;

namespace Credentials.IssuerApi.Tests.Anchoring.Lab;

/// <summary>The real database, up to the moment at which the process dies.</summary>
internal sealed class CrashingDatabase(IDatabase inner, CrashPoint crash) : IDatabase
{
    public SqlDialect Dialect => inner.Dialect;

    public bool IsShared => inner.IsShared;

    public Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken) =>
        crash.RunAsync(() => inner.ReadAsync(read, cancellationToken));

    public Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> write, CancellationToken cancellationToken) => crash.WriteAsync(die => inner.WriteAsync(
        async transaction =>
        {
            T result = await write(transaction);
            die();
            return result;
        },
        cancellationToken));

    public Task<bool> TryAloneAsync(string name, Func<CancellationToken, Task> step, CancellationToken cancellationToken) => inner.TryAloneAsync(name, step, cancellationToken);
}
