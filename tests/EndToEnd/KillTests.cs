using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Credentials.Anchoring;
using Credentials.EndToEnd.World;
using Credentials.Ethereum;
using Credentials.TestKit.Ledger;
using Xunit.Abstractions;

namespace Credentials.EndToEnd;

/// <summary>The issuer and the chain are killed in turn (SIGKILL) while credentials are issued: what was acknowledged ends final, once.</summary>
[Collection("end to end")]
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Credentials = 500;
    private const int Uploaded = 100;
    private const int Desks = 2;
    private static readonly bool s_soak = Environment.GetEnvironmentVariable("CREDENTIALS_SOAK") == "1";

    [AnvilFact]
    public Task Finalizes_every_acknowledged_credential_once_though_issuer_and_chain_are_killed() => LocalWorld.RunAsync(output, async world =>
    {
        int kills = s_soak ? 30 : 3;
        int seed = int.Parse(Environment.GetEnvironmentVariable("CREDENTIALS_SEED") ?? "20260701", CultureInfo.InvariantCulture);
        long start = Stopwatch.GetTimestamp();

        // Two desks issue one by one for about as long as the kills take, and a third uploads a file.
        TimeSpan pace = TimeSpan.FromSeconds(kills * 3.0 * Desks / (Credentials - Uploaded));
        Task<string[]>[] desks = [.. Enumerable.Range(0, Desks).Select(_ => IssueAsync(world, (Credentials - Uploaded) / Desks, pace))];
        Task<Uri> upload = world.Registrar.UploadAsync(Uploaded);
        for (int kill = 0; kill < kills; kill++)
        {
            await Task.Delay(RandomPause(seed, kill));
            await (kill % 2 == 0 ? world.KillIssuerAsync() : world.KillChainAsync());
        }

        List<string> ids = [.. (await Task.WhenAll(desks)).SelectMany(of => of), .. await world.Registrar.CredentialsOfAsync(await upload)];
        await world.Registrar.WaitUntilAllIsFinalAsync(TimeSpan.FromMinutes(3));
        TimeSpan took = Stopwatch.GetElapsedTime(start);

        int roots = await AssertEachLiesUnderOneRootAsync(world, ids);
        ulong mined = await world.Ledger.GetTransactionCountAsync(world.Account, BlockTag.Latest, CancellationToken.None);
        await world.StopIssuerAsync();
        IReadOnlyList<long> nonces = await ChainHistory.ReadNonceLogAsync(world);
        Assert.Equal(Enumerable.Range(0, (int)mined).Select(nonce => (long)nonce), nonces);
        output.WriteLine($"soak: {kills} kills (seed {seed}), {ids.Count} credentials under {roots} roots, nonces 0 to {mined - 1} without a gap, {took.TotalSeconds:0} s");
    });

    private static async Task<string[]> IssueAsync(LocalWorld world, int count, TimeSpan pace)
    {
        string[] ids = new string[count];
        for (int i = 0; i < count; i++)
        {
            ids[i] = await world.Registrar.IssueAsync();
            await Task.Delay(pace);
        }

        return ids;
    }

    /// <summary>Asks the contract, and every receipt file, for every credential.</summary>
    private static async Task<int> AssertEachLiesUnderOneRootAsync(LocalWorld world, List<string> ids)
    {
        Assert.Equal(Credentials, ids.Distinct(StringComparer.Ordinal).Count());
        IReadOnlyList<MerkleRoot> anchored = await ChainHistory.ReadAnchoredRootsAsync(world);
        Assert.Equal(anchored.Count, anchored.Distinct().Count());
        AnchorBatch[] batches = await Task.WhenAll(anchored.Select(root => world.Registrar.GetBatchAsync(root.ToString())));
        Assert.Equal(Credentials, batches.Sum(batch => batch.Digests.Count));

        ConcurrentBag<AnchorDigest> digests = [];
        await Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (id, cancellationToken) =>
        {
            using var document = System.Text.Json.JsonDocument.Parse(await world.Registrar.GetCredentialAsync(id, "bare"));
            AnchorDigest digest = MerkleAnchor2026.DigestOf(document.RootElement)!.Value;
            AnchorReceipt receipt = Assert.Single(batches.Select(batch => batch.ReceiptOf(digest)).OfType<AnchorReceipt>());
            RegistryState state = await world.Ledger.LookUpAsync(world.Registry.Contract, new(receipt.Institution, receipt.Root), BlockTag.Finalized, cancellationToken);
            Assert.NotEqual(0UL, state.AnchoredAt);
            Assert.Equal(state.AnchoredBlock, receipt.Hints!.BlockNumber);
            digests.Add(digest);
        });
        Assert.Equal(Credentials, digests.Distinct().Count());
        return anchored.Count;
    }

    // Between a third of a second and three seconds; the same for the same seed.
    private static TimeSpan RandomPause(int seed, int kill)
    {
        byte[] random = SHA256.HashData([.. BitConverter.GetBytes(seed), .. BitConverter.GetBytes(kill)]);
        return TimeSpan.FromMilliseconds(300 + (BitConverter.ToUInt16(random) % 2700));
    }
}
