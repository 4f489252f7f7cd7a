using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Dids.Methods;
using Credentials.Jose;
using Credentials.Keys;
using Credentials.OpenId.Messages;
using Credentials.OpenId.OAuth;

namespace Credentials.IssuerApi.Tests.Wallets;

/// <summary>A learner with a wallet, as plain as it can be: each step on its own, so that a test can take it wrongly.</summary>
internal sealed class Holder(IssuerApplication app, University university, bool dpop = true) : IDisposable
{
    public const string PreAuthorized = "urn:ietf:params:oauth:grant-type:pre-authorized_code";

    private readonly HttpClient _http = app.ClientOf(null);

    public SigningKey Key { get; } = SigningKey.Generate(KeyType.P256);

    public SigningKey DpopKey { get; } = SigningKey.Generate(KeyType.P256);

    public string Issuer { get; } = $"http://localhost:7101/institutions/{university.Slug}";

    public DateTimeOffset Now { get; set; } = TimeProvider.System.GetUtcNow();

    public string? Token { get; set; }

    /// <summary>Issues a diploma and offers it.</summary>
    public static async Task<JsonElement> OfferAsync(University university, object? request = null, string? credentialId = null)
    {
        credentialId ??= await university.Registrar.IssueIdAsync();
        using HttpResponseMessage answer = await university.Registrar.PostAsJsonAsync($"/credentials/{credentialId}/offers", request ?? new { });
        return await answer.ReadAsync(HttpStatusCode.Created);
    }

    public static string CodeOf(JsonElement offer) => offer.GetProperty("offer").GetProperty("grants").GetProperty(PreAuthorized).GetProperty("pre-authorized_code").GetString()!;

    public static string IssuerStateOf(JsonElement offer) => offer.GetProperty("offer").GetProperty("grants").GetProperty("authorization_code").GetProperty("issuer_state").GetString()!;

    public Task<HttpResponseMessage> PostFormAsync(string endpoint, string form, bool? prove = null) => PostAsync(endpoint, new StringContent(form, new MediaTypeHeaderValue("application/x-www-form-urlencoded")), prove ?? dpop, withToken: false);

    public Task<HttpResponseMessage> PostTokenAsync(string code, params (string Name, string? Value)[] more) =>
        PostFormAsync("token", FormParameters.Write([("grant_type", PreAuthorized), ("pre-authorized_code", code), .. more]));

    /// <summary>Redeems a code.</summary>
    public async Task<JsonElement> RedeemAsync(string code, params (string Name, string? Value)[] more)
    {
        using HttpResponseMessage answer = await PostTokenAsync(code, more);
        JsonElement token = await answer.ReadAsync(HttpStatusCode.OK);
        Token = token.GetProperty("access_token").GetString();
        return token;
    }

    public async Task<string> NonceAsync()
    {
        using HttpResponseMessage answer = await PostAsync("nonce", null, prove: false, withToken: false);
        return (await answer.ReadAsync(HttpStatusCode.OK)).GetProperty("c_nonce").GetString()!;
    }

    /// <summary>A key proof.</summary>
    public async Task<string> ProveAsync(string? nonce, SigningKey? key = null, string? audience = null, string binding = "jwk", string type = "openid4vci-proof+jwt", DateTimeOffset? at = null)
    {
        key ??= Key;
        JsonObject claims = new() { ["aud"] = audience ?? Issuer, ["iat"] = (at ?? Now).ToUnixTimeSeconds() };
        if (nonce is not null)
        {
            claims["nonce"] = nonce;
        }

        JwtHeader header = binding switch
        {
            "did:key" => new(type) { KeyId = DidKey.MethodOf(key.PublicKey) },
            "did:jwk" => new(type) { KeyId = DidJwk.Of(key.PublicKey) + "#0" },
            _ => new(type) { Key = key.PublicKey },
        };
        return (await Jwt.SignAsync(System.Text.Encoding.UTF8.GetBytes(claims.ToJsonString()), key, header, CancellationToken.None)).Require();
    }

    public Task<HttpResponseMessage> PostJsonAsync(string endpoint, JsonNode body, bool? prove = null) => PostAsync(endpoint, JsonContent.Create(body), prove ?? dpop, withToken: true);

    public static JsonObject Request(string configuration, params string[] proofs) => new()
    {
        ["credential_configuration_id"] = configuration,
        ["proofs"] = new JsonObject { ["jwt"] = new JsonArray([.. proofs.Select(proof => (JsonNode)proof)]) },
    };

    /// <summary>All steps, for one copy.</summary>
    public async Task<string> AcceptAsync(JsonElement offer, string configuration = "diploma-sd-jwt", string binding = "jwk")
    {
        await RedeemAsync(CodeOf(offer), ("tx_code", offer.TryGetProperty("txCode", out JsonElement code) ? code.GetString() : null));
        using HttpResponseMessage answer = await PostJsonAsync("credential", Request(configuration, await ProveAsync(await NonceAsync(), binding: binding)));
        return CredentialIn(await answer.ReadAsync(HttpStatusCode.OK));
    }

    public static string CredentialIn(JsonElement answer, int index = 0)
    {
        JsonElement credential = answer.GetProperty("credentials")[index].GetProperty("credential");
        return credential.ValueKind == JsonValueKind.String ? credential.GetString()! : credential.GetRawText();
    }

    public async Task<HttpResponseMessage> PostAsync(string endpoint, HttpContent? content, bool prove, bool withToken, string? proof = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, $"/institutions/{university.Slug}/openid/{endpoint}") { Content = content };
        if (withToken && Token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue(prove ? "DPoP" : "Bearer", Token);
        }

        if (prove)
        {
            request.Headers.Add("DPoP", proof ?? await DpopAsync(endpoint, withToken ? Token : null));
        }

        return await _http.SendAsync(request);
    }

    public async Task<string> DpopAsync(string endpoint, string? token, string method = "POST", SigningKey? key = null, string? nonce = null, DateTimeOffset? at = null) =>
        (await DpopProof.WriteAsync(key ?? DpopKey, method, new Uri($"{Issuer}/openid/{endpoint}"), at ?? Now, token, nonce, CancellationToken.None)).Require();

    public void Dispose()
    {
        _http.Dispose();
        Key.Dispose();
        DpopKey.Dispose();
    }
}

/// <summary>Refusals in the words of OAuth.</summary>
internal static class WalletAnswers
{
    public static async Task AssertRefusedAsync(this HttpResponseMessage answer, string error, HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        JsonElement body = await answer.ReadAsync(status);
        Assert.Equal(error, body.GetProperty("error").GetString());
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.True(answer.Headers.CacheControl?.NoStore, "A refusal must not be stored.");
    }
}
