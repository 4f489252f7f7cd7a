using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Credentials.Anchoring;
using Credentials.EndToEnd.World;
using Credentials.TestKit.Ledger;
using Credentials.Verification;
using Xunit.Abstractions;

namespace Credentials.EndToEnd;

/// <summary>The graduation of a large university in one file: 10,000 diplomas, or as many as <c>CREDENTIALS_BULK</c> says (<c>make bench</c>: 100,000).</summary>
[Collection("end to end")]
public sealed class BulkTests(ITestOutputHelper output)
{
    private const int Usual = 10_000;
    private static readonly int s_diplomas = int.Parse(Environment.GetEnvironmentVariable("CREDENTIALS_BULK") ?? "10000", NumberStyles.None, CultureInfo.InvariantCulture);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5) * Math.Max(1, s_diplomas / Usual);
    private static readonly Dictionary<string, string> s_settings = new(StringComparer.Ordinal) { ["Anchoring:MaxBatchSize"] = "131072" };

    [AnvilFact]
    public Task Signs_a_graduation_and_anchors_it_by_one_transaction() => LocalWorld.RunAsync(output, async world =>
    {
        await world.Registrar.IssueAsync();
        await world.Registrar.WaitUntilAllIsFinalAsync(s_patience);
        TimeSpan processor = world.IssuerProcessorTime;
        long start = Stopwatch.GetTimestamp();
        Uri upload = await world.Registrar.UploadAsync(s_diplomas);
        TimeSpan accepted = Stopwatch.GetElapsedTime(start);
        await world.Registrar.WaitAsync(upload, progress => progress.GetProperty("state").GetString() == "completed", s_patience);
        TimeSpan signed = Stopwatch.GetElapsedTime(start);
        TimeSpan anchored = await ReachAsync(world, start, "included", "safe", "finalized");
        TimeSpan final = await ReachAsync(world, start, "finalized");
        output.WriteLine($"soak: {s_diplomas} diplomas on {Environment.ProcessorCount} cores: accepted after {accepted.TotalSeconds:0.0} s, signed {signed.TotalSeconds:0.0} s, anchored {anchored.TotalSeconds:0.0} s, finalized {final.TotalSeconds:0.0} s; {(world.IssuerProcessorTime - processor).TotalSeconds:0.0} s of processor time");

        Figure("signed", signed);
        Figure("anchored", anchored);
        Figure("finalized", final);

        JsonElement report = await world.Registrar.GetAsync("/anchors");
        JsonElement anchor = Newest(report);
        Assert.Equal(s_diplomas, anchor.GetProperty("credentials").GetInt32());
        Assert.Equal(2, report.GetProperty("anchors").GetArrayLength());
        output.WriteLine($"soak: {anchor.GetProperty("gasUsed").GetInt64()} gas for all, {anchor.GetProperty("feePerCredential").GetString()} wei a diploma");
        await AssertReceiptsAsync(world, anchor.GetProperty("root").GetString()!);
        await AssertSomeVerifyAsync(world, upload);
        Assert.InRange(final, TimeSpan.Zero, TimeSpan.FromMinutes(4) * Math.Max(1, s_diplomas / Usual));
    }, s_settings);

    // A line of the form that all figures have, for `make bench`.
    private static void Figure(string what, TimeSpan took)
    {
        if (Environment.GetEnvironmentVariable("CREDENTIALS_BENCH_LOG") is { Length: > 0 } log)
        {
            File.AppendAllText(log, string.Create(CultureInfo.InvariantCulture, $"{{\"name\":\"batch-{s_diplomas}/{what}\",\"unit\":\"s\",\"median\":{took.TotalSeconds:0.0},\"n\":1}}\n"));
        }
    }

    private static JsonElement Newest(JsonElement report) => report.GetProperty("anchors")[0];

    private static async Task<TimeSpan> ReachAsync(LocalWorld world, long start, params string[] states)
    {
        await world.Registrar.WaitAsync(
            new Uri("/anchors", UriKind.Relative),
            report => report.GetProperty("queued").GetInt64() == 0 && states.Contains(Newest(report).GetProperty("state").GetString()),
            s_patience);
        return Stopwatch.GetElapsedTime(start);
    }

    private static async Task AssertReceiptsAsync(LocalWorld world, string root)
    {
        AnchorBatch batch = await world.Registrar.GetBatchAsync(root);
        Assert.Equal(root, batch.Root.ToString());
        Assert.Equal(s_diplomas, batch.Digests.Distinct().Count());
        Assert.All(batch.Digests.Where((_, i) => i % Math.Max(1, s_diplomas / Usual) == 0), digest =>
        {
            AnchorReceipt receipt = batch.ReceiptOf(digest)!;
            Assert.Equal(batch.Root, MerkleTree.RootFromPath(digest, receipt.LeafIndex, receipt.TreeSize, [.. receipt.Path]));
        });
    }

    private static async Task AssertSomeVerifyAsync(LocalWorld world, Uri upload)
    {
        IReadOnlyList<string> ids = await world.Registrar.CredentialsOfAsync(upload);
        Assert.Equal(s_diplomas, ids.Distinct(StringComparer.Ordinal).Count());
        using Employer employer = new(world);
        foreach (string id in ids.Where((_, i) => i % 500 == 0))
        {
            VerificationResult result = await employer.VerifyAsync(await world.Registrar.GetCredentialAsync(id, "anchored"));
            Assert.True(result.Verdict == Verdict.Verified, string.Join('\n', result.Checks));
        }
    }
}
