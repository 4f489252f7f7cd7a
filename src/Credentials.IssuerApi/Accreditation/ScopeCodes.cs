using Credentials.Anchoring;

namespace Credentials.IssuerApi.Accreditation;

/// <summary>What an accreditation vouches for, in the words of the API: one code a bit of the contract.</summary>
internal static class ScopeCodes
{
    private static readonly (string Code, AccreditationScope Bit)[] s_table =
    [
        ("awards", AccreditationScope.AwardsWithoutLevel),
        ("EQF1", AccreditationScope.EqfLevel1),
        ("EQF2", AccreditationScope.EqfLevel2),
        ("EQF3", AccreditationScope.EqfLevel3),
        ("EQF4", AccreditationScope.EqfLevel4),
        ("EQF5", AccreditationScope.EqfLevel5),
        ("EQF6", AccreditationScope.EqfLevel6),
        ("EQF7", AccreditationScope.EqfLevel7),
        ("EQF8", AccreditationScope.EqfLevel8),
        ("accredits", AccreditationScope.Accredits),
    ];

    /// <summary>All codes, for a sentence.</summary>
    public static string Sentence { get; } = string.Join(", ", s_table.Select(row => row.Code));

    /// <summary>Null when one of the codes is unknown, or there is none.</summary>
    public static AccreditationScope? Parse(IReadOnlyList<string>? codes)
    {
        AccreditationScope scope = AccreditationScope.None;
        foreach (string code in codes ?? [])
        {
            AccreditationScope bit = s_table.FirstOrDefault(row => row.Code == code).Bit;
            if (bit == AccreditationScope.None)
            {
                return null;
            }

            scope |= bit;
        }

        return scope == AccreditationScope.None ? null : scope;
    }

    public static IReadOnlyList<string> Format(AccreditationScope scope) => [.. s_table.Where(row => scope.HasFlag(row.Bit)).Select(row => row.Code)];
}
