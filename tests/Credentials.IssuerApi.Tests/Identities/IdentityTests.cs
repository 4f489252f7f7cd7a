using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Evidence;

namespace Credentials.IssuerApi.Tests.Identities;

/// <summary>Who an institution says that it is: the document that anybody reads is the one whose hash the registry has.</summary>
public sealed class IdentityTests(IssuerApplication issuer) : IClassFixture<IssuerApplication>
{
    [Fact]
    public async Task A_new_institution_becomes_ready_with_its_identity_and_keys_in_the_registry()
    {
        University university = await issuer.CreateUniversityAsync();
        JsonElement info = await ReadyAsync(university);
        InstitutionIdentity identity = await ReadAsync(university);

        Assert.Equal((university.Did, "Universidade de Teste", "PT"), (identity.Did, identity.LegalName, identity.Country));
        Assert.Equal(identity.Hash.ToString(), info.GetProperty("identity").GetProperty("identity").GetString());
        Assert.Equal("finalized", info.GetProperty("registration").GetString());
        Assert.All(info.GetProperty("keys").EnumerateArray(), key => Assert.Equal(("signing", "finalized"), (key.GetProperty("use").GetString(), key.GetProperty("registry").GetString())));
        Assert.Equal(identity.Hash, (await LookUpAsync(university, identity.Hash)).CurrentIdentity);
    }

    [Fact]
    public async Task Another_name_is_another_identity_and_the_earlier_one_is_still_to_be_had()
    {
        University university = await issuer.CreateUniversityAsync();
        InstitutionIdentity before = await ReadAsync(university);
        await PutAsync(university, "Universidade Nova de Teste", "PT");
        InstitutionIdentity after = await ReadAsync(university);
        await ReadyAsync(university);

        Assert.Equal("Universidade Nova de Teste", after.LegalName);
        Assert.Equal(before.Hash, (await ReadAsync(university, $"?of={before.Hash}")).Hash);
        RegistryState state = await LookUpAsync(university, before.Hash);
        Assert.Equal((after.Hash, true), (state.CurrentIdentity, state.Identity.Until != 0));
        JsonElement issued = (await university.Registrar.IssueAsync()).GetProperty("verifiableCredential");
        Assert.Equal("Universidade Nova de Teste", issued.GetProperty("issuer").GetProperty("name").GetString());
    }

    [Fact]
    public async Task The_same_name_changes_nothing_and_a_name_that_comes_back_is_a_document_of_its_own()
    {
        University university = await issuer.CreateUniversityAsync();
        InstitutionIdentity first = await ReadAsync(university);
        await PutAsync(university, "Universidade de Teste", "PT");
        Assert.Equal(first.Hash, (await ReadAsync(university)).Hash);

        await PutAsync(university, "Other", "PT");
        await PutAsync(university, "Universidade de Teste", "PT");
        InstitutionIdentity again = await ReadAsync(university);
        Assert.Equal(("Universidade de Teste", false), (again.LegalName, again.Hash == first.Hash));
        await ReadyAsync(university);
        Assert.Equal(again.Hash, (await LookUpAsync(university, again.Hash)).CurrentIdentity);
    }

    [Theory]
    [InlineData("""{"name":"","country":"PT"}""", "/name")]
    [InlineData("""{"name":"X","country":"pt"}""", "/country")]
    [InlineData("""{"name":"X","country":"PRT"}""", "/country")]
    [InlineData("""{"name":"X","name":"Y","country":"PT"}""", "/name")]
    public async Task Refuses_what_is_no_identity(string body, string pointer)
    {
        University university = await issuer.CreateUniversityAsync();
        using HttpResponseMessage answer = await Administrator().PutAsync($"/institutions/{university.Slug}/identity", new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")));
        JsonElement problem = await answer.ReadProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal(pointer, problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task Refuses_a_registrar_and_what_is_not_there()
    {
        University university = await issuer.CreateUniversityAsync();
        using HttpResponseMessage registrar = await university.Registrar.PutAsJsonAsync($"/institutions/{university.Slug}/identity", new { name = "Mine", country = "PT" });
        await registrar.ReadProblemAsync(HttpStatusCode.Forbidden);
        using HttpResponseMessage nobody = await Administrator().PutAsJsonAsync("/institutions/nobody/identity", new { name = "X", country = "PT" });
        await nobody.ReadProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        using HttpResponseMessage unknown = await issuer.ClientOf(null).GetAsync($"/institutions/{university.Slug}/identity?of=0x{new string('0', 64)}");
        await unknown.ReadProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        using HttpResponseMessage malformed = await issuer.ClientOf(null).GetAsync($"/institutions/{university.Slug}/identity?of=x");
        await malformed.ReadProblemAsync(HttpStatusCode.BadRequest);
    }

    private HttpClient Administrator() => issuer.ClientOf(IssuerApplication.AdministratorKey);

    private async Task PutAsync(University university, string name, string country)
    {
        using HttpResponseMessage answer = await Administrator().PutAsJsonAsync($"/institutions/{university.Slug}/identity", new { name, country });
        await answer.ReadAsync(HttpStatusCode.OK);
    }

    private async Task<InstitutionIdentity> ReadAsync(University university, string query = "")
    {
        using HttpResponseMessage answer = await issuer.ClientOf(null).GetAsync($"/institutions/{university.Slug}/identity{query}");
        answer.EnsureSuccessStatusCode();
        return InstitutionIdentity.Parse(await answer.Content.ReadAsByteArrayAsync()).Require();
    }

    private static Task<JsonElement> ReadyAsync(University university) =>
        university.Registrar.WaitForAsync($"/institutions/{university.Slug}", info => info.GetProperty("ready").GetBoolean());

    private Task<RegistryState> LookUpAsync(University university, IdentityHash identity)
    {
        _ = InstitutionId.TryParse(university.ChainInstitution, out InstitutionId id);
        return issuer.Ledger.LookUpAsync(issuer.Chain.Contract, new LookupQuery(id) { Identity = identity }, BlockTag.Latest, CancellationToken.None);
    }
}
