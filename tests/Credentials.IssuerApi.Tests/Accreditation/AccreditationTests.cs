using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Evidence;

namespace Credentials.IssuerApi.Tests.Accreditation;

/// <summary>A ministry vouches for an agency, the agency for a university: the registry has it, and the university shows the path.</summary>
public sealed class AccreditationTests(IssuerApplication issuer) : IClassFixture<IssuerApplication>
{
    [Fact]
    public async Task The_path_leads_from_the_university_over_the_agency_to_the_ministry_and_the_registry_knows_every_link()
    {
        (University ministry, University agency, University university) = (await issuer.CreateUniversityAsync(), await issuer.CreateUniversityAsync(), await issuer.CreateUniversityAsync());
        await GiveAsync(ministry, new { institution = agency.Slug, scope = new[] { "EQF6", "EQF7", "accredits" } });
        JsonElement given = await GiveAsync(agency, new { institution = university.Slug, scope = new[] { "EQF6", "awards" } });
        await Administrator().WaitForAsync($"/institutions/{agency.Slug}/accreditations", list => list[0].GetProperty("registry").GetString() == "finalized");
        AccreditationPath path = await ReadPathAsync(university);

        Assert.Equal([agency.ChainInstitution, ministry.ChainInstitution], path.Links.Select(link => link.Accreditor.ToString()));
        Assert.Equal([university.Did, agency.Did, ministry.Did], path.Identities.Select(identity => identity.Did));
        RegistryState state = await issuer.Ledger.LookUpAsync(issuer.Chain.Contract, new LookupQuery(path.Institution) { Path = path.Links }, BlockTag.Latest, CancellationToken.None);
        Assert.Equal(
            [AccreditationScope.EqfLevel6 | AccreditationScope.AwardsWithoutLevel, AccreditationScope.EqfLevel6 | AccreditationScope.EqfLevel7 | AccreditationScope.Accredits],
            state.Path.Select(link => link.Accreditation.Scope));
        Assert.All(state.Path, link => Assert.NotEqual(0UL, link.Identity.From));
        Assert.Equal(["awards", "EQF6"], given.GetProperty("scope").EnumerateArray().Select(code => code.GetString()));
    }

    [Fact]
    public async Task The_DID_document_names_the_path_and_names_none_where_nobody_vouches()
    {
        (University agency, University university) = (await issuer.CreateUniversityAsync(), await issuer.CreateUniversityAsync());
        Assert.False((await DocumentAsync(university)).TryGetProperty("service", out _));
        Assert.Empty((await ReadPathAsync(university)).Links);

        await GiveAsync(agency, new { institution = university.Slug, scope = new[] { "EQF6" } });
        JsonElement service = (await DocumentAsync(university)).GetProperty("service")[0];
        Assert.Equal(("AccreditationPath", $"http://localhost:7101/institutions/{university.Slug}/accreditation"), (service.GetProperty("type").GetString(), service.GetProperty("serviceEndpoint").GetString()));
    }

    [Fact]
    public async Task A_renewal_takes_the_next_serial_and_the_path_of_then_is_still_to_be_had()
    {
        (University agency, University university) = (await issuer.CreateUniversityAsync(), await issuer.CreateUniversityAsync());
        JsonElement first = await GiveAsync(agency, new { institution = university.Slug, scope = new[] { "EQF6" }, until = "2030-01-01T00:00:00Z" });
        using HttpResponseMessage same = await PostAsync(agency, new { institution = university.Slug, scope = new[] { "EQF6" }, until = "2030-01-01T00:00:00Z" });
        Assert.Equal(first.GetProperty("id").GetString(), (await same.ReadAsync(HttpStatusCode.OK)).GetProperty("id").GetString());
        JsonElement second = await GiveAsync(agency, new { institution = university.Slug, scope = new[] { "EQF6" }, until = "2035-01-01T00:00:00Z" });

        Assert.Equal((0, 1), (first.GetProperty("serial").GetInt32(), second.GetProperty("serial").GetInt32()));
        Assert.Equal(1UL, (await ReadPathAsync(university)).Links[0].Serial);
        Assert.Equal(0UL, (await ReadPathAsync(university, $"?of={first.GetProperty("id").GetString()}")).Links[0].Serial);
        Assert.Equal(2, (await DocumentAsync(university)).GetProperty("service").GetArrayLength());
    }

    [Fact]
    public async Task A_withdrawn_accreditation_is_revoked_in_the_registry_once()
    {
        (University agency, University university) = (await issuer.CreateUniversityAsync(), await issuer.CreateUniversityAsync());
        string id = (await GiveAsync(agency, new { institution = university.Slug, scope = new[] { "EQF6" } })).GetProperty("id").GetString()!;
        for (int i = 0; i < 2; i++)
        {
            using HttpResponseMessage answer = await Administrator().DeleteAsync($"/institutions/{agency.Slug}/accreditations/{id}");
            await answer.ReadAsync(HttpStatusCode.OK);
        }

        await Administrator().WaitForAsync($"/institutions/{agency.Slug}/accreditations", list => list[0].TryGetProperty("revocation", out JsonElement state) && state.GetString() == "finalized");
        AccreditationPath path = await ReadPathAsync(university);
        RegistryState state = await issuer.Ledger.LookUpAsync(issuer.Chain.Contract, new LookupQuery(path.Institution) { Path = path.Links }, BlockTag.Latest, CancellationToken.None);
        Assert.NotEqual(0UL, state.Path[0].Accreditation.RevokedAt);
        using HttpResponseMessage foreign = await Administrator().DeleteAsync($"/institutions/{university.Slug}/accreditations/{id}");
        await foreign.ReadProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task Institutions_that_vouch_for_each_other_make_no_circle()
    {
        (University one, University other) = (await issuer.CreateUniversityAsync(), await issuer.CreateUniversityAsync());
        await GiveAsync(one, new { institution = other.Slug, scope = new[] { "EQF6", "accredits" } });
        await GiveAsync(other, new { institution = one.Slug, scope = new[] { "EQF6", "accredits" } });
        Assert.Single((await ReadPathAsync(one)).Links);
        Assert.Single((await ReadPathAsync(other)).Links);
    }

    [Fact]
    public async Task A_path_that_an_outside_accreditor_handed_over_is_served_and_no_other_institutions()
    {
        (University university, University stranger) = (await issuer.CreateUniversityAsync(), await issuer.CreateUniversityAsync());
        JsonObject path = await OutsideAsync(university);
        using HttpResponseMessage kept = await PutAsync(university, path);
        Assert.Equal(HttpStatusCode.NoContent, kept.StatusCode);
        Assert.Equal(path["links"]![0]!["accreditor"]!.GetValue<string>(), (await ReadPathAsync(university)).Links[0].Accreditor.ToString());

        using HttpResponseMessage foreign = await PutAsync(stranger, path);
        Assert.Equal("/institution", (await foreign.ReadProblemAsync(HttpStatusCode.BadRequest)).GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    [Theory]
    [InlineData("registry", "\"eip155:1:0x0000000000000000000000000000000000000001\"")]
    [InlineData("links", "[]")]
    [InlineData("links", "[{\"accreditor\":\"0x11\"}]")]
    [InlineData("version", "2")]
    [InlineData("type", "\"Path\"")]
    public async Task Refuses_a_path_that_is_none_of_this_institution(string member, string value)
    {
        University university = await issuer.CreateUniversityAsync();
        JsonObject path = await OutsideAsync(university);
        path[member] = JsonNode.Parse(value);
        using HttpResponseMessage answer = await PutAsync(university, path);
        await answer.ReadProblemAsync(HttpStatusCode.BadRequest);
        Assert.Empty((await ReadPathAsync(university)).Links);
    }

    [Fact]
    public async Task Refuses_a_path_over_an_identity_that_the_institution_never_had()
    {
        University university = await issuer.CreateUniversityAsync();
        JsonObject path = await OutsideAsync(university);
        path["links"]![0]!["identity"] = "0x" + new string('7', 64);
        using HttpResponseMessage answer = await PutAsync(university, path);
        JsonElement problem = await answer.ReadProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal("/links/0/identity", problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    [Theory]
    [InlineData("""{"institution":"SELF","scope":["EQF6"]}""", "/institution")]
    [InlineData("""{"institution":"nobody","scope":["EQF6"]}""", "/institution")]
    [InlineData("""{"institution":"0x1111111111111111111111111111111111111111111111111111111111111111","scope":["EQF6"]}""", "/identity")]
    [InlineData("""{"institution":"SELF","identity":"0x11","scope":["EQF6"]}""", "/identity")]
    [InlineData("""{"institution":"SELF","scope":[]}""", "/scope")]
    [InlineData("""{"institution":"SELF","scope":["EQF9"]}""", "/scope")]
    [InlineData("""{"institution":"SELF","scope":["EQF6"],"until":"2001-01-01T00:00:00Z"}""", "/until")]
    [InlineData("""{"institution":"SELF","scope":["EQF6"],"from":"2041-01-01T00:00:00Z","until":"2040-01-01T00:00:00Z"}""", "/until")]
    [InlineData("""{"institution":"SELF","scope":["EQF6"],"until":"tomorrow"}""", "/until")]
    public async Task Refuses_to_vouch_for_nobody_for_nothing_or_for_no_time(string body, string pointer)
    {
        University university = await issuer.CreateUniversityAsync();
        using HttpResponseMessage answer = await Administrator().PostAsync(
            $"/institutions/{university.Slug}/accreditations",
            new StringContent(body.Replace("SELF", university.Slug, StringComparison.Ordinal), new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")));
        JsonElement problem = await answer.ReadProblemAsync(HttpStatusCode.BadRequest);
        Assert.Contains(pointer, problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()));
    }

    [Fact]
    public async Task Refuses_a_registrar()
    {
        University university = await issuer.CreateUniversityAsync();
        using HttpResponseMessage give = await university.Registrar.PostAsJsonAsync($"/institutions/{university.Slug}/accreditations", new { institution = university.Slug, scope = new[] { "EQF6" } });
        await give.ReadProblemAsync(HttpStatusCode.Forbidden);
        using HttpResponseMessage list = await university.Registrar.GetAsync($"/institutions/{university.Slug}/accreditations");
        await list.ReadProblemAsync(HttpStatusCode.Forbidden);
    }

    private HttpClient Administrator() => issuer.ClientOf(IssuerApplication.AdministratorKey);

    private Task<HttpResponseMessage> PostAsync(University accreditor, object message) => Administrator().PostAsJsonAsync($"/institutions/{accreditor.Slug}/accreditations", message);

    private async Task<JsonElement> GiveAsync(University accreditor, object message)
    {
        using HttpResponseMessage answer = await PostAsync(accreditor, message);
        return await answer.ReadAsync(HttpStatusCode.Created);
    }

    private Task<HttpResponseMessage> PutAsync(University university, JsonObject path) => Administrator().PutAsJsonAsync($"/institutions/{university.Slug}/accreditation", path);

    private async Task<JsonElement> DocumentAsync(University university)
    {
        using HttpResponseMessage answer = await issuer.ClientOf(null).GetAsync($"/institutions/{university.Slug}/did.json");
        return await answer.ReadAsync(HttpStatusCode.OK);
    }

    private async Task<AccreditationPath> ReadPathAsync(University university, string query = "")
    {
        using HttpResponseMessage answer = await issuer.ClientOf(null).GetAsync($"/institutions/{university.Slug}/accreditation{query}");
        answer.EnsureSuccessStatusCode();
        return AccreditationPath.Parse(await answer.Content.ReadAsByteArrayAsync()).Require();
    }

    /// <summary>What an accreditor of another deployment hands over.</summary>
    private async Task<JsonObject> OutsideAsync(University university)
    {
        using HttpResponseMessage answer = await issuer.ClientOf(null).GetAsync($"/institutions/{university.Slug}/identity");
        InstitutionIdentity identity = InstitutionIdentity.Parse(await answer.Content.ReadAsByteArrayAsync()).Require();
        return new JsonObject
        {
            ["type"] = "AccreditationPath",
            ["version"] = 1,
            ["registry"] = issuer.Chain.Registry.ToString(),
            ["institution"] = university.ChainInstitution,
            ["links"] = new JsonArray(new JsonObject { ["accreditor"] = "0x" + new string('5', 64), ["institution"] = university.ChainInstitution, ["identity"] = identity.Hash.ToString(), ["serial"] = 3 }),
            ["identities"] = new JsonArray(JsonNode.Parse(identity.Json.GetRawText())),
        };
    }
}
