using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Jose;
using Credentials.Keys;
using Credentials.OpenId.Issuance;
using Credentials.OpenId.OAuth;
using Credentials.OpenId.Wallet;
using Credentials.OpenId.Wallet.Issuing;

namespace Credentials.EndToEnd.World;

/// <summary>A wallet's requests, one by one, so that each can be made wrong.</summary>
internal sealed class Attacker : IDisposable
{
    private readonly HttpClient _http;
    private readonly IssuanceClient _client;

    private Attacker(HttpClient http) => (_http, _client) = (http, new(http, new() { ClientId = "credentials-cli" }));

    public SigningKey Dpop { get; } = SigningKey.Generate(KeyType.P256);

    public SigningKey Holder { get; } = SigningKey.Generate(KeyType.P256);

    public OpenedOffer Opened { get; private set; } = null!;

    public static async Task<Attacker> OpenAsync(HttpClient http, Offer offer)
    {
        Attacker attacker = new(http);
        attacker.Opened = (await attacker._client.OpenAsync(offer.DeepLink, CancellationToken.None)).Require();
        return attacker;
    }

    /// <summary>Asks for a token.</summary>
    public Task<Reply> TokenAsync(string? txCode = null, SigningKey? dpop = null) => PostAsync(
        Opened.Server.TokenEndpoint,
        new TokenRequest(TokenRequest.PreAuthorizedCode, Opened.Offer.PreAuthorizedCode!.Code) { TransactionCode = txCode }.Write(),
        "application/x-www-form-urlencoded",
        null,
        dpop ?? Dpop);

    public async Task<string> NonceAsync()
    {
        using HttpResponseMessage answer = await _http.PostAsync(Opened.Issuer.NonceEndpoint, null);
        return NonceResponse.Read(await answer.Content.ReadAsByteArrayAsync()).Require().Nonce;
    }

    /// <summary>Asks for a credential by a proof that may be made wrong.</summary>
    public async Task<Reply> CredentialAsync(string accessToken, string nonce, string? audience = null, SigningKey? holder = null, SigningKey? dpop = null, string configuration = "diploma-sd-jwt", DateTimeOffset? issuedAt = null)
    {
        JsonObject claims = new() { ["aud"] = audience ?? Opened.Issuer.CredentialIssuer, ["iat"] = (issuedAt ?? TimeProvider.System.GetUtcNow()).ToUnixTimeSeconds(), ["nonce"] = nonce };
        SigningKey key = holder ?? Holder;
        string proof = (await Jwt.SignAsync(Utf8(claims.ToJsonString()), key, new(KeyProof.Type) { Key = key.PublicKey }, CancellationToken.None)).Require();
        byte[] body = new CredentialRequest { ConfigurationId = configuration, Proofs = [proof] }.Write();
        return await PostAsync(Opened.Issuer.CredentialEndpoint, System.Text.Encoding.UTF8.GetString(body), "application/json", accessToken, dpop ?? Dpop);
    }

    /// <summary>All at once, honestly: an SD-JWT VC bound to <see cref="Holder"/>.</summary>
    public async Task<HeldCredential> AcceptAsync(string? txCode = null)
    {
        HolderKey key = new(Holder, HolderBinding.Jwk);
        IssuedCredentials issued = (await _client.AcceptAsync(Opened, new("diploma-sd-jwt", [key]) { TransactionCode = txCode }, CancellationToken.None)).Require();
        return new("mine", "dc+sd-jwt", issued.Credentials[0].Credential, key);
    }

    /// <summary>By the issuer's page; what the browser brings back may be made wrong.</summary>
    public Task<Parsed<IssuedCredentials>> AcceptByBrowserAsync(string collectionCode, Func<Uri, Uri> back) => _client.AcceptAsync(
        Opened,
        new("diploma-sd-jwt", [new HolderKey(Holder, HolderBinding.Jwk)]) { Browser = new(new Uri("http://127.0.0.1:65001/callback"), async (page, _) => back(await LearnersBrowser.ReturnAsync(page, collectionCode))) },
        CancellationToken.None);

    /// <summary>Posts something with a DPoP proof.</summary>
    public async Task<Reply> PostAsync(Uri url, string body, string mediaType, string? accessToken, SigningKey dpop)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, url) { Content = new StringContent(body, MediaTypeHeaderValue.Parse(mediaType)) };
        request.Headers.Add("DPoP", (await DpopProof.WriteAsync(dpop, "POST", url, TimeProvider.System.GetUtcNow(), accessToken, null, CancellationToken.None)).Require());
        if (accessToken is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("DPoP", accessToken);
        }

        using HttpResponseMessage answer = await _http.SendAsync(request);
        string text = await answer.Content.ReadAsStringAsync();
        return new(answer.StatusCode, text, answer.Headers.Location);
    }

    public void Dispose()
    {
        Dpop.Dispose();
        Holder.Dispose();
    }

    private static byte[] Utf8(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}

/// <summary>An answer.</summary>
internal sealed record Reply(HttpStatusCode Status, string Text, Uri? Location)
{
    /// <summary>A member that is text; null when it is not there, or the answer is no JSON.</summary>
    public string? this[string member]
    {
        get
        {
            try
            {
                using var document = JsonDocument.Parse(Text);
                return document.RootElement.TryGetProperty(member, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    /// <summary>The protocol's code of an error.</summary>
    public string? Error => this["error"];

    public string AccessToken => this["access_token"] ?? throw new InvalidOperationException(Text);
}
