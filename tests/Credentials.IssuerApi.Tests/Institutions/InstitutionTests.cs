using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.IssuerApi.Institutions;
using Credentials.Keys;

namespace Credentials.IssuerApi.Tests.Institutions;

public sealed class InstitutionTests(IssuerApplication issuer) : IClassFixture<IssuerApplication>
{
    [Fact]
    public async Task Comes_about_on_the_chain_under_the_id_that_was_told_at_once()
    {
        University university = await issuer.CreateUniversityAsync();
        _ = InstitutionId.TryParse(university.ChainInstitution, out InstitutionId id);
        RegistryState state = await LookUpAsync(id);
        for (int i = 0; i < 500 && state.Controller == EthereumAddress.Zero; i++)
        {
            await Task.Delay(20);
            state = await LookUpAsync(id);
        }

        JsonElement info = await GetAsync($"/institutions/{university.Slug}");
        Assert.Equal(info.GetProperty("chainAccount").GetString(), state.Controller.ToString());
    }

    [Fact]
    public async Task Gets_a_P256_key_and_an_Ed25519_key_where_the_platform_has_it()
    {
        University university = await issuer.CreateUniversityAsync();
        JsonElement document = await GetAsync($"/institutions/{university.Slug}/did.json");

        Assert.Equal(university.Did, document.GetProperty("id").GetString());
        KeyType[] types = [.. document.GetProperty("verificationMethod").EnumerateArray().Select(method => Multikey.Decode(method.GetProperty("publicKeyMultibase").GetString()!).Require().Type).Order()];
        Assert.Equal(PublicKey.IsSupported(KeyType.Ed25519) ? [KeyType.P256, KeyType.Ed25519] : [KeyType.P256], types);
    }

    [Fact]
    public async Task Publishes_a_DID_document_that_caches_keep_and_browsers_read()
    {
        University university = await issuer.CreateUniversityAsync();
        using HttpClient anybody = issuer.ClientOf(null);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/institutions/{university.Slug}/did.json");
        request.Headers.Add("Origin", "https://wallet.example");
        using HttpResponseMessage first = await anybody.SendAsync(request);
        Assert.Equal("*", Assert.Single(first.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.True(first.Headers.CacheControl!.Public);
        Assert.Equal("application/did+json", first.Content.Headers.ContentType?.MediaType);

        using var again = new HttpRequestMessage(HttpMethod.Get, $"/institutions/{university.Slug}/did.json");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using HttpResponseMessage second = await anybody.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task Refuses_a_slug_that_is_taken_and_changes_nothing()
    {
        University university = await issuer.CreateUniversityAsync();
        using HttpClient administrator = issuer.ClientOf(IssuerApplication.AdministratorKey);
        using HttpResponseMessage again = await administrator.PostAsJsonAsync("/institutions", new { slug = university.Slug, name = "Another", country = "FR" });
        await again.ReadProblemAsync(HttpStatusCode.Conflict, "CONFLICT");

        JsonElement info = await GetAsync($"/institutions/{university.Slug}");
        Assert.Equal("PT", info.GetProperty("country").GetString());
        await university.Registrar.IssueAsync();
    }

    [Fact]
    public async Task Is_made_once_when_asked_for_eight_times_at_once()
    {
        string slug = "race-" + Guid.NewGuid().ToString("N")[..8];
        using HttpClient administrator = issuer.ClientOf(IssuerApplication.AdministratorKey);
        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => administrator.PostAsJsonAsync("/institutions", new { slug, name = "Race", country = "PT" })));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal(7, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
    }

    [Theory]
    [InlineData("Upper", "Name", "PT", "/slug")]
    [InlineData("-dash", "Name", "PT", "/slug")]
    [InlineData("dash-", "Name", "PT", "/slug")]
    [InlineData("", "Name", "PT", "/slug")]
    [InlineData("a/b", "Name", "PT", "/slug")]
    [InlineData("line\n", "Name", "PT", "/slug")]
    [InlineData("good", " ", "PT", "/name")]
    [InlineData("good", "two\nlines", "PT", "/name")]
    [InlineData("good", "Name", "pt", "/country")]
    [InlineData("good", "Name", "PRT", "/country")]
    public async Task Refuses_bad_particulars(string slug, string name, string country, string pointer)
    {
        using HttpClient administrator = issuer.ClientOf(IssuerApplication.AdministratorKey);
        using HttpResponseMessage answer = await administrator.PostAsJsonAsync("/institutions", new { slug, name, country });
        JsonElement problem = await answer.ReadProblemAsync(HttpStatusCode.BadRequest, "MALFORMED_VALUE_ERROR");
        Assert.Equal(pointer, problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    [Theory]
    [InlineData("/institutions/nobody")]
    [InlineData("/institutions/nobody/did.json")]
    public async Task Is_not_found_where_there_is_none(string path)
    {
        using HttpClient anybody = issuer.ClientOf(null);
        using HttpResponseMessage answer = await anybody.GetAsync(path);
        await answer.ReadProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Theory]
    [InlineData("https://issuer.example.edu", "did:web:issuer.example.edu:institutions:u")]
    [InlineData("https://issuer.example.edu/", "did:web:issuer.example.edu:institutions:u")]
    [InlineData("http://localhost:7101", "did:web:localhost%3A7101:institutions:u")]
    [InlineData("https://universität.example:8443", "did:web:xn--universitt-y5a.example%3A8443:institutions:u")]
    [InlineData("https://example.edu/a/b/", "did:web:example.edu:a:b:institutions:u")]
    public void Has_the_DID_of_its_public_address(string publicBase, string did) => Assert.Equal(did, InstitutionDid.Of(new Uri(publicBase), "u"));

    private Task<RegistryState> LookUpAsync(InstitutionId id) =>
        issuer.Ledger.LookUpAsync(issuer.Chain.Contract, new(id), BlockTag.Latest, CancellationToken.None);

    private async Task<JsonElement> GetAsync(string path)
    {
        using HttpClient anybody = issuer.ClientOf(null);
        using HttpResponseMessage answer = await anybody.GetAsync(path);
        return await answer.ReadAsync(HttpStatusCode.OK);
    }
}
