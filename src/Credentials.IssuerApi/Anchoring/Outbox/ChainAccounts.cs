using System.Security.Cryptography;
using Credentials.Ethereum;
using Credentials.IssuerApi.Storage;
using Dapper;
using Microsoft.AspNetCore.DataProtection;

namespace Credentials.IssuerApi.Anchoring.Outbox;

/// <summary>The one account of this deployment that pays for and signs its transactions: that of the <see cref="IChainSigner"/> which the host was given, whose key is elsewhere,
/// or one that is made at the first use, whose key is kept encrypted by the key ring.</summary>
internal sealed class ChainAccounts(IDatabase database, IDataProtectionProvider protection, TimeProvider clock, ILogger<ChainAccounts> logger, IChainSigner? external = null) : IDisposable
{
    private const string Purpose = "Credentials.IssuerApi.ChainAccount.v1";
    private const string Select = "SELECT address AS Address, secret AS Secret FROM chain_accounts WHERE length(secret) > 0 ORDER BY created_at, address LIMIT 1";

    // Of several processes that start at once on an empty database, one makes the account.
    private const string Insert = """
        INSERT INTO chain_accounts (address, secret, created_at) SELECT @Address, @Secret, @Now
        WHERE NOT EXISTS (SELECT 1 FROM chain_accounts WHERE length(secret) > 0)
        """;

    private const string InsertExternal = "INSERT INTO chain_accounts (address, secret, created_at) VALUES (@Address, @Secret, @Now) ON CONFLICT (address) DO NOTHING";

    private readonly IDataProtector _protector = protection.CreateProtector(Purpose);
    private readonly SemaphoreSlim _gate = new(1, 1);
    private IChainSigner? _account;

    /// <summary>The account's address, to be funded and to be named as an institution's operator. Not to be called inside a write of the database.</summary>
    public async Task<EthereumAddress> GetAddressAsync(CancellationToken cancellationToken) => (await OpenAsync(cancellationToken)).Address;

    /// <summary>The account with its key. Not to be disposed by the caller.</summary>
    /// <exception cref="CryptographicException">The key ring is not the one that the key was kept with.</exception>
    public async Task<IChainSigner> OpenAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return _account ??= await AdoptAsync(cancellationToken) ?? await ReadAsync(cancellationToken) ?? await CreateAsync(cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose()
    {
        if (_account != external)
        {
            (_account as IDisposable)?.Dispose();
        }

        _gate.Dispose();
    }

    // The nonce log needs its row; there is no secret to keep.
    private async Task<IChainSigner?> AdoptAsync(CancellationToken cancellationToken)
    {
        if (external is not null)
        {
            var row = new { Address = external.Address.ToArray(), Secret = Array.Empty<byte>(), Now = clock.Now() };
            await database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync(InsertExternal, row, transaction), cancellationToken);
        }

        return external;
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
        using ChainAccount account = ChainAccount.Generate();
        byte[] key = account.ExportPrivateKey();
        try
        {
            var row = new { Address = account.Address.ToArray(), Secret = _protector.Protect(key), Now = clock.Now() };
            if (await database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync(Insert, row, transaction), cancellationToken) == 1)
            {
                logger.AccountMade(account.Address);
            }

            return (await ReadAsync(cancellationToken))!;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private sealed record Row(byte[] Address, byte[] Secret);
}
