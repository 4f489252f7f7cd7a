using Credentials.Securing;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;
using FsCheck.Fluent;

namespace Credentials.Verification.Tests.Forms;

/// <summary>Whatever becomes of the bytes of any form: an answer within bounds, and <em>verified</em> only where they still say what was signed.</summary>
public sealed class FormSoakTests
{
    /// <summary>The share of the soak that one input may allocate: what the bound for anything hostile allows.</summary>
    private const long MaxAllocated = 100_000_000;

    [Fact]
    public async Task Answers_to_every_mutated_input_and_verifies_none_that_says_something_else()
    {
        (string Name, byte[] Secured, bool IsPresentation)[] originals = await OriginalsAsync();
        byte[][] all = [.. originals.Select(original => original.Secured)];
        var meanings = originals.Select(original => Meaning.Of(original.Secured)!).ToHashSet(StringComparer.Ordinal);
        Randomised.ForAll(
            Gen.Choose(0, int.MaxValue).Zip(Gen.Choose(0, int.MaxValue)),
            pair =>
            {
                var dice = new Dice(((ulong)pair.Item1 << 32) | (uint)pair.Item2);
                (string name, byte[] secured, bool isPresentation) = dice.Pick(originals);
                byte[] changed = FormMutation.Of(secured, all, dice);
                long before = GC.GetAllocatedBytesForCurrentThread();
                string? fault = isPresentation ? FaultOfPresentation(changed, meanings) : FaultOfCredential(changed, meanings);
                long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                return fault is null && allocated < MaxAllocated ? true : throw new InvalidOperationException($"{name}: {fault} {allocated} bytes: {Convert.ToBase64String(changed)}");
            },
            slice: 5_000,
            full: 200_000);
    }

    private static string? FaultOfCredential(byte[] changed, HashSet<string> meanings)
    {
        VerificationResult result = FormBench.VerifyAsync(changed).GetAwaiter().GetResult();
        VerificationResultJson.ToUtf8(result);
        return result.Verdict == Verdict.Verified
            ? IsOneOf(changed, meanings) && result.Credential is { IssuerId: FormBench.IssuerDid, ValidUntil: null, StatusEntries.Count: 1 } credential && credential.Types.Contains("Diploma") ? null : $"verified: {result.Show()}"
            : result.Decisive?.Problem is { Code.Length: > 0, Detail.Length: > 0 } ? null : $"without a reason: {result.Show()}";
    }

    private static string? FaultOfPresentation(byte[] changed, HashSet<string> meanings)
    {
        PresentationResult result = FormBench.VerifyPresentationAsync(changed).GetAwaiter().GetResult();
        VerificationResultJson.ToUtf8(result);
        return result.Verdict == Verdict.Verified ? IsOneOf(changed, meanings) ? null : "verified"
            : result.Decisive?.Problem is { Code.Length: > 0, Detail.Length: > 0 } ? null : "without a reason";
    }

    private static bool IsOneOf(byte[] changed, HashSet<string> meanings) => Meaning.Of(changed) is { } meaning && meanings.Contains(meaning);

    private static async Task<(string Name, byte[] Secured, bool IsPresentation)[]> OriginalsAsync()
    {
        var originals = new List<(string, byte[], bool)>();
        foreach (string form in FormBench.NamesOf(SecuredKinds.Credential))
        {
            originals.Add((form, await FormBench.CredentialAsync(form, FormBench.KeyOf(form)), false));
        }

        foreach (string form in FormBench.NamesOf(SecuredKinds.Presentation))
        {
            originals.Add(("presentation " + form, await FormBench.PresentationAsync(form, FormBench.KeyOf(form)), true));
        }

        originals.Add(("key binding", await FormBench.BoundAsync(), true));
        return [.. originals];
    }
}
