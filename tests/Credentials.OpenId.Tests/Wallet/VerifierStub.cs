using System.Text.Json;
using Credentials.Dids.Methods;
using Credentials.Jose.Encryption;
using Credentials.Keys;
using Credentials.OpenId.Presentation;
using Credentials.OpenId.Presentation.Dcql;

namespace Credentials.OpenId.Wallet;

/// <summary>A verifier under a did:jwk at https://verifier.example, honest until a test makes it otherwise.</summary>
internal sealed class VerifierStub : IDisposable
{
    public const string RequestUri = "https://verifier.example/request";
    public const string ResponseUri = "https://verifier.example/response";

    private readonly SigningKey _key = SigningKey.Generate(KeyType.P256);

    public VerifierStub(ScriptedHost web)
    {
        Web = web;
        Request = new AuthorizationRequest
        {
            Client = Client,
            ResponseMode = ResponseMode.DirectPost,
            ResponseUri = ResponseUri,
            Nonce = "n-0S6_WzA2Mj",
            State = "state-1",
            Query = Level,
        };
        web.On("POST", ResponseUri, "application/json", "{}");
    }

    public ScriptedHost Web { get; }

    public KeyAgreementKey ResponseKey { get; } = KeyAgreementKey.Generate();

    public string Did => DidJwk.Of(_key.PublicKey);

    public ClientIdentifier Client => ClientIdentifier.Of($"decentralized_identifier:{Did}");

    public AuthorizationRequest Request { get; set; }

    public string Link => $"openid4vp://?client_id={Uri.EscapeDataString(Client.Text)}&request_uri={Uri.EscapeDataString(RequestUri)}";

    public string PostLink => Link + "&request_uri_method=post";

    /// <summary>Level 7 or 8 and the award's evidence.</summary>
    public static DcqlQuery Level { get; } = DcqlQuery.Parse("""
        {"credentials":[{"id":"diploma","format":"dc+sd-jwt","meta":{"vct_values":["urn:credentials:diploma:v1"]},
        "claims":[{"path":["eqf_level"],"values":[7,8]},{"path":["evidence"]}]}]}
        """u8.ToArray()).Require();

    public ClientMetadata Encrypting => new() { ResponseKeys = [new ResponseKey("k1", ResponseKey.PublicKey)], EncryptionValues = ["A256GCM"] };

    public async Task<string> SignAsync(AuthorizationRequest request, SigningKey? key = null, string? keyId = null) =>
        (await RequestObject.SignAsync(request, key ?? _key, keyId ?? $"{Did}#0", [], CancellationToken.None)).Require();

    /// <summary>Puts the request object at its place; by POST with the wallet's nonce in it.</summary>
    public async Task ServeAsync()
    {
        string byGet = await SignAsync(Request);
        Web.On("GET", RequestUri, RequestObject.MediaType, byGet);
        Web.On("POST", RequestUri, body => ScriptedHost.Answer(RequestObject.MediaType, SignAsync(Request with { WalletNonce = FormText.Read(body).Require()["wallet_nonce"] }).GetAwaiter().GetResult()));
    }

    /// <summary>What was posted as the answer.</summary>
    public AuthorizationResponse Received => AuthorizationResponse.Read(FormText.Read(Web.Requests.Last(one => one.Url.AbsoluteUri == ResponseUri).Body).Require()).Require();

    /// <summary>The same out of its encryption.</summary>
    public AuthorizationResponse Decrypted
    {
        get
        {
            CompactJwe jwe = CompactJwe.Read(Web.Requests.Last(one => one.Url.AbsoluteUri == ResponseUri).Form("response")!).Require();
            return AuthorizationResponse.Read(JsonDocument.Parse(jwe.Decrypt(ResponseKey).Require()).RootElement).Require();
        }
    }

    public void Dispose()
    {
        _key.Dispose();
        ResponseKey.Dispose();
    }
}
