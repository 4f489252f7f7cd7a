namespace Credentials.Anchoring;

/// <summary>One step of a path of accreditations: the accreditor vouches for the institution under that identity.</summary>
/// <param name="Accreditor">Who vouches: an institution of the same registry.</param>
/// <param name="Institution">For whom.</param>
/// <param name="Identity">Under which identity document.</param>
/// <param name="Serial">Tells apart accreditations of the same three, such as renewals.</param>
public sealed record AccreditationLink(InstitutionId Accreditor, InstitutionId Institution, IdentityHash Identity, ulong Serial)
{
    /// <summary>The most links that a path may have: the contract's <c>MAX_PATH</c>.</summary>
    public const int MaxPath = 4;
}
