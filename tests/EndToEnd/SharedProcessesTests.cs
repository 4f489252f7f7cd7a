using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Credentials.Anchoring;
using Credentials.EndToEnd.World;
using Credentials.Ethereum;
using Credentials.TestKit;
using Credentials.TestKit.Ledger;
using Xunit.Abstractions;

namespace Credentials.EndToEnd;

/// <summary>Several issuer processes on one PostgreSQL, killed (SIGKILL) one after the other: every credential ends under exactly one root, and no nonce is shared or left out.</summary>
[Collection("end to end")]
public sealed class SharedProcessesTests(ITestOutputHelper output)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(Randomised.Soak ? 30 : 4);

    [SharedFact]
    public async Task Anchors_every_credential_under_exactly_one_root_though_processes_are_killed_again_and_again()
    {
        string database = PostgresServer.Shared.CreateDatabase();
        Dictionary<string, string> settings = new(StringComparer.Ordinal)
        {
            ["Storage:Postgres"] = database,
            ["Batches:ClaimTime"] = "00:00:05",
            ["Batches:ChunkSize"] = Randomised.Soak ? "200" : "20",
            ["Anchoring:MaxUploadWait"] = "00:00:02",
        };
        await LocalWorld.RunAsync(output, RunAsync, settings);
    }

    private async Task RunAsync(LocalWorld world)
    {
        int processes = Randomised.Soak ? 4 : 2;
        int credentials = Randomised.Soak ? 20_000 : 200;
        int leastKills = 3;
        long start = Stopwatch.GetTimestamp();
        using CancellationTokenSource end = new(s_patience);
        ConcurrentDictionary<int, (IssuerHost Issuer, Uri Url)> others = new();
        for (int i = 1; i < processes; i++)
        {
            others[i] = await world.StartAnotherIssuerAsync();
        }

        Uri upload = await world.Registrar.UploadAsync(credentials);
        ConcurrentDictionary<int, Task> starting = new();
        int kills = 0;
        for (int turn = 0; kills < leastKills || !await IsDoneAsync(world, upload); turn++)
        {
            end.Token.ThrowIfCancellationRequested();
            await Task.Delay(TimeSpan.FromSeconds(1));
            int victim = turn % processes;
            if (starting.TryGetValue(victim, out Task? earlier) && !earlier.IsCompleted)
            {
                continue;
            }

            kills++;
            starting[victim] = victim == 0 ? world.KillIssuerAsync() : ReplaceAsync(world, others, victim);
        }

        await Task.WhenAll(starting.Values);
        await world.Registrar.WaitUntilAllIsFinalAsync(s_patience);
        int roots = await AssertEachLiesUnderOneRootAsync(world, upload, credentials);
        long nonces = await AssertNoncesAsync(world);
        foreach ((IssuerHost issuer, _) in others.Values)
        {
            await issuer.DisposeAsync();
        }

        output.WriteLine($"soak: {processes} processes on one PostgreSQL, {kills} kills, {credentials} credentials under {roots} roots, nonces 0 to {nonces - 1} without a gap, {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s");
    }

    private static async Task ReplaceAsync(LocalWorld world, ConcurrentDictionary<int, (IssuerHost Issuer, Uri Url)> others, int victim)
    {
        (IssuerHost issuer, Uri url) = others[victim];
        issuer.Kill();
        await issuer.DisposeAsync();
        others[victim] = await world.StartAnotherIssuerAsync(url);
    }

    private static async Task<bool> IsDoneAsync(LocalWorld world, Uri upload)
    {
        if ((await world.Registrar.GetAsync(upload)).GetProperty("state").GetString() != "completed")
        {
            return false;
        }

        JsonElement report = await world.Registrar.GetAsync("/anchors?limit=500");
        return report.GetProperty("queued").GetInt64() == 0 && report.GetProperty("anchors").EnumerateArray().All(anchor => anchor.GetProperty("state").GetString() == "finalized");
    }

    private static async Task<int> AssertEachLiesUnderOneRootAsync(LocalWorld world, Uri upload, int credentials)
    {
        IReadOnlyList<string> ids = await world.Registrar.CredentialsOfAsync(upload);
        Assert.Equal(credentials, ids.Distinct(StringComparer.Ordinal).Count());
        IReadOnlyList<MerkleRoot> roots = await ChainHistory.ReadAnchoredRootsAsync(world);
        Assert.Equal(roots.Count, roots.Distinct().Count());
        AnchorBatch[] batches = await Task.WhenAll(roots.Select(root => world.Registrar.GetBatchAsync(root.ToString())));
        HashSet<AnchorDigest> anchored = [.. batches.SelectMany(batch => batch.Digests)];
        Assert.Equal(credentials, batches.Sum(batch => batch.Digests.Count));
        Assert.Equal(credentials, anchored.Count);

        // As many digests as credentials, all different, each anchored once: so of each credential that is looked at, and of no other.
        foreach (string id in ids.Where((_, place) => place % Math.Max(1, credentials / 100) == 0))
        {
            using var document = JsonDocument.Parse(await world.Registrar.GetCredentialAsync(id, "bare"));
            Assert.Contains(MerkleAnchor2026.DigestOf(document.RootElement)!.Value, anchored);
        }

        return roots.Count;
    }

    private static async Task<long> AssertNoncesAsync(LocalWorld world)
    {
        List<long> nonces = [];
        using HttpClient administrator = world.Administrator();
        for (string? page = "/anchoring/transactions?limit=500"; page is not null;)
        {
            using JsonDocument report = JsonDocument.Parse(await administrator.GetStringAsync(page));
            nonces.AddRange(report.RootElement.GetProperty("transactions").EnumerateArray().Where(of => of.TryGetProperty("nonce", out _)).Select(of => of.GetProperty("nonce").GetInt64()));
            page = report.RootElement.TryGetProperty("next", out JsonElement next) ? string.Create(CultureInfo.InvariantCulture, $"/anchoring/transactions?limit=500&before={next.GetInt64()}") : null;
        }

        ulong mined = await world.Ledger.GetTransactionCountAsync(world.Account, BlockTag.Latest, CancellationToken.None);
        Assert.Equal(Enumerable.Range(0, (int)mined).Select(nonce => (long)nonce), nonces.Order());
        return (long)mined;
    }

    /// <summary>Needs a node and a PostgreSQL; without one it is skipped and says how to have it.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class SharedFactAttribute : FactAttribute
    {
        public SharedFactAttribute() => Skip = AnvilFixture.SkipReason ?? PostgresServer.SkipReason;
    }
}
