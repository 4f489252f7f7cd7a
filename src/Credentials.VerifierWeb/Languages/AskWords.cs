namespace Credentials.VerifierWeb.Languages;

/// <summary>What the pages say that ask holders for their diplomas.</summary>
internal sealed record AskWords
{
    public required string Link { get; init; }

    public required string Title { get; init; }

    public required string Introduction { get; init; }

    public required string What { get; init; }

    public required string Level { get; init; }

    public required string LevelHint { get; init; }

    public required string AtLeast { get; init; }

    public required string Degree { get; init; }

    public required string DegreeHint { get; init; }

    public required string Diploma { get; init; }

    public required string DiplomaHint { get; init; }

    /// <summary>Of a query that came by the API.</summary>
    public required string Own { get; init; }

    public required string Submit { get; init; }

    public required string Asked { get; init; }

    public required string Show { get; init; }

    public required string Scan { get; init; }

    public required string Code { get; init; }

    public required string Here { get; init; }

    public required string OpenWallet { get; init; }

    public required string OpenWeb { get; init; }

    public required string Browser { get; init; }

    /// <summary>With the time until which the question is open.</summary>
    public required string Waiting { get; init; }

    public required string Refresh { get; init; }

    public required string Again { get; init; }

    public required string Expired { get; init; }

    public required string ExpiredAdvice { get; init; }

    public required string Locked { get; init; }

    public required string LockedAdvice { get; init; }

    /// <summary>In the place of "this very document": what was recorded is the award.</summary>
    public required string CopyRecordFound { get; init; }

    public required string CopyAccredited { get; init; }

    public required string CopyAccreditationUnknown { get; init; }

    /// <summary>With the day on which the award was recorded.</summary>
    public required string CopyAsOf { get; init; }

    public required string Foreign { get; init; }

    public required string ForeignAdvice { get; init; }

    public required string Gone { get; init; }

    public required string GoneAdvice { get; init; }

    public required string TooMany { get; init; }

    /// <summary>In the place of a verdict: the answer was not what was asked.</summary>
    public required string Refused { get; init; }

    public required string RefusedAdvice { get; init; }

    public required string OtherReason { get; init; }

    public required string Shown { get; init; }

    public required string ShownNote { get; init; }

    public required string Details { get; init; }

    /// <summary>Of a claim that this page has no name for.</summary>
    /// <summary>Of a wallet's copy, whose award alone was recorded: when, and on which chain.</summary>
    public required string Recorded { get; init; }

    public required string OtherClaim { get; init; }

    /// <summary>Why an answer was refused, by problem code; the claim is put in.</summary>
    public required IReadOnlyDictionary<string, string> Reasons { get; init; }

    /// <summary>By the name of the claim.</summary>
    public required IReadOnlyDictionary<string, string> Claims { get; init; }

    /// <summary>By the number of the level of the European Qualifications Framework.</summary>
    public required IReadOnlyDictionary<string, string> Levels { get; init; }
}
