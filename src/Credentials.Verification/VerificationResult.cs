using Credentials.Anchoring;
using Credentials.DataModel;

namespace Credentials.Verification;

/// <summary>The three answers.</summary>
public enum Verdict
{
    /// <summary>Everything that the policy asks for was checked and holds.</summary>
    Verified = 1,

    /// <summary>Authenticated evidence speaks against the credential.</summary>
    Rejected = 2,

    /// <summary>Something that the policy asks for could not be checked. Says nothing against the credential.</summary>
    Indeterminate = 3,
}

/// <summary>How one check came out.</summary>
public enum CheckOutcome
{
    /// <summary>Checked, and holds.</summary>
    Passed = 1,

    /// <summary>Authenticated evidence against the credential.</summary>
    Failed = 2,

    /// <summary>Could not be checked.</summary>
    Indeterminate = 3,

    /// <summary>Not made: it does not apply, or an earlier check did not pass.</summary>
    Skipped = 4,
}

/// <summary>Who can mend what a check found.</summary>
public enum Remedy
{
    /// <summary>Nothing to mend.</summary>
    None = 0,

    /// <summary>Trying again later may help: a host or a node did not answer.</summary>
    TryLater = 1,

    /// <summary>The one who verifies: a chain or an issuer to be trusted, a newer verifier.</summary>
    Verifier = 2,

    /// <summary>The one who holds the document: a complete or current copy.</summary>
    Holder = 3,

    /// <summary>The institution that issued it.</summary>
    Issuer = 4,
}

/// <summary>One check: its name, how it came out, and at most one problem.</summary>
/// <param name="Name">As in <see cref="CheckName"/>.</param>
/// <param name="Outcome">How it came out.</param>
/// <param name="Problem">What was wrong; null when passed.</param>
/// <param name="Detail">One sentence for a person: what was found.</param>
/// <param name="Remedy">Who can mend it.</param>
public sealed record CheckResult(string Name, CheckOutcome Outcome, Problem? Problem, string Detail, Remedy Remedy = Remedy.None);

/// <summary>The names of the checks, in the order of the result.</summary>
public static class CheckName
{
    /// <summary>The document is a credential.</summary>
    public const string Format = "format";

    /// <summary>The signatures hold.</summary>
    public const string Proof = "proof";

    /// <summary>The key is the issuer's.</summary>
    public const string Issuer = "issuer";

    /// <summary>Today lies within the credential's validity.</summary>
    public const string ValidityPeriod = "validity-period";

    /// <summary>Neither revoked nor suspended.</summary>
    public const string Status = "status";

    /// <summary>The secured credential lies under a root that the institution anchored.</summary>
    public const string Anchor = "anchor";

    /// <summary>A trusted accreditor vouched for the institution when the anchor was made.</summary>
    public const string Accreditation = "accreditation";

    /// <summary>The credential keeps to the schemas that it names.</summary>
    public const string Schema = "schema";

    /// <summary>Who presents it is the one whom the credential is about; of a presentation, its signature is its holder's.</summary>
    public const string HolderBinding = "holder-binding";

    /// <summary>Those of a credential.</summary>
    public static IReadOnlyList<string> All { get; } = [Format, Proof, Issuer, ValidityPeriod, Status, Anchor, Accreditation, Schema, HolderBinding];

    /// <summary>Those that a presentation itself undergoes; its credentials have their own.</summary>
    public static IReadOnlyList<string> OfPresentations { get; } = [Format, Proof, HolderBinding];
}

/// <summary>The answer of a verification.</summary>
/// <param name="Verdict">The answer.</param>
/// <param name="Checks">Every check, in the order of <see cref="CheckName.All"/>.</param>
/// <param name="Credential">The credential as read; null when the format check did not pass. Nothing in it means anything unless the proof check passed.</param>
/// <param name="Anchor">When and how settled the anchor is; null unless the anchor check passed.</param>
/// <param name="At">The time for which the answer holds.</param>
public sealed record VerificationResult(Verdict Verdict, IReadOnlyList<CheckResult> Checks, VerifiableCredential? Credential, SettledFact? Anchor, DateTimeOffset At)
{
    /// <summary>The check of that name.</summary>
    /// <exception cref="InvalidOperationException">No name of <see cref="CheckName.All"/>.</exception>
    public CheckResult this[string name] => Checks.First(check => check.Name == name);

    /// <summary>The check that decided: the first failed one, else the first indeterminate one that the policy requires; null when verified.</summary>
    public CheckResult? Decisive { get; init; }

    /// <summary>How it was secured: <c>data-integrity</c>, or the media type of its envelope without <c>application/</c>, such as <c>vc+jwt</c>; null when no form was recognised.</summary>
    public string? Form { get; init; }

    /// <summary>Names of the checks that the policy reports without letting them decide, even when they failed; see <see cref="VerificationPolicy.WithIssuerReportedOnlyUnsafe"/>.</summary>
    public IReadOnlyList<string> ReportedOnly { get; init; } = [];

    /// <summary>Of a wallet's copy, when and how settled the anchor is of the award that it is a copy of; null where the copy does not show it, or has an anchor of its own. It does not date the copy's signature.</summary>
    public SettledFact? AwardAnchor { get; init; }

    /// <summary>Who vouched for the institution when the anchor was made; null unless the accreditation check passed by an accreditor.</summary>
    public AccreditationFinding? Accreditation { get; init; }

    /// <summary>Who succeeded the institution that anchored the credential, which was closed or merged since; null while nobody did.</summary>
    public SuccessionFact? Succession { get; init; }

    /// <summary>The issuer's key as the registry keeps it, where it was given up after the anchor was made; null otherwise.</summary>
    public KeyFact? KeyGivenUp { get; init; }

    /// <summary>The <c>id</c> of the credential by which the issuer replaced this one; null unless it was rejected for that.</summary>
    public string? ReplacedBy { get; init; }

    /// <summary>Name of the policy under which the answer was given.</summary>
    public string Policy { get; init; } = "";

    /// <summary>Of an evidence bundle, its day. Without a network the answer rests on the bundle alone, and what happened since is not known; with one, it is there when the answer is indeterminate and the bundle alone would have verified as of that day. Null otherwise.</summary>
    public DateTimeOffset? AsOf { get; init; }
}
