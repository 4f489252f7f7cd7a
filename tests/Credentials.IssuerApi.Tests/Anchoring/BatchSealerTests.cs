using System.Diagnostics;
using Credentials.IssuerApi.Tests.Anchoring.Lab;
using Dapper;
using Xunit.Abstractions;

namespace Credentials.IssuerApi.Tests.Anchoring;

public sealed class BatchSealerTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Leaves_young_credentials_in_the_queue()
    {
        using AnchoringLab lab = await QueueAsync(3);

        await lab.Process.SealAsync();
        Assert.Equal(0, await BatchesAsync(lab));

        lab.Clock.Advance(lab.Options.MaxBatchAge);
        await lab.Process.SealAsync();
        Assert.Equal(1, await BatchesAsync(lab));
    }

    [Fact]
    public async Task Seals_a_full_batch_at_once_and_leaves_the_rest()
    {
        using AnchoringLab lab = await QueueAsync(10, maxBatchSize: 4);

        await lab.Process.SealAsync();
        await lab.Process.SealAsync();
        await lab.Process.SealAsync();

        Assert.Equal([4, 4], await lab.QueryAsync<long>("SELECT tree_size FROM anchor_batches ORDER BY id"));
        Assert.Equal(2, await lab.QueryOneAsync<long>("SELECT count(*) FROM credentials WHERE anchor_batch_id IS NULL"));
    }

    [Fact]
    public async Task Keeps_two_institutions_under_two_roots()
    {
        using AnchoringLab lab = await QueueAsync(2);
        await lab.CreateInstitutionAsync("fudan");
        await lab.IssueAsync("fudan", 3);
        lab.Clock.Advance(lab.Options.MaxBatchAge);

        await lab.Process.SealAsync();

        Assert.Equal(["coimbra 2", "fudan 3"], await lab.QueryAsync<string>("SELECT institution_id || ' ' || tree_size FROM anchor_batches ORDER BY institution_id"));
        Assert.Equal(0, await lab.QueryOneAsync<long>("SELECT count(*) FROM credentials c JOIN anchor_batches b ON b.id = c.anchor_batch_id WHERE b.institution_id <> c.institution_id"));
    }

    [Theory]
    [InlineData("running")]
    [InlineData("queued")]
    public async Task Waits_for_the_rest_of_an_upload_but_not_for_ever(string state)
    {
        using AnchoringLab lab = await QueueAsync(5);
        await lab.WriteAsync(write => write.Connection!.ExecuteAsync(
            "INSERT INTO batch_jobs (id, institution_id, state, cryptosuites, created_by, total, created_at) VALUES ('j', 'coimbra', @state, '', '', 9, 0)", new { state }, write));

        lab.Clock.Advance(lab.Options.MaxBatchAge + TimeSpan.FromSeconds(10));
        await lab.Process.SealAsync();
        Assert.Equal(0, await BatchesAsync(lab));

        lab.Clock.Advance(lab.Options.MaxUploadWait);
        await lab.Process.SealAsync();
        Assert.Equal(1, await BatchesAsync(lab));
    }

    [Fact]
    public async Task Seals_ten_thousand_well_within_a_second()
    {
        using AnchoringLab lab = await QueueAsync(10_000);
        lab.Clock.Advance(lab.Options.MaxBatchAge);

        long start = Stopwatch.GetTimestamp();
        await lab.Process.SealAsync();
        TimeSpan took = Stopwatch.GetElapsedTime(start);

        output.WriteLine($"Sealed 10,000 credentials in {took.TotalMilliseconds:0} ms.");
        Assert.Equal(10_000, await lab.QueryOneAsync<long>("SELECT tree_size FROM anchor_batches"));
        Assert.Equal(10_000, await lab.QueryOneAsync<long>("SELECT count(DISTINCT leaf_index) FROM credentials WHERE leaf_index BETWEEN 0 AND 9999"));
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    private static async Task<AnchoringLab> QueueAsync(int credentials, int? maxBatchSize = null)
    {
        AnchoringLab lab = await AnchoringLab.CreateAsync();
        lab.Options.MaxBatchSize = maxBatchSize ?? lab.Options.MaxBatchSize;
        await lab.CreateInstitutionAsync("coimbra");
        await lab.IssueAsync("coimbra", credentials);
        return lab;
    }

    private static Task<long> BatchesAsync(AnchoringLab lab) => lab.QueryOneAsync<long>("SELECT count(*) FROM anchor_batches");
}
