using System.Data.Common;
using Credentials.Ethereum.Registry;
using Credentials.IssuerApi.Anchoring.Outbox;
using Credentials.IssuerApi.ApiKeys;
using Credentials.IssuerApi.Audit;
using Credentials.IssuerApi.Http;
using Credentials.IssuerApi.Institutions;
using Credentials.IssuerApi.Issuance;
using Credentials.IssuerApi.Storage;
using Credentials.IssuerApi.Wallets.Offers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Credentials.IssuerApi.Status;

/// <summary>
/// Revokes, supersedes, suspends and resumes. Revocation is final: the chain keeps it for ever, and a verifier that saw it is right to remember it.
/// A registrar in doubt suspends; one who revoked by mistake issues the credential anew, and may say then that the new one takes the place of the old.
/// Superseded is revoked, for whoever knows the chain alone, and with its reason for whoever reads the list of purpose <c>message</c>.
/// </summary>
internal sealed class StatusChanges(IDatabase database, InstitutionStore institutions, TransactionOutbox outbox, TrustedChain chain, AuditLog audit, TimeProvider clock)
{
    /// <summary>Applies all changes or none.</summary>
    /// <returns>The status afterwards, or why nothing was changed.</returns>
    public async Task<(StatusInfo? Status, ProblemHttpResult? Refusal)> ApplyAsync(CredentialRecord credential, IReadOnlyList<StatusEntryUpdate> updates, Caller caller, CancellationToken cancellationToken)
    {
        Institution institution = await institutions.GetAsync(credential.InstitutionId, cancellationToken);
        (StatusInfo? status, ProblemHttpResult? refused, IReadOnlyList<string> actions) = await database.WriteAsync<(StatusInfo?, ProblemHttpResult?, IReadOnlyList<string>)>(
            async transaction =>
            {
                List<string> done = [];
                CredentialRecord present = (await CredentialStore.FindAsync(transaction, institution.Id, credential.Id))!;
                if (await IsRevokedAsync(transaction, present) && updates.Any(update => update is { StatusPurpose: StatusPurpose.Revocation, Status: false }))
                {
                    return (null, Conflict(ApiProblem.RevocationIsFinal, "This credential is revoked, and a revocation is final: the chain keeps it. Issue the credential anew if the revocation was a mistake; next time, suspend while in doubt."), done);
                }

                if (present.MasterId is { } masterId && await RefusalOfCopyAsync(transaction, present, masterId, updates) is { } refusalOfCopy)
                {
                    return (null, refusalOfCopy, done);
                }

                (CredentialRecord? successor, ProblemHttpResult? refusal) = await SuccessorAsync(transaction, present, updates);
                if (refusal is not null)
                {
                    return (null, refusal, done);
                }

                foreach (StatusEntryUpdate update in updates)
                {
                    done.AddRange(await ApplyAsync(transaction, present, institution, update, successor, caller) is { } action ? [action] : []);
                }

                return (new StatusInfo(
                    present.CredentialId,
                    await IsRevokedAsync(transaction, present),
                    await StatusListStore.GetAsync(transaction, present.Position, StatusPurpose.Suspension),
                    successor?.PublicId ?? await StatusListStore.ReplacedByAsync(transaction, present)), null, done);
            },
            cancellationToken);

        // Only now: a write may be taken back, and made again.
        foreach (string action in actions)
        {
            Telemetry.StatusChanges.Add(1, new KeyValuePair<string, object?>("action", action));
        }

        return (status, refused);
    }

    private static Task<bool> IsRevokedAsync(DbTransaction transaction, CredentialRecord credential) => StatusListStore.GetAsync(transaction, credential.Position, StatusPurpose.Revocation);

    /// <summary>What is not done to a wallet's copy: it takes nobody's place nor is taken from its own, and it is not good while its master is not.</summary>
    private static async Task<ProblemHttpResult?> RefusalOfCopyAsync(DbTransaction transaction, CredentialRecord copy, string masterId, IReadOnlyList<StatusEntryUpdate> updates)
    {
        if (updates.Any(update => update.IsSuperseded))
        {
            return Conflict(ApiProblem.Conflict, $"This credential is a wallet's copy: supersede its master, {masterId}, and its copies end with it.");
        }

        return updates.Any(update => update is { StatusPurpose: StatusPurpose.Suspension, Status: false })
            && await CredentialStore.FindAsync(transaction, copy.InstitutionId, masterId) is { } master && await StatusListStore.GetAsync(transaction, master.Position, StatusPurpose.Suspension)
            ? Conflict(ApiProblem.Conflict, $"This credential is a wallet's copy, and its master, {masterId}, is suspended: resume that.")
            : null;
    }

    /// <summary>What is to take the credential's place, where one of the updates says so.</summary>
    private static async Task<(CredentialRecord? Successor, ProblemHttpResult? Refusal)> SuccessorAsync(DbTransaction transaction, CredentialRecord credential, IReadOnlyList<StatusEntryUpdate> updates)
    {
        int i = updates.ToList().FindIndex(update => update.IsSuperseded);
        if (i < 0)
        {
            return (null, null);
        }

        if (await CredentialStore.FindAsync(transaction, credential.InstitutionId, updates[i].ReplacedBy!) is not { } successor || successor.Id == credential.Id)
        {
            return (null, ApiProblem.Invalid(new Problem(ProblemCode.MalformedValueError, "replacedBy must be the id of another credential that this institution issued here.", $"/credentialStatus/{i}/replacedBy")));
        }

        if (successor.MasterId is not null)
        {
            return (null, Conflict(ApiProblem.Conflict, $"What is to take its place is a wallet's copy: name its master, {successor.MasterId}."));
        }

        if (credential.ReplacedBy is not null)
        {
            return credential.ReplacedBy == successor.Id ? (successor, null)
                : (null, Conflict(ApiProblem.Conflict, "This credential is superseded by another one already, and verifiers may have said so: that stays. Supersede the other one in turn."));
        }

        return await IsRevokedAsync(transaction, successor)
            ? (null, Conflict(ApiProblem.Conflict, "What is to take its place is revoked itself."))
            : (successor, null);
    }

    /// <returns>What was done; null when that was so before.</returns>
    private async Task<string?> ApplyAsync(DbTransaction transaction, CredentialRecord credential, Institution institution, StatusEntryUpdate update, CredentialRecord? successor, Caller caller)
    {
        string? action = await ApplyToOneAsync(transaction, credential, institution, update, successor, caller);

        // What befalls a diploma befalls its copies in wallets, and what of it is still on offer. A copy of one that is superseded is revoked and no
        // more: the list of messages is public, and copies that name the same successor there would be known as one learner's.
        StatusEntryUpdate ofCopies = update.IsSuperseded ? new StatusEntryUpdate(update.Type, StatusPurpose.Revocation, Status: true) : update;
        foreach (CredentialRecord copy in await CredentialStore.CopiesAsync(transaction, credential.Id))
        {
            // One that was suspended by itself stays so until it is resumed by itself.
            if (update is not { StatusPurpose: StatusPurpose.Suspension, Status: false } || copy.HeldAlone == 0)
            {
                await ApplyToOneAsync(transaction, copy, institution, ofCopies, successor: null, caller);
            }
        }

        if (credential.MasterId is not null && update.StatusPurpose == StatusPurpose.Suspension)
        {
            await CredentialStore.SetHeldAloneAsync(transaction, credential.Id, update.Status);
        }

        if (update.StatusPurpose == StatusPurpose.Suspension)
        {
            await OfferStore.HoldAsync(transaction, credential.Id, update.Status);
        }
        else if (update.Status)
        {
            await OfferStore.RevokeAllAsync(transaction, credential.Id, clock.Now());
        }

        return action;
    }

    private async Task<string?> ApplyToOneAsync(DbTransaction transaction, CredentialRecord credential, Institution institution, StatusEntryUpdate update, CredentialRecord? successor, Caller caller)
    {
        bool was = await StatusListStore.SetAsync(transaction, credential.Position, update.IsSuperseded ? StatusPurpose.Message : update.StatusPurpose, update.Status);
        if (was == update.Status)
        {
            return null;
        }

        if (update.IsSuperseded)
        {
            await CredentialStore.SetReplacedByAsync(transaction, credential.Id, successor!.Id);
            await StatusListStore.SetAsync(transaction, credential.Position, StatusPurpose.Revocation, value: true);
        }

        if (update.IsSuperseded || update.StatusPurpose == StatusPurpose.Revocation)
        {
            // Asked twice, made once: it may have been revoked before.
            await outbox.EnqueueAsync(transaction, OutboxItem.Revoke(institution.Id, chain.Contract, institution.ChainInstitution, credential.RegistryHandle));
        }

        string action = update.IsSuperseded ? AuditAction.Supersede : update.StatusPurpose == StatusPurpose.Revocation ? AuditAction.Revoke : update.Status ? AuditAction.Suspend : AuditAction.Resume;
        await audit.WriteAsync(transaction, new AuditEntry(caller.KeyId, institution.Id, action, credential.Id, successor?.Id));
        return action;
    }

    private static ProblemHttpResult Conflict(string code, string detail) => ApiProblem.Of(StatusCodes.Status409Conflict, code, detail);
}
