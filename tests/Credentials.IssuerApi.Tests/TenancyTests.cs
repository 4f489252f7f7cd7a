using System.Net;

namespace Credentials.IssuerApi.Tests;

/// <summary>What is another institution's is not there: neither its content nor the fact that it exists.</summary>
public sealed class TenancyTests(IssuerApplication issuer) : IClassFixture<IssuerApplication>
{
    [Theory]
    [InlineData("GET", "/credentials/{0}")]
    [InlineData("GET", "/credentials/{0}?form=anchored")]
    [InlineData("GET", "/credentials/{0}/state")]
    [InlineData("GET", "/credentials/{0}/receipt")]
    [InlineData("GET", "/credentials/{0}/qr.svg")]
    [InlineData("GET", "/credentials/{0}/qr.png")]
    [InlineData("POST", "/credentials/{0}/link")]
    [InlineData("DELETE", "/credentials/{0}/link")]
    [InlineData("GET", "/credentials/urn:uuid:{0}")]
    public async Task A_registrar_reaches_no_credential_of_another_institution(string method, string path)
    {
        University a = await issuer.CreateUniversityAsync();
        University b = await issuer.CreateUniversityAsync();
        string id = await b.Registrar.IssueIdAsync();
        string url = string.Format(System.Globalization.CultureInfo.InvariantCulture, path, id);

        using HttpResponseMessage foreign = await a.Registrar.SendAsync(new HttpRequestMessage(new HttpMethod(method), url));
        await foreign.ReadProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        using HttpResponseMessage own = await b.Registrar.SendAsync(new HttpRequestMessage(new HttpMethod(method), url));
        Assert.NotEqual(HttpStatusCode.NotFound, own.StatusCode);
    }

    [Fact]
    public async Task A_registrar_revokes_nothing_of_another_institution()
    {
        University a = await issuer.CreateUniversityAsync();
        University b = await issuer.CreateUniversityAsync();
        string id = await b.Registrar.IssueIdAsync();

        using HttpResponseMessage answer = await a.Registrar.PostStatusAsync(id, "revocation", true);
        await answer.ReadProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        await b.Registrar.WaitForAsync($"/credentials/{id}/state", state => state.GetProperty("status").GetString() == "active");
    }

    [Theory]
    [InlineData("GET", "/batches/{0}")]
    [InlineData("GET", "/batches/{0}/errors")]
    [InlineData("GET", "/batches/{0}/credentials")]
    [InlineData("DELETE", "/batches/{0}")]
    public async Task A_registrar_reaches_no_batch_of_another_institution(string method, string path)
    {
        University a = await issuer.CreateUniversityAsync();
        University b = await issuer.CreateUniversityAsync();
        using HttpResponseMessage accepted = await b.Registrar.PostBatchAsync([Diploma.Unsigned().ToJsonString()]);
        string id = (await accepted.ReadAsync(HttpStatusCode.Accepted)).GetProperty("id").GetString()!;

        using HttpResponseMessage answer = await a.Registrar.SendAsync(new HttpRequestMessage(new HttpMethod(method), string.Format(System.Globalization.CultureInfo.InvariantCulture, path, id)));
        await answer.ReadProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task The_same_idempotency_key_means_another_request_at_another_institution()
    {
        University a = await issuer.CreateUniversityAsync();
        University b = await issuer.CreateUniversityAsync();
        using HttpResponseMessage first = await a.Registrar.PostIssueAsync(Diploma.Unsigned("A"), idempotencyKey: "shared");
        using HttpResponseMessage second = await b.Registrar.PostIssueAsync(Diploma.Unsigned("B"), idempotencyKey: "shared");
        await first.ReadAsync(HttpStatusCode.Created);
        await second.ReadAsync(HttpStatusCode.Created);
    }
}
