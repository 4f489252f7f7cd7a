using System.Collections.Concurrent;
using System.Data.Common;
using System.Security.Cryptography;
using Credentials.Dids;
using Credentials.Keys;

namespace Credentials.IssuerApi.Keys;

/// <summary>A key that an institution signs with.</summary>
/// <param name="Id">Its id here: its own Multikey.</param>
/// <param name="VerificationMethod">The DID URL by which proofs name it.</param>
/// <param name="Type">Its algorithm.</param>
/// <param name="Signer">The key itself; shared, never disposed by its users.</param>
internal sealed record InstitutionKey(string Id, string VerificationMethod, KeyType Type, ISigner Signer);

/// <summary>The signing keys of the institutions: encrypted in the database, opened once and kept in memory while the process lives.</summary>
/// <remarks>
/// Which of them sign is remembered for a moment only: another process may have added or given up one. Whoever signs with one that was
/// given up in that moment finds out when it stores the credential (<see cref="SigningKeyStore.AllSignAsync"/>), and signs again.
/// </remarks>
internal sealed class InstitutionKeys(SigningKeyStore store, SecretProtector protector, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan s_remembered = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, Known> _signing = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string InstitutionId, string Id), InstitutionKey> _opened = new();

    /// <summary>The algorithms that a new institution gets keys for: P-256 always, Ed25519 where the platform has it.</summary>
    public static IReadOnlyList<KeyType> TypesOfNewInstitutions => PublicKey.IsSupported(KeyType.Ed25519) ? [KeyType.P256, KeyType.Ed25519] : [KeyType.P256];

    /// <summary>Makes and stores a new institution's keys.</summary>
    /// <returns>Their ids.</returns>
    public async Task<IReadOnlyList<string>> CreateAsync(DbTransaction transaction, string institutionId)
    {
        List<string> made = [];
        foreach (KeyType type in TypesOfNewInstitutions)
        {
            made.Add(await CreateAsync(transaction, institutionId, type));
        }

        return made;
    }

    /// <summary>Makes and stores one key, which signs for its type from now on. Its id is its own Multikey, so that no id is ever used twice.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> CreateAsync(DbTransaction transaction, string institutionId, KeyType type)
    {
        using var key = SigningKey.Generate(type);
        string id = Multikey.Encode(key.PublicKey);
        byte[] secret = protector.Protect(SecretProtector.SigningKeyOf(institutionId, id), key.ExportSecret());
        await store.InsertAsync(transaction, new SigningKeyRow(institutionId, "", id, type.ToString(), secret));
        return id;
    }

    /// <summary>The key of an algorithm that the institution signs with: the newest; null when it has none.</summary>
    public async Task<InstitutionKey?> FindAsync(string institutionId, KeyType type, CancellationToken cancellationToken)
    {
        if (!_signing.TryGetValue(institutionId, out Known? known) || clock.GetElapsedTime(known.ReadAt) > s_remembered)
        {
            long readAt = clock.GetTimestamp();
            IEnumerable<SigningKeyRow> rows = await store.ReadSigningAsync(institutionId, cancellationToken);
            known = new Known(readAt, [.. rows.Select(Opened)]);
            _signing[institutionId] = known;
        }

        return known.Keys.FirstOrDefault(key => key.Type == type);
    }

    /// <summary>Forgets which keys sign: they have changed.</summary>
    public void Forget(string institutionId) => _signing.TryRemove(institutionId, out _);

    /// <summary>The keys of an institution for its DID document. Those that were given up stay: what they signed has to verify.</summary>
    public async Task<IReadOnlyList<PublishedKey>> PublishedAsync(string institutionId, CancellationToken cancellationToken) =>
        [.. (await store.ListAsync(institutionId, cancellationToken)).Reverse().Select(key => new PublishedKey(
            key.Id, Multikey.Decode(key.Id).Require(), key.RetiredAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null))];

    /// <summary>Opens every key once, so that a lost or foreign key ring is found at start and not at the next diploma.</summary>
    /// <param name="ringIsEmpty">An empty ring opens nothing, and must not be asked: Data Protection would begin a new one.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="StartupRefusedException">A key does not open.</exception>
    public async Task OpenAllAsync(bool ringIsEmpty, CancellationToken cancellationToken)
    {
        foreach (SigningKeyRow row in await store.ReadAllSigningAsync(cancellationToken))
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
        foreach (InstitutionKey key in _opened.Values)
        {
            (key.Signer as IDisposable)?.Dispose();
        }
    }

    private InstitutionKey Opened(SigningKeyRow row)
    {
        if (_opened.TryGetValue((row.InstitutionId, row.Id), out InstitutionKey? known))
        {
            return known;
        }

        SigningKey signer = Open(row);
        InstitutionKey kept = _opened.GetOrAdd((row.InstitutionId, row.Id), new InstitutionKey(row.Id, $"{row.Did}#{row.Id}", signer.PublicKey.Type, signer));
        if (kept.Signer != signer)
        {
            signer.Dispose();
        }

        return kept;
    }

    private SigningKey Open(SigningKeyRow row)
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

    private sealed record Known(long ReadAt, IReadOnlyList<InstitutionKey> Keys);
}
