using Credentials.Anchoring;
using Credentials.Evidence;
using Credentials.Verification.Evidence;

namespace Credentials.Verification.Bundles;

/// <summary>A registry whose chain is gone, as another one stands in for it: the institution put the old evidence under a root there.</summary>
/// <remarks>
/// The signed credential does not name the new institution, so that it counts only when somebody trusted vouches for it, under the credential's own issuer, at the time of the new root. Otherwise anybody could move a revoked diploma to where nothing was revoked.
/// The time that counts is the new root's, unless the old header counts by itself. Revocations are read in the new registry, by the same handle.
/// </remarks>
/// <param name="bundle">The bundle; it has earlier evidence and a receipt.</param>
/// <param name="subject">The credential in it, as it reads; null when it is none.</param>
/// <param name="old">The old registry, when its header counts; null otherwise.</param>
/// <param name="successors">Readers of the new registry, best first.</param>
/// <param name="trusted">Who vouches.</param>
internal sealed class MigratedRegistry(EvidenceBundle bundle, BundleSubject? subject, IRegistryReader? old, IReadOnlyList<IRegistryReader> successors, TrustedMaterial trusted) : IRegistryReader
{
    private readonly AnchorReceipt _receipt = bundle.Receipt!;
    private readonly AnchorReceipt _origin = bundle.Earlier[^1].Receipt;
    private readonly RegistryHandle? _handle = HandleIn(bundle, subject);
    private readonly string _issuer = subject?.Credential.IssuerId ?? "";
    private readonly Lazy<string?> _faultInChain = new(() => FaultInChain(bundle, HandleIn(bundle, subject)));

    /// <inheritdoc/>
    public RegistryAddress Registry => _origin.Registry;

    /// <summary>Whether the institution that stands in, for which somebody trusted vouches, has put this very evidence of this credential under a root that it stands by. Everything in a bundle is its maker's choice: before this holds, nothing may be trusted because of it.</summary>
    public async Task<bool> StandsAsync(CancellationToken cancellationToken)
    {
        RegistryReading reading = await SuccessorAsync(new RegistryQuery(_origin.Institution, _origin.Root, _handle), cancellationToken).ConfigureAwait(false);
        Fault = reading.Problem;
        return reading.Record is { Anchor: not null, Distrusted: null };
    }

    /// <summary>What is trusted, said of the old registry: the institution there and the one that stands in for it are one. Only for a migration that stands.</summary>
    public TrustedMaterial Translate(TrustedMaterial material) => material with
    {
        AccreditationPaths = [.. material.AccreditationPaths, .. Paths()],
        Accreditors = [.. material.Accreditors, .. material.Accreditors.Where(one => one.Registry == _receipt.Registry).Select(one => one with { Registry = Registry })],
        PinnedInstitutions = [.. material.PinnedInstitutions, .. material.PinnedInstitutions.Where(one => one.Registry == _receipt.Registry && one.Institution == _receipt.Institution).Select(one => one with { Registry = Registry, Institution = _origin.Institution })],
    };

    /// <summary>Why the last question was not answered; null when it was.</summary>
    public Problem? Fault { get; private set; }

    /// <inheritdoc/>
    public async Task<RegistryReading> ReadAsync(RegistryQuery query, CancellationToken cancellationToken)
    {
        RegistryReading reading = await AnswerAsync(query, cancellationToken).ConfigureAwait(false);
        Fault = reading.Problem;
        return reading;
    }

    private async Task<RegistryReading> AnswerAsync(RegistryQuery query, CancellationToken cancellationToken)
    {
        if (query.Institution != _origin.Institution || query.Root != _origin.Root)
        {
            return Unread("The evidence of the migration is of another institution or root.");
        }

        if (old is null)
        {
            RegistryReading there = await SuccessorAsync(query, cancellationToken).ConfigureAwait(false);
            return there.Record is { } record ? RegistryReading.Of(With(record, Attested(query))) : there;
        }

        // What the old evidence leaves out cannot be told: another registry is no answer to that.
        RegistryReading before = await old.ReadAsync(query, cancellationToken).ConfigureAwait(false);
        if (before.Record is not { } was)
        {
            return before;
        }

        RegistryReading since = await SuccessorAsync(query with { Path = [], Identity = null }, cancellationToken).ConfigureAwait(false);
        return RegistryReading.Of(since.Record is not { } now ? was : With(was, now) with { HeadTime = now.HeadTime });
    }

    private static RegistryRecord With(RegistryRecord record, RegistryRecord? other) =>
        other is null ? record : record with { Revocation = record.Revocation ?? other.Revocation, Distrusted = record.Distrusted ?? other.Distrusted };

    // Nobody vouches for the old header, but the institution put this evidence under its root: what it says against the credential counts.
    private RegistryRecord? Attested(RegistryQuery query)
    {
        ChainEvidence evidence = bundle.Earlier[^1].Chain;
        return trusted.EvidenceChains.FirstOrDefault(chain => chain.Registry == Registry && chain.GenesisHash.Equals(evidence.GenesisHash))?
            .Reader.Read(evidence, query with { Path = [], Identity = null, VerificationMethod = null }).Record;
    }

    private async Task<RegistryReading> SuccessorAsync(RegistryQuery query, CancellationToken cancellationToken)
    {
        if (_faultInChain.Value is { } broken)
        {
            return Unread(broken);
        }

        AccreditationPath? path = bundle.Accreditation;
        RegistryReading last = Unread($"The evidence was migrated to the registry {_receipt.Registry}, which this verifier has not been told to trust.", ProblemCode.LedgerNotTrusted);
        RegistryQuery asked = query with
        {
            Institution = _receipt.Institution,
            Root = _receipt.Root,
            Identity = path?.Identity,
            Path = path?.Links ?? [],
        };
        foreach (IRegistryReader reader in successors.Where(reader => reader.Registry == _receipt.Registry))
        {
            last = await reader.ReadAsync(asked, cancellationToken).ConfigureAwait(false);
            if (last.Record is { } record)
            {
                return IsIssuers(record, asked) ? RegistryReading.Of(record with { Path = query.Path.Count == 0 ? [] : record.Path }) : Unread("Nobody whom this verifier has been told to trust vouches for the institution that migrated the evidence.", ProblemCode.NotAccredited);
            }
        }

        return last;
    }

    /// <summary>Why the earlier evidence of this credential does not lead, leaf by leaf, to the new root; null when it does.</summary>
    private static string? FaultInChain(EvidenceBundle bundle, RegistryHandle? named)
    {
        if (named is not { } handle)
        {
            return "The credential names no handle in the registry from which the evidence was migrated.";
        }

        for (int i = bundle.Earlier.Count - 1; i >= 0; i--)
        {
            AnchorReceipt next = i == 0 ? bundle.Receipt! : bundle.Earlier[i - 1].Receipt;
            if (next.Registry == bundle.Earlier[i].Receipt.Registry)
            {
                return "A migration leads to another registry, and this one does not.";
            }

            if (MerkleTree.RootFromPath(bundle.Earlier[i].DigestFor(handle), next.LeafIndex, next.TreeSize, [.. next.Path]) is not { } root || root != next.Root)
            {
                return "The receipt of the migration does not lead from the earlier evidence to its root.";
            }
        }

        return null;
    }

    private static RegistryHandle? HandleIn(EvidenceBundle bundle, BundleSubject? subject) => subject?.EntryOf(bundle.Earlier[^1].Receipt.Registry)?.Handle;

    private bool IsIssuers(RegistryRecord record, RegistryQuery asked)
    {
        if (trusted.PinnedInstitutions.Any(one => one.Registry == _receipt.Registry && one.Institution == _receipt.Institution && one.Did == _issuer))
        {
            return true;
        }

        return record.Anchor is { } anchor && bundle.Accreditation is { } path && asked.Handle is { } handle
            && Vouching.Of(path, new(_receipt.Registry, _receipt.Institution, handle), _issuer, record, anchor.Time, trusted.Accreditors).Standing == PathStanding.Holds;
    }

    // Either the old chain's own path, or the new one's as though it were of the old registry.
    private IEnumerable<AccreditationPath> Paths()
    {
        if (old is not null)
        {
            return bundle.Earlier[^1].Accreditation is { } before ? [before] : [];
        }

        return bundle.Accreditation is { } path
            ? [path with { Registry = Registry, Institution = _origin.Institution, Links = [.. path.Links.Select((link, i) => i == 0 ? link with { Institution = _origin.Institution } : link)] }]
            : [];
    }

    private static RegistryReading Unread(string detail, string code = ProblemCode.EvidenceError) => RegistryReading.Unavailable(new(code, detail));
}
