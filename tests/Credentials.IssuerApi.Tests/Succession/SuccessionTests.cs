using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credentials.Anchoring;
using Credentials.Ethereum;

namespace Credentials.IssuerApi.Tests.Succession;

/// <summary>A closed university names who carries on, and that one accepts.</summary>
public sealed class SuccessionTests(IssuerApplication issuer) : IClassFixture<IssuerApplication>
{
    [Fact]
    public async Task An_offer_that_is_accepted_stands_in_the_registry()
    {
        (University closed, University heir) = (await issuer.CreateUniversityAsync(), await issuer.CreateUniversityAsync());
        JsonElement offer = await PostAsync(closed, "successor", new { institution = heir.Slug });
        Assert.Equal(heir.ChainInstitution, offer.GetProperty("proposed").GetString());
        await PostAsync(heir, "succession", new { predecessor = closed.ChainInstitution });
        await PostAsync(heir, "succession", new { predecessor = closed.Slug });
        JsonElement info = await WaitAsync(heir, succession => succession.GetProperty("predecessors")[0].GetProperty("state").GetString() == "finalized");

        Assert.Equal(closed.ChainInstitution, Assert.Single(info.GetProperty("succession").GetProperty("predecessors").EnumerateArray()).GetProperty("institution").GetString());
        SuccessionState state = (await LookUpAsync(closed)).Succession;
        Assert.Equal((heir.ChainInstitution, true), (state.Successor.ToString(), state.Since != 0));
    }

    [Fact]
    public async Task An_offer_can_be_withdrawn_and_made_again_to_another()
    {
        (University closed, University one, University other) = (await issuer.CreateUniversityAsync(), await issuer.CreateUniversityAsync(), await issuer.CreateUniversityAsync());
        await PostAsync(closed, "successor", new { institution = one.Slug });
        await PostAsync(closed, "successor", new { institution = one.Slug });
        Assert.False((await PostAsync(closed, "successor", new { institution = (string?)null })).TryGetProperty("proposed", out _));
        await PostAsync(closed, "successor", new { institution = one.Slug });
        JsonElement last = await PostAsync(closed, "successor", new { institution = other.Slug });
        Assert.Equal(other.ChainInstitution, last.GetProperty("proposed").GetString());

        await PostAsync(other, "succession", new { predecessor = closed.Slug });
        await WaitAsync(other, succession => succession.GetProperty("predecessors")[0].GetProperty("state").GetString() == "finalized");
        Assert.Equal(other.ChainInstitution, (await LookUpAsync(closed)).Succession.Successor.ToString());
    }

    [Fact]
    public async Task Nobody_succeeds_who_was_not_asked()
    {
        (University standing, University usurper) = (await issuer.CreateUniversityAsync(), await issuer.CreateUniversityAsync());
        await PostAsync(usurper, "succession", new { predecessor = standing.Slug });
        await usurper.Registrar.IssueAsync();
        await Task.Delay(500);
        Assert.Equal(0UL, (await LookUpAsync(standing)).Succession.Since);
        Assert.NotEqual("finalized", (await WaitAsync(usurper, _ => true)).GetProperty("succession").GetProperty("predecessors")[0].GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("successor", """{"institution":"SELF"}""", "/institution")]
    [InlineData("successor", """{"institution":"nobody"}""", "/institution")]
    [InlineData("succession", """{"predecessor":"SELF"}""", "/predecessor")]
    [InlineData("succession", """{"predecessor":"0x12"}""", "/predecessor")]
    [InlineData("succession", """{}""", null)]
    public async Task Refuses_itself_and_nobody(string path, string body, string? pointer)
    {
        University university = await issuer.CreateUniversityAsync();
        using HttpResponseMessage answer = await Administrator().PostAsync(
            $"/institutions/{university.Slug}/{path}", new StringContent(body.Replace("SELF", university.Slug, StringComparison.Ordinal), new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")));
        JsonElement problem = await answer.ReadProblemAsync(HttpStatusCode.BadRequest);
        Assert.True(pointer is null || problem.GetProperty("errors")[0].GetProperty("pointer").GetString() == pointer);
    }

    [Fact]
    public async Task Refuses_a_registrar()
    {
        University university = await issuer.CreateUniversityAsync();
        using HttpResponseMessage answer = await university.Registrar.PostAsJsonAsync($"/institutions/{university.Slug}/successor", new { institution = university.Slug });
        await answer.ReadProblemAsync(HttpStatusCode.Forbidden);
    }

    private HttpClient Administrator() => issuer.ClientOf(IssuerApplication.AdministratorKey);

    private async Task<JsonElement> PostAsync(University university, string path, object message)
    {
        using HttpResponseMessage answer = await Administrator().PostAsJsonAsync($"/institutions/{university.Slug}/{path}", message);
        return await answer.ReadAsync(HttpStatusCode.OK);
    }

    private static Task<JsonElement> WaitAsync(University university, Func<JsonElement, bool> wanted) =>
        university.Registrar.WaitForAsync($"/institutions/{university.Slug}", info => wanted(info.GetProperty("succession")));

    private Task<RegistryState> LookUpAsync(University university)
    {
        _ = InstitutionId.TryParse(university.ChainInstitution, out InstitutionId id);
        return issuer.Ledger.LookUpAsync(issuer.Chain.Contract, new LookupQuery(id), BlockTag.Latest, CancellationToken.None);
    }
}
