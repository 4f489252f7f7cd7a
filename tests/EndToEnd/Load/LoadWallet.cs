using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Encoding;
using Credentials.Jose;
using Credentials.Keys;

namespace Credentials.EndToEnd.Load;

/// <summary>A wallet that does nothing but redeem offers, by the bare messages of OpenID4VCI: the generator of the load should cost as little as it can. It breaks requests off and sends them again, as a bad line does.</summary>
/// <param name="http">Shared by all wallets.</param>
/// <param name="issuer">The credential issuer's identifier.</param>
/// <param name="brokenOff">Share of the requests that are broken off and sent again.</param>
internal sealed class LoadWallet(HttpClient http, string issuer, double brokenOff) : IDisposable
{
    private const int IdBytes = 16;
    private const int MostTries = 20;

    private readonly SigningKey _key = SigningKey.Generate(KeyType.P256);

    /// <summary>The key to which credentials are bound.</summary>
    public ISigner Key => _key;

    /// <summary>Redeems one offer.</summary>
    /// <returns>The credential, in the format of the configuration.</returns>
    public async Task<string> RedeemAsync(string code, string configuration)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                return await RedeemOnceAsync(code, configuration);
            }
            catch (InvalidOperationException fault) when (tries < MostTries && fault.Message.Contains("invalid_token", StringComparison.Ordinal))
            {
                // A request for a token that was broken off may reach its end after the one that was sent again, and its token is then the newer one: ask once more.
            }
        }
    }

    private async Task<string> RedeemOnceAsync(string code, string configuration)
    {
        string tokenUrl = issuer + "/openid/token";
        JsonElement token = await PostAsync(tokenUrl, null, () => new FormUrlEncodedContent(
        [
            KeyValuePair.Create("grant_type", "urn:ietf:params:oauth:grant-type:pre-authorized_code"),
            KeyValuePair.Create("pre-authorized_code", code),
        ]));
        string access = token.GetProperty("access_token").GetString()!;
        JsonElement nonce = await PostAsync(issuer + "/openid/nonce", null, () => new ByteArrayContent([]));
        JsonObject claims = new() { ["aud"] = issuer, ["iat"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(), ["nonce"] = nonce.GetProperty("c_nonce").GetString() };
        string proof = await SignAsync(claims, "openid4vci-proof+jwt");
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["credential_configuration_id"] = configuration, ["proofs"] = new JsonObject { ["jwt"] = new JsonArray(proof) } });
        JsonElement answer = await PostAsync(issuer + "/openid/credential", access, () => new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } });
        return answer.GetProperty("credentials")[0].GetProperty("credential").GetString()!;
    }

    public void Dispose() => _key.Dispose();

    private async Task<JsonElement> PostAsync(string url, string? token, Func<HttpContent> content)
    {
        for (int tries = 0; tries < MostTries; tries++)
        {
            using HttpRequestMessage request = new(HttpMethod.Post, url) { Content = content() };
            request.Headers.Add("DPoP", await ProveAsync(url, token));
            if (token is not null)
            {
                request.Headers.Authorization = new("DPoP", token);
            }

            using CancellationTokenSource patience = new();
            if (RandomNumberGenerator.GetInt32(1000) < brokenOff * 1000)
            {
                patience.CancelAfter(RandomNumberGenerator.GetInt32(1, 30));
            }

            try
            {
                using HttpResponseMessage answer = await http.SendAsync(request, patience.Token);
                byte[] text = await answer.Content.ReadAsByteArrayAsync(patience.Token);
                return answer.StatusCode == HttpStatusCode.OK
                    ? JsonDocument.Parse(text).RootElement
                    : throw new InvalidOperationException($"{url}: {(int)answer.StatusCode} {System.Text.Encoding.UTF8.GetString(text)}");
            }
            catch (OperationCanceledException) when (patience.IsCancellationRequested)
            {
                // The line was bad: once more, whatever became of it.
            }
        }

        throw new TimeoutException($"{url} was broken off {MostTries} times.");
    }

    private Task<string> ProveAsync(string url, string? token)
    {
        JsonObject claims = new()
        {
            ["jti"] = StrictBase64Url.Encode(RandomNumberGenerator.GetBytes(IdBytes)),
            ["htm"] = "POST",
            ["htu"] = url,
            ["iat"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(),
        };
        if (token is not null)
        {
            claims["ath"] = StrictBase64Url.Encode(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(token)));
        }

        return SignAsync(claims, "dpop+jwt");
    }

    private async Task<string> SignAsync(JsonObject claims, string type) =>
        (await Jwt.SignAsync(JsonSerializer.SerializeToUtf8Bytes(claims), _key, new(type) { Key = _key.PublicKey }, CancellationToken.None)).Value!;
}
