using Credentials.Anchoring;
using Credentials.Ethereum.Registry;
using Credentials.IssuerApi.Anchoring.Outbox;
using Credentials.IssuerApi.ApiKeys;
using Credentials.IssuerApi.Audit;
using Credentials.IssuerApi.Institutions;
using Credentials.IssuerApi.Storage;

namespace Credentials.IssuerApi.Accreditation;

/// <summary>Vouches for institutions in the name of another one, and ceases to.</summary>
internal sealed class Accrediting(IDatabase database, AccreditationStore store, RegistryCalls calls, AuditLog audit, TimeProvider clock)
{
    /// <summary>Gives an accreditation; one that stands already, word for word, is not given twice.</summary>
    public Task<(AccreditationRecord Record, bool IsNew)> GiveAsync(
        Institution accreditor, InstitutionId institution, IdentityHash identity, CreateAccreditation message, Caller caller, CancellationToken cancellationToken) => database.WriteAsync(
        async transaction =>
        {
            IReadOnlyList<AccreditationRecord> same = await AccreditationStore.SameAsync(transaction, accreditor.Id, institution, identity);
            var link = new AccreditationLink(accreditor.ChainInstitution, institution, identity, same.Count == 0 ? 0 : (ulong)same[0].Serial + 1);
            var record = new AccreditationRecord
            {
                Id = CredentialRegistryContract.AccreditationIdOf(link).ToArray(),
                Accreditor = accreditor.Id,
                ChainAccreditor = accreditor.ChainInstitution.Value.ToArray(),
                Institution = institution.Value.ToArray(),
                Identity = identity.Value.ToArray(),
                Serial = (long)link.Serial,
                ValidFrom = Seconds(message.From),
                ValidUntil = Seconds(message.Until),
                Scope = (long)ScopeCodes.Parse(message.Scope)!.Value,
                CreatedAt = clock.Now(),
            };
            if (same.FirstOrDefault(each => each.RevokedAt is null && (each.ValidFrom, each.ValidUntil, each.Scope) == (record.ValidFrom, record.ValidUntil, record.Scope)) is { } standing)
            {
                return (standing, false);
            }

            await AccreditationStore.InsertAsync(transaction, record);
            await calls.EnqueueAsync(transaction, accreditor, TransactionPurpose.Accredit, record.GiveCall);
            await audit.WriteAsync(transaction, new AuditEntry(caller.KeyId, accreditor.Id, AuditAction.Accredit, Bytes32.From(record.Id).ToString(), institution.ToString()));
            return (record, true);
        },
        cancellationToken);

    /// <summary>Revokes an accreditation, as of the block; null when there is none.</summary>
    public Task<AccreditationRecord?> RevokeAsync(Institution accreditor, Bytes32 id, Caller caller, CancellationToken cancellationToken) => database.WriteAsync(
        async transaction =>
        {
            if (await AccreditationStore.FindAsync(transaction, accreditor.Id, id) is { RevokedAt: null } record)
            {
                await store.SetRevokedAsync(transaction, record.Id);
                await calls.EnqueueAsync(transaction, accreditor, TransactionPurpose.RevokeAccreditation, record.RevokeCall);
                await audit.WriteAsync(transaction, new AuditEntry(caller.KeyId, accreditor.Id, AuditAction.RevokeAccreditation, id.ToString()));
            }

            return await AccreditationStore.FindAsync(transaction, accreditor.Id, id);
        },
        cancellationToken);

    // The contract knows whole seconds.
    private static long? Seconds(DateTimeOffset? time) => time?.ToUnixTimeSeconds() * 1000;
}
