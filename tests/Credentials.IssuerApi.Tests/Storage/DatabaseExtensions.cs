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

    public static Task<long> CountAsync(this IDatabase database, string table) =>
        database.ReadAsync(connection => connection.ExecuteScalarAsync<long>($"SELECT count(*) FROM {table}"), CancellationToken.None);

    /// <summary>Reads a number and writes it one higher: what is lost when two do it on the same reading.</summary>
    public static Task<int> AddOneAsync(this IDatabase database) => database.WriteAsync(
        async transaction =>
        {
            long before = await transaction.Connection!.ExecuteScalarAsync<long>("SELECT created_at FROM institutions WHERE id = 'u'", transaction: transaction);
            return await transaction.Connection!.ExecuteAsync("UPDATE institutions SET created_at = @after WHERE id = 'u'", new { after = before + 1 }, transaction);
        },
        CancellationToken.None);

    public static Task<long> ReadCounterAsync(this IDatabase database) =>
        database.ReadAsync(connection => connection.ExecuteScalarAsync<long>("SELECT created_at FROM institutions WHERE id = 'u'"), CancellationToken.None);
}
