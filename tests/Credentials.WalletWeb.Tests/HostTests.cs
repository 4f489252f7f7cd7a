using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Credentials.WalletWeb.Tests;

public sealed class HostTests(WalletHost host) : IClassFixture<WalletHost>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/offer?credential_offer_uri=https%3A%2F%2Fissuer.example%2Foffers%2Fx")]
    [InlineData("/present?client_id=redirect_uri%3Ahttps%3A%2F%2Fv.example%2Fr&request_uri=https%3A%2F%2Fv.example%2Fq")]
    [InlineData("/callback?code=secret-code&state=s")]
    public async Task Serves_one_page_wherever_a_learner_arrives_and_repeats_nothing_of_the_query(string path)
    {
        using HttpResponseMessage answer = await GetAsync(path);
        string page = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("data-verifier=\"https://verify.example.org\" data-base=\"https://wallet.example.org\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-code", page, StringComparison.Ordinal);
        Assert.DoesNotContain("issuer.example", page, StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
    }

    [Theory]
    [InlineData("/index.html")]
    [InlineData("/app.json")]
    [InlineData("/main.ts")]
    [InlineData("/languages-xx.json")]
    [InlineData("/..%2fappsettings.json")]
    [InlineData("/offer/more")]
    public async Task Serves_no_other_file(string path)
    {
        using HttpResponseMessage answer = await GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("default-src 'none'", Policy(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_nothing_from_anybody()
    {
        using HttpClient http = host.CreateClient();
        using StringContent body = new("{}");
        using HttpResponseMessage answer = await http.PostAsync(new Uri("/", UriKind.Relative), body);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    [Fact]
    public async Task Allows_scripts_of_its_own_only_and_no_frame_no_form_and_no_string_as_script()
    {
        using HttpResponseMessage answer = await GetAsync("/");
        string policy = Policy(answer);

        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("form-action 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("require-trusted-types-for 'script'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", policy, StringComparison.Ordinal);
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Opener-Policy")));
    }

    [Fact]
    public async Task Asks_loopback_addresses_only_when_it_is_on_one()
    {
        await using WalletHost pilot = new() { BaseUrl = "http://localhost:7103", VerifierUrl = "http://localhost:7102" };
        using HttpClient http = pilot.CreateClient();
        using HttpResponseMessage answer = await http.GetAsync(new Uri("/", UriKind.Relative));

        Assert.Contains("connect-src 'self' https: http://localhost:* http://127.0.0.1:*;", Policy(answer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ar-EG,en;q=0.5", "ar", "rtl")]
    [InlineData("zh-CN", "zh-Hans", "ltr")]
    [InlineData("fi, es;q=0.9, en;q=0.8", "es", "ltr")]
    [InlineData("fi", "en", "ltr")]
    public async Task Speaks_the_visitors_language_before_the_app_runs(string wanted, string language, string direction)
    {
        using HttpResponseMessage answer = await GetAsync("/", wanted);

        Assert.Contains($"<html lang=\"{language}\" dir=\"{direction}\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("Accept-Language", answer.Headers.Vary);
    }

    [Fact]
    public async Task Can_be_installed()
    {
        using HttpResponseMessage answer = await GetAsync("/manifest.webmanifest", "ar");
        JsonNode manifest = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

        Assert.Equal("application/manifest+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("standalone", manifest["display"]!.GetValue<string>());
        Assert.Equal("rtl", manifest["dir"]!.GetValue<string>());
        using HttpResponseMessage icon = await GetAsync(manifest["icons"]![0]!["src"]!.GetValue<string>());
        Assert.Equal("image/svg+xml", icon.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Names_no_file_in_its_page_or_its_worker_that_it_does_not_serve()
    {
        using HttpResponseMessage page = await GetAsync("/");
        using HttpResponseMessage worker = await GetAsync("/worker.js");
        string both = await page.Content.ReadAsStringAsync() + await worker.Content.ReadAsStringAsync();
        string[] files = [.. Regex.Matches(both, "\"(?<file>/[a-zA-Z0-9-]+\\.[a-z]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(match => match.Groups["file"].Value).Distinct(StringComparer.Ordinal)];

        Assert.Contains("/languages-ar.json", files);
        foreach (string file in files)
        {
            using HttpResponseMessage answer = await GetAsync(file);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Sends_a_file_once_and_afterwards_says_that_it_has_not_changed()
    {
        using HttpResponseMessage first = await GetAsync("/main.js");
        using HttpClient http = host.CreateClient();
        using HttpRequestMessage again = new(HttpMethod.Get, "/main.js");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using HttpResponseMessage second = await http.SendAsync(again);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task Is_loaded_the_first_time_with_less_than_100_KB()
    {
        long sum = 0;
        foreach (string path in (string[])["/", "/main.js", "/main.css", "/icon.svg", "/languages-ar.json", "/manifest.webmanifest"])
        {
            using HttpResponseMessage answer = await GetAsync(path, compressed: true);
            sum += (await answer.Content.ReadAsByteArrayAsync()).Length;
        }

        Assert.InRange(sum, 10_000, 100_000);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Is_healthy(string path)
    {
        using HttpResponseMessage answer = await GetAsync(path);

        Assert.Equal("""{"status":"healthy","checks":[]}""", await answer.Content.ReadAsStringAsync());
    }

    private static string Policy(HttpResponseMessage answer) => Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));

    private async Task<HttpResponseMessage> GetAsync(string path, string? language = null, bool compressed = false)
    {
        using HttpClient http = host.CreateClient();
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        if (language is not null)
        {
            request.Headers.AcceptLanguage.ParseAdd(language);
        }

        if (compressed)
        {
            request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        }

        return await http.SendAsync(request);
    }
}
