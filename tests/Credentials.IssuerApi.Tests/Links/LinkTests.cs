using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Credentials.Anchoring;
using Credentials.DataModel;
using Credentials.TestKit;

namespace Credentials.IssuerApi.Tests.Links;

public sealed class LinkTests(IssuerApplication issuer) : IClassFixture<IssuerApplication>
{
    [Fact]
    public async Task Anybody_with_the_link_reads_the_credential_and_the_anchored_form_once_there_is_one()
    {
        University university = await issuer.CreateUniversityAsync();
        JsonElement answer = await university.Registrar.IssueAsync();
        string id = answer.GetProperty("id").GetString()!;
        Uri link = new(answer.GetProperty("links").GetProperty("public").GetString()!);
        using HttpClient anybody = issuer.ClientOf(null);
        using HttpResponseMessage first = await anybody.GetAsync(link.PathAndQuery);
        Assert.Equal($"urn:uuid:{id}", (await first.ReadAsync(HttpStatusCode.OK)).GetProperty("id").GetString());

        await university.Registrar.WaitForAsync($"/credentials/{id}/state", state => state.GetProperty("state").GetString() == "finalized");
        using HttpResponseMessage second = await anybody.GetAsync(link.PathAndQuery);
        Assert.Single(MerkleAnchor2026.ReceiptsIn(await second.ReadAsync(HttpStatusCode.OK)));
    }

    [Fact]
    public async Task The_public_answer_leaks_no_referrer_is_not_stored_and_is_open_to_browsers()
    {
        University university = await issuer.CreateUniversityAsync();
        Uri link = await PublicLinkAsync(university);
        using HttpClient anybody = issuer.ClientOf(null);
        using var request = new HttpRequestMessage(HttpMethod.Get, link.PathAndQuery);
        request.Headers.Add("Origin", "https://verifier.example");
        using HttpResponseMessage answer = await anybody.SendAsync(request);

        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("*", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Null(answer.Content.Headers.ContentDisposition);
    }

    [Fact]
    public async Task Downloads_as_a_file_when_asked_to()
    {
        University university = await issuer.CreateUniversityAsync();
        Uri link = await PublicLinkAsync(university);
        using HttpResponseMessage answer = await issuer.ClientOf(null).GetAsync(link.PathAndQuery + "?download=1");
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
    }

    [Fact]
    public async Task A_new_link_kills_the_old_one()
    {
        University university = await issuer.CreateUniversityAsync();
        JsonElement issued = await university.Registrar.IssueAsync();
        string self = issued.GetProperty("links").GetProperty("self").GetString()!;
        Uri old = new(issued.GetProperty("links").GetProperty("public").GetString()!);
        using HttpResponseMessage rotated = await university.Registrar.PostAsync(self + "/link", null);
        Uri fresh = new((await rotated.ReadAsync(HttpStatusCode.OK)).GetProperty("url").GetString()!);

        using HttpClient anybody = issuer.ClientOf(null);
        using HttpResponseMessage dead = await anybody.GetAsync(old.PathAndQuery);
        await dead.ReadProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        using HttpResponseMessage alive = await anybody.GetAsync(fresh.PathAndQuery);
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }

    [Fact]
    public async Task A_deleted_link_is_dead_and_has_no_QR_code()
    {
        University university = await issuer.CreateUniversityAsync();
        JsonElement issued = await university.Registrar.IssueAsync();
        JsonElement links = issued.GetProperty("links");
        using HttpResponseMessage deleted = await university.Registrar.DeleteAsync(links.GetProperty("self").GetString() + "/link");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);

        using HttpResponseMessage dead = await issuer.ClientOf(null).GetAsync(new Uri(links.GetProperty("public").GetString()!).PathAndQuery);
        await dead.ReadProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        using HttpResponseMessage code = await university.Registrar.GetAsync(links.GetProperty("qrPng").GetString());
        await code.ReadProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        using HttpResponseMessage state = await university.Registrar.GetAsync(links.GetProperty("state").GetString());
        Assert.False((await state.ReadAsync(HttpStatusCode.OK)).GetProperty("links").TryGetProperty("public", out _));
    }

    [Theory]
    [InlineData("/c/AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("/c/short")]
    [InlineData("/c/%0a%22")]
    public async Task A_token_that_was_never_given_opens_nothing(string path)
    {
        using HttpResponseMessage answer = await issuer.ClientOf(null).GetAsync(path);
        await answer.ReadProblemAsync(HttpStatusCode.NotFound);
    }

    [InteropFact]
    public async Task The_QR_code_leads_a_phone_to_the_verifier_and_the_verifier_to_the_credential()
    {
        University university = await issuer.CreateUniversityAsync();
        JsonElement links = (await university.Registrar.IssueAsync()).GetProperty("links");
        using HttpResponseMessage answer = await university.Registrar.GetAsync(links.GetProperty("qrPng").GetString());
        Assert.Equal("image/png", answer.Content.Headers.ContentType?.MediaType);

        string text = await DecodeAsync(await answer.Content.ReadAsByteArrayAsync());
        Assert.StartsWith("http://localhost:7102/v?c=", text, StringComparison.Ordinal);
        Assert.True(CredentialLink.TryParse(text, out CredentialLink? link));
        Assert.Equal(links.GetProperty("public").GetString(), link.CredentialUrl.AbsoluteUri);
    }

    [Fact]
    public async Task The_QR_code_comes_as_SVG_with_its_quiet_zone()
    {
        University university = await issuer.CreateUniversityAsync();
        JsonElement links = (await university.Registrar.IssueAsync()).GetProperty("links");
        using HttpResponseMessage answer = await university.Registrar.GetAsync(links.GetProperty("qrSvg").GetString());
        Assert.Equal("image/svg+xml", answer.Content.Headers.ContentType?.MediaType);
        XElement svg = XElement.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal("svg", svg.Name.LocalName);

        // The path draws runs of dark modules: "M x y h length"; four modules on each side stay light.
        int size = int.Parse(((string)svg.Attribute("viewBox")!).Split(' ')[2], CultureInfo.InvariantCulture);
        string path = (string)svg.Elements().Single(element => element.Name.LocalName == "path").Attribute("d")!;
        (int X, int Y, int Length)[] runs = [.. path.Split('M', StringSplitOptions.RemoveEmptyEntries).Select(ReadRun)];
        Assert.Equal((4, 4), (runs.Min(run => run.X), runs.Min(run => run.Y)));
        Assert.Equal((size - 4, size - 5), (runs.Max(run => run.X + run.Length), runs.Max(run => run.Y)));
    }

    private static (int X, int Y, int Length) ReadRun(string run)
    {
        int[] numbers = [.. run.Split([' ', 'h', 'v'])[..3].Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
        return (numbers[0], numbers[1], numbers[2]);
    }

    private static async Task<Uri> PublicLinkAsync(University university) =>
        new((await university.Registrar.IssueAsync()).GetProperty("links").GetProperty("public").GetString()!);

    private static async Task<string> DecodeAsync(byte[] png)
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "code.png");
        await File.WriteAllBytesAsync(file, png);
        using Process jsQr = Process.Start(new ProcessStartInfo("node", ["decode-qr.mjs", file]) { WorkingDirectory = InteropTools.Folder, UseShellExecute = false, RedirectStandardOutput = true })!;
        string text = await jsQr.StandardOutput.ReadToEndAsync();
        await jsQr.WaitForExitAsync();
        return text.Trim();
    }
}
