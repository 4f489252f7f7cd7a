using Credentials.Anchoring;
using Credentials.Evidence;

namespace Credentials.Verification.Evidence;

/// <summary>What a claimed path of accreditations comes to at one moment, held against the registry's record.</summary>
internal enum PathStanding
{
    /// <summary>It proves nothing.</summary>
    Nothing,

    /// <summary>A trusted accreditor had vouched for the institution, directly or by others, and had ceased to.</summary>
    Lapsed,

    /// <summary>A trusted accreditor vouched for the institution, directly or by others.</summary>
    Holds,
}

/// <summary>Whether a path of accreditations held at one moment. Pure.</summary>
/// <param name="Standing">How it came out.</param>
/// <param name="Why">One sentence: why it proves nothing, or when it lapsed; empty when it holds.</param>
/// <param name="Accreditor">The trusted accreditor at its end; null when it proves nothing.</param>
/// <param name="Links">How many links lead there.</param>
/// <param name="Scope">What all of them have in common, without the right to accredit others.</param>
internal sealed record Vouching(PathStanding Standing, string Why, TrustedAccreditor? Accreditor, int Links, AccreditationScope Scope)
{
    /// <summary>Judges the path from the institution up to the first accreditor that is trusted, else to the next one, until one holds.</summary>
    /// <param name="path">What is claimed.</param>
    /// <param name="entry">The institution that the credential names.</param>
    /// <param name="issuer">The DID that the credential names as its issuer.</param>
    /// <param name="record">The registry's answer to a question with that very path.</param>
    /// <param name="time">The moment.</param>
    /// <param name="accreditors">Whom the relying party trusts.</param>
    public static Vouching Of(AccreditationPath path, RegistryEntry entry, string issuer, RegistryRecord record, DateTimeOffset time, IReadOnlyList<TrustedAccreditor> accreditors)
    {
        IReadOnlyList<AccreditationLink> links = path.Links;
        if (FaultOf(path, entry, record) is { } fault)
        {
            return Nothing(fault);
        }

        if (path.IdentityOf(links[0].Identity) is not { } identity)
        {
            return Nothing("The path of accreditations does not bring the identity document that the accreditation is about.");
        }

        if (identity.Did != issuer)
        {
            return Nothing($"What is accredited is {identity.Did}, and not the issuer, {issuer}.");
        }

        Vouching? best = null;
        for (int count = 1; count <= links.Count; count++)
        {
            if (accreditors.FirstOrDefault(one => one.Registry == path.Registry && one.Institution == links[count - 1].Accreditor) is { } trusted)
            {
                Vouching found = UpTo(trusted, record.Path.Take(count).ToArray(), time);
                best = best is null || found.Standing > best.Standing ? found : best;
                if (found.Standing == PathStanding.Holds)
                {
                    break;
                }
            }
        }

        return best ?? Nothing("The path of accreditations leads to nobody whom this verifier has been told to trust.");
    }

    private static string? FaultOf(AccreditationPath path, RegistryEntry entry, RegistryRecord record)
    {
        IReadOnlyList<AccreditationLink> links = path.Links;
        if (path.Registry != entry.Registry || path.Institution != entry.Institution)
        {
            return "The path of accreditations is of another institution.";
        }

        if (links.Count is 0 or > AccreditationLink.MaxPath)
        {
            return links.Count == 0 ? "The path of accreditations names no accreditor." : $"The path of accreditations has {links.Count} steps; at most {AccreditationLink.MaxPath} are followed.";
        }

        InstitutionId below = path.Institution;
        foreach (AccreditationLink link in links)
        {
            if (link.Institution != below)
            {
                return "The path of accreditations does not connect.";
            }

            below = link.Accreditor;
        }

        // A reader that answers another question than was asked.
        return record.Path.Count == links.Count ? null : "The registry did not answer about the path of accreditations.";
    }

    private static Vouching UpTo(TrustedAccreditor accreditor, LinkFact[] facts, DateTimeOffset time)
    {
        if (facts.Any(fact => fact is not { Accreditation: not null, Identity: not null }))
        {
            return Nothing("The registry does not know every accreditation of the path, or not with those identities.");
        }

        // Whoever vouches for others on the way must have been given that right.
        if (facts.Skip(1).Any(fact => !fact.Accreditation!.Scope.HasFlag(AccreditationScope.Accredits)))
        {
            return Nothing("An accreditor on the path was not given the right to accredit others.");
        }

        AccreditationScope common = facts.Aggregate(~AccreditationScope.Accredits, (scope, fact) => scope & fact.Accreditation!.Scope);
        if (common == AccreditationScope.None)
        {
            return Nothing("The accreditations of the path have nothing in common that they vouch for.");
        }

        if (facts.All(fact => fact.StoodAt(time)))
        {
            return new(PathStanding.Holds, "", accreditor, facts.Length, common);
        }

        // Every link that does not stand must have ended, and none be still to begin: only then had it lapsed.
        return facts.All(fact => fact.StoodAt(time) || EndOf(fact.Accreditation!) <= time)
            ? new(PathStanding.Lapsed, $"The accreditation was over on {Checks.Check.Say(facts.Min(fact => EndOf(fact.Accreditation!))!.Value)}.", accreditor, facts.Length, common)
            : Nothing("The accreditation did not stand at that time, or the institution had another identity then.");
    }

    /// <summary>When an accreditation ended, or will; null for never.</summary>
    public static DateTimeOffset? EndOf(AccreditationFact fact) => fact.RevokedAt is { } revoked && !(fact.Until < revoked) ? revoked : fact.Until;

    private static Vouching Nothing(string why) => new(PathStanding.Nothing, why, null, 0, AccreditationScope.None);
}
