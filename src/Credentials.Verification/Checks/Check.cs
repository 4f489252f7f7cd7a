using System.Globalization;
using Credentials.Verification.Evidence;

namespace Credentials.Verification.Checks;

/// <summary>A check that is made once the signatures hold. To add one: a file in this folder, a name in <see cref="CheckName.All"/>, a row in <see cref="CredentialVerifier"/>.</summary>
internal interface ICheck
{
    /// <summary>As in <see cref="CheckName"/>.</summary>
    string Name { get; }

    /// <summary>Makes the check. Throws for nothing but cancellation.</summary>
    Task<CheckResult> RunAsync(Verification verification, Patience patience);
}

/// <summary>The four ways that a check comes out.</summary>
internal static class Check
{
    /// <summary>Checked, and holds.</summary>
    public static CheckResult Passed(string name, string detail) => new(name, CheckOutcome.Passed, null, detail);

    /// <summary>Authenticated evidence against the credential.</summary>
    public static CheckResult Failed(string name, string code, string detail, Remedy remedy = Remedy.Issuer) => new(name, CheckOutcome.Failed, new Problem(code, detail), detail, remedy);

    /// <summary>Could not be checked.</summary>
    public static CheckResult CannotTell(string name, Doubt doubt) => new(name, CheckOutcome.Indeterminate, doubt.Problem, doubt.Problem.Detail, doubt.Remedy);

    /// <summary>Could not be checked.</summary>
    public static CheckResult CannotTell(string name, string code, string detail, Remedy remedy) => CannotTell(name, new Doubt(code, detail, remedy));

    /// <summary>Not made.</summary>
    public static CheckResult Skipped(string name, string detail) => new(name, CheckOutcome.Skipped, null, detail);

    /// <summary>A time as people read it: <c>2026-06-30 12:00 UTC</c>.</summary>
    public static string Say(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>The one result that several partial ones come to: the first failed, else the first that cannot tell, else passed with every sentence.</summary>
    public static CheckResult Worst(string name, IReadOnlyList<CheckResult> parts) =>
        parts.FirstOrDefault(part => part.Outcome == CheckOutcome.Failed)
        ?? parts.FirstOrDefault(part => part.Outcome == CheckOutcome.Indeterminate)
        ?? Passed(name, string.Join(' ', parts.Select(part => part.Detail)));
}
