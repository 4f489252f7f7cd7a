using Credentials.Anchoring;
using Credentials.Ethereum.Registry;
using Credentials.IssuerApi.Institutions;

namespace Credentials.IssuerApi.Accreditation;

/// <summary>An accreditation that an institution of this deployment gave.</summary>
internal sealed class AccreditationRecord
{
    /// <summary>As in the registry.</summary>
    public required byte[] Id { get; init; }

    /// <summary>Slug of the accreditor.</summary>
    public required string Accreditor { get; init; }

    /// <summary>The accreditor's id in the registry.</summary>
    public required byte[] ChainAccreditor { get; init; }

    /// <summary>The accredited institution's id in the registry.</summary>
    public required byte[] Institution { get; init; }

    public required byte[] Identity { get; init; }

    public required long Serial { get; init; }

    public long? ValidFrom { get; init; }

    public long? ValidUntil { get; init; }

    public required long Scope { get; init; }

    public required long CreatedAt { get; init; }

    public long? RevokedAt { get; init; }

    public AccreditationLink Link => new(InstitutionId.From(ChainAccreditor), InstitutionId.From(Institution), IdentityHash.From(Identity), (ulong)Serial);

    public AccreditationScope Codes => (AccreditationScope)(ulong)Scope;

    public DateTimeOffset? From => ValidFrom is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null;

    public DateTimeOffset? Until => ValidUntil is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null;

    public byte[] GiveCall => CredentialRegistryContract.Accredit(Link, From, Until, Codes);

    public byte[] RevokeCall => CredentialRegistryContract.RevokeAccreditation(Link);
}

/// <summary>Asks for an accreditation.</summary>
/// <param name="Institution">Whom to vouch for: its id in the registry, or the slug of an institution of this deployment.</param>
/// <param name="Scope">For what: EQF1 to EQF8, awards (those without a level), accredits (may vouch for others in turn).</param>
/// <param name="Identity">Under which identity document; may be left out with a slug: its present one.</param>
/// <param name="From">From when, in whole seconds; what has passed counts as the block's time.</param>
/// <param name="Until">The first moment after; left out for no end.</param>
internal sealed record CreateAccreditation(string Institution, IReadOnlyList<string> Scope, string? Identity = null, DateTimeOffset? From = null, DateTimeOffset? Until = null)
{
    public IReadOnlyList<Problem> Validate(DateTimeOffset now)
    {
        List<Problem> problems = [];
        if (ScopeCodes.Parse(Scope) is null)
        {
            problems.Add(new(ProblemCode.MalformedValueError, $"The scope must name at least one of {ScopeCodes.Sentence}.", "/scope"));
        }

        if (Identity is not null && !IdentityHash.TryParse(Identity, out _))
        {
            problems.Add(new(ProblemCode.MalformedValueError, "The identity must be 0x and 64 hexadecimal digits: the institution tells it at GET …/identity.", "/identity"));
        }

        if (Until is { } until && (until <= now || until <= From))
        {
            problems.Add(new(ProblemCode.MalformedValueError, "An accreditation cannot end before it begins.", "/until"));
        }

        return problems;
    }
}

/// <summary>An accreditation that was given.</summary>
/// <param name="Id">Its id in the registry.</param>
/// <param name="Institution">The accredited institution's id in the registry.</param>
/// <param name="Identity">The identity document that it is over.</param>
/// <param name="Serial">Tells renewals apart.</param>
/// <param name="Scope">For what.</param>
/// <param name="From">From when; absent for the block's time.</param>
/// <param name="Until">The first moment after; absent for no end.</param>
/// <param name="Registry">How far it has come: queued, submitted, included, safe or finalized; failed when the registry refuses it.</param>
/// <param name="Revocation">How far its revocation has come; absent while there is none.</param>
/// <param name="Problem">What stands in its way.</param>
internal sealed record AccreditationInfo(
    string Id, string Institution, string Identity, ulong Serial, IReadOnlyList<string> Scope, DateTimeOffset? From, DateTimeOffset? Until, string? Registry, string? Revocation, string? Problem)
{
    public static AccreditationInfo Of(AccreditationRecord record, CallProgress? given, CallProgress? revoked) => new(
        Bytes32.From(record.Id).ToString(),
        record.Link.Institution.ToString(),
        record.Link.Identity.ToString(),
        record.Link.Serial,
        ScopeCodes.Format(record.Codes),
        record.From,
        record.Until,
        given?.State,
        record.RevokedAt is null ? null : revoked?.State,
        revoked?.Problem ?? given?.Problem);
}
