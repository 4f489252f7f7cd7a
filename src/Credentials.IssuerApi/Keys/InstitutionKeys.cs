using System.Collections.Concurrent;
using System.Data.Common;
using System.Security.Cryptography;
using Credentials.Dids;
using Credentials.IssuerApi.Storage;
using Credentials.Keys;
using Dapper;

namespace Credentials.IssuerApi.Keys;

/// <summary>A key that an institution signs with.</summary>
/// <param name="VerificationMethod">The DID URL by which proofs name it.</param>
/// <param name="Type">Its algorithm.</param>
/// <param name="Signer">The key itself; shared, never disposed by its users.</param>
internal sealed record InstitutionKey(string VerificationMethod, KeyType Type, ISigner Signer);

/// <summary>The signing keys of the institutions: encrypted in the database, opened once and kept in memory while the process lives.</summary>
internal sealed class InstitutionKeys(IDatabase database, SecretProtector protector, TimeProvider clock) : IDisposable
{
    private const string Insert = """
        INSERT INTO signing_keys (institution_id, id, type, secret, created_at)
        VALUES (@InstitutionId, @Id, @Type, @Secret, @Now)
        """;

    private const string Select = """
        SELECT k.institution_id AS InstitutionId, i.did AS Did, k.id AS Id, k.type AS Type, k.secret AS Secret
        FROM signing_keys k JOIN institutions i ON i.id = k.institution_id
        WHERE k.retired_at IS NULL AND (@InstitutionId IS NULL OR k.institution_id = @InstitutionId)
        ORDER BY k.created_at, k.id
        """;

    private const string SelectPublic = "SELECT id FROM signing_keys WHERE institution_id = @InstitutionId ORDER BY created_at, id";

    private readonly ConcurrentDictionary<string, Task<IReadOnlyList<InstitutionKey>>> _keys = new(StringComparer.Ordinal);

    /// <summary>The algorithms that a new institution gets keys for: P-256 always, Ed25519 where the platform has it.</summary>
    public static IReadOnlyList<KeyType> TypesOfNewInstitutions => PublicKey.IsSupported(KeyType.Ed25519) ? [KeyType.P256, KeyType.Ed25519] : [KeyType.P256];

    /// <summary>Makes and stores an institution's keys. A key's id is its own Multikey, so that no id is ever used twice.</summary>
    public async Task CreateAsync(DbTransaction transaction, string institutionId)
    {
        foreach (KeyType type in TypesOfNewInstitutions)
        {
            using var key = SigningKey.Generate(type);
            string id = Multikey.Encode(key.PublicKey);
            byte[] secret = protector.Protect(SecretProtector.SigningKeyOf(institutionId, id), key.ExportSecret());
            var row = new { InstitutionId = institutionId, Id = id, Type = type.ToString(), Secret = secret, Now = clock.Now() };
            await transaction.Connection!.ExecuteAsync(Insert, row, transaction);
        }
    }

    /// <summary>The institution's key of an algorithm; null when it has none.</summary>
    public async Task<InstitutionKey?> FindAsync(string institutionId, KeyType type, CancellationToken cancellationToken)
    {
        Task<IReadOnlyList<InstitutionKey>> opening = _keys.GetOrAdd(institutionId, OpenAsync);
        try
        {
            return (await opening.WaitAsync(cancellationToken)).FirstOrDefault(key => key.Type == type);
        }
        catch when (opening.IsFaulted)
        {
            // A fault of the database must not be remembered for the life of the process. Removed here and not by the opening itself:
            // SQLite answers within the call, and what fails there fails before it is remembered.
            _keys.TryRemove(KeyValuePair.Create(institutionId, opening));
            throw;
        }
    }

    /// <summary>The keys of an institution for its DID document. Retired ones stay: what they signed has to verify.</summary>
    public async Task<IReadOnlyList<PublishedKey>> PublishedAsync(string institutionId, CancellationToken cancellationToken)
    {
        IEnumerable<string> multikeys = await database.ReadAsync(connection => connection.QueryAsync<string>(SelectPublic, new { InstitutionId = institutionId }), cancellationToken);
        return [.. multikeys.Select(multikey => new PublishedKey(multikey, Multikey.Decode(multikey).Require()))];
    }

    /// <summary>Opens every key once, so that a lost or foreign key ring is found at start and not at the next diploma.</summary>
    /// <param name="ringIsEmpty">An empty ring opens nothing, and must not be asked: Data Protection would begin a new one.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="StartupRefusedException">A key does not open.</exception>
    public async Task OpenAllAsync(bool ringIsEmpty, CancellationToken cancellationToken)
    {
        foreach (Row row in await ReadAsync(null, cancellationToken))
        {
            try
            {
                using SigningKey opened = ringIsEmpty ? throw new CryptographicException("The key ring is empty.") : Open(row);
            }
            catch (CryptographicException e)
            {
                throw new StartupRefusedException($"The key ring does not open the private key of the institution '{row.InstitutionId}'. Restore the folder 'keyring' that belongs to this database; a new ring cannot read the old keys.", e);
            }
        }
    }

    public void Dispose()
    {
        foreach (InstitutionKey key in _keys.Values.Where(task => task.IsCompletedSuccessfully).SelectMany(task => task.GetAwaiter().GetResult()))
        {
            (key.Signer as IDisposable)?.Dispose();
        }
    }

    private async Task<IReadOnlyList<InstitutionKey>> OpenAsync(string institutionId)
    {
        IEnumerable<Row> rows = await ReadAsync(institutionId, CancellationToken.None);
        return [.. rows.Select(row => new InstitutionKey($"{row.Did}#{row.Id}", Enum.Parse<KeyType>(row.Type), Open(row)))];
    }

    private Task<IEnumerable<Row>> ReadAsync(string? institutionId, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.QueryAsync<Row>(Select, new { InstitutionId = institutionId }), cancellationToken);

    private SigningKey Open(Row row)
    {
        byte[] secret = protector.Unprotect(SecretProtector.SigningKeyOf(row.InstitutionId, row.Id), row.Secret);
        try
        {
            return SigningKey.FromBytes(Enum.Parse<KeyType>(row.Type), secret).Require();
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    private sealed record Row(string InstitutionId, string Did, string Id, string Type, byte[] Secret);
}
