using System.Net;
using System.Net.Http.Json;

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
}
