using System.Net;
using System.Text.Json;
using Credentials.Jose;
using Credentials.Jose.Encryption;
using Credentials.Keys;
using Credentials.OpenId.Issuance;
using Credentials.OpenId.Issuance.Metadata;
using Credentials.OpenId.OAuth;

namespace Credentials.OpenId.Wallet;

/// <summary>An issuer at https://issuer.example/institutions/coimbra with its own authorization server, honest until a test makes it otherwise.</summary>
internal sealed class IssuerStub : IDisposable
{
    public const string Id = "https://issuer.example/institutions/coimbra";
    public const string MetadataUrl = "https://issuer.example/.well-known/openid-credential-issuer/institutions/coimbra";
    public const string ServerUrl = "https://issuer.example/.well-known/oauth-authorization-server/institutions/coimbra";
    public const string TokenUrl = Id + "/openid/token";
    public const string NonceUrl = Id + "/openid/nonce";
    public const string CredentialUrl = Id + "/openid/credential";
    public const string DeferredUrl = Id + "/openid/deferred";
    public const string NotificationUrl = Id + "/openid/notification";
    public const string ParUrl = Id + "/openid/par";
    public const string AuthorizeUrl = Id + "/openid/authorize";

    private readonly SigningKey _key = SigningKey.Generate(KeyType.P256);
    private int _nonces;

    public IssuerStub(ScriptedHost web)
    {
        Web = web;
        Metadata = new(Id, new Uri(CredentialUrl), new Dictionary<string, CredentialConfiguration>(StringComparer.Ordinal)
        {
            ["diploma-sd-jwt"] = new(CredentialFormat.SdJwtVc) { Scope = "diploma", BindingMethods = ["jwk", "did:key"], ProofAlgorithms = ["ES256"], CredentialType = "urn:credentials:diploma:v1" },
        })
        {
            NonceEndpoint = new Uri(NonceUrl),
            DeferredCredentialEndpoint = new Uri(DeferredUrl),
            NotificationEndpoint = new Uri(NotificationUrl),
            BatchSize = 3,
        };
        Server = new(Id, new Uri(TokenUrl))
        {
            AuthorizationEndpoint = new Uri(AuthorizeUrl),
            PushedAuthorizationRequestEndpoint = new Uri(ParUrl),
            RequirePushedAuthorizationRequests = true,
            GrantTypes = [TokenRequest.PreAuthorizedCode, TokenRequest.AuthorizationCode],
            CodeChallengeMethods = ["S256"],
            DpopAlgorithms = ["ES256"],
            AuthorizationResponseIssParameter = true,
            PreAuthorizedAnonymousAccess = true,
        };
        web.On("POST", TokenUrl, _ => ScriptedHost.Json("""{"access_token":"token-1","token_type":"DPoP","expires_in":300}"""));
        web.On("POST", NonceUrl, _ => ScriptedHost.Json($$"""{"c_nonce":"nonce-{{++_nonces}}"}"""));
        web.On("POST", CredentialUrl, body => ScriptedHost.Json(Text(Answer(CredentialRequest.Read(Utf8(body)).Require()))));
        web.On("POST", NotificationUrl, _ => new HttpResponseMessage(HttpStatusCode.NoContent));
        web.On("POST", ParUrl, _ => ScriptedHost.Json("""{"request_uri":"urn:request:1","expires_in":60}""", HttpStatusCode.Created));
        Publish();
    }

    public ScriptedHost Web { get; }

    public CredentialIssuerMetadata Metadata { get; set; }

    public AuthorizationServerMetadata Server { get; set; }

    public CredentialOffer Offer { get; set; } = new(Id, ["diploma-sd-jwt"]) { PreAuthorizedCode = new("code-1") };

    public string Link => CredentialOfferLink.ByValue(Offer);

    /// <summary>Puts the metadata, as they are now, into their places.</summary>
    public void Publish()
    {
        Web.On("GET", MetadataUrl, _ => ScriptedHost.Json(Text(Metadata.Write())));
        Web.On("GET", ServerUrl, _ => ScriptedHost.Json(Text(Server.Write())));
    }

    /// <summary>What an honest issuer answers: a credential for the key of each proof.</summary>
    public byte[] Answer(CredentialRequest request) => new CredentialResponse { Credentials = [.. request.Proofs.Select(proof => (ReadOnlyMemory<byte>)Issue(KeyOf(proof)))], NotificationId = "notice-1" }.Write();

    public byte[] Issue(PublicKey holder, string type = "urn:credentials:diploma:v1") => SdJwt.IssueAsync(
        Utf8($$"""{"iss":"https://issuer.example/institutions/coimbra","vct":"{{type}}","eqf_level":7}"""),
        _key,
        new SdJwtOptions("dc+sd-jwt", "did:web:issuer.example#key") { Frame = new(["/eqf_level"]), HolderKey = holder },
        CancellationToken.None).GetAwaiter().GetResult().Require();

    /// <summary>The request as the credential endpoint got it, the newest last.</summary>
    public IReadOnlyList<CredentialRequest> Requests => [.. Web.Requests.Where(one => one.Url.AbsoluteUri == CredentialUrl).Select(one => CredentialRequest.Read(Utf8(one.Body)).Require())];

    /// <summary>Makes it encrypt both ways.</summary>
    public KeyAgreementKey Encrypt(bool required)
    {
        var key = KeyAgreementKey.Generate();
        Metadata = Metadata with
        {
            RequestEncryption = new(new Dictionary<string, PublicKey>(StringComparer.Ordinal) { ["issuer-key"] = key.PublicKey }, ["A256GCM"], required),
            ResponseEncryption = new(["ECDH-ES"], ["A128GCM"], required),
        };
        Publish();
        Web.On("POST", CredentialUrl, body =>
        {
            CredentialRequest request = CredentialRequest.Read(CompactJwe.Read(body).Require().Decrypt(key).Require()).Require();
            return ScriptedHost.Answer("application/jwt", request.ResponseEncryption!.Encrypt(Answer(request)));
        });
        return key;
    }

    public static PublicKey KeyOf(string proof)
    {
        Jwt jwt = Jwt.Read(proof).Require();
        return jwt.Header.TryGetProperty("jwk", out JsonElement jwk) ? JsonWebKey.Read(jwk).Require()
            : Dids.DidResolver.Offline.ResolveAsync(jwt.KeyId!.Split('#')[0], CancellationToken.None).GetAwaiter().GetResult().Require().Find(jwt.KeyId!)!.Key.Require();
    }

    public static byte[] Utf8(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    public static string Text(byte[] utf8) => System.Text.Encoding.UTF8.GetString(utf8);

    public void Dispose() => _key.Dispose();
}
