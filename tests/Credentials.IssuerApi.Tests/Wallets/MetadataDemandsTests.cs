using System.Text.Json;

namespace Credentials.IssuerApi.Tests.Wallets;

/// <summary>What the specification demands of an issuer's metadata, offers and nonces, looked at as a stranger's wallet gets them.</summary>
public sealed class MetadataDemandsTests(IssuerApplication app) : IClassFixture<IssuerApplication>
{
    [Fact]
    public async Task Its_metadata_have_every_member_that_is_required_and_none_that_must_not_be_there()
    {
        University university = await app.CreateUniversityAsync();
        string issuer = $"http://localhost:7101/institutions/{university.Slug}";
        JsonElement metadata = await ReadAsync($"/.well-known/openid-credential-issuer/institutions/{university.Slug}");
        Assert.Equal(issuer, metadata.GetProperty("credential_issuer").GetString());
        Assert.All(new[] { "credential_endpoint", "nonce_endpoint", "deferred_credential_endpoint", "notification_endpoint" }, name =>
            Assert.StartsWith(issuer + "/openid/", metadata.GetProperty(name).GetString(), StringComparison.Ordinal));
        Assert.False(metadata.TryGetProperty("authorization_servers", out _), "The issuer is its own authorization server.");
        Assert.InRange(metadata.GetProperty("batch_credential_issuance").GetProperty("batch_size").GetInt32(), 2, 100);

        JsonElement requests = metadata.GetProperty("credential_request_encryption"), answers = metadata.GetProperty("credential_response_encryption");
        JsonElement key = Assert.Single(requests.GetProperty("jwks").GetProperty("keys").EnumerateArray());
        Assert.Equal(("ECDH-ES", "enc"), (key.GetProperty("alg").GetString(), key.GetProperty("use").GetString()));
        Assert.NotEmpty(key.GetProperty("kid").GetString()!);
        Assert.False(key.TryGetProperty("d", out _), "The private half stays here.");
        Assert.NotEmpty(answers.GetProperty("alg_values_supported").EnumerateArray());
        Assert.All(new[] { requests, answers }, one => Assert.True(one.GetProperty("enc_values_supported").GetArrayLength() > 0 && one.GetProperty("encryption_required").ValueKind == JsonValueKind.False));
        Assert.All(metadata.GetProperty("credential_configurations_supported").EnumerateObject(), CheckConfiguration);
    }

    [Fact]
    public async Task Its_server_says_how_wallets_get_in()
    {
        University university = await app.CreateUniversityAsync();
        JsonElement server = await ReadAsync($"/.well-known/oauth-authorization-server/institutions/{university.Slug}");
        Assert.Equal($"http://localhost:7101/institutions/{university.Slug}", server.GetProperty("issuer").GetString());
        Assert.True(server.GetProperty("pre-authorized_grant_anonymous_access_supported").GetBoolean());
        Assert.True(server.GetProperty("authorization_response_iss_parameter_supported").GetBoolean());
        Assert.Contains("openid_credential", server.GetProperty("authorization_details_types_supported").EnumerateArray().Select(type => type.GetString()));
        Assert.Equal(["S256"], server.GetProperty("code_challenge_methods_supported").EnumerateArray().Select(method => method.GetString()));
        Assert.Contains("ES256", server.GetProperty("dpop_signing_alg_values_supported").EnumerateArray().Select(algorithm => algorithm.GetString()));
    }

    [Fact]
    public async Task Its_nonces_differ_and_are_stored_by_nobody()
    {
        University university = await app.CreateUniversityAsync();
        using Holder holder = new(app, university);
        Assert.NotEqual(await holder.NonceAsync(), await holder.NonceAsync());
        using HttpResponseMessage answer = await holder.PostAsync("nonce", null, prove: false, withToken: false);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task Its_offers_are_JSON_and_name_no_server()
    {
        University university = await app.CreateUniversityAsync();
        JsonElement made = await Holder.OfferAsync(university, new { txCode = true });
        JsonElement offer = await ReadAsync(new Uri(made.GetProperty("offerUri").GetString()!).AbsolutePath);
        JsonElement grant = offer.GetProperty("grants").GetProperty(Holder.PreAuthorized);
        Assert.False(grant.TryGetProperty("authorization_server", out _));
        Assert.InRange(grant.GetProperty("tx_code").GetProperty("description").GetString()!.Length, 1, 300);
        string[] ids = [.. offer.GetProperty("credential_configuration_ids").EnumerateArray().Select(id => id.GetString()!)];
        Assert.Equal(ids.Distinct(StringComparer.Ordinal), ids);
        JsonElement metadata = await ReadAsync($"/.well-known/openid-credential-issuer/institutions/{university.Slug}");
        Assert.All(ids, id => Assert.True(metadata.GetProperty("credential_configurations_supported").TryGetProperty(id, out _), id));
    }

    private static void CheckConfiguration(JsonProperty configuration)
    {
        JsonElement json = configuration.Value, proofs = json.GetProperty("proof_types_supported").GetProperty("jwt");
        string format = json.GetProperty("format").GetString()!;
        Assert.NotEmpty(json.GetProperty("scope").GetString()!);
        Assert.NotEmpty(json.GetProperty("cryptographic_binding_methods_supported").EnumerateArray());
        Assert.NotEmpty(proofs.GetProperty("proof_signing_alg_values_supported").EnumerateArray());
        Assert.False(proofs.TryGetProperty("key_attestations_required", out _));
        JsonElement[] display = [.. json.GetProperty("credential_metadata").GetProperty("display").EnumerateArray()];
        Assert.All(display, one => Assert.NotEmpty(one.GetProperty("name").GetString()!));
        Assert.Equal(display.Length, display.Select(one => one.GetProperty("locale").GetString()).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        if (format == "dc+sd-jwt")
        {
            Assert.Equal("urn:credentials:diploma:v1", json.GetProperty("vct").GetString());
            return;
        }

        JsonElement definition = json.GetProperty("credential_definition");
        Assert.NotEmpty(definition.GetProperty("type").EnumerateArray());
        Assert.Equal(format is "ldp_vc" or "vc+jwt", definition.TryGetProperty("@context", out _));
    }

    private async Task<JsonElement> ReadAsync(string path)
    {
        using HttpClient wallet = app.ClientOf(null);
        using HttpResponseMessage answer = await wallet.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        return JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync()).RootElement;
    }
}
