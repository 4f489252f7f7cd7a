using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Credentials.EndToEnd.World;
using Credentials.TestKit;
using Credentials.TestKit.Ledger;
using Npgsql;
using Xunit.Abstractions;

namespace Credentials.EndToEnd.Load;

/// <summary>Offers redeemed by many wallets at once, on PostgreSQL: how many a second, and that clients which try again get nothing twice. The numbers are told, not judged: they are this machine's.</summary>
[Collection("end to end")]
public sealed class RedemptionLoadTests(ITestOutputHelper output)
{
    private const int Wallets = 24;
    private const string Configuration = "diploma-sd-jwt";
    private const string PreAuthorized = "urn:ietf:params:oauth:grant-type:pre-authorized_code";

    private static readonly int s_offers = Randomised.Soak ? 6_000 : 120;

    [LoadFact]
    public Task Issues_nothing_twice_however_often_wallets_try_again() => RunAsync(brokenOff: 0.2);

    [RateFact]
    public Task Redeems_offers_at_a_rate() => RunAsync(brokenOff: 0);

    private Task RunAsync(double brokenOff)
    {
        string database = PostgresServer.Shared.CreateDatabase();
        return LocalWorld.RunAsync(output, world => RunAsync(world, database, brokenOff), new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Storage:Postgres"] = database,
            ["RateLimits:AddressPerSecond"] = "1000000",
            ["RateLimits:AddressBurst"] = "1000000",
        });
    }

    private async Task RunAsync(LocalWorld world, string database, double brokenOff)
    {
        Uri batch = await world.Registrar.UploadAsync(s_offers);
        await world.Registrar.CredentialsOfAsync(batch);
        await world.Registrar.WaitUntilAllIsFinalAsync(TimeSpan.FromMinutes(5));
        IReadOnlyList<JsonElement> offers = await world.Registrar.OfferAllAsync(batch);
        ConcurrentQueue<string> codes = new(offers.Select(CodeOf));
        Assert.Equal(s_offers, codes.Count);

        using SocketsHttpHandler handler = new() { PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        using HttpClient http = new(handler) { Timeout = TimeSpan.FromMinutes(1) };
        string issuer = offers[0].GetProperty("offer").GetProperty("credential_issuer").GetString()!;
        await RedeemAsync(http, issuer, codes, new Latencies(), [], brokenOff: 0, most: Math.Min(20, s_offers / 4)); // Warm: the first ones compile the program.

        Latencies latencies = new();
        ConcurrentBag<string> credentials = [];
        ProcessorTimes before = ProcessorTimes.Now(world.IssuerProcessorTime);
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Wallets).Select(_ => Task.Run(() => RedeemAsync(http, issuer, codes, latencies, credentials, brokenOff, int.MaxValue))));
        TimeSpan took = Stopwatch.GetElapsedTime(start);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"soak: {latencies.Count} offers redeemed in {took.TotalSeconds:0.0} s by {Wallets} wallets at once, {latencies.Count / took.TotalSeconds:0} a second on {Environment.ProcessorCount} cores, {latencies}, {brokenOff:P0} of the requests broken off and sent again; {ProcessorTimes.Now(world.IssuerProcessorTime) - before}"));

        Assert.Empty(codes);
        Assert.Equal(credentials.Count, credentials.Distinct(StringComparer.Ordinal).Count());
        await AssertOneCopyForEachOfferAsync(database);
    }

    private static async Task RedeemAsync(HttpClient http, string issuer, ConcurrentQueue<string> codes, Latencies latencies, ConcurrentBag<string> credentials, double brokenOff, int most)
    {
        using LoadWallet wallet = new(http, issuer, brokenOff);
        for (int i = 0; i < most && codes.TryDequeue(out string? code); i++)
        {
            credentials.Add(await latencies.MeasureAsync(() => wallet.RedeemAsync(code, Configuration)));
        }
    }

    private static async Task AssertOneCopyForEachOfferAsync(string database)
    {
        await using NpgsqlConnection connection = new(database);
        await connection.OpenAsync();
        await using NpgsqlCommand count = new("SELECT COUNT(*), COUNT(DISTINCT master_id) FROM credentials WHERE master_id IS NOT NULL", connection);
        await using NpgsqlDataReader row = await count.ExecuteReaderAsync();
        Assert.True(await row.ReadAsync());
        Assert.Equal((s_offers, s_offers), (row.GetInt64(0), row.GetInt64(1)));
    }

    private static string CodeOf(JsonElement offer) => offer.GetProperty("offer").GetProperty("grants").GetProperty(PreAuthorized).GetProperty("pre-authorized_code").GetString()!;

    private sealed class LoadFactAttribute : FactAttribute
    {
        public LoadFactAttribute() => Skip = AnvilFixture.SkipReason ?? PostgresServer.SkipReason;
    }
}
