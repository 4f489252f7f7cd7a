using System.Security.Cryptography;
using Credentials.Ethereum;
using Credentials.IssuerApi.Storage;
using Dapper;
using Microsoft.AspNetCore.DataProtection;

namespace Credentials.IssuerApi.Anchoring.Outbox;

/// <summary>The one account of this deployment that pays for and signs its transactions. Made at the first use; its key is kept encrypted by the key ring.</summary>
internal sealed class ChainAccounts(IDatabase database, IDataProtectionProvider protection, TimeProvider clock, ILogger<ChainAccounts> logger) : IDisposable
{
    private const string Purpose = "Credentials.IssuerApi.ChainAccount.v1";
    private const string Select = "SELECT address, secret FROM chain_accounts ORDER BY created_at LIMIT 1";
    private const string Insert = "INSERT INTO chain_accounts (address, secret, created_at) VALUES (@Address, @Secret, @Now)";

    private readonly IDataProtector _protector = protection.CreateProtector(Purpose);
    private readonly SemaphoreSlim _gate = new(1, 1);
    private ChainAccount? _account;

    /// <summary>The account's address, to be funded and to be named as an institution's operator. Not to be called inside a write of the database.</summary>
    public async Task<EthereumAddress> GetAddressAsync(CancellationToken cancellationToken) => (await OpenAsync(cancellationToken)).Address;

    /// <summary>The account with its key. Not to be disposed by the caller.</summary>
    /// <exception cref="CryptographicException">The key ring is not the one that the key was kept with.</exception>
    public async Task<ChainAccount> OpenAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return _account ??= await ReadAsync(cancellationToken) ?? await CreateAsync(cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose()
    {
        _account?.Dispose();
        _gate.Dispose();
    }

    private async Task<ChainAccount?> ReadAsync(CancellationToken cancellationToken)
    {
        Row? row = await database.ReadAsync(connection => connection.QuerySingleOrDefaultAsync<Row>(Select), cancellationToken);
        if (row is null)
        {
            return null;
        }

        byte[] key = _protector.Unprotect(row.Secret);
        try
        {
            return ChainAccount.FromPrivateKey(key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private async Task<ChainAccount> CreateAsync(CancellationToken cancellationToken)
    {
        ChainAccount account = ChainAccount.Generate();
        byte[] key = account.ExportPrivateKey();
        try
        {
            var row = new { Address = account.Address.ToArray(), Secret = _protector.Protect(key), Now = clock.Now() };
            await database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync(Insert, row, transaction), cancellationToken);
            logger.AccountMade(account.Address);
            return account;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private sealed record Row(byte[] Address, byte[] Secret);
}
