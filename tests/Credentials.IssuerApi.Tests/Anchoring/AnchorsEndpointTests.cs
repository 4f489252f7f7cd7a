using System.Net;
using System.Text.Json;
using Credentials.Anchoring;
using Credentials.Encoding;

namespace Credentials.IssuerApi.Tests.Anchoring;

/// <summary>What operators see of anchoring, and what everybody may fetch of it.</summary>
public sealed class AnchorsEndpointTests(IssuerApplication issuer) : IClassFixture<IssuerApplication>
{
    [Fact]
    public async Task Tells_a_registrar_of_the_own_batches_and_the_administrator_of_all()
    {
        University one = await issuer.CreateUniversityAsync();
        University other = await issuer.CreateUniversityAsync();
        await one.Registrar.IssueAsync();
        await other.Registrar.IssueAsync();
        await one.Registrar.WaitForAsync("/anchors", IsFinal);
        await other.Registrar.WaitForAsync("/anchors", IsFinal);
        using HttpClient administrator = issuer.ClientOf(IssuerApplication.AdministratorKey);

        JsonElement own = await one.Registrar.WaitForAsync("/anchors", IsFinal);
        JsonElement all = await administrator.WaitForAsync("/anchors", IsFinal);

        Assert.Equal([one.Slug], InstitutionsOf(own));
        Assert.Superset(new HashSet<string> { one.Slug, other.Slug }, InstitutionsOf(all).ToHashSet(StringComparer.Ordinal));
        JsonElement anchor = own.GetProperty("anchors")[0];
        Assert.Equal(1, anchor.GetProperty("credentials").GetInt32());
        Assert.Equal(anchor.GetProperty("fee").GetString(), anchor.GetProperty("feePerCredential").GetString());
        Assert.NotEqual("0", anchor.GetProperty("fee").GetString());
        Assert.Matches("^0x[0-9a-f]{40}$", own.GetProperty("account").GetString()!);
        Assert.Empty(own.GetProperty("stalled").EnumerateArray());
    }

    [Fact]
    public async Task Gives_the_list_page_by_page()
    {
        University university = await issuer.CreateUniversityAsync();
        for (int i = 1; i <= 3; i++)
        {
            await university.Registrar.IssueAsync();
            await university.Registrar.WaitForAsync("/anchors", report => report.GetProperty("queued").GetInt64() == 0 && InstitutionsOf(report).Length == i);
        }

        JsonElement first = await university.Registrar.WaitForAsync("/anchors?limit=2", _ => true);
        JsonElement last = await university.Registrar.WaitForAsync($"/anchors?limit=2&before={first.GetProperty("next").GetInt64()}", _ => true);

        Assert.Equal(2, InstitutionsOf(first).Length);
        Assert.Single(InstitutionsOf(last));
        Assert.False(last.TryGetProperty("next", out _));
    }

    [Fact]
    public async Task Tells_strangers_nothing_of_the_list()
    {
        using HttpClient stranger = issuer.ClientOf(null);
        using HttpResponseMessage answer = await stranger.GetAsync("/anchors");
        await answer.ReadProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Gives_everybody_the_receipt_file_of_a_final_root_to_keep()
    {
        University university = await issuer.CreateUniversityAsync();
        await university.Registrar.IssueAsync();
        JsonElement report = await university.Registrar.WaitForAsync("/anchors", IsFinal);
        using HttpClient stranger = issuer.ClientOf(null);
        Uri path = new($"/anchors/{report.GetProperty("anchors")[0].GetProperty("root").GetString()}", UriKind.Relative);

        using HttpResponseMessage file = await stranger.GetAsync(path);
        using var conditional = new HttpRequestMessage(HttpMethod.Get, path);
        conditional.Headers.IfNoneMatch.Add(file.Headers.ETag!);
        using HttpResponseMessage again = await stranger.SendAsync(conditional);

        using JsonDocument json = StrictJson.Parse(await file.Content.ReadAsByteArrayAsync()).Require();
        AnchorBatch batch = AnchorBatch.FromJson(json.RootElement).Require();
        Assert.Equal(university.ChainInstitution, batch.Institution.ToString());
        Assert.Equal(issuer.Chain.Registry, batch.Registry);
        Assert.Contains("immutable", file.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Theory]
    [InlineData("0x00")]
    [InlineData("0x0000000000000000000000000000000000000000000000000000000000000001")]
    public async Task Knows_no_root_that_is_not_ours(string root)
    {
        using HttpClient stranger = issuer.ClientOf(null);
        using HttpResponseMessage answer = await stranger.GetAsync($"/anchors/{root}");
        await answer.ReadProblemAsync(HttpStatusCode.NotFound);
    }

    private static bool IsFinal(JsonElement report) =>
        report.GetProperty("anchors").EnumerateArray().ToArray() is { Length: > 0 } anchors && anchors.All(anchor => anchor.GetProperty("state").GetString() == "finalized");

    private static string[] InstitutionsOf(JsonElement report) => [.. report.GetProperty("anchors").EnumerateArray().Select(anchor => anchor.GetProperty("institution").GetString()!)];
}
