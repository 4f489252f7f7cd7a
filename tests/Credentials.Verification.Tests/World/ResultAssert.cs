namespace Credentials.Verification.Tests.World;

/// <summary>Says what a result should be, and shows the whole of it when it is not.</summary>
internal static class ResultAssert
{
    public static void IsVerified(this VerificationResult result) =>
        Assert.True(result.Verdict == Verdict.Verified && result.Decisive is null, Show(result));

    public static void IsRejected(this VerificationResult result, string check, string code) =>
        Decides(result, Verdict.Rejected, CheckOutcome.Failed, check, code);

    public static void CannotTell(this VerificationResult result, string check, string code) =>
        Decides(result, Verdict.Indeterminate, CheckOutcome.Indeterminate, check, code);

    public static void Is(this VerificationResult result, string check, CheckOutcome outcome, string? code = null) =>
        Assert.True(result[check].Outcome == outcome && result[check].Problem?.Code == code, Show(result));

    public static string Show(this VerificationResult result) =>
        string.Join('\n', [$"{result.Verdict} because of {result.Decisive?.Name}", .. result.Checks.Select(check => $"  {check.Name}: {check.Outcome} {check.Problem?.Code} {check.Detail}")]);

    private static void Decides(VerificationResult result, Verdict verdict, CheckOutcome outcome, string check, string code) =>
        Assert.True(
            result.Verdict == verdict && result.Decisive is { } decisive && decisive.Name == check && decisive.Outcome == outcome && decisive.Problem?.Code == code && decisive == result[check],
            $"expected {verdict} because of {check} ({code}), but: {Show(result)}");
}

/// <summary>The same for presentations.</summary>
internal static class PresentationAssert
{
    public static void IsVerified(this PresentationResult result) =>
        Assert.True(result.Verdict == Verdict.Verified && result.Decisive is null, Show(result));

    public static void IsRejected(this PresentationResult result, string check, string code) => Decides(result, Verdict.Rejected, CheckOutcome.Failed, check, code);

    public static void CannotTell(this PresentationResult result, string check, string code) => Decides(result, Verdict.Indeterminate, CheckOutcome.Indeterminate, check, code);

    public static string Show(this PresentationResult result) =>
        string.Join('\n', [$"{result.Verdict} because of {result.Decisive?.Name}", .. result.Checks.Select(check => $"  {check.Name}: {check.Outcome} {check.Problem?.Code} {check.Detail}"), .. result.Credentials.Select(ResultAssert.Show)]);

    private static void Decides(PresentationResult result, Verdict verdict, CheckOutcome outcome, string check, string code) =>
        Assert.True(
            result.Verdict == verdict && result.Decisive is { } decisive && decisive.Name == check && decisive.Outcome == outcome && decisive.Problem?.Code == code,
            $"expected {verdict} because of {check} ({code}), but: {Show(result)}");
}
