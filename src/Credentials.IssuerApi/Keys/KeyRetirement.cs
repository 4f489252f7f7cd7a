using System.Data.Common;
using Credentials.IssuerApi.Anchoring;
using Credentials.IssuerApi.Anchoring.Outbox;
using Credentials.IssuerApi.Institutions;
using Credentials.IssuerApi.Storage;

namespace Credentials.IssuerApi.Keys;

/// <summary>
/// Revokes a retiring key when all that it signed is final, and looks again for as long as the revocation is not final itself: when the
/// chain took an anchor back, and the revocation is not in it, the revocation is taken back too and waits anew. It has a later nonce than
/// the anchors; but in one block with an anchor it would have come too early, for a key is good no more at the very time of its revocation.
/// </summary>
internal sealed partial class KeyRetirement(IDatabase database, SigningKeyStore store, InstitutionStore institutions, RegistryCalls calls, SignedCredentials signed, ILogger<KeyRetirement> logger)
{
    public async Task<Stall?> StepAsync(CancellationToken cancellationToken)
    {
        foreach (string slug in await store.WithGivenUpKeysAsync(cancellationToken))
        {
            Institution institution = await institutions.GetAsync(slug, cancellationToken);
            foreach (KeyRecord key in await store.ListAsync(slug, cancellationToken))
            {
                if (key is { Signs: false, Reason: RetirementReason.Retired } && await IsDueAsync(institution, key, cancellationToken))
                {
                    await database.WriteAsync(transaction => StepAsync(transaction, institution, key.Id), cancellationToken);
                }
            }
        }

        return null;
    }

    /// <summary>Whether there may be something to do: asked without the writer's gate, for there seldom is.</summary>
    private async Task<bool> IsDueAsync(Institution institution, KeyRecord key, CancellationToken cancellationToken) =>
        key.RetiredAt is null
            ? await signed.CountOpenAsync(institution.Id, key.Id, cancellationToken) == 0
            : await calls.FindAsync(institution, KeyCalls.Revoke(institution, key.Id, key.Reason!), cancellationToken) is not { IsFinal: true };

    private async Task<bool> StepAsync(DbTransaction transaction, Institution institution, string keyId)
    {
        // Read again within the transaction: somebody may have said meanwhile that it was stolen.
        KeyRecord? key = (await SigningKeyStore.ListAsync(transaction, institution.Id)).FirstOrDefault(each => each.Id == keyId);
        if (key is not { Signs: false, Reason: RetirementReason.Retired })
        {
            return false;
        }

        byte[] revocation = KeyCalls.Revoke(institution, keyId, RetirementReason.Retired);
        long open = await SignedCredentials.CountOpenAsync(transaction, institution.Id, keyId);
        CallProgress? progress = key.RetiredAt is null ? null : await calls.FindAsync(transaction, institution, revocation);

        // What the contract refused for good stays as it is, for the operator to see: to ask again would cost gas each time.
        bool underWay = progress is { State: not CallProgress.Cancelled };
        switch (open, key.RetiredAt, underWay)
        {
            case (0, _, false):
                await calls.EnqueueAsync(transaction, institution, TransactionPurpose.RevokeKey, revocation);
                await store.SetRetiredAsync(transaction, institution.Id, keyId, retired: true);
                Retired(logger, keyId, institution.Id);
                return true;
            case ( > 0, not null, false):
                await store.SetRetiredAsync(transaction, institution.Id, keyId, retired: false);
                WaitsAgain(logger, keyId, institution.Id, open);
                return true;
            case ( > 0, _, true) when !progress!.IsMined:
                await RegistryCalls.CancelAsync(transaction, progress.Id);
                return true;
            default:
                return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "All that key {KeyId} of {Institution} signed is final: its revocation is queued")]
    private static partial void Retired(ILogger logger, string keyId, string institution);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The chain went back: key {KeyId} of {Institution} is not retired after all, for {Open} credentials that it signed are not final any more")]
    private static partial void WaitsAgain(ILogger logger, string keyId, string institution, long open);
}
