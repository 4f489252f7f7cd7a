using System.Text.Json;
using Credentials.IssuerApi.Storage;
using Credentials.IssuerApi.Wallets;
using Credentials.IssuerApi.Wallets.Offers;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Tests.Wallets;

/// <summary>What is kept of offers, and for how long.</summary>
public sealed class RetentionTests : IAsyncLifetime, IDisposable
{
    private readonly IssuerApplication _app = new();

    [Fact]
    public async Task Forgets_hashes_when_they_open_nothing_and_offers_that_came_to_nothing()
    {
        University university = await _app.CreateUniversityAsync();
        JsonElement issued = await Holder.OfferAsync(university, new { txCode = true });
        using Holder holder = new(_app, university);
        await holder.AcceptAsync(issued);
        await Holder.OfferAsync(university, new { txCode = true });
        Assert.Equal((2, 1, 2), await CountAsync());
        await SweepAsync(TimeSpan.Zero);
        Assert.Equal((2, 1, 2), await CountAsync());
        await SweepAsync(TimeSpan.FromDays(2));
        Assert.Equal((2, 0, 0), await CountAsync());
        await SweepAsync(TimeSpan.FromDays(92));
        Assert.Equal((1, 0, 0), await CountAsync());
    }

    public Task InitializeAsync() => _app.InitializeAsync();

    public Task DisposeAsync() => ((IAsyncLifetime)_app).DisposeAsync();

    public void Dispose() => _app.Dispose();

    private Task SweepAsync(TimeSpan later) => OfferRetention.SweepAsync(
        _app.Services.GetRequiredService<IDatabase>(), _app.Services.GetRequiredService<IOptions<WalletOptions>>().Value, TimeProvider.System.GetUtcNow() + later, CancellationToken.None);

    private Task<(long Offers, long Tokens, long Codes)> CountAsync() => _app.Services.GetRequiredService<IDatabase>().ReadAsync(
        connection => connection.QuerySingleAsync<(long, long, long)>("SELECT count(*), count(access_hash), count(learner_code_hash) FROM wallet_offers"), CancellationToken.None);
}
