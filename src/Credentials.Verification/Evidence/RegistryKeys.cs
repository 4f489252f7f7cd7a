using Credentials.Anchoring;
using Credentials.DataModel;
using Credentials.Dids;
using Credentials.Evidence;
using Credentials.Keys;

namespace Credentials.Verification.Evidence;

/// <summary>The registry's word about the key of one verification method, under one institution that the credential names.</summary>
/// <param name="Entry">The institution.</param>
/// <param name="Record">The record.</param>
/// <param name="Fact">The key.</param>
/// <param name="Vouched">Whether, at the time for which was asked, the institution was the issuer: a trusted accreditor vouched for it, or the relying party knows it.</param>
internal sealed record RegisteredKey(RegistryEntry Entry, RegistryRecord Record, KeyFact Fact, bool Vouched);

/// <summary>Finds the issuer's keys in the registries that a credential names. What it finds is the issuer's only as far as somebody trusted vouches for the institution: anybody can register under somebody else's DID.</summary>
/// <remarks>It is asked before the signature holds, when nothing in the credential means anything: a key that it gives out is one that the named institution, vouched for under the named DID, calls by the named verification method. That a signature holds under it ties the three together; that it does not shows that the document was changed.</remarks>
internal sealed class RegistryKeys(VerifiableCredential credential, Lazy<AnchorEvidence> receipts, RegistryReadings registries, TrustedMaterial trusted, VerificationPolicy policy, DateTimeOffset seen)
{
    /// <summary>More entries than this are not asked about keys.</summary>
    private const int MaxEntries = 4;

    /// <summary>What a reader is told when a key was found that nobody vouches for.</summary>
    public const string Unvouched = " The registry that the document names has a key of that name, but nobody whom this verifier has been told to trust vouches for the institution that it is of.";

    /// <summary>The entries whose institution can be somebody's whom the relying party trusts.</summary>
    private IEnumerable<RegistryEntry> Entries => credential.RegistryEntries.Take(MaxEntries);

    /// <summary>The key of a method by the registries alone, when somebody trusted vouches for the institution; whether there was one for which nobody does.</summary>
    /// <param name="method">The verification method.</param>
    /// <param name="isNow">Whether what it signed is of now (a status list), and not of the time of the credential's anchor.</param>
    /// <param name="patience">How long to wait.</param>
    public async Task<(FoundKey? Found, bool Stranger)> FindAsync(string method, bool isNow, Patience patience)
    {
        string issuer = credential.IssuerId;
        if (!method.StartsWith(issuer + '#', StringComparison.Ordinal))
        {
            return (null, false);
        }

        registries.Method ??= method;
        bool stranger = false;
        foreach (RegistryEntry entry in Entries.DistinctBy(entry => (entry.Registry, entry.Institution)).Where(MayBeVouched))
        {
            (List<RegisteredKey> keys, _) = await OfEntryAsync(entry, method, at: null, patience).ConfigureAwait(false);
            foreach (RegisteredKey key in keys)
            {
                // A key that did not count yet says nothing of that time: the institution may have signed with it before it wrote it down.
                stranger |= !key.Vouched;
                if (key.Vouched && key.Fact.ValidFrom <= (isNow ? Latest(seen, key.Record.HeadTime) : TimeOf(key.Record)) && Multikey.FromBytes(key.Fact.Multikey) is { Ok: true, Value: { } read } && PublicKey.IsSupported(read.Type))
                {
                    return (Found(method, issuer, read, key), false);
                }
            }
        }

        return (null, stranger);
    }

    /// <summary>All that the registries say of a method's key, judged for a time; and why the one in which the credential is anchored did not answer.</summary>
    public async Task<(IReadOnlyList<RegisteredKey> Keys, Doubt? Doubt)> AllAsync(string method, DateTimeOffset at, RegistryEntry? anchoredBy, Patience patience)
    {
        var all = new List<RegisteredKey>(1);
        Doubt? doubt = null;
        foreach (RegistryEntry entry in Entries)
        {
            (List<RegisteredKey> keys, Doubt? why) = await OfEntryAsync(entry, method, at, patience).ConfigureAwait(false);
            all.AddRange(keys);
            doubt = entry == anchoredBy ? why : doubt;
        }

        return (all, doubt);
    }

    /// <summary>Whether the relying party itself says that the institution is the issuer.</summary>
    public static bool IsPinned(TrustedMaterial trusted, RegistryEntry entry, string issuer) =>
        trusted.PinnedInstitutions.Any(pinned => pinned.Registry == entry.Registry && pinned.Institution == entry.Institution && pinned.Did == issuer);

    /// <summary>The registry's word for a time; null for that of the anchor in the same record, else now.</summary>
    private async Task<(List<RegisteredKey> Keys, Doubt? Doubt)> OfEntryAsync(RegistryEntry entry, string method, DateTimeOffset? at, Patience patience)
    {
        bool pinned = IsPinned(trusted, entry, credential.IssuerId);
        IReadOnlyList<AccreditationPath> paths = registries.PathsOf(entry);
        var keys = new List<RegisteredKey>(1);
        Doubt? doubt = null;
        bool answered = false;
        AccreditationPath?[] asked = paths.Count == 0 ? [null] : [.. paths.Take(pinned ? 1 : paths.Count)];
        foreach (AccreditationPath? path in asked)
        {
            (RegistryRecord? record, Doubt? why) = await registries.ReadAsync(entry, receipts.Value.FirstRootOf(entry), new(method, path), patience).ConfigureAwait(false);
            doubt ??= why;
            answered |= record is not null;
            if (record?.Key is { } fact)
            {
                bool vouched = pinned || (path is not null && Vouching.Of(path, entry, credential.IssuerId, record, at ?? TimeOf(record), trusted.Accreditors).Standing == PathStanding.Holds);
                keys.Add(new(entry, record, fact, vouched));
            }
        }

        return (keys, answered ? null : doubt);
    }

    private bool MayBeVouched(RegistryEntry entry) =>
        IsPinned(trusted, entry, credential.IssuerId) || (trusted.Accreditors.Count > 0 && registries.PathsOf(entry).Count > 0);

    private DateTimeOffset TimeOf(RegistryRecord record) =>
        record is { Anchor: { } anchor, Distrusted: null } && anchor.Finality >= policy.MinimumFinality && !(anchor.Time > policy.JudgedAt) ? anchor.Time : seen;

    // The chain's clock may be some seconds ahead of ours.
    private static DateTimeOffset Latest(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    // The registry's entry stands for the document: one key, the issuer's own, for assertions.
    private static FoundKey Found(string method, string issuer, PublicKey key, RegisteredKey registered)
    {
        var entry = new VerificationMethod(method, "Multikey", issuer, key, Expires: null, Revoked: registered.Fact.RevokedAt);
        return new(entry, key, new DidDocument(issuer, [entry], [method], [], default), Kept: false) { Registered = registered };
    }
}
