using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Credentials.IssuerApi.Tests.Http;

public sealed class OpenApiTests(IssuerApplication issuer) : IClassFixture<IssuerApplication>
{
    [Fact]
    public async Task Is_of_version_3_1_and_lists_every_route()
    {
        JsonElement document = await ReadAsync();
        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);

        string[] routes = [.. issuer.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.Trim('/').Replace(":long}", "}", StringComparison.Ordinal))
            .Where(route => !route.StartsWith("/openapi", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal)];
        string[] listed = [.. document.GetProperty("paths").EnumerateObject().Select(path => "/" + path.Name.Trim('/')).Order(StringComparer.Ordinal)];
        Assert.Equal(routes, listed);
        Assert.True(routes.Length >= 20);
    }

    [Fact]
    public async Task Says_for_every_operation_what_it_does_and_which_role_it_needs()
    {
        JsonElement document = await ReadAsync();
        foreach (JsonProperty path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (JsonProperty operation in path.Value.EnumerateObject())
            {
                Assert.True(operation.Value.TryGetProperty("summary", out _), $"{operation.Name} {path.Name} has no summary");
                bool isPublic = path.Name.StartsWith("/health", StringComparison.Ordinal) || path.Name.StartsWith("/c/", StringComparison.Ordinal)
                    || (operation.Name == "get" && path.Name.StartsWith("/anchors/", StringComparison.Ordinal)) || path.Name.StartsWith("/status-lists", StringComparison.Ordinal)
                    || path.Name is "/credentials/derive" or "/institutions/{slug}" or "/institutions/{slug}/did.json"
                    || (operation.Name == "get" && path.Name is "/institutions/{slug}/identity" or "/institutions/{slug}/accreditation")

                    // What wallets call: tokens and proofs of their own stand for a role.
                    || path.Name.StartsWith("/.well-known/", StringComparison.Ordinal) || path.Name.StartsWith("/institutions/{slug}/.well-known/", StringComparison.Ordinal)
                    || path.Name.StartsWith("/institutions/{slug}/openid/", StringComparison.Ordinal) || path.Name.StartsWith("/offers/", StringComparison.Ordinal) || path.Name == "/credential-types/diploma";
                Assert.Equal(!isPublic, operation.Value.TryGetProperty("security", out _));
            }
        }
    }

    private async Task<JsonElement> ReadAsync()
    {
        using HttpResponseMessage answer = await issuer.ClientOf(null).GetAsync("/openapi/v1.json");
        return await answer.ReadAsync(HttpStatusCode.OK);
    }
}
