using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Credentials.IssuerApi.Tests.Anchoring;

/// <summary>What operators may order, who may order it, and that all see it.</summary>
public sealed class OrdersEndpointTests(IssuerApplication issuer) : IClassFixture<IssuerApplication>
{
    [Fact]
    public async Task Pauses_and_resumes_once_however_often_it_is_ordered_and_tells_everybody()
    {
        University university = await issuer.CreateUniversityAsync();
        using HttpClient administrator = issuer.ClientOf(IssuerApplication.AdministratorKey);

        JsonElement paused = await OrderAsync(administrator, "pause");
        JsonElement again = await OrderAsync(administrator, "pause");
        await university.Registrar.IssueAsync();
        JsonElement report = await university.Registrar.WaitForAsync("/anchors", of => of.GetProperty("stalled").GetArrayLength() == 2);
        using HttpResponseMessage health = await administrator.GetAsync("/health/ready");
        string told = await health.Content.ReadAsStringAsync();
        JsonElement transactions = await administrator.GetFromJsonAsync<JsonElement>("/anchoring/transactions");
        JsonElement resumed = await OrderAsync(administrator, "resume");
        await OrderAsync(administrator, "resume");

        Assert.Equal(paused.GetProperty("pausedAt").GetString(), again.GetProperty("pausedAt").GetString());
        Assert.Equal(1, report.GetProperty("queued").GetInt64());
        Assert.Equal(paused.GetProperty("pausedAt").GetString(), report.GetProperty("orders").GetProperty("pausedAt").GetString());
        Assert.All(report.GetProperty("stalled").EnumerateArray(), stall => Assert.Equal("Paused", stall.GetProperty("kind").GetString()));
        Assert.Contains("Paused", told, StringComparison.Ordinal);
        Assert.All(transactions.GetProperty("transactions").EnumerateArray(), of => Assert.NotEqual("anchor", of.GetProperty("purpose").GetString()));
        Assert.False(resumed.TryGetProperty("pausedAt", out _));
        await university.Registrar.WaitForAsync("/anchors", of => of.GetProperty("queued").GetInt64() == 0 && of.GetProperty("stalled").GetArrayLength() == 0);
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("transactions/1/cancel")]
    public async Task Takes_these_orders_from_the_administrator_alone(string order)
    {
        University university = await issuer.CreateUniversityAsync();
        using HttpClient stranger = issuer.ClientOf(null);

        using HttpResponseMessage forbidden = await university.Registrar.PostAsync($"/anchoring/{order}", null);
        using HttpResponseMessage unknown = await stranger.PostAsync($"/anchoring/{order}", null);

        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
    }

    [Fact]
    public async Task Knows_no_transaction_that_is_not_there_and_cancels_none_that_is_final()
    {
        University university = await issuer.CreateUniversityAsync();
        await university.Registrar.IssueAsync();
        JsonElement report = await university.Registrar.WaitForAsync("/anchors", of => of.GetProperty("anchors").GetArrayLength() == 1 && of.GetProperty("anchors")[0].GetProperty("state").GetString() == "finalized");
        using HttpClient administrator = issuer.ClientOf(IssuerApplication.AdministratorKey);

        using HttpResponseMessage missing = await administrator.PostAsync("/anchoring/transactions/99999/cancel", null);
        using HttpResponseMessage late = await administrator.PostAsync($"/anchoring/transactions/{report.GetProperty("anchors")[0].GetProperty("transactionId").GetInt64()}/cancel", null);

        await missing.ReadProblemAsync(HttpStatusCode.NotFound);
        await late.ReadProblemAsync(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Says_why_it_takes_no_creation_of_an_institution_back()
    {
        await issuer.CreateUniversityAsync();
        using HttpClient administrator = issuer.ClientOf(IssuerApplication.AdministratorKey);
        JsonElement report = await administrator.GetFromJsonAsync<JsonElement>("/anchoring/transactions?limit=500");
        long creation = report.GetProperty("transactions").EnumerateArray().First(of => of.GetProperty("purpose").GetString() == "create-institution").GetProperty("id").GetInt64();

        using HttpResponseMessage refused = await administrator.PostAsync($"/anchoring/transactions/{creation}/cancel", null);

        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        Assert.Contains("This issuer has acted on any other", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await refused.ReadProblemAsync(HttpStatusCode.Conflict, "CONFLICT");
    }

    [Fact]
    public async Task Shows_a_registrar_only_the_own_transactions()
    {
        University one = await issuer.CreateUniversityAsync();
        await issuer.CreateUniversityAsync();

        JsonElement own = await one.Registrar.GetFromJsonAsync<JsonElement>("/anchoring/transactions");

        Assert.All(own.GetProperty("transactions").EnumerateArray(), of => Assert.Equal(one.Slug, of.GetProperty("institution").GetString()));
        Assert.NotEqual(0, own.GetProperty("transactions").GetArrayLength());
    }

    private static async Task<JsonElement> OrderAsync(HttpClient client, string order)
    {
        using HttpResponseMessage answer = await client.PostAsync($"/anchoring/{order}", null);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
