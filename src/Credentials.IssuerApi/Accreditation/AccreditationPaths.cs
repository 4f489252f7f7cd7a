using Credentials.Anchoring;
using Credentials.Dids;
using Credentials.Ethereum.Registry;
using Credentials.Evidence;
using Credentials.IssuerApi.Configuration;
using Credentials.IssuerApi.Identities;
using Credentials.IssuerApi.Institutions;

namespace Credentials.IssuerApi.Accreditation;

/// <summary>Who vouches for an institution, as far as this issuer knows: by paths that were handed over, and by accreditors of this deployment.</summary>
internal sealed class AccreditationPaths(AccreditationStore store, IdentityStore identities, InstitutionStore institutions, TrustedChain chain, IssuerOptions options)
{
    /// <summary>The most paths of one institution: a diploma of long ago is vouched for by a path of then.</summary>
    public const int Most = 8;

    /// <summary>The paths of an institution: those over its present identity first.</summary>
    public Task<IReadOnlyList<AccreditationPath>> FindAsync(Institution institution, CancellationToken cancellationToken) =>
        FindAsync(institution, AccreditationLink.MaxPath, cancellationToken);

    /// <summary>The path over a given accreditation, or (none given) the first; where nobody vouches, one that tells the identity alone. Null when there is no such path.</summary>
    public async Task<AccreditationPath?> FindAsync(Institution institution, Bytes32? accreditation, CancellationToken cancellationToken)
    {
        IReadOnlyList<AccreditationPath> paths = await FindAsync(institution, cancellationToken);
        return accreditation is { } id ? paths.FirstOrDefault(path => IdOf(path).Equals(id))
            : paths is [{ } first, ..] ? first
            : new AccreditationPath(chain.Registry, institution.ChainInstitution, [], await PresentIdentityAsync(institution, cancellationToken));
    }

    /// <summary>The services by which the institution's DID document names its paths.</summary>
    public async Task<IReadOnlyList<PublishedService>> ServicesOfAsync(Institution institution, CancellationToken cancellationToken) =>
        [.. (await FindAsync(institution, cancellationToken)).Select((path, i) => new PublishedService(
            i == 0 ? "accreditation" : $"accreditation-{i + 1}",
            AccreditationPath.ServiceType,
            options.PublicUrl($"institutions/{institution.Id}/accreditation{(i == 0 ? "" : $"?of={IdOf(path)}")}")))];

    /// <summary>The accreditation that a path begins with.</summary>
    public static Bytes32 IdOf(AccreditationPath path) => CredentialRegistryContract.AccreditationIdOf(path.Links[0]);

    private async Task<IReadOnlyList<AccreditationPath>> FindAsync(Institution institution, int longest, CancellationToken cancellationToken)
    {
        // Of those above, two are enough to get past one that goes in a circle: anybody may ask for this.
        int most = longest == AccreditationLink.MaxPath ? Most : 2;
        List<AccreditationPath> paths = [];
        foreach (byte[] document in await store.PathsOfAsync(institution.Id, most, cancellationToken))
        {
            paths.Add(AccreditationPath.Parse(document).Require());
        }

        IReadOnlyList<InstitutionIdentity> own = await identities.ListAsync(institution.Id, cancellationToken);
        foreach (AccreditationRecord given in await store.ReceivedByAsync(institution.ChainInstitution, most, cancellationToken))
        {
            if (longest > 0 && own.FirstOrDefault(identity => identity.Hash == given.Link.Identity) is { } identity)
            {
                paths.Add(await ContinueAsync(institution, given, identity, longest, cancellationToken));
            }
        }

        // A stable order: what is over the present identity first.
        return [.. paths.Where(path => path.Links.Count > 0 && path.Links.Count <= longest).DistinctBy(IdOf)
            .OrderBy(path => own.Count == 0 || path.Links[0].Identity != own[0].Hash).Take(most)];
    }

    /// <summary>The accreditor's own path goes on from it; where the whole would be too long, it ends with the accreditor.</summary>
    private async Task<AccreditationPath> ContinueAsync(Institution institution, AccreditationRecord given, InstitutionIdentity identity, int longest, CancellationToken cancellationToken)
    {
        Institution accreditor = await institutions.GetAsync(given.Accreditor, cancellationToken);
        AccreditationPath? above = (await FindAsync(accreditor, longest - 1, cancellationToken))
            .FirstOrDefault(path => path.Links.All(link => link.Accreditor != institution.ChainInstitution));
        IEnumerable<InstitutionIdentity> known = above?.Identities ?? await PresentIdentityAsync(accreditor, cancellationToken);
        return new AccreditationPath(chain.Registry, institution.ChainInstitution, [given.Link, .. above?.Links ?? []], [identity, .. known]);
    }

    private async Task<IReadOnlyList<InstitutionIdentity>> PresentIdentityAsync(Institution institution, CancellationToken cancellationToken) =>
        await identities.FindAsync(institution.Id, cancellationToken) is { } present ? [present] : [];
}
