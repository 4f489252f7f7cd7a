using System.Data.Common;
using Credentials.Ethereum.Registry;
using Credentials.IssuerApi.Anchoring.Outbox;
using Credentials.IssuerApi.ApiKeys;
using Credentials.IssuerApi.Audit;
using Credentials.IssuerApi.Institutions;
using Credentials.IssuerApi.Issuance;
using Credentials.IssuerApi.Storage;

namespace Credentials.IssuerApi.Status;

/// <summary>
/// Revokes, suspends and resumes. Revocation is final: the chain keeps it for ever, and a verifier that saw it is right to remember it.
/// A registrar in doubt suspends; one who revoked by mistake issues the credential anew.
/// </summary>
internal sealed class StatusChanges(IDatabase database, InstitutionStore institutions, TransactionOutbox outbox, TrustedChain chain, AuditLog audit)
{
    /// <summary>Applies all changes or none.</summary>
    /// <returns>The status afterwards; null when the credential is revoked and was to be un-revoked.</returns>
    public async Task<StatusInfo?> ApplyAsync(CredentialRecord credential, IReadOnlyList<StatusEntryUpdate> updates, Caller caller, CancellationToken cancellationToken)
    {
        Institution institution = await institutions.GetAsync(credential.InstitutionId, cancellationToken);
        return await database.WriteAsync<StatusInfo?>(
            async transaction =>
            {
                bool revoked = await StatusListStore.GetAsync(transaction, credential.Position, StatusPurpose.Revocation);
                if (revoked && updates.Any(update => update is { StatusPurpose: StatusPurpose.Revocation, Status: false }))
                {
                    return null;
                }

                foreach (StatusEntryUpdate update in updates)
                {
                    await ApplyAsync(transaction, credential, institution, update, caller);
                }

                return new StatusInfo(
                    credential.CredentialId,
                    await StatusListStore.GetAsync(transaction, credential.Position, StatusPurpose.Revocation),
                    await StatusListStore.GetAsync(transaction, credential.Position, StatusPurpose.Suspension));
            },
            cancellationToken);
    }

    private async Task ApplyAsync(DbTransaction transaction, CredentialRecord credential, Institution institution, StatusEntryUpdate update, Caller caller)
    {
        bool was = await StatusListStore.SetAsync(transaction, credential.Position, update.StatusPurpose, update.Status);
        if (was == update.Status)
        {
            return;
        }

        if (update.StatusPurpose == StatusPurpose.Revocation)
        {
            await outbox.EnqueueAsync(transaction, OutboxItem.Revoke(institution.Id, chain.Contract, institution.ChainInstitution, credential.RegistryHandle));
        }

        string action = update.StatusPurpose == StatusPurpose.Revocation ? AuditAction.Revoke : update.Status ? AuditAction.Suspend : AuditAction.Resume;
        await audit.WriteAsync(transaction, new AuditEntry(caller.KeyId, institution.Id, action, credential.Id));
        Telemetry.StatusChanges.Add(1, new KeyValuePair<string, object?>("action", action));
    }
}
