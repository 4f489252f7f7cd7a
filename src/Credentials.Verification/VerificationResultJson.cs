using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Credentials.Anchoring;

namespace Credentials.Verification;

/// <summary>Writes a result as JSON, for the command line and the verification API; every problem in the shape of RFC 9457.</summary>
/// <remarks>
/// <c>{"verdict":"verified"|"rejected"|"indeterminate","verified":bool,"form"?,"policy","at","asOf"?,"decisive"?,"credentialId"?,"issuer"?,"anchor"?:{"time","block"?,"finality"},"awardAnchor"?:(the same),"accreditation"?:{"institution","name","accreditor","accreditorName","authority","authorityName","since","until"?,"withdrawnAt"?,"scope":[…]},"succession"?:{"successor","since"},"keyGivenUp"?:{"at","reason"},"replacedBy"?,"checks":[{"check","outcome","detail","remedy"?,"problem"?}],"problemDetails":[…],"warnings":[…]}</c>; of a presentation, <c>presenter</c> and <c>credentials</c> (each a result like that) in the place of credential and anchor.
/// <c>problemDetails</c> are what decided, <c>warnings</c> what was told and did not count. <c>credentialId</c> and <c>issuer</c> are there only when the signature holds and is the issuer's.
/// https://www.rfc-editor.org/rfc/rfc9457
/// </remarks>
public static class VerificationResultJson
{
    /// <summary>The JSON text, UTF-8.</summary>
    public static byte[] ToUtf8(VerificationResult result, bool indented = false) => ToUtf8(writer => Write(writer, result), indented);

    /// <summary>The JSON text of a presentation's result, UTF-8.</summary>
    public static byte[] ToUtf8(PresentationResult result, bool indented = false) => ToUtf8(writer => Write(writer, result), indented);

    /// <summary>Writes the result as one object.</summary>
    public static void Write(Utf8JsonWriter writer, VerificationResult result)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(result);
        writer.WriteStartObject();
        WriteAnswer(writer, result.Verdict, result.Form, result.Policy, result.At, result.Decisive);
        WriteIfAny(writer, "asOf", result.AsOf is { } day ? Time(day) : null);
        if (result[CheckName.Proof].Outcome == CheckOutcome.Passed && result[CheckName.Issuer].Outcome == CheckOutcome.Passed)
        {
            WriteIfAny(writer, "credentialId", result.Credential?.Id);
            WriteIfAny(writer, "issuer", result.Credential?.IssuerId);
        }

        WriteAnchor(writer, "anchor", result.Anchor);
        WriteAnchor(writer, "awardAnchor", result.AwardAnchor);
        ChainFactsJson.Write(writer, result);
        WriteChecks(writer, result.Checks);
        WriteProblems(writer, "problemDetails", result.Checks.Where(check => Decides(check, result)));
        WriteProblems(writer, "warnings", result.Checks.Where(check => Counts(check) && !Decides(check, result)));
        writer.WriteEndObject();
    }

    /// <summary>Writes a presentation's result as one object.</summary>
    public static void Write(Utf8JsonWriter writer, PresentationResult result)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(result);
        writer.WriteStartObject();
        WriteAnswer(writer, result.Verdict, result.Form, result.Policy, result.At, result.Decisive);
        WriteIfAny(writer, "presenter", result.Presenter);
        WriteChecks(writer, result.Checks);
        writer.WriteStartArray("credentials");
        foreach (VerificationResult credential in result.Credentials)
        {
            Write(writer, credential);
        }

        writer.WriteEndArray();
        WriteProblems(writer, "problemDetails", [.. result.Checks.Where(Counts), .. result.Credentials.SelectMany(credential => credential.Checks.Where(check => Decides(check, credential)))]);
        WriteProblems(writer, "warnings", [.. result.Credentials.SelectMany(credential => credential.Checks.Where(check => Counts(check) && !Decides(check, credential)))]);
        writer.WriteEndObject();
    }

    // What credentials and presentations are answered alike.
    private static void WriteAnswer(Utf8JsonWriter writer, Verdict verdict, string? form, string policy, DateTimeOffset at, CheckResult? decisive)
    {
        writer.WriteString("verdict", Name(verdict));
        writer.WriteBoolean("verified", verdict == Verdict.Verified);
        WriteIfAny(writer, "form", form);
        writer.WriteString("policy", policy);
        writer.WriteString("at", Time(at));
        WriteIfAny(writer, "decisive", decisive?.Name);
    }

    private static bool Counts(CheckResult check) => check.Outcome is CheckOutcome.Failed or CheckOutcome.Indeterminate;

    private static bool Decides(CheckResult check, VerificationResult result) =>
        check == result.Decisive || (check.Outcome == CheckOutcome.Failed && !result.ReportedOnly.Contains(check.Name, StringComparer.Ordinal));

    private static byte[] ToUtf8(Action<Utf8JsonWriter> write, bool indented)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = indented }))
        {
            write(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteChecks(Utf8JsonWriter writer, IReadOnlyList<CheckResult> checks)
    {
        writer.WriteStartArray("checks");
        foreach (CheckResult check in checks)
        {
            WriteCheck(writer, check);
        }

        writer.WriteEndArray();
    }

    private static void WriteAnchor(Utf8JsonWriter writer, string member, SettledFact? anchor)
    {
        if (anchor is null)
        {
            return;
        }

        writer.WriteStartObject(member);
        writer.WriteString("time", Time(anchor.Time));
        if (anchor.Block is { } block)
        {
            writer.WriteNumber("block", block);
        }

        writer.WriteString("finality", Name(anchor.Finality));
        writer.WriteEndObject();
    }

    private static void WriteCheck(Utf8JsonWriter writer, CheckResult check)
    {
        writer.WriteStartObject();
        writer.WriteString("check", check.Name);
        writer.WriteString("outcome", Name(check.Outcome));
        writer.WriteString("detail", Whole(check.Detail));
        if (check.Remedy != Remedy.None)
        {
            writer.WriteString("remedy", Name(check.Remedy));
        }

        if (check.Problem is { } problem)
        {
            writer.WritePropertyName("problem");
            WriteProblem(writer, check, problem);
        }

        writer.WriteEndObject();
    }

    private static void WriteProblems(Utf8JsonWriter writer, string name, IEnumerable<CheckResult> checks)
    {
        writer.WriteStartArray(name);
        foreach (CheckResult check in checks.Where(check => check.Problem is not null))
        {
            WriteProblem(writer, check, check.Problem!);
        }

        writer.WriteEndArray();
    }

    private static void WriteProblem(Utf8JsonWriter writer, CheckResult check, Problem problem)
    {
        writer.WriteStartObject();
        writer.WriteString("type", problem.Type.AbsoluteUri);
        writer.WriteString("title", Title(problem.Code));
        writer.WriteString("detail", Whole(problem.Detail));
        writer.WriteString("code", problem.Code);
        writer.WriteString("check", check.Name);
        WriteIfAny(writer, "pointer", problem.Pointer);
        writer.WriteEndObject();
    }

    private static void WriteIfAny(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, Whole(value));
        }
    }

    /// <summary>Text from a hostile document may hold half of a surrogate pair, which JSON cannot carry.</summary>
    internal static string Whole(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));

    internal static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Title(string code) => code[..1] + code[1..].Replace('_', ' ').ToLowerInvariant();

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
