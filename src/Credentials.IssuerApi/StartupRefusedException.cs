using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi;

/// <summary>The program cannot start as things are. The message is a sentence for the operator: what is wrong and what to do.</summary>
internal sealed partial class StartupRefusedException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The exit code of a refused start: EX_CONFIG of sysexits.h.</summary>
    public const int ExitCode = 78;

    /// <summary>The sentences for the operator; null for a fault that nobody foresaw.</summary>
    public static string? SentencesOf(Exception fault) => fault switch
    {
        StartupRefusedException refused => refused.Message,
        OptionsValidationException invalid => string.Join(Environment.NewLine, invalid.Failures.Select(Sentence).Distinct(StringComparer.Ordinal)),
        AggregateException many when many.InnerExceptions.Select(SentencesOf).ToArray() is var all && !all.Contains(null) => string.Join(Environment.NewLine, all),
        { InnerException: { } inner } => SentencesOf(inner),
        _ => null,
    };

    // The validator writes the member's bare name in front: "DataFolder: Issuer:DataFolder is not set."
    private static string Sentence(string failure) => MemberName().Replace(failure, "");

    [GeneratedRegex(@"\A\w+: ", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex MemberName();
}
