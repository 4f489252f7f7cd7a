using Credentials.Anchoring;
using Credentials.IssuerApi.Institutions;

namespace Credentials.IssuerApi.Keys;

/// <summary>What is to be said of an institution's keys.</summary>
internal sealed class KeyReports(SigningKeyStore store, RegistryCalls calls, SignedCredentials signed)
{
    /// <summary>All keys, the newest first.</summary>
    public async Task<IReadOnlyList<KeyInfo>> ListAsync(Institution institution, CancellationToken cancellationToken)
    {
        IReadOnlyList<KeyRecord> keys = await store.ListAsync(institution.Id, cancellationToken);
        IReadOnlyList<CallProgress?> added = await calls.FindAllAsync(institution, [.. keys.Select(key => KeyCalls.Add(institution, key.Id))], cancellationToken);
        List<KeyInfo> infos = [];
        for (int i = 0; i < keys.Count; i++)
        {
            bool newer = keys.Take(i).Any(other => other.Type == keys[i].Type && other.Signs);
            infos.Add(InfoOf(institution, keys[i], newer, added[i], await RevocationOfAsync(institution, keys[i], cancellationToken)));
        }

        return infos;
    }

    /// <summary>One key; null when there is no such key.</summary>
    /// <param name="institution">Whose.</param>
    /// <param name="keyId">Its id.</param>
    /// <param name="since">From when on its batches are told; null for none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<KeyReport?> FindAsync(Institution institution, string keyId, DateTimeOffset? since, CancellationToken cancellationToken)
    {
        IReadOnlyList<KeyRecord> keys = await store.ListAsync(institution.Id, cancellationToken);
        if (keys.FirstOrDefault(each => each.Id == keyId) is not { } key)
        {
            return null;
        }

        bool newer = keys.TakeWhile(each => each.Id != keyId).Any(other => other.Type == key.Type && other.Signs);
        CallProgress? revocation = await RevocationOfAsync(institution, key, cancellationToken);
        CallProgress? added = await calls.FindAsync(institution, KeyCalls.Add(institution, keyId), cancellationToken);
        (long count, IReadOnlyList<string> ids)? late = key.RetiredAt is null ? null
            : await signed.TooLateAsync(institution.Id, keyId, revocation is { IsMined: true } mined ? mined.BlockTime : null, cancellationToken);
        return new KeyReport(
            InfoOf(institution, key, newer, added, revocation),
            key.RetiringAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
            await signed.CountOpenAsync(institution.Id, keyId, cancellationToken),
            late?.count,
            late?.ids,
            since is { } from ? [.. (await signed.BatchesAsync(institution.Id, keyId, from, cancellationToken)).Select(ToBatch)] : null,
            revocation?.Problem ?? added?.Problem);
    }

    private async Task<CallProgress?> RevocationOfAsync(Institution institution, KeyRecord key, CancellationToken cancellationToken) =>
        key.RetiredAt is null ? null : await calls.FindAsync(institution, KeyCalls.Revoke(institution, key.Id, key.Reason!), cancellationToken);

    private static KeyInfo InfoOf(Institution institution, KeyRecord key, bool newer, CallProgress? added, CallProgress? revocation) =>
        new(key.Id, key.VerificationMethodOf(institution.Did), key.Type, key.UseOf(newer), added?.State, revocation?.State);

    private static KeyBatch ToBatch(SignedBatch batch) => new(
        MerkleRoot.From(batch.Root).ToString(),
        DateTimeOffset.FromUnixTimeMilliseconds(batch.SealedAt),
        batch.BlockTime is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null,
        batch.Credentials);
}
