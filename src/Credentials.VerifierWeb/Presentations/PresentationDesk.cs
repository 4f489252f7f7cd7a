using System.Security.Cryptography;
using System.Text.Json;
using Credentials.Encoding;
using Credentials.Jose.Encryption;
using Credentials.OpenId.Presentation;
using Credentials.VerifierWeb.Options;
using Microsoft.Extensions.Options;

namespace Credentials.VerifierWeb.Presentations;

/// <summary>Asks: makes the requests of a question, each under a nonce and an id of its own.</summary>
/// <remarks>https://openid.net/specs/openid-4-verifiable-presentations-1_0.html#name-authorization-request</remarks>
internal sealed class PresentationDesk(PresentationStore store, RequestSigner signer, IOptions<VerifierOptions> options, TimeProvider clock)
{
    private const int SecretLength = 16;

    // What CredentialVerifier verifies: https://openid.net/specs/openid-4-verifiable-presentations-1_0.html#name-credential-format-specific-p
    private static readonly JsonElement s_formats = JsonDocument.Parse("""
        {
          "dc+sd-jwt": { "sd-jwt_alg_values": ["ES256", "ES384", "EdDSA"], "kb-jwt_alg_values": ["ES256", "ES384", "EdDSA"] },
          "jwt_vc_json": { "alg_values": ["ES256", "ES384", "EdDSA"] },
          "ldp_vc": { "proof_type_values": ["DataIntegrityProof", "Ed25519Signature2020"], "cryptosuite_values": ["ecdsa-rdfc-2019", "eddsa-rdfc-2022", "ecdsa-jcs-2019", "eddsa-jcs-2022", "ecdsa-sd-2023"] },
          "vc+jwt": { "alg_values": ["ES256", "ES384", "EdDSA"] }
        }
        """).RootElement;

    private string BaseUrl => options.Value.PublicBaseUrl.TrimEnd('/');

    /// <summary>The origin under which browsers know this page.</summary>
    public string Origin => new Uri(options.Value.PublicBaseUrl).GetLeftPart(UriPartial.Authority);

    /// <summary>128 random bits as text.</summary>
    public static string Secret() => StrictBase64Url.Encode(RandomNumberGenerator.GetBytes(SecretLength));

    /// <summary>Opens a question; null when there are too many.</summary>
    /// <param name="asked">What is asked, and how.</param>
    /// <param name="partition">From where; see <see cref="Http.NetworkPartition"/>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<PresentationSession?> OpenAsync(AskedFor asked, string partition, CancellationToken cancellationToken)
    {
        KeyAgreementKey? key = ResponseMode.IsEncrypted(asked.ResponseMode) ? KeyAgreementKey.Generate() : null;
        var session = new PresentationSession(Secret(), asked.Question, clock.GetUtcNow())
        {
            Partition = partition,
            ResponseKey = key,
            CrossDevice = await HandleAsync(asked, key, cancellationToken),
            SameDevice = await HandleAsync(asked, key, cancellationToken),
            Browser = options.Value.DigitalCredentialsApi ? await BrowserHandleAsync(asked, key, cancellationToken) : null,
        };
        if (store.TryAdd(session))
        {
            return session;
        }

        session.Dispose();
        return null;
    }

    /// <summary>The request object for a wallet that fetched it by POST.</summary>
    /// <param name="handle">Which request.</param>
    /// <param name="walletNonce">"When received, the Verifier MUST use it as the wallet_nonce value in the signed authorization request object."</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task<string> RequestObjectAsync(RequestHandle handle, string? walletNonce, CancellationToken cancellationToken) =>
        walletNonce is null && handle.RequestObject is { } ready ? Task.FromResult(ready) : signer.SignAsync(handle.Request with { WalletNonce = walletNonce }, cancellationToken);

    private async Task<RequestHandle> HandleAsync(AskedFor asked, KeyAgreementKey? key, CancellationToken cancellationToken)
    {
        string id = Secret();
        string address = $"{BaseUrl}/presentations/{id}";
        string responseUri = address + "/response";
        ClientIdentifier client = asked.Client ?? ClientIdentifier.Of($"{ClientIdentifier.RedirectUri}:{responseUri}");
        AuthorizationRequest request = RequestOf(asked, key) with { Client = client, ResponseMode = asked.ResponseMode, ResponseUri = responseUri, State = Secret() };
        if (asked.Client is null)
        {
            return new(id, request, ByPost: false, new RequestLink(client) { Parameters = request });
        }

        string signed = await signer.SignAsync(request, cancellationToken);
        RequestLink link = asked.ByValue ? new(client) { RequestObject = signed } : new(client) { RequestUri = address + "/request", ByPost = asked.ByPost };
        return new(id, request, asked.ByPost, link) { RequestObject = signed };
    }

    private async Task<RequestHandle> BrowserHandleAsync(AskedFor asked, KeyAgreementKey? key, CancellationToken cancellationToken)
    {
        AuthorizationRequest request = RequestOf(asked, key) with { Client = asked.Client, ResponseMode = key is null ? ResponseMode.DcApi : ResponseMode.DcApiJwt, ExpectedOrigins = asked.Client is null ? [] : [Origin] };
        return new(Secret(), request, ByPost: false, Link: null) { RequestObject = asked.Client is null ? null : await signer.SignAsync(request, cancellationToken) };
    }

    // Only what is asked for: some wallets refuse a whole request for one format that they have never heard of.
    private static JsonElement FormatsOf(OpenId.Presentation.Dcql.DcqlQuery query) => JsonSerializer.SerializeToElement(
        s_formats.EnumerateObject().Where(format => query.Credentials.Any(asked => asked.Format == format.Name)).ToDictionary(format => format.Name, format => format.Value, StringComparer.Ordinal));

    // "The Verifier MUST create a fresh, cryptographically random number with sufficient entropy for every Authorization Request and store it with its current session."
    private static AuthorizationRequest RequestOf(AskedFor asked, KeyAgreementKey? key) => new()
    {
        ResponseMode = asked.ResponseMode,
        Nonce = Secret(),
        Query = asked.Question.Query,
        ClientMetadata = new()
        {
            VpFormatsSupported = FormatsOf(asked.Question.Query),
            ResponseKeys = key is null ? [] : [new(Keys.JsonWebKey.Thumbprint(key.PublicKey), key.PublicKey)],
            EncryptionValues = key is null ? [] : CompactJwe.Encryptions,
        },
    };
}

/// <summary>A question with the way in which it is asked.</summary>
/// <param name="Question">The question.</param>
/// <param name="Client">The name under which requests are signed; null for unsigned ones.</param>
/// <param name="ResponseMode"><c>direct_post</c> or <c>direct_post.jwt</c>.</param>
/// <param name="ByValue">Whether a signed request stands in the link itself.</param>
/// <param name="ByPost">Whether wallets may fetch it by POST.</param>
internal sealed record AskedFor(Question Question, ClientIdentifier? Client, string ResponseMode, bool ByValue, bool ByPost);
