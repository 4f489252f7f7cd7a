using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Credentials.DataModel;
using Credentials.TestKit;
using Credentials.VerifierWeb.Languages;

namespace Credentials.VerifierWeb.Tests;

/// <summary>What holds for every page: its size, its headers, its silence.</summary>
public sealed partial class HouseRulesTests(VerifierApplication application) : IClassFixture<VerifierApplication>
{
    private const int UsualSize = 32 * 1024;
    private const int LargestSize = 100 * 1024;

    [Fact]
    public async Task Keeps_every_page_small()
    {
        byte[] diploma = (await application.World.IssueAnchoredAsync("morocco")).Text;
        foreach (Words words in LanguageTable.All)
        {
            Assert.InRange(System.Text.Encoding.UTF8.GetByteCount((await application.OpenAsync($"/v?lang={words.Tag}")).Html), 1, UsualSize);
            Assert.InRange(System.Text.Encoding.UTF8.GetByteCount((await application.UploadAsync(diploma, words.Tag)).Html), 1, UsualSize);
        }
    }

    [Fact]
    public async Task Keeps_the_page_of_a_monstrous_document_small()
    {
        JsonObject document = JsonNode.Parse(application.World.Issuer.Prepare("brazil").Text)!.AsObject();
        document["credentialSubject"]!["name"] = new JsonArray([.. Enumerable.Range(0, 400).Select(_ => (JsonNode)new string('<', 2000))]);
        byte[] signed = await application.World.Issuer.SignAsync(Utf8.Bytes(document.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })));

        string html = (await application.UploadAsync(signed, "ar")).Html;

        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(html), UsualSize / 2, LargestSize);
        PageShape.Read(html);
    }

    [Fact]
    public async Task Sends_less_over_a_slow_line()
    {
        using HttpClient client = application.CreateClient();
        using HttpRequestMessage request = new(HttpMethod.Get, "/v");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "br, gzip");
        using HttpResponseMessage answer = await client.SendAsync(request);

        Assert.Equal("br", Assert.Single(answer.Content.Headers.ContentEncoding));
        Assert.InRange((await answer.Content.ReadAsByteArrayAsync()).Length, 1, 5 * 1024);
    }

    [Fact]
    public async Task Allows_its_own_style_and_nothing_else()
    {
        using HttpClient client = application.CreateClient();
        using HttpResponseMessage answer = await client.GetAsync("/v");
        string html = await answer.Content.ReadAsStringAsync();
        string style = StyleElement().Match(html).Groups["style"].Value;
        string policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));

        Assert.Equal($"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Utf8.Bytes(style)))}'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'", policy);
    }

    [Theory]
    [InlineData("/v")]
    [InlineData("/v?c=broken")]
    [InlineData("/nowhere")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/openapi/v1.json")]
    public async Task Tells_the_browser_to_keep_nothing_and_to_tell_nobody(string path)
    {
        using HttpClient client = application.CreateClient();
        using HttpResponseMessage answer = await client.GetAsync(path);

        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Loads_nothing_from_another_host_and_runs_no_script()
    {
        PageShape page = PageShape.Read((await application.UploadAsync((await application.World.IssueAnchoredAsync("china")).Text)).Html);

        Assert.Empty(page.All("script"));
        Assert.All(page.Elements, element => Assert.All((string[])["href", "src", "action"], name => Assert.True(element[name] is null or ['/', not '/', ..], $"{element.Name} {element[name]}")));
    }

    [Fact]
    public async Task Labels_every_field_and_every_section()
    {
        PageShape page = await application.ReadAsync("/v");
        string[] ids = [.. page.Elements.Select(element => element["id"]).OfType<string>()];

        Assert.Equal(ids.Length, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(["text", "file"], page.All("label").Select(label => label["for"]));
        Assert.All(page.Elements.SelectMany(element => new[] { element["for"], element["aria-labelledby"], element["aria-describedby"] }).OfType<string>(), id => Assert.Contains(id, ids));
        Assert.All(page.All("svg"), svg => Assert.Equal("true", svg["aria-hidden"]));
    }

    [Fact]
    public async Task Logs_neither_link_nor_document_at_any_level()
    {
        SampleAnchored diploma = await application.World.IssueAnchoredAsync("brazil");
        CredentialLink link = application.World.Publish(diploma.Text, name: "SecretTokenOfMine");
        await application.OpenAsync("/v?c=" + link.Locator);
        await application.UploadAsync(diploma.Text);
        await application.PasteAsync(link.CredentialUrl.AbsoluteUri);
        await application.OpenAsync("/v?c=" + new CredentialLink(new Uri("https://issuer.example/c/SecretTokenOfMine2")).Locator);

        Assert.NotEmpty(application.Logs.Lines);
        Assert.All(application.Logs.Lines, line =>
        {
            Assert.DoesNotContain("SecretToken", line, StringComparison.Ordinal);
            Assert.DoesNotContain(link.Locator, line, StringComparison.Ordinal);
            Assert.DoesNotContain("Guimar", line, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Turns_away_who_asks_too_much_in_his_own_language_but_not_who_reads_the_form()
    {
        await using VerifierApplication busy = new();
        busy.Settings["Verifier:RequestsPerMinute"] = "2";
        await busy.InitializeAsync();
        using HttpClient client = busy.CreateClient();
        for (int i = 0; i < 2; i++)
        {
            (await busy.PasteAsync("hello")).Html.Contains("form", StringComparison.Ordinal);
        }

        using HttpResponseMessage page = await client.GetAsync("/v?c=abc&lang=es");
        using StringContent body = new("{}", System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage api = await client.PostAsync("/credentials/verify", body);

        Assert.Equal(System.Net.HttpStatusCode.TooManyRequests, page.StatusCode);
        Assert.InRange(int.Parse(Assert.Single(page.Headers.GetValues("Retry-After")), CultureInfo.InvariantCulture), 1, 60);
        Assert.Contains(Visitor.Words("es").Page.TooMany, PageShape.Read(await page.Content.ReadAsStringAsync()).Text, StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.TooManyRequests, api.StatusCode);
        Assert.Equal("application/problem+json", api.Content.Headers.ContentType?.MediaType);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await busy.OpenAsync("/v")).Status);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await busy.OpenAsync("/health/live")).Status);
    }

    [GeneratedRegex("<style>(?<style>.*?)</style>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex StyleElement();
}
