using Credentials.IssuerApi.Anchoring;
using Credentials.IssuerApi.ApiKeys;
using Credentials.IssuerApi.Tests.Anchoring.Lab;

namespace Credentials.IssuerApi.Tests.Anchoring;

/// <summary>A flush seals what is queued when it is ordered, and not more.</summary>
public sealed class FlushTests
{
    private static readonly Caller s_registrar = new("desk", Role.Registrar, "coimbra");

    [Fact]
    public async Task Seals_the_young_queue_of_the_own_institution_alone_and_only_once()
    {
        using AnchoringLab lab = await AnchoringLab.CreateAsync();
        await lab.CreateInstitutionAsync("coimbra");
        await lab.CreateInstitutionAsync("fudan");
        await lab.IssueAsync("coimbra", 2);
        await lab.IssueAsync("fudan", 2);
        AnchoringOrders orders = lab.Process.Get<AnchoringOrders>();

        await orders.FlushAsync(s_registrar, CancellationToken.None);
        await orders.FlushAsync(s_registrar, CancellationToken.None);
        Assert.Equal(["coimbra"], await orders.FlushesAsync(null, CancellationToken.None));
        await lab.Process.SealAsync();
        lab.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await lab.IssueAsync("coimbra", 1);
        await lab.Process.SealAsync();

        Assert.Equal(["coimbra 2"], await lab.QueryAsync<string>("SELECT institution_id || ' ' || tree_size FROM anchor_batches"));
        Assert.Empty(await orders.FlushesAsync(null, CancellationToken.None));
    }

    [Fact]
    public async Task Outlives_a_restart_and_waits_for_the_end_of_a_pause()
    {
        using AnchoringLab lab = await AnchoringLab.CreateAsync();
        Caller administrator = new("administrator", Role.Administrator, null);
        await lab.CreateInstitutionAsync("coimbra");
        await lab.IssueAsync("coimbra", 2);
        await lab.Process.Get<AnchoringOrders>().PauseAsync(administrator, CancellationToken.None);
        await lab.Process.Get<AnchoringOrders>().FlushAsync(administrator, CancellationToken.None);
        lab.Start();

        Stall? stall = await lab.Process.SealAsync();
        Assert.Equal(StallKind.Paused, stall?.Kind);
        Assert.Contains("POST /anchoring/resume", stall!.Message, StringComparison.Ordinal);
        Assert.Equal(StallKind.Paused, (await lab.Process.SendAsync())?.Kind);
        Assert.Equal(0, await lab.QueryOneAsync<long>("SELECT count(*) FROM anchor_batches"));

        await lab.Process.Get<AnchoringOrders>().ResumeAsync(administrator, CancellationToken.None);
        await lab.Process.SealAsync();
        Assert.Equal(1, await lab.QueryOneAsync<long>("SELECT count(*) FROM anchor_batches"));
        Assert.Equal(["pause-anchoring", "flush-anchoring", "resume-anchoring"], await lab.QueryAsync<string>("SELECT action FROM audit_log ORDER BY id"));
    }

    [Fact]
    public async Task Is_nothing_where_nothing_is_queued()
    {
        using AnchoringLab lab = await AnchoringLab.CreateAsync();
        await lab.CreateInstitutionAsync("coimbra");

        await lab.Process.Get<AnchoringOrders>().FlushAsync(s_registrar, CancellationToken.None);

        Assert.Empty(await lab.Process.Get<AnchoringOrders>().FlushesAsync(null, CancellationToken.None));
        Assert.Equal(0, await lab.QueryOneAsync<long>("SELECT count(*) FROM audit_log"));
    }
}
