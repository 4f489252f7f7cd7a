using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Credentials.IssuerApi.Tests.Http;

public sealed class RateLimitTests
{
    [Fact]
    public async Task Too_many_requests_of_one_key_wait_and_do_not_hinder_another()
    {
        using var folder = new TemporaryFolder();
        await using var limited = new IssuerApplication(folder.Path, new() { MinesAtOnce = true });
        limited.Settings["RateLimits:KeyBurst"] = "5";
        limited.Settings["RateLimits:KeyPerSecond"] = "1";
        await limited.InitializeAsync();
        University busy = await limited.CreateUniversityAsync();
        University calm = await limited.CreateUniversityAsync();
        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => busy.Registrar.GetAsync("/credentials/x")));

        HttpResponseMessage refused = answers.First(answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        await refused.ReadProblemAsync(HttpStatusCode.TooManyRequests, "RATE_LIMITED");
        Assert.True(refused.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1));
        await calm.Registrar.IssueAsync();
        using HttpResponseMessage health = await busy.Registrar.GetAsync("/health/live");
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Fact]
    public async Task Guessing_keys_is_limited_by_address()
    {
        using var folder = new TemporaryFolder();
        await using var limited = new IssuerApplication(folder.Path, new() { MinesAtOnce = true });
        limited.Settings["RateLimits:AddressBurst"] = "5";
        limited.Settings["RateLimits:AddressPerSecond"] = "1";
        await limited.InitializeAsync();
        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => limited.ClientOf($"registrar_{i:d12}_guess").GetAsync("/credentials/x")));
        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.TooManyRequests);

        using HttpClient administrator = limited.ClientOf(IssuerApplication.AdministratorKey);
        using HttpResponseMessage made = await administrator.PostAsJsonAsync("/institutions", new { slug = "u", name = "U", country = "PT" });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
    }

    [Fact]
    public async Task Wallets_are_counted_apart_from_whoever_guesses_keys_at_their_address()
    {
        using var folder = new TemporaryFolder();
        await using var limited = new IssuerApplication(folder.Path, new() { MinesAtOnce = true });
        limited.Settings["RateLimits:AddressBurst"] = "5";
        limited.Settings["RateLimits:AddressPerSecond"] = "1";
        await limited.InitializeAsync();
        University university = await limited.CreateUniversityAsync();
        using HttpClient anybody = limited.ClientOf(null);
        HttpResponseMessage[] guesses = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => anybody.GetAsync("/credentials/x")));
        Assert.Contains(guesses, answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        using HttpResponseMessage wallet = await anybody.PostAsync($"/institutions/{university.Slug}/openid/nonce", null);
        Assert.Equal(HttpStatusCode.OK, wallet.StatusCode);
        HttpResponseMessage[] many = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => anybody.PostAsync($"/institutions/{university.Slug}/openid/nonce", null)));
        Assert.Contains(many, answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
    }

    [Theory]
    [InlineData("10.0.0.0/24", "10.0.0.7", true)]
    [InlineData("10.0.0.7", "10.0.0.7", true)]
    [InlineData("10.0.0.8", "10.0.0.7", false)]
    [InlineData(null, "10.0.0.7", false)]
    [InlineData(null, "127.0.0.1", false)]
    public async Task Clients_are_told_apart_by_the_word_of_a_known_proxy_alone(string? known, string proxy, bool believed)
    {
        using var folder = new TemporaryFolder();
        await using var limited = new IssuerApplication(folder.Path, new() { MinesAtOnce = true }) { Overrides = services => services.AddSingleton<IStartupFilter>(new ConnectedFrom(IPAddress.Parse(proxy))) };
        limited.Settings["RateLimits:AddressBurst"] = "5";
        limited.Settings["RateLimits:AddressPerSecond"] = "1";
        if (known is not null)
        {
            limited.Settings["Issuer:KnownProxies:0"] = known;
        }

        await limited.InitializeAsync();
        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(1, 12).Select(async i =>
        {
            using HttpClient client = limited.ClientOf(null);
            client.DefaultRequestHeaders.Add("X-Forwarded-For", $"198.51.100.{i}");
            return await client.GetAsync("/credentials/x");
        }));
        Assert.Equal(believed, answers.All(answer => answer.StatusCode != HttpStatusCode.TooManyRequests));
    }

    // The test server has no connections, and so no addresses.
    private sealed class ConnectedFrom(IPAddress address) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, rest) =>
            {
                context.Connection.RemoteIpAddress = address;
                return rest(context);
            });
            next(app);
        };
    }
}
