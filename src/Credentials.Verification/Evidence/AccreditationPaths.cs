using Credentials.Anchoring;
using Credentials.Dids;
using Credentials.Evidence;

namespace Credentials.Verification.Evidence;

/// <summary>The paths of accreditations that somebody claims for an institution: the relying party's own, those handed over with the credential, and those that the issuer's DID document names, which are kept for an hour.</summary>
internal sealed class AccreditationPaths(TrustedMaterial trusted, VerificationPolicy policy, KeyFinder keys, TimeProvider clock)
{
    /// <summary>More paths than this are not followed: each costs a read of the chain, and anybody can claim some.</summary>
    private const int MaxPaths = 4;

    /// <summary>Services of one DID document that are fetched.</summary>
    private const int MaxServices = 2;

    private const int LargestKept = 64 * 1024;

    private static readonly TimeSpan TimeKept = TimeSpan.FromHours(1);

    private readonly BoundedCache<AccreditationPath> _fetched = new(256);

    /// <summary>The paths for an entry's institution that are known without asking anybody.</summary>
    public IReadOnlyList<AccreditationPath> Of(RegistryEntry entry, IReadOnlyList<AccreditationPath> handed)
    {
        IEnumerable<AccreditationPath> kept = _fetched.TryGet(KeyOf(entry), clock.GetUtcNow(), out AccreditationPath? fetched) ? [fetched] : [];
        return trusted.AccreditationPaths.Count + handed.Count == 0 && fetched is null
            ? []
            : [.. trusted.AccreditationPaths.Concat(handed).Concat(kept).Where(path => IsOf(path, entry)).Take(MaxPaths)];
    }

    /// <summary>The paths that the issuer's DID document names. False when it could not be heard: its document or a path that it names cannot be had, or the document is one that the relying party keeps.</summary>
    public async Task<(IReadOnlyList<AccreditationPath> Paths, bool Heard)> AskIssuerAsync(string issuer, RegistryEntry entry, Patience patience)
    {
        if (!policy.UseNetwork || trusted.Fetcher is not { } fetcher)
        {
            return ([], false);
        }

        (DidDocument? document, _) = await keys.DocumentOfAsync(issuer, patience).ConfigureAwait(false);
        if (document is null)
        {
            return ([], false);
        }

        var paths = new List<AccreditationPath>(1);
        bool heard = !keys.IsPinned(issuer);
        foreach (Uri url in document.ServiceUrls(AccreditationPath.ServiceType).Take(MaxServices))
        {
            FetchedDocument answer = await patience.AskAsync(token => fetcher.FetchAsync(url, "application/json", token), new FetchedDocument(default, null, "no answer in time")).ConfigureAwait(false);
            if (!answer.Ok || AccreditationPath.Parse(answer.Body) is not { Ok: true, Value: { } path })
            {
                heard = false;
            }
            else if (IsOf(path, entry))
            {
                paths.Add(path);
                Keep(entry, path, answer.Body.Length);
            }
        }

        return (paths, heard);
    }

    private void Keep(RegistryEntry entry, AccreditationPath path, int length)
    {
        if (length <= LargestKept)
        {
            _fetched.Put(KeyOf(entry), path, clock.GetUtcNow() + TimeKept);
        }
    }

    // One that is too long must not spoil the read that answers for everything else.
    private static bool IsOf(AccreditationPath path, RegistryEntry entry) =>
        path.Registry == entry.Registry && path.Institution == entry.Institution && path.Links.Count <= AccreditationLink.MaxPath;

    private static string KeyOf(RegistryEntry entry) => $"{entry.Registry}:{entry.Institution}";
}
