using System.Diagnostics;
using Credentials.Enveloping;
using Credentials.Jose;
using Xunit.Abstractions;

namespace Credentials.Verification.Tests.Forms;

/// <summary>Hands in something hostile everywhere and weighs the answers: bytes that were allocated, and a time that only a hang exceeds. A busy machine takes longer and allocates no more, so the second is told and the first asserted.</summary>
internal static class Weighed
{
    /// <summary>Of one answer.</summary>
    private const long MaxAllocated = 100_000_000;

    /// <summary>The bound is a second; the machine of the gate may be tenfold busy.</summary>
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(10);

    /// <summary>Whatever it is handed in as: never verified, never an exception, a reason each time.</summary>
    public static async Task RefusesAsync(byte[] hostile, ITestOutputHelper output)
    {
        await RunAsync("credential", output, () =>
        {
            VerificationResult result = FormBench.VerifyAsync(hostile).GetAwaiter().GetResult();
            VerificationResultJson.ToUtf8(result);
            return (result.Verdict, result.Decisive?.Problem);
        });
        await RunAsync("presentation", output, () =>
        {
            PresentationResult result = FormBench.VerifyPresentationAsync(hostile).GetAwaiter().GetResult();
            VerificationResultJson.ToUtf8(result);
            return (result.Verdict, result.Decisive?.Problem);
        });
        await RunAsync("envelope", output, () => (Verdict.Indeterminate, Envelope.Open(hostile).Problem ?? new Problem(ProblemCode.Unsupported, "Opened, and believed by nobody.")));
        await RunAsync("sd-jwt", output, () => (Verdict.Indeterminate, SdJwt.Open(hostile).Problem ?? new Problem(ProblemCode.Unsupported, "Opened, and believed by nobody.")));
    }

    /// <summary>One answer.</summary>
    public static async Task RunAsync(string what, ITestOutputHelper output, Func<(Verdict Verdict, Problem? Problem)> answer)
    {
        (Verdict verdict, Problem? problem, long allocated, TimeSpan time) = await Task.Run(() =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            long started = Stopwatch.GetTimestamp();
            (Verdict verdict, Problem? problem) = answer();
            return (verdict, problem, GC.GetAllocatedBytesForCurrentThread() - before, Stopwatch.GetElapsedTime(started));
        }).WaitAsync(Hang);
        string said = $"{what}: {verdict} {problem?.Code}, {time.TotalMilliseconds:F0} ms, {allocated / 1000} kB: {problem?.Detail}";
        output.WriteLine(said.Length < 300 ? said : said[..300]);
        Assert.True(verdict != Verdict.Verified && problem is { Code.Length: > 0, Detail.Length: > 0 and < 2000 }, said);
        Assert.True(allocated < MaxAllocated, said);
    }
}
