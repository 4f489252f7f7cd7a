using Credentials.Anchoring;

namespace Credentials.Verification;

/// <summary>Who vouched for an institution at the time of the anchor, since when, for what; every date is the chain's own.</summary>
/// <param name="Institution">For whom.</param>
/// <param name="Name">Its legal name, by the identity document that was vouched for.</param>
/// <param name="Accreditor">Who vouched for it directly.</param>
/// <param name="AccreditorName">That accreditor's name: the relying party's own for it, else its legal name by the identity document that was vouched for, else its id.</param>
/// <param name="Authority">The trusted accreditor on whose word it rests; the same as <paramref name="Accreditor"/> where that one is trusted itself.</param>
/// <param name="Since">From when on the accreditor vouched for the institution.</param>
/// <param name="Until">When that was over, or will be; null for no end.</param>
/// <param name="WithdrawnAt">When one of the accreditations was withdrawn since; null while none was.</param>
/// <param name="Scope">For what, after all on the way; without the right to accredit others.</param>
public sealed record AccreditationFinding(
    InstitutionId Institution,
    string Name,
    InstitutionId Accreditor,
    string AccreditorName,
    TrustedAccreditor Authority,
    DateTimeOffset Since,
    DateTimeOffset? Until,
    DateTimeOffset? WithdrawnAt,
    AccreditationScope Scope)
{
    /// <summary>The levels of the European Qualifications Framework in the scope, in order.</summary>
    public IReadOnlyList<int> EqfLevels => ScopeWords.LevelsOf(Scope);
}
