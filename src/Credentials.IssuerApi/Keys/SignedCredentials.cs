using System.Data.Common;
using Credentials.IssuerApi.Storage;
using Dapper;

namespace Credentials.IssuerApi.Keys;

/// <summary>A batch of ours with credentials that a key signed.</summary>
internal sealed class SignedBatch
{
    public required byte[] Root { get; init; }

    public required long SealedAt { get; init; }

    public long? BlockTime { get; init; }

    public required long Credentials { get; init; }
}

/// <summary>What a key signed: it is retired when all of that is final, and what the chain saw too late does not verify.</summary>
internal sealed class SignedCredentials(IDatabase database)
{
    /// <summary>Most ids that one answer names.</summary>
    public const int Most = 1000;

    // Those of before the third migration do not tell their key: any may have signed them.
    private const string BySigner = "c.institution_id = @InstitutionId AND (c.signed_by IS NULL OR c.signed_by LIKE @Signer)";

    private const string CountOpen = $"""
        SELECT (SELECT count(*) FROM credentials c WHERE {BySigner} AND c.anchor_batch_id IS NULL)
             + (SELECT count(*) FROM transactions t JOIN anchor_batches b ON b.transaction_id = t.id JOIN credentials c ON c.anchor_batch_id = b.id
                WHERE t.institution_id = @InstitutionId AND t.purpose = 'anchor' AND t.state <> 'finalized' AND {BySigner})
        """;

    // Half-open: a key is good no more at the very time of its revocation.
    private const string TooLate = $"""
        FROM credentials c LEFT JOIN anchor_batches b ON b.id = c.anchor_batch_id LEFT JOIN transactions t ON t.id = b.transaction_id
        WHERE {BySigner} AND (t.block_time IS NULL OR t.block_time >= @RevokedAt)
        """;

    private const string CountTooLate = $"SELECT count(*) {TooLate}";
    private const string SelectTooLate = $"SELECT c.id {TooLate} ORDER BY c.created_at, c.id LIMIT @Most";

    private const string SelectBatches = $"""
        SELECT b.root AS Root, b.sealed_at AS SealedAt, t.block_time AS BlockTime, count(*) AS Credentials
        FROM credentials c JOIN anchor_batches b ON b.id = c.anchor_batch_id JOIN transactions t ON t.id = b.transaction_id
        WHERE {BySigner} AND b.sealed_at >= @Since
        GROUP BY b.id, b.root, b.sealed_at, t.block_time ORDER BY b.sealed_at DESC LIMIT @Most
        """;

    /// <summary>How many of them are not final yet.</summary>
    public static Task<long> CountOpenAsync(DbTransaction transaction, string institutionId, string keyId) =>
        transaction.Connection!.ExecuteScalarAsync<long>(CountOpen, Of(institutionId, keyId), transaction);

    /// <inheritdoc cref="CountOpenAsync(DbTransaction, string, string)"/>
    public Task<long> CountOpenAsync(string institutionId, string keyId, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.ExecuteScalarAsync<long>(CountOpen, Of(institutionId, keyId)), cancellationToken);

    /// <summary>Those that the chain did not see before the key was revoked.</summary>
    /// <param name="institutionId">Whose.</param>
    /// <param name="keyId">The key.</param>
    /// <param name="revokedAt">When the chain revoked it; null while it has not: then those that the chain has not seen at all.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Their number, and the ids of the first.</returns>
    public Task<(long Count, IReadOnlyList<string> Ids)> TooLateAsync(string institutionId, string keyId, long? revokedAt, CancellationToken cancellationToken) => database.ReadAsync<(long, IReadOnlyList<string>)>(
        async connection =>
        {
            var query = new { InstitutionId = institutionId, Signer = Pattern(keyId), RevokedAt = revokedAt ?? long.MaxValue, Most };
            return (await connection.ExecuteScalarAsync<long>(CountTooLate, query), [.. await connection.QueryAsync<string>(SelectTooLate, query)]);
        },
        cancellationToken);

    /// <summary>The batches sealed since a time that hold some of them, the newest first.</summary>
    public Task<IReadOnlyList<SignedBatch>> BatchesAsync(string institutionId, string keyId, DateTimeOffset since, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<SignedBatch>>(
        async connection => [.. await connection.QueryAsync<SignedBatch>(SelectBatches, new { InstitutionId = institutionId, Signer = Pattern(keyId), Since = since.ToUnixTimeMilliseconds(), Most })],
        cancellationToken);

    private static object Of(string institutionId, string keyId) => new { InstitutionId = institutionId, Signer = Pattern(keyId) };

    // Ids are base58 and separated by spaces: none is part of another, and none has a wildcard in it.
    private static string Pattern(string keyId) => $"%{keyId}%";
}
