using System.Data.Common;
using Credentials.IssuerApi.Keys;
using Credentials.IssuerApi.Storage;
using Credentials.IssuerApi.Tests.Storage;
using Credentials.Keys;
using Microsoft.AspNetCore.DataProtection;

namespace Credentials.IssuerApi.Tests.Keys;

public sealed class InstitutionKeysTests
{
    [Fact]
    public async Task A_fault_of_the_database_is_not_remembered()
    {
        using var folder = new TemporaryFolder();
        IDatabase database = TestStorage.Open(folder.Path);
        await database.InsertInstitutionAsync("u");
        using var keys = new InstitutionKeys(new SigningKeyStore(new FaultyOnce(database), TimeProvider.System), new SecretProtector(new EphemeralDataProtectionProvider()), TimeProvider.System);
        await database.WriteAsync(
            async transaction =>
            {
                await keys.CreateAsync(transaction, "u");
                return true;
            },
            CancellationToken.None);

        await Assert.ThrowsAsync<IOException>(() => keys.FindAsync("u", KeyType.P256, CancellationToken.None));
        Assert.NotNull(await keys.FindAsync("u", KeyType.P256, CancellationToken.None));
    }

    private sealed class FaultyOnce(IDatabase database) : IDatabase
    {
        private bool _failed;

        public SqlDialect Dialect => database.Dialect;

        public bool IsShared => database.IsShared;

        public Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken)
        {
            if (_failed)
            {
                return database.ReadAsync(read, cancellationToken);
            }

            _failed = true;
            return Task.FromException<T>(new IOException("The disk does not answer."));
        }

        public Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> write, CancellationToken cancellationToken) => database.WriteAsync(write, cancellationToken);

        public Task<bool> TryAloneAsync(string name, Func<CancellationToken, Task> step, CancellationToken cancellationToken) => database.TryAloneAsync(name, step, cancellationToken);
    }
}
