using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Credentials.Anchoring;
using Credentials.EndToEnd.World;
using Credentials.Ethereum;
using Credentials.TestKit;
using Credentials.TestKit.Ledger;
using Credentials.Verification;
using Xunit.Abstractions;

namespace Credentials.EndToEnd;

/// <summary>The chain takes back 1 to 20 blocks under submitted, included and final anchors. Anvil calls final what is one block old, so the deep ones break even its finality.</summary>
[Collection("end to end")]
public sealed class ReorganisationTests(ITestOutputHelper output)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    [AnvilFact]
    public Task Ends_every_credential_final_once_whatever_the_chain_takes_back() => LocalWorld.RunAsync(output, async world =>
    {
        int schedules = Randomised.Soak ? 100 : 5;
        int seed = int.Parse(Environment.GetEnvironmentVariable("CREDENTIALS_SEED") ?? "20260702", CultureInfo.InvariantCulture);
        long start = Stopwatch.GetTimestamp();
        List<string> ids = [];
        Dictionary<string, byte[]> handedOut = new(StringComparer.Ordinal);
        for (int number = 0; number < schedules; number++)
        {
            Schedule schedule = Schedule.Of(seed, number);
            await world.ControlChainAsync("anvil_mine", "0x" + schedule.Depth.ToString("x", CultureInfo.InvariantCulture));
            ids.AddRange(await IssueAsync(world, schedule.Before));
            await Task.Delay(schedule.Pause);
            if (schedule.WaitsForFinality)
            {
                await world.Registrar.WaitUntilAllIsFinalAsync(s_patience);
            }

            await KeepAsync(world, ids, handedOut);
            await (schedule.RollsBack
                ? world.ControlChainAsync("anvil_rollback", schedule.Depth)
                : world.ControlChainAsync("anvil_reorg", schedule.Depth, Array.Empty<object>()));
            ids.AddRange(await IssueAsync(world, schedule.After));
            await UntilTheLawHoldsAsync(world, ids);
        }

        (int stale, int all) = await VerifyAsync(world, handedOut);
        Assert.True(stale > 0, "No schedule took back what was handed out: the test shows less than it says.");
        IReadOnlyList<MerkleRoot> roots = await AssertEachLiesUnderOneRootAsync(world, ids);
        output.WriteLine($"soak: {schedules} reorganisations of 1 to 20 blocks (seed {seed}): {ids.Count} credentials under {roots.Count} roots, {all} handed out before verify, {stale} of them with hints that the chain took back, {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s");
    });

    private static async Task<IReadOnlyList<string>> IssueAsync(LocalWorld world, int count)
    {
        List<string> ids = [];
        for (int i = 0; i < count; i++)
        {
            ids.Add(await world.Registrar.IssueAsync());
        }

        return ids;
    }

    // What a learner took home before the chain went back.
    private static async Task KeepAsync(LocalWorld world, List<string> ids, Dictionary<string, byte[]> handedOut)
    {
        foreach (string id in ids.Where(id => !handedOut.ContainsKey(id)))
        {
            if ((await world.Registrar.GetAsync($"/credentials/{id}/state")).GetProperty("state").GetString() == "finalized")
            {
                handedOut[id] = await world.Registrar.GetCredentialAsync(id, "anchored");
            }
        }
    }

    // Final in the issuer's words, and in the contract's; and the hints that it hands out now are those of the chain as it is.
    private static async Task UntilTheLawHoldsAsync(LocalWorld world, List<string> ids)
    {
        long start = Stopwatch.GetTimestamp();
        string? fault = "not asked";
        while (fault is not null)
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < s_patience, $"After {s_patience.TotalSeconds:0} s: {fault}");
            await Task.Delay(250);
            fault = null;
            foreach (string id in ids)
            {
                fault ??= await FaultOfAsync(world, id);
            }
        }
    }

    private static async Task<string?> FaultOfAsync(LocalWorld world, string id)
    {
        string state = (await world.Registrar.GetAsync($"/credentials/{id}/state")).GetProperty("state").GetString()!;
        if (state != "finalized")
        {
            return $"{id} is {state}";
        }

        AnchorReceipt receipt = AnchorReceiptFormat.FromJson(await world.Registrar.GetAsync($"/credentials/{id}/receipt")).Require();
        RegistryState contract = await world.Ledger.LookUpAsync(world.Registry.Contract, new(receipt.Institution, receipt.Root), BlockTag.Finalized, CancellationToken.None);
        BlockHeader? block = receipt.Hints is { } hints ? await world.Ledger.GetBlockAsync(BlockTag.Number(hints.BlockNumber), CancellationToken.None) : null;
        return contract.AnchoredAt == 0 ? $"{receipt.Root} is not anchored"
            : block is null || !block.Hash.Equals(receipt.Hints!.BlockHash) || block.Number != contract.AnchoredBlock || (ulong)receipt.Hints.BlockTime.ToUnixTimeSeconds() != contract.AnchoredAt ? $"{receipt.Root} has stale hints"
            : null;
    }

    // A root may have got a later time; the contract's rules, and so the receipt stays right.
    private static async Task<(int Stale, int All)> VerifyAsync(LocalWorld world, Dictionary<string, byte[]> handedOut)
    {
        using Employer employer = new(world);
        int stale = 0;
        foreach ((string id, byte[] earlier) in handedOut)
        {
            VerificationResult result = await employer.VerifyAsync(earlier);
            Assert.True(result.Verdict == Verdict.Verified, $"{id}: {string.Join("; ", result.Checks.Select(check => $"{check.Name} {check.Outcome} {check.Problem?.Detail}"))}");
            byte[] now = await world.Registrar.GetCredentialAsync(id, "anchored");
            stale += earlier.AsSpan().SequenceEqual(now) ? 0 : 1;
        }

        return (stale, handedOut.Count);
    }

    private static async Task<IReadOnlyList<MerkleRoot>> AssertEachLiesUnderOneRootAsync(LocalWorld world, List<string> ids)
    {
        IReadOnlyList<MerkleRoot> roots = await ChainHistory.ReadAnchoredRootsAsync(world);
        AnchorBatch[] batches = await Task.WhenAll(roots.Distinct().Select(root => world.Registrar.GetBatchAsync(root.ToString())));
        Assert.Equal(ids.Count, batches.Sum(batch => batch.Digests.Count));
        Assert.Equal(ids.Count, batches.SelectMany(batch => batch.Digests).Distinct().Count());
        return roots;
    }

    private sealed record Schedule(int Before, int After, int Depth, TimeSpan Pause, bool RollsBack, bool WaitsForFinality)
    {
        /// <summary>The same for the same seed. Every second one waits until all is final, and then takes back enough to reach it.</summary>
        public static Schedule Of(int seed, int number)
        {
            byte[] random = SHA256.HashData([.. BitConverter.GetBytes(seed), .. BitConverter.GetBytes(number)]);
            bool waits = number % 2 == 1;
            int depth = waits ? 10 + (random[2] % 11) : 1 + (random[2] % 20);
            return new(1 + (random[0] % 3), random[1] % 2, depth, TimeSpan.FromMilliseconds(BitConverter.ToUInt16(random, 3) % 6000), random[5] % 2 == 0, waits);
        }
    }
}
