using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credentials.IssuerApi.ApiKeys;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Credentials.IssuerApi.Tests.ApiKeys;

public sealed class ApiKeyTests(IssuerApplication issuer) : IClassFixture<IssuerApplication>
{
    [Fact]
    public async Task A_readers_key_reads()
    {
        University university = await issuer.CreateUniversityAsync();
        string id = await university.Registrar.IssueIdAsync();
        using HttpClient reader = issuer.ClientOf((await CreateAsync(university, "reader")).Key);
        using HttpResponseMessage answer = await reader.GetAsync($"/credentials/{id}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("POST", "/credentials/issue")]
    [InlineData("POST", "/credentials/status")]
    [InlineData("POST", "/credentials/x/link")]
    [InlineData("DELETE", "/credentials/x/link")]
    [InlineData("POST", "/batches")]
    [InlineData("DELETE", "/batches/x")]
    [InlineData("POST", "/institutions")]
    public async Task A_readers_key_changes_nothing(string method, string path)
    {
        University university = await issuer.CreateUniversityAsync();
        using HttpClient reader = issuer.ClientOf((await CreateAsync(university, "reader")).Key);
        using HttpResponseMessage answer = await reader.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        await answer.ReadProblemAsync(HttpStatusCode.Forbidden, "FORBIDDEN");
    }

    [Theory]
    [InlineData("POST", "/credentials/issue")]
    [InlineData("POST", "/credentials/status")]
    [InlineData("GET", "/credentials/x")]
    [InlineData("GET", "/credentials/x/state")]
    [InlineData("GET", "/credentials/x/receipt")]
    [InlineData("GET", "/credentials/x/qr.png")]
    [InlineData("POST", "/batches")]
    [InlineData("GET", "/batches/x")]
    public async Task The_administrators_key_sees_no_credentials(string method, string path)
    {
        using HttpClient administrator = issuer.ClientOf(IssuerApplication.AdministratorKey);
        using HttpResponseMessage answer = await administrator.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        await answer.ReadProblemAsync(HttpStatusCode.Forbidden, "FORBIDDEN");
    }

    [Theory]
    [InlineData("POST", "/institutions")]
    [InlineData("POST", "/institutions/x/api-keys")]
    [InlineData("GET", "/institutions/x/api-keys")]
    [InlineData("DELETE", "/institutions/x/api-keys/y")]
    public async Task A_registrars_key_makes_no_institutions_and_no_keys(string method, string path)
    {
        University university = await issuer.CreateUniversityAsync();
        using HttpResponseMessage answer = await university.Registrar.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        await answer.ReadProblemAsync(HttpStatusCode.Forbidden, "FORBIDDEN");
    }

    [Fact]
    public async Task A_withdrawn_key_is_not_known_any_more()
    {
        University university = await issuer.CreateUniversityAsync();
        CreatedApiKey key = await CreateAsync(university, "registrar");
        using HttpClient client = issuer.ClientOf(key.Key);
        await client.IssueAsync();

        using HttpClient administrator = issuer.ClientOf(IssuerApplication.AdministratorKey);
        using HttpResponseMessage withdrawn = await administrator.DeleteAsync($"/institutions/{university.Slug}/api-keys/{key.Id}");
        Assert.Equal(HttpStatusCode.NoContent, withdrawn.StatusCode);
        using HttpResponseMessage answer = await client.PostIssueAsync(Diploma.Unsigned());
        await answer.ReadProblemAsync(HttpStatusCode.Unauthorized, "UNAUTHENTICATED");
        await university.Registrar.IssueAsync();
    }

    [Fact]
    public async Task A_key_of_one_institution_is_not_withdrawn_in_the_name_of_another()
    {
        University university = await issuer.CreateUniversityAsync();
        University other = await issuer.CreateUniversityAsync();
        CreatedApiKey key = await CreateAsync(university, "registrar");
        using HttpClient administrator = issuer.ClientOf(IssuerApplication.AdministratorKey);
        using HttpResponseMessage answer = await administrator.DeleteAsync($"/institutions/{other.Slug}/api-keys/{key.Id}");
        await answer.ReadProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task Keys_are_listed_without_their_secrets()
    {
        University university = await issuer.CreateUniversityAsync();
        CreatedApiKey key = await CreateAsync(university, "reader");
        using HttpClient administrator = issuer.ClientOf(IssuerApplication.AdministratorKey);
        using HttpResponseMessage answer = await administrator.GetAsync($"/institutions/{university.Slug}/api-keys");
        JsonElement list = await answer.ReadAsync(HttpStatusCode.OK);

        Assert.Equal(2, list.GetArrayLength());
        Assert.Contains(key.Id, list.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(key.Key.Split('_', 3)[2], list.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_with_its_last_character_changed_opens_nothing()
    {
        University university = await issuer.CreateUniversityAsync();
        string altered = university.RegistrarKey[..^1] + (university.RegistrarKey[^1] == 'A' ? 'B' : 'A');
        await RefusedAsync("Bearer " + altered);
    }

    [Theory]
    [InlineData("Bearer ")]
    [InlineData("Bearer registrar_000000000000_")]
    [InlineData("Bearer nonsense")]
    [InlineData("Basic dXNlcjpwYXNzd29yZA==")]
    [InlineData("Bearer administrator_______")]
    public async Task Nonsense_opens_nothing(string header) => await RefusedAsync(header);

    [Fact]
    public async Task Roles_other_than_registrar_and_reader_are_not_given()
    {
        University university = await issuer.CreateUniversityAsync();
        using HttpClient administrator = issuer.ClientOf(IssuerApplication.AdministratorKey);
        using HttpResponseMessage answer = await administrator.PostAsJsonAsync($"/institutions/{university.Slug}/api-keys", new { role = "administrator" });
        await answer.ReadProblemAsync(HttpStatusCode.BadRequest, "MALFORMED_VALUE_ERROR");
    }

    [Fact]
    public void Every_endpoint_says_who_may_call_it()
    {
        IEnumerable<RouteEndpoint> endpoints = issuer.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();
        Assert.NotEmpty(endpoints);
        Assert.All(endpoints, endpoint => Assert.True(
            endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null,
            $"{endpoint.RoutePattern.RawText} has no policy"));
    }

    private async Task RefusedAsync(string header)
    {
        using HttpClient client = issuer.ClientOf(null);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/credentials/x");
        request.Headers.TryAddWithoutValidation("Authorization", header);
        using HttpResponseMessage answer = await client.SendAsync(request);
        await answer.ReadProblemAsync(HttpStatusCode.Unauthorized, "UNAUTHENTICATED");
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
    }

    private async Task<CreatedApiKey> CreateAsync(University university, string role)
    {
        using HttpClient administrator = issuer.ClientOf(IssuerApplication.AdministratorKey);
        using HttpResponseMessage answer = await administrator.PostAsJsonAsync($"/institutions/{university.Slug}/api-keys", new { role });
        JsonElement made = await answer.ReadAsync(HttpStatusCode.Created);
        return new(made.GetProperty("id").GetString()!, role, made.GetProperty("key").GetString()!);
    }
}
