using System.Data.Common;
using Credentials.IssuerApi.Anchoring.Outbox;
using Credentials.IssuerApi.ApiKeys;
using Credentials.IssuerApi.Audit;
using Credentials.IssuerApi.Institutions;
using Credentials.IssuerApi.Issuance;
using Credentials.IssuerApi.Storage;
using Credentials.Keys;

namespace Credentials.IssuerApi.Keys;

/// <summary>What became of a request to add a key or to give one up.</summary>
internal enum KeyChange
{
    Done = 0,
    Missing = 1,

    /// <summary>It was given up before, for another reason that the registry keeps.</summary>
    GivenUp = 2,

    /// <summary>No other key of its type signs: the institution would be without.</summary>
    LastOfItsType = 3,

    /// <summary>The institution has as many keys as its DID document may list.</summary>
    TooMany = 4,

    /// <summary>The Idempotency-Key was used for another request.</summary>
    KeyReused = 5,
}

/// <summary>Adds signing keys and gives them up. A new key signs at once: its entry in the registry has an earlier nonce than the anchor of anything that it signs.</summary>
internal sealed class KeyRotation(IDatabase database, SigningKeyStore store, InstitutionKeys keys, RegistryCalls calls, IdempotencyKeys idempotency, AuditLog audit)
{
    /// <summary>The most keys, given up ones included: the DID document lists them all for ever.</summary>
    public const int MostKeys = 64;

    /// <summary>Adds a key.</summary>
    /// <returns>Its id, or why there is none.</returns>
    public async Task<(KeyChange Change, string? KeyId)> AddAsync(Institution institution, KeyType type, IdempotencyKey? request, Caller caller, CancellationToken cancellationToken)
    {
        (KeyChange, string?) outcome = await database.WriteAsync<(KeyChange, string?)>(
            async transaction =>
            {
                if (request is not null && await IdempotencyKeys.FindAsync(transaction, institution.Id, request) is { } earlier)
                {
                    return earlier.RequestHash.AsSpan().SequenceEqual(request.RequestHash) ? (KeyChange.Done, earlier.Resource) : (KeyChange.KeyReused, null);
                }

                if ((await SigningKeyStore.ListAsync(transaction, institution.Id)).Count >= MostKeys)
                {
                    return (KeyChange.TooMany, null);
                }

                string id = await AddAsync(transaction, institution, type, caller);
                if (request is not null)
                {
                    await idempotency.InsertAsync(transaction, institution.Id, request, id);
                }

                return (KeyChange.Done, id);
            },
            cancellationToken);
        keys.Forget(institution.Id);
        return outcome;
    }

    /// <summary>Gives a key up: for good, and (compromised) at once. From now on it signs nothing.</summary>
    public async Task<KeyChange> RetireAsync(Institution institution, string keyId, string reason, Caller caller, CancellationToken cancellationToken)
    {
        KeyChange outcome = await database.WriteAsync(transaction => RetireAsync(transaction, institution, keyId, reason, caller), cancellationToken);
        keys.Forget(institution.Id);
        return outcome;
    }

    private async Task<KeyChange> RetireAsync(DbTransaction transaction, Institution institution, string keyId, string reason, Caller caller)
    {
        IReadOnlyList<KeyRecord> all = await SigningKeyStore.ListAsync(transaction, institution.Id);
        if (all.FirstOrDefault(each => each.Id == keyId) is not { } key)
        {
            return KeyChange.Missing;
        }

        // A key that waits for its retirement can still turn out to be stolen.
        if (!key.Signs && (key.Reason == reason || key.RetiredAt is not null || reason == RetirementReason.Retired))
        {
            return key.Reason == reason ? KeyChange.Done : KeyChange.GivenUp;
        }

        bool last = key.Signs && !all.Any(other => other.Id != keyId && other.Type == key.Type && other.Signs);
        if (last && reason == RetirementReason.Retired)
        {
            return KeyChange.LastOfItsType;
        }

        await store.SetRetiringAsync(transaction, institution.Id, keyId, reason);
        await audit.WriteAsync(transaction, new AuditEntry(caller.KeyId, institution.Id, AuditAction.RetireKey, keyId, reason));
        if (reason == RetirementReason.Compromised)
        {
            if (last)
            {
                // Nobody is to sign with a stolen key for want of another one.
                await AddAsync(transaction, institution, key.KeyType, caller);
            }

            await store.SetRetiredAsync(transaction, institution.Id, keyId, retired: true);
            await calls.EnqueueAsync(transaction, institution, TransactionPurpose.RevokeKey, KeyCalls.Revoke(institution, keyId, reason));
        }

        return KeyChange.Done;
    }

    private async Task<string> AddAsync(DbTransaction transaction, Institution institution, KeyType type, Caller caller)
    {
        string id = await keys.CreateAsync(transaction, institution.Id, type);
        await calls.EnqueueAsync(transaction, institution, TransactionPurpose.AddKey, KeyCalls.Add(institution, id));
        await audit.WriteAsync(transaction, new AuditEntry(caller.KeyId, institution.Id, AuditAction.AddKey, id, type.ToString()));
        return id;
    }
}
