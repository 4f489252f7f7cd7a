using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Credentials.Dids.Methods;
using Credentials.Jose;
using Credentials.Keys;
using Credentials.OpenId;
using Credentials.OpenId.Issuance;
using Credentials.OpenId.Issuance.Metadata;
using Credentials.OpenId.OAuth;
using Credentials.OpenId.Presentation;
using Credentials.OpenId.Presentation.Dcql;
using Credentials.TestKit;

namespace Credentials.Cli.Tests;

/// <summary>An issuer and a verifier in memory, and what a wallet told them.</summary>
internal sealed class WalletHosts : HttpMessageHandler
{
    public const string ResponseUri = "https://verifier.example/response";
    public const string RequestUri = "https://verifier.example/request";

    private readonly SampleIssuer _institution;
    private readonly SigningKey _verifier = SigningKey.Generate(KeyType.P256);

    public WalletHosts(SampleIssuer institution)
    {
        _institution = institution;
        Issuer = "https://" + institution.Did["did:web:".Length..];
        Name = Issuer;
        Signer = institution.P256;
    }

    /// <summary>Who offers.</summary>
    public string Issuer { get; }

    /// <summary>In whose name it issues.</summary>
    public string Name { get; set; }

    /// <summary>With what key.</summary>
    public SigningKey Signer { get; set; }

    /// <summary>What was asked: URL and body.</summary>
    public List<(string Url, string Body)> Asked { get; } = [];

    public string Offer => CredentialOfferLink.ByValue(new(Issuer, ["diploma"]) { PreAuthorizedCode = new("code") });

    /// <summary>A verifier that made its name itself asks for a level.</summary>
    public string Question => $"openid4vp://?client_id={Uri.EscapeDataString(Client.Text)}&request_uri={Uri.EscapeDataString(RequestUri)}";

    public HttpClient Http => new(this, disposeHandler: false);

    private ClientIdentifier Client => ClientIdentifier.Of($"decentralized_identifier:{DidJwk.Of(_verifier.PublicKey)}");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Asked.Add((request.RequestUri!.AbsoluteUri, body));
        HttpResponseMessage answer = await AnswerAsync(request.RequestUri, body);
        answer.RequestMessage = request;
        return answer;
    }

    protected override void Dispose(bool disposing)
    {
        _verifier.Dispose();
        base.Dispose(disposing);
    }

    private async Task<HttpResponseMessage> AnswerAsync(Uri url, string body) => url.AbsolutePath switch
    {
        "/.well-known/openid-credential-issuer" => Json(Text(new CredentialIssuerMetadata(Issuer, new Uri(Issuer + "/credential"), new Dictionary<string, CredentialConfiguration>(StringComparer.Ordinal)
        {
            ["diploma"] = new(CredentialFormat.SdJwtVc) { BindingMethods = ["jwk"], ProofAlgorithms = ["ES256"], CredentialType = "urn:credentials:diploma:v1" },
        })
        { NotificationEndpoint = new Uri(Issuer + "/notification") }.Write())),
        "/.well-known/oauth-authorization-server" => Json(Text(new AuthorizationServerMetadata(Issuer, new Uri(Issuer + "/token")) { GrantTypes = [TokenRequest.PreAuthorizedCode], PreAuthorizedAnonymousAccess = true }.Write())),
        "/token" => Json("""{"access_token":"token","token_type":"Bearer"}"""),
        "/credential" => Json(Text(new CredentialResponse { Credentials = [await IssueAsync(CredentialRequest.Read(Utf8.Bytes(body)).Require().Proofs[0])], NotificationId = "notice" }.Write())),
        "/notification" => new(HttpStatusCode.NoContent),
        "/request" => Of(RequestObject.MediaType, await AskAsync()),
        "/response" => Json("{}"),
        _ => new(HttpStatusCode.NotFound),
    };

    private async Task<byte[]> IssueAsync(string proof)
    {
        PublicKey holder = JsonWebKey.Read(Jwt.Read(proof).Require().Header.GetProperty("jwk")).Require();
        byte[] claims = Utf8.Bytes(JsonSerializer.Serialize(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["iss"] = Name,
            ["vct"] = "urn:credentials:diploma:v1",
            ["iat"] = Samples.Time.ToUnixTimeSeconds(),
            ["campus"] = "Norte\u001b[2J\u202e",
            ["eqf_level"] = 7,
            ["name"] = "Maria Silva",
        }));
        SdJwtOptions options = new("dc+sd-jwt", $"{_institution.Did}#p256") { Frame = new(["/eqf_level", "/name"]), HolderKey = holder };
        return (await SdJwt.IssueAsync(claims, Signer, options, CancellationToken.None)).Require();
    }

    private async Task<string> AskAsync()
    {
        OpenId.Presentation.AuthorizationRequest request = new()
        {
            Client = Client,
            ResponseMode = ResponseMode.DirectPost,
            ResponseUri = ResponseUri,
            Nonce = "n-0S6_WzA2Mj",
            Query = DcqlQuery.Parse("""{"credentials":[{"id":"level","format":"dc+sd-jwt","meta":{"vct_values":["urn:credentials:diploma:v1"]},"claims":[{"path":["eqf_level"]}]}]}"""u8.ToArray()).Require(),
        };
        return (await RequestObject.SignAsync(request, _verifier, DidJwk.Of(_verifier.PublicKey) + "#0", [], CancellationToken.None)).Require();
    }

    private static HttpResponseMessage Json(string body) => Of("application/json", body);

    private static HttpResponseMessage Of(string mediaType, string body) => new(HttpStatusCode.OK) { Content = new StringContent(body, MediaTypeHeaderValue.Parse(mediaType)) };

    private static string Text(byte[] utf8) => System.Text.Encoding.UTF8.GetString(utf8);
}
