using System.Diagnostics;
using System.Text.Json;
using Credentials.Anchoring;
using Credentials.EndToEnd.World;
using Credentials.Ethereum;
using Credentials.TestKit;
using Credentials.TestKit.Ledger;
using Xunit.Abstractions;

namespace Credentials.EndToEnd;

/// <summary>A real issuer kills itself (SIGKILL) at one named step of its pipeline after the other, over one database and one chain. In the gate at every third step; the law of all steps, without processes, is PipelineStepTests.</summary>
[Collection("end to end")]
public sealed class StepKillTests(ITestOutputHelper output)
{
    // The names of PipelineStep, with what brings each about. PipelineStepTests holds the table to the names.
    private static readonly (string Step, Func<LocalWorld, Task> Work)[] s_steps =
    [
        ("rows-claimed", UploadAsync),
        ("batch-sealing", IssueAsync),
        ("batch-sealed", IssueAsync),
        ("nonce-leasing", IssueAsync),
        ("nonce-leased", IssueAsync),
        ("transaction-signed", IssueAsync),
        ("transaction-stored", IssueAsync),
        ("transaction-sent", IssueAsync),
        ("transaction-noted", IssueAsync),
        ("judged", IssueAsync),
        ("judgement-saving", IssueAsync),
        ("judgement-saved", IssueAsync),
        ("rows-signed", UploadAsync),
        ("rows-storing", UploadAsync),
        ("rows-stored", UploadAsync),
        ("replacement-signed", CancelAsync),
        ("replacement-stored", CancelAsync),
        ("batch-releasing", CancelAsync),
    ];

    [AnvilFact]
    public Task Loses_and_doubles_nothing_when_the_process_is_killed_at_one_step_after_the_other() => LocalWorld.RunAsync(output, async world =>
    {
        long start = Stopwatch.GetTimestamp();
        (string Step, Func<LocalWorld, Task> Work)[] steps = [.. s_steps.Where((_, place) => Randomised.Soak || place % 3 == 0)];
        foreach ((string step, Func<LocalWorld, Task> work) in steps)
        {
            await world.StopIssuerAsync();
            world.StartDyingIssuer(step);
            Task working = work(world);
            await world.IssuerDiesAsync(TimeSpan.FromMinutes(2));
            await world.ControlChainAsync("evm_setIntervalMining", 1);
            await world.StopIssuerAsync();
            await world.StartIssuerAsync();
            await working.WaitAsync(TimeSpan.FromMinutes(2));
        }

        await world.Registrar.WaitUntilAllIsFinalAsync(TimeSpan.FromMinutes(3));
        IReadOnlyList<MerkleRoot> roots = await ChainHistory.ReadAnchoredRootsAsync(world);
        AnchorBatch[] batches = await Task.WhenAll(roots.Select(root => world.Registrar.GetBatchAsync(root.ToString())));
        int issued = await ChainHistory.CountCredentialsAsync(world);
        Assert.Equal(issued, batches.Sum(batch => batch.Digests.Count));
        Assert.Equal(issued, batches.SelectMany(batch => batch.Digests).Distinct().Count());
        ulong mined = await world.Ledger.GetTransactionCountAsync(world.Account, BlockTag.Latest, CancellationToken.None);
        Assert.Equal(Enumerable.Range(0, (int)mined).Select(nonce => (long)nonce), await ChainHistory.ReadNonceLogAsync(world));
        output.WriteLine($"soak: killed at {steps.Length} steps of the pipeline in turn: {issued} credentials under {roots.Count} roots, nonces 0 to {mined - 1} without a gap, {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s");
    });

    private static Task<string> IssueAsync(LocalWorld world) => world.Registrar.IssueAsync();

    private static Task<Uri> UploadAsync(LocalWorld world) => world.Registrar.UploadAsync(3);

    // With no block coming, the anchor waits in the node until it is taken back.
    private static async Task CancelAsync(LocalWorld world)
    {
        await world.ControlChainAsync("evm_setIntervalMining", 0);
        await world.Registrar.IssueAsync();
        JsonElement report = await world.Registrar.WaitAsync(
            new Uri("/anchors?limit=1", UriKind.Relative),
            of => of.GetProperty("anchors").EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } first && first.GetProperty("state").GetString() == "submitted",
            TimeSpan.FromMinutes(1));
        using HttpClient administrator = world.Administrator();
        using HttpResponseMessage answer = await administrator.PostAsync(new Uri($"/anchoring/transactions/{report.GetProperty("anchors")[0].GetProperty("transactionId").GetInt64()}/cancel", UriKind.Relative), null);
        answer.EnsureSuccessStatusCode();
        await Task.Delay(TimeSpan.FromSeconds(1));
        await world.ControlChainAsync("evm_setIntervalMining", 1);
    }
}
