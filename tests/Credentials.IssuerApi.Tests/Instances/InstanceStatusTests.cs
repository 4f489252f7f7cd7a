using System.Net;
using System.Text.Json.Nodes;
using Credentials.Verification;

namespace Credentials.IssuerApi.Tests.Instances;

public sealed class InstanceStatusTests(InstancesApplication issuer) : IClassFixture<InstancesApplication>
{
    [Fact]
    public async Task Gives_each_credential_an_entry_whose_index_is_a_text()
    {
        JsonObject first = await IssueAsync(), second = await IssueAsync();

        JsonNode entry = first["credentialStatus"]!;
        Assert.Equal(("BitstringStatusListEntry", "revocation", $"{InstancesApplication.PublicBaseUrl}/status-lists/status/revocation"), ((string?)entry["type"], (string?)entry["statusPurpose"], (string?)entry["statusListCredential"]));
        Assert.InRange(int.Parse(entry["statusListIndex"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture), 0, 131_071);
        Assert.NotEqual((string?)entry["statusListIndex"], (string?)second["credentialStatus"]!["statusListIndex"]);
    }

    [Fact]
    public async Task Keeps_an_entry_that_the_caller_brought()
    {
        JsonObject credential = InstancesApplication.Credential(await issuer.DidOfAsync("status"));
        credential["credentialStatus"] = JsonNode.Parse("""{"type":"BitstringStatusListEntry","statusPurpose":"suspension","statusListIndex":"7","statusListCredential":"https://other.example/list"}""");

        JsonArray entries = (await issuer.IssueAsync("status", credential))["credentialStatus"]!.AsArray();

        Assert.Equal(["suspension", "revocation"], entries.Select(entry => (string)entry!["statusPurpose"]!));
    }

    [Fact]
    public async Task Revokes_and_takes_it_back()
    {
        JsonObject credential = await IssueAsync();
        Assert.Equal(Verdict.Verified, (await issuer.VerifyAsync(credential)).Verdict);

        Assert.Equal(HttpStatusCode.OK, await UpdateAsync((string)credential["id"]!, "revocation", true));
        Assert.Equal("status", (await issuer.VerifyAsync(credential)).Decisive?.Name);

        Assert.Equal(HttpStatusCode.OK, await UpdateAsync((string)credential["id"]!, "revocation", false));
        Assert.Equal(Verdict.Verified, (await issuer.VerifyAsync(credential)).Verdict);
    }

    [Fact]
    public async Task Refuses_what_it_did_not_issue_and_purposes_that_it_does_not_keep()
    {
        JsonObject credential = await IssueAsync();
        Assert.Equal(HttpStatusCode.NotFound, await UpdateAsync("urn:uuid:nobody", "revocation", true));
        Assert.Equal(HttpStatusCode.BadRequest, await UpdateAsync((string)credential["id"]!, "suspension", true));
        Assert.Equal(HttpStatusCode.NotFound, await UpdateAsync((string)credential["id"]!, "revocation", true, "eddsa-rdfc-2022"));
    }

    [Theory]
    [InlineData(null, "application/vc")]
    [InlineData("*/*", "application/vc")]
    [InlineData("application/vc", "application/vc")]
    [InlineData("application/json", "application/json")]
    [InlineData("application/ld+json, application/json", "application/json")]
    [InlineData("application/ld+json", "application/ld+json")]
    [InlineData("application/json;q=0.5, application/vc;q=0.9", "application/vc")]
    [InlineData("text/html", "application/vc")]
    public async Task Serves_its_list_as_the_type_that_was_asked_for(string? accept, string type)
    {
        using HttpClient client = issuer.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/status-lists/status/revocation");
        if (accept is not null)
        {
            request.Headers.Accept.ParseAdd(accept);
        }

        using HttpResponseMessage answer = await client.SendAsync(request);

        Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains("Accept", answer.Headers.Vary);
        Assert.Contains("BitstringStatusListCredential", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/status-lists/status/suspension")]
    [InlineData("/status-lists/eddsa-rdfc-2022/revocation")]
    [InlineData("/status-lists/nobody/revocation")]
    public async Task Has_no_other_list(string path)
    {
        using HttpClient client = issuer.CreateClient();
        using HttpResponseMessage answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private async Task<JsonObject> IssueAsync() => await issuer.IssueAsync("status", InstancesApplication.Credential(await issuer.DidOfAsync("status")));

    private async Task<HttpStatusCode> UpdateAsync(string credentialId, string purpose, bool value, string name = "status") => (await issuer.PostAsync($"/issuers/{name}/credentials/status", new JsonObject
    {
        ["credentialId"] = credentialId,
        ["credentialStatus"] = new JsonArray(new JsonObject { ["type"] = "BitstringStatusListEntry", ["statusPurpose"] = purpose, ["status"] = value }),
    })).Status;
}
