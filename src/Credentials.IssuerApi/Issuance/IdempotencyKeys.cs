using System.Data.Common;
using System.Security.Cryptography;
using Credentials.IssuerApi.Storage;
using Dapper;

namespace Credentials.IssuerApi.Issuance;

/// <summary>The header <c>Idempotency-Key</c> with the hash of what was sent under it.</summary>
internal sealed record IdempotencyKey(string Key, byte[] RequestHash)
{
    public const string Header = "Idempotency-Key";
    private const int Longest = 255;

    /// <summary>Null without the header; a problem for one that cannot be kept.</summary>
    public static (IdempotencyKey? Key, Problem? Problem) From(HttpRequest request, ReadOnlySpan<byte> body)
    {
        string key = request.Headers[Header].ToString();
        return key.Length switch
        {
            0 => (null, null),
            > Longest => (null, new Problem(ProblemCode.MalformedValueError, $"The header {Header} is longer than {Longest} characters.")),
            _ => (new IdempotencyKey(key, HashOf(request, body)), null),
        };
    }

    /// <summary>For a body that was hashed as it streamed by.</summary>
    public IdempotencyKey WithBody(byte[] bodyHash) => this with { RequestHash = SHA256.HashData([.. RequestHash, .. bodyHash]) };

    /// <summary>The path is hashed with the body: the same body at another endpoint is another request.</summary>
    private static byte[] HashOf(HttpRequest request, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }
}

/// <summary>What a key was used for.</summary>
internal sealed record IdempotencyRecord(byte[] RequestHash, string Resource);

/// <summary>Which request made which resource. Written in the transaction that makes the resource, so that a crash loses both or neither.</summary>
internal sealed class IdempotencyKeys(IDatabase database, TimeProvider clock)
{
    private const string Select = "SELECT request_hash AS RequestHash, resource AS Resource FROM idempotency_keys WHERE institution_id = @InstitutionId AND key = @Key";
    private const string Insert = "INSERT INTO idempotency_keys (institution_id, key, request_hash, resource, created_at) VALUES (@InstitutionId, @Key, @RequestHash, @Resource, @Now)";

    public Task<IdempotencyRecord?> FindAsync(string institutionId, IdempotencyKey key, CancellationToken cancellationToken) => database.ReadAsync(
        connection => connection.QuerySingleOrDefaultAsync<IdempotencyRecord>(Select, new { InstitutionId = institutionId, key.Key }), cancellationToken);

    public static Task<IdempotencyRecord?> FindAsync(DbTransaction transaction, string institutionId, IdempotencyKey key) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<IdempotencyRecord>(Select, new { InstitutionId = institutionId, key.Key }, transaction);

    public Task InsertAsync(DbTransaction transaction, string institutionId, IdempotencyKey key, string resource) => transaction.Connection!.ExecuteAsync(
        Insert, new { InstitutionId = institutionId, key.Key, key.RequestHash, Resource = resource, Now = clock.Now() }, transaction);
}
