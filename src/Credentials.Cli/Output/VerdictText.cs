using System.Globalization;
using Credentials.DataModel;
using Credentials.Verification;

namespace Credentials.Cli.Output;

/// <summary>A verification's answer for a person at a terminal.</summary>
internal static class VerdictText
{
    public static async Task WriteAsync(TextWriter output, Paint paint, VerificationResult result)
    {
        await output.WriteLineAsync(Headline(paint, result.Verdict));
        if (result.Decisive is { } decisive)
        {
            await output.WriteLineAsync(DisplayText.Of(decisive.Detail));
        }

        if (result.AsOf is { } day)
        {
            await output.WriteLineAsync(paint.Strong(result.Verdict == Verdict.Indeterminate
                ? $"By the evidence in the file alone it was verified as of {Moment(day)}; what happened since could not be found out."
                : $"As of {Moment(day)}, the day of the evidence: what happened since is not known."));
        }

        await output.WriteLineAsync();
        await WriteContentsAsync(output, paint, result);
        foreach (CheckResult check in result.Checks)
        {
            await output.WriteLineAsync(Line(paint, check));
        }

        await output.WriteLineAsync(paint.Soft($"\nPolicy: {result.Policy}. Answer for {Moment(result.At)}."));
    }

    /// <summary>A document that could not be fetched says nothing about itself.</summary>
    public static Task WriteUnreachableAsync(TextWriter output, Paint paint, string fault) =>
        output.WriteLineAsync($"{paint.Open(paint.Strong("? CANNOT TELL"))}\n{DisplayText.Of(fault)} Try again later, or verify a copy in a file.");

    public static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>A document's names on one line.</summary>
    public static string Names(IReadOnlyList<LanguageValue> names) => names.Count == 0 ? "not said" : string.Join("  /  ", names.Select(name => DisplayText.Of(name.Value, 200)));

    public static string Headline(Paint paint, Verdict verdict) => verdict switch
    {
        Verdict.Verified => paint.Good(paint.Strong("✔ VERIFIED")),
        Verdict.Rejected => paint.Bad(paint.Strong("✘ REJECTED")),
        _ => paint.Open(paint.Strong("? CANNOT TELL")),
    };

    /// <summary>The document's words, once its signature holds; before that they mean nothing.</summary>
    private static async Task WriteContentsAsync(TextWriter output, Paint paint, VerificationResult result)
    {
        if (result.Credential is not { } credential || result[CheckName.Proof].Outcome != CheckOutcome.Passed)
        {
            return;
        }

        CredentialSummary summary = CredentialSummary.Of(credential);
        if (result.Verdict != Verdict.Verified)
        {
            await output.WriteLineAsync(paint.Soft("What the document says; do not rely on it:"));
        }

        await output.WriteLineAsync($"  awarded to   {paint.Strong(Names(summary.Holder))}");
        await output.WriteLineAsync($"  degree       {Names(summary.Award)}");
        await output.WriteLineAsync($"  institution  {Names(summary.Institution)} {paint.Soft("(as it calls itself)")}");
        if (result[CheckName.Issuer].Outcome == CheckOutcome.Passed)
        {
            await output.WriteLineAsync($"  signed by    {paint.Strong(DisplayText.Of(credential.IssuerId))}");
        }

        await output.WriteLineAsync($"  dated        {summary.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "not said"} {paint.Soft("(by itself)")}");
        if (result.Anchor is { } anchor)
        {
            string block = anchor.Block is { } number ? $", block {number.ToString(CultureInfo.InvariantCulture)}" : "";
            string chain = credential.RegistryEntries is [var entry] ? $", {entry.Registry}" : "";
            await output.WriteLineAsync($"  anchored     {Moment(anchor.Time)}{block}, {JsonName(anchor.Finality)}{chain}");
        }

        await WriteInstitutionAsync(output, result);
        await output.WriteLineAsync();
    }

    /// <summary>What the chain says of the institution and of what became of the document.</summary>
    private static async Task WriteInstitutionAsync(TextWriter output, VerificationResult result)
    {
        if (result.Accreditation is { } finding)
        {
            await output.WriteLineAsync($"  accredited   {DisplayText.Of(finding.Name)} by {DisplayText.Of(finding.AccreditorName)}, since {Moment(finding.Since)}");
        }

        if (result.Succession is { } succession)
        {
            await output.WriteLineAsync($"  successor    {succession.Successor}, since {Moment(succession.Since)}");
        }

        if (result.ReplacedBy is { } successor)
        {
            await output.WriteLineAsync($"  replaced by  {DisplayText.Of(successor)}");
        }
    }

    public static string Line(Paint paint, CheckResult check)
    {
        string sign = check.Outcome switch
        {
            CheckOutcome.Passed => paint.Good("✔"),
            CheckOutcome.Failed => paint.Bad("✘"),
            CheckOutcome.Indeterminate => paint.Open("?"),
            _ => paint.Soft("-"),
        };
        string code = check.Problem is { } problem ? paint.Soft($" [{DisplayText.Of(problem.Code)}]") : "";
        string mend = check.Outcome is CheckOutcome.Failed or CheckOutcome.Indeterminate && check.Remedy != Remedy.None ? $"\n{"",21}→ {Mend(check.Remedy)}" : "";
        return $"{sign} {check.Name,-16} {JsonName(check.Outcome)}: {DisplayText.Of(check.Detail)}{code}{mend}";
    }

    private static string Mend(Remedy remedy) => remedy switch
    {
        Remedy.TryLater => "Try again later.",
        Remedy.Verifier => "You can mend this: see your trust file, or take a newer verifier.",
        Remedy.Holder => "Ask the holder for a complete and current copy.",
        Remedy.Issuer => "Ask the institution that issued it.",
        _ => "",
    };

    private static string JsonName<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
