using System.Diagnostics;
using System.Text.Json;
using Credentials.Anchoring;
using Credentials.EndToEnd.World;
using Credentials.TestKit.Ledger;
using Credentials.Verification;
using Xunit.Abstractions;

namespace Credentials.EndToEnd;

/// <summary>The graduation of a large university in one file.</summary>
[Collection("end to end")]
public sealed class BulkTests(ITestOutputHelper output)
{
    private const int Diplomas = 10_000;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    [AnvilFact]
    public Task Signs_ten_thousand_diplomas_and_anchors_them_by_one_transaction() => LocalWorld.RunAsync(output, async world =>
    {
        await world.Registrar.IssueAsync();
        await world.Registrar.WaitUntilAllIsFinalAsync(s_patience);
        TimeSpan processor = world.IssuerProcessorTime;
        long start = Stopwatch.GetTimestamp();
        Uri upload = await world.Registrar.UploadAsync(Diplomas);
        TimeSpan accepted = Stopwatch.GetElapsedTime(start);
        await world.Registrar.WaitAsync(upload, progress => progress.GetProperty("state").GetString() == "completed", s_patience);
        TimeSpan signed = Stopwatch.GetElapsedTime(start);
        TimeSpan anchored = await ReachAsync(world, start, "included", "safe", "finalized");
        TimeSpan final = await ReachAsync(world, start, "finalized");
        output.WriteLine($"soak: {Diplomas} diplomas on {Environment.ProcessorCount} cores: accepted after {accepted.TotalSeconds:0.0} s, signed {signed.TotalSeconds:0.0} s, anchored {anchored.TotalSeconds:0.0} s, finalized {final.TotalSeconds:0.0} s; {(world.IssuerProcessorTime - processor).TotalSeconds:0.0} s of processor time");

        JsonElement report = await world.Registrar.GetAsync("/anchors");
        JsonElement anchor = Newest(report);
        Assert.Equal(Diplomas, anchor.GetProperty("credentials").GetInt32());
        Assert.Equal(2, report.GetProperty("anchors").GetArrayLength());
        output.WriteLine($"soak: {anchor.GetProperty("gasUsed").GetInt64()} gas for all, {anchor.GetProperty("feePerCredential").GetString()} wei a diploma");
        await AssertReceiptsAsync(world, anchor.GetProperty("root").GetString()!);
        await AssertSomeVerifyAsync(world, upload);
        Assert.InRange(final, TimeSpan.Zero, TimeSpan.FromMinutes(4));
    });

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
        Assert.Equal(Diplomas, batch.Digests.Distinct().Count());
        Assert.All(batch.Digests, digest =>
        {
            AnchorReceipt receipt = batch.ReceiptOf(digest)!;
            Assert.Equal(batch.Root, MerkleTree.RootFromPath(digest, receipt.LeafIndex, receipt.TreeSize, [.. receipt.Path]));
        });
    }

    private static async Task AssertSomeVerifyAsync(LocalWorld world, Uri upload)
    {
        IReadOnlyList<string> ids = await world.Registrar.CredentialsOfAsync(upload);
        Assert.Equal(Diplomas, ids.Distinct(StringComparer.Ordinal).Count());
        using Employer employer = new(world);
        foreach (string id in ids.Where((_, i) => i % 500 == 0))
        {
            VerificationResult result = await employer.VerifyAsync(await world.Registrar.GetCredentialAsync(id, "anchored"));
            Assert.True(result.Verdict == Verdict.Verified, string.Join('\n', result.Checks));
        }
    }
}
