namespace Credentials.Anchoring;

/// <summary>Why a key was given up.</summary>
public enum KeyRevocationReason
{
    /// <summary>It was not.</summary>
    None = 0,

    /// <summary>In the ordinary course: it was replaced.</summary>
    Retired = 1,

    /// <summary>Somebody else may have it.</summary>
    Compromised = 2,
}

/// <summary>An institution's signing key as the registry keeps it.</summary>
/// <param name="Multikey">The Multikey bytes: multicodec prefix and public key.</param>
/// <param name="ValidFrom">From when it counts; never before the block in which it was added.</param>
/// <param name="RevokedAt">From when it counts no more; null while it does.</param>
/// <param name="Reason">Why it was revoked.</param>
public sealed record KeyFact(ReadOnlyMemory<byte> Multikey, DateTimeOffset ValidFrom, DateTimeOffset? RevokedAt, KeyRevocationReason Reason)
{
    /// <summary>Whether the institution signed with it at a time; half-open.</summary>
    public bool IsGoodAt(DateTimeOffset time) => time >= ValidFrom && !(RevokedAt <= time);
}

/// <summary>When something held: half-open.</summary>
/// <param name="From">The first moment.</param>
/// <param name="Until">The first moment after; null while it lasts.</param>
public sealed record Period(DateTimeOffset From, DateTimeOffset? Until)
{
    /// <summary>Whether it held at a time.</summary>
    public bool Covers(DateTimeOffset time) => time >= From && !(Until <= time);
}

/// <summary>An accreditation as the registry keeps it.</summary>
/// <param name="From">From when; never before the block in which it was given.</param>
/// <param name="Until">The first moment after; null for no end.</param>
/// <param name="RevokedAt">When it was withdrawn; null while it was not.</param>
/// <param name="Scope">What it vouches for.</param>
public sealed record AccreditationFact(DateTimeOffset From, DateTimeOffset? Until, DateTimeOffset? RevokedAt, AccreditationScope Scope)
{
    /// <summary>Whether it stood at a time; half-open.</summary>
    public bool StoodAt(DateTimeOffset time) => time >= From && !(Until <= time) && !(RevokedAt <= time);
}

/// <summary>What is known of one link of a path.</summary>
/// <param name="Accreditation">The accreditation; null when there is none.</param>
/// <param name="Identity">When the accredited institution had the identity; null for never.</param>
public sealed record LinkFact(AccreditationFact? Accreditation, Period? Identity)
{
    /// <summary>Whether the accreditor vouched at a time for the institution, which had that identity then: the contract's <c>isAccreditedAt</c>.</summary>
    public bool StoodAt(DateTimeOffset time) => Accreditation is { } given && given.StoodAt(time) && Identity is { } had && had.Covers(time);
}

/// <summary>Who succeeded an institution that was closed or merged, and since when.</summary>
public sealed record SuccessionFact(InstitutionId Successor, DateTimeOffset Since);

/// <summary>What accreditations vouch for, as the contract keeps it: a set of bits.</summary>
[Flags]
public enum AccreditationScope : ulong
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Awards without a level.</summary>
    AwardsWithoutLevel = 1UL << 0,

    /// <summary>Awards of level 1 of the European Qualifications Framework.</summary>
    EqfLevel1 = 1UL << 1,

    /// <summary>Awards of EQF level 2.</summary>
    EqfLevel2 = 1UL << 2,

    /// <summary>Awards of EQF level 3.</summary>
    EqfLevel3 = 1UL << 3,

    /// <summary>Awards of EQF level 4.</summary>
    EqfLevel4 = 1UL << 4,

    /// <summary>Awards of EQF level 5: short-cycle higher education.</summary>
    EqfLevel5 = 1UL << 5,

    /// <summary>Awards of EQF level 6: bachelor.</summary>
    EqfLevel6 = 1UL << 6,

    /// <summary>Awards of EQF level 7: master.</summary>
    EqfLevel7 = 1UL << 7,

    /// <summary>Awards of EQF level 8: doctorate.</summary>
    EqfLevel8 = 1UL << 8,

    /// <summary>The right to accredit others.</summary>
    Accredits = 1UL << 63,
}

/// <summary>How a reading of the registry came to be believed.</summary>
public enum RegistryAssurance
{
    /// <summary>One trusted node said so.</summary>
    TrustedNode = 1,

    /// <summary>A node proved it against a block header on which trusted nodes agree, or that is a checkpoint.</summary>
    Proven = 2,

    /// <summary>An evidence bundle proves it against a header that is a checkpoint or that a trusted witness saw: how things stood then.</summary>
    Bundle = 3,
}
