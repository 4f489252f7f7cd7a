using System.Security.Cryptography;
using Credentials.IssuerApi.Storage;
using Dapper;

namespace Credentials.IssuerApi.Tests;

internal static class DatabaseExtensions
{
    /// <summary>A row that other rows may refer to.</summary>
    public static Task InsertInstitutionAsync(this IDatabase database, string id) => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            "INSERT INTO institutions (id, did, name, country, chain_institution, chain_nonce, account, created_at) VALUES (@id, 'did:web:example:' || @id, @id, 'PT', @chain, @nonce, @account, 0)",
            new { id, chain = RandomNumberGenerator.GetBytes(32), nonce = RandomNumberGenerator.GetBytes(16), account = RandomNumberGenerator.GetBytes(20) },
            transaction),
        CancellationToken.None);
}
