using Credentials.Anchoring;
using Credentials.Evidence;

namespace Credentials.Verification.Evidence;

/// <summary>A path that held, with the registry's record about it.</summary>
internal sealed record VouchedPath(AccreditationPath Path, RegistryRecord Record, Vouching Vouching)
{
    /// <summary>What it says for people.</summary>
    public AccreditationFinding FindingFor(RegistryEntry entry)
    {
        LinkFact[] facts = [.. Record.Path.Take(Vouching.Links)];
        AccreditationLink direct = Path.Links[0];
        string? accreditor = Vouching.Links == 1 ? Vouching.Accreditor!.Name : Path.IdentityOf(Path.Links[1].Identity)?.LegalName;
        return new(
            entry.Institution,
            Path.IdentityOf(direct.Identity)!.LegalName,
            direct.Accreditor,
            accreditor ?? direct.Accreditor.ToString(),
            Vouching.Accreditor!,
            facts[0].Accreditation!.From,
            facts.Min(fact => Vouching.EndOf(fact.Accreditation!)),
            facts.Min(fact => fact.Accreditation!.RevokedAt),
            Vouching.Scope);
    }
}

/// <summary>Every claimed path of accreditations, held against the registry as of one moment: those that are known first, and the issuer's own if none of them holds.</summary>
internal sealed class AccreditationInquiry
{
    private readonly List<Vouching> _judged = [];
    private bool _issuerHeard;

    private AccreditationInquiry()
    {
    }

    /// <summary>The first path that held; null when none did.</summary>
    public VouchedPath? Best { get; private set; }

    /// <summary>Why a path could not be held against the registry; null when all were.</summary>
    public Doubt? Doubt { get; private set; }

    /// <summary>The path to be told of, where all that are claimed have lapsed and the issuer, who would know a newer one, was heard.</summary>
    public Vouching? AllLapsed => _issuerHeard && _judged.Count > 0 && _judged.TrueForAll(one => one.Standing == PathStanding.Lapsed) ? _judged[^1] : null;

    /// <summary>Why none held.</summary>
    public string Why => _judged.Count == 0
        ? "Nobody told by which path of accreditations the institution is accredited: neither this verifier's own trust, nor the file, nor the issuer's DID document."
        : (_judged.Find(one => one.Standing == PathStanding.Lapsed) ?? _judged[0]).Why;

    /// <summary>Who can mend that.</summary>
    public Remedy Remedy => _judged.Count == 0 && !_issuerHeard ? Remedy.TryLater : Remedy.Issuer;

    /// <summary>Asks.</summary>
    public static async Task<AccreditationInquiry> MakeAsync(Checks.Verification verification, RegistryEntry entry, DateTimeOffset at, Patience patience)
    {
        var inquiry = new AccreditationInquiry();
        IReadOnlyList<AccreditationPath> known = verification.Registries.PathsOf(entry);
        foreach (AccreditationPath path in known)
        {
            await inquiry.JudgeAsync(path, verification, entry, at, patience).ConfigureAwait(false);
        }

        if (inquiry.Best is null && verification.Trusted.Accreditors.Count > 0)
        {
            (IReadOnlyList<AccreditationPath> own, inquiry._issuerHeard) = await verification.Paths.AskIssuerAsync(verification.Credential.IssuerId, entry, patience).ConfigureAwait(false);
            foreach (AccreditationPath path in own)
            {
                await inquiry.JudgeAsync(path, verification, entry, at, patience).ConfigureAwait(false);
            }
        }

        return inquiry;
    }

    private async Task JudgeAsync(AccreditationPath path, Checks.Verification verification, RegistryEntry entry, DateTimeOffset at, Patience patience)
    {
        if (Best is not null)
        {
            return;
        }

        var question = new RegistryQuestion(verification.Registries.Method, path);
        (RegistryRecord? record, Doubt? doubt) = await verification.Registries.ReadAsync(entry, verification.Receipts.FirstRootOf(entry), question, patience).ConfigureAwait(false);
        if (record is null)
        {
            Doubt ??= doubt;
            return;
        }

        var vouching = Vouching.Of(path, entry, verification.Credential.IssuerId, record, at, verification.Trusted.Accreditors);
        _judged.Add(vouching);
        Best = vouching.Standing == PathStanding.Holds ? new(path, record, vouching) : null;
    }
}
