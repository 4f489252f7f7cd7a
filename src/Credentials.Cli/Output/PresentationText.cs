using System.Globalization;
using Credentials.DataModel;
using Credentials.Verification;

namespace Credentials.Cli.Output;

/// <summary>The answer to a presentation for a person at a terminal: its own checks, then each credential's answer.</summary>
internal static class PresentationText
{
    public static async Task WriteAsync(TextWriter output, Paint paint, PresentationResult result)
    {
        await output.WriteLineAsync($"{VerdictText.Headline(paint, result.Verdict)} (presentation)");
        if (result.Decisive is { } decisive)
        {
            await output.WriteLineAsync(DisplayText.Of(decisive.Detail));
        }

        if (result.Presenter is { } presenter)
        {
            await output.WriteLineAsync($"\n  presented by {paint.Strong(DisplayText.Of(presenter))}");
        }

        await output.WriteLineAsync();
        foreach (CheckResult check in result.Checks)
        {
            await output.WriteLineAsync(VerdictText.Line(paint, check));
        }

        for (int i = 0; i < result.Credentials.Count; i++)
        {
            await output.WriteLineAsync($"\n{paint.Strong($"Credential {(i + 1).ToString(CultureInfo.InvariantCulture)} of {result.Credentials.Count.ToString(CultureInfo.InvariantCulture)}")}");
            await VerdictText.WriteAsync(output, paint, result.Credentials[i]);
        }
    }
}
