using System.Net;
using System.Text.Json;

namespace Credentials.IssuerApi.Tests.Health;

public sealed class HealthTests(IssuerApplication issuer) : IClassFixture<IssuerApplication>
{
    [Fact]
    public async Task Lives()
    {
        using HttpResponseMessage answer = await issuer.ClientOf(null).GetAsync("/health/live");
        Assert.Equal("healthy", (await answer.ReadAsync(HttpStatusCode.OK)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Is_ready_when_database_key_ring_and_chain_are()
    {
        JsonElement ready = await issuer.ClientOf(null).WaitForAsync("/health/ready", health => health.GetProperty("status").GetString() == "healthy");
        Assert.Equal(["anchoring", "chain", "database", "keyRing"], ready.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("name").GetString()).Order());
    }

    [Fact]
    public async Task Is_degraded_and_not_dead_without_the_chain()
    {
        JsonElement ready = await ReadyOfAsync(application => application.Ledger.Unplugged = true);
        Assert.Equal("degraded", ready.GetProperty("status").GetString());
        JsonElement chain = ready.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("name").GetString() == "chain");
        Assert.Contains("does not answer", chain.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_degraded_when_the_node_serves_another_chain()
    {
        JsonElement ready = await ReadyOfAsync(application => application.Settings["Chain:ChainId"] = "1");
        JsonElement chain = ready.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("name").GetString() == "chain");
        Assert.Equal("degraded", chain.GetProperty("status").GetString());
        Assert.Contains("another chain", chain.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> ReadyOfAsync(Action<IssuerApplication> spoil)
    {
        using var folder = new TemporaryFolder();
        await using var application = new IssuerApplication(folder.Path, new() { MinesAtOnce = true });
        await application.InitializeAsync();
        spoil(application);
        using HttpResponseMessage answer = await application.ClientOf(null).GetAsync("/health/ready");
        return await answer.ReadAsync(HttpStatusCode.OK);
    }
}
