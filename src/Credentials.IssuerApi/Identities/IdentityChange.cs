using Credentials.Ethereum.Registry;
using Credentials.Evidence;
using Credentials.IssuerApi.Anchoring.Outbox;
using Credentials.IssuerApi.ApiKeys;
using Credentials.IssuerApi.Audit;
using Credentials.IssuerApi.Institutions;
using Credentials.IssuerApi.Storage;

namespace Credentials.IssuerApi.Identities;

/// <summary>Gives an institution another name or country, and so another identity document: here and in the registry.</summary>
internal sealed class IdentityChange(IDatabase database, InstitutionStore institutions, IdentityStore identities, RegistryCalls calls, AuditLog audit)
{
    /// <returns>The institution's present identity, and whether it is a new one.</returns>
    public async Task<(InstitutionIdentity Identity, bool IsNew)> ApplyAsync(Institution institution, SetIdentity message, Caller caller, CancellationToken cancellationToken)
    {
        Institution wanted = institution with { Name = message.Name.Trim(), Country = message.Country };
        (InstitutionIdentity, bool) outcome = await database.WriteAsync(
            async transaction =>
            {
                if (await IdentityStore.FindAsync(transaction, institution.Id) is { } present && present.LegalName == wanted.Name && present.Country == wanted.Country)
                {
                    return (present, false);
                }

                await InstitutionStore.RenameAsync(transaction, wanted);
                InstitutionIdentity identity = await identities.AddAsync(transaction, wanted);
                await calls.EnqueueAsync(transaction, wanted, TransactionPurpose.SetIdentity, CredentialRegistryContract.SetIdentity(wanted.ChainInstitution, identity.Hash));
                await audit.WriteAsync(transaction, new AuditEntry(caller.KeyId, institution.Id, AuditAction.SetIdentity, identity.Hash.ToString()));
                return (identity, true);
            },
            cancellationToken);
        institutions.Forget(institution.Id);
        return outcome;
    }
}
