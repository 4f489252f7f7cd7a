using System.Buffers;
using System.Text.Json;
using Credentials.OpenId.Presentation.Dcql;

namespace Credentials.OpenId.Presentation;

/// <summary>Reads requests: every rule of section 5 that the parameters alone can break.</summary>
internal static class AuthorizationRequestReader
{
    private const int MaxAttestations = 64;

    // "ASCII URL safe characters (uppercase and lowercase letters, decimal digits, hyphen, period, underscore, and tilde)".
    private static readonly SearchValues<char> UrlSafe = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    public static Parsed<AuthorizationRequest> Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Fault("A request is an object.", "");
        }

        var shape = new JsonShape(json, "");
        if (RefuseOutright(shape) is { } refusal)
        {
            return refusal;
        }

        string mode = shape.RequiredText("response_mode");
        string nonce = shape.RequiredText("nonce");
        string? state = shape.Text("state");
        if (nonce.AsSpan().ContainsAnyExcept(UrlSafe) || state.AsSpan().ContainsAnyExcept(UrlSafe))
        {
            shape.Blame<string>(nonce.AsSpan().ContainsAnyExcept(UrlSafe) ? "nonce" : "state", "has letters, digits, hyphen, period, underscore and tilde alone");
        }

        ClientIdentifier? client = shape.Text("client_id") is { Length: > 0 } id ? ClientIdentifier.Of(id) : null;
        Parsed<DcqlQuery> query = shape.Find("dcql_query") is { } asked ? DcqlQuery.Read(asked) : Fault("A request has a dcql_query.", "/dcql_query");
        Parsed<ClientMetadata> metadata = shape.Find("client_metadata") is { } said ? ClientMetadata.Read(said, "/client_metadata") : new ClientMetadata();
        var request = new AuthorizationRequest
        {
            Client = client,
            ResponseMode = mode,
            ResponseUri = ResponseUriOf(shape, client, mode),
            Nonce = nonce,
            State = state,
            Query = query.Value!,
            ClientMetadata = shape.Find("client_metadata") is null ? null : metadata.Value,
            VerifierInfo = shape.Items("verifier_info", MaxAttestations, VerifierInfo.Read),
            WalletNonce = shape.Text("wallet_nonce"),
            Audience = shape.Text("aud"),
            ExpectedOrigins = shape.Texts("expected_origins", MaxAttestations),
        };
        return shape.Problem is { } problem ? problem
            : !query.Ok ? query.Problem with { Pointer = "/dcql_query" + query.Problem.Pointer }
            : !metadata.Ok ? metadata.Problem
            : CheckTogether(request) is { } contradiction ? contradiction
            : request;
    }

    private static Problem? RefuseOutright(JsonShape shape)
    {
        // RFC 9101 section 4: "request and request_uri parameters MUST NOT be included in Request Objects."
        if (shape.Find("request") is not null || shape.Find("request_uri") is not null || shape.Find("request_uri_method") is not null)
        {
            return Fault("A request object holds no other request.", "");
        }

        string? type = shape.Text("response_type");
        return type is null ? Fault("A request has a response_type.", "/response_type")
            : type != AuthorizationRequest.VpToken ? new(PresentationError.UnsupportedResponseType, "The response type is vp_token; no other is known here.", "/response_type")

            // "Wallets that do not support this parameter MUST reject requests that contain it."
            : shape.Find("transaction_data") is not null ? new(PresentationError.InvalidTransactionData, "Transaction data are not supported here.", "/transaction_data")

            // "Either a dcql_query or a scope parameter representing a DCQL Query MUST be present in the Authorization Request, but not both."
            : shape.Find("scope") is null ? null
            : shape.Find("dcql_query") is not null ? Fault("A request has a dcql_query or a scope, not both.", "/scope")
            : new(PresentationError.InvalidScope, "No scope stands for a query here: ask by dcql_query.", "/scope");
    }

    private static string? ResponseUriOf(JsonShape shape, ClientIdentifier? client, string mode)
    {
        string? uri = shape.Text("response_uri");
        if (!ResponseMode.IsDirectPost(mode))
        {
            return null;
        }

        // "If the redirect_uri Authorization Request parameter is present when the Response Mode is direct_post, the Wallet MUST return an invalid_request".
        if (shape.Find("redirect_uri") is not null)
        {
            shape.Blame<string>("redirect_uri", "must not be there: the answer is posted to response_uri");
        }

        // redirect_uri: "The Verifier MAY omit ... response_uri when Response Mode direct_post is used".
        uri ??= client is { Prefix: ClientIdentifier.RedirectUri } ? client.Original : null;
        return Addresses.IsSafe(uri) ? uri : shape.Blame<string>("response_uri", "is an absolute https URL without fragment");
    }

    private static Problem? CheckTogether(AuthorizationRequest request)
    {
        bool isDcApi = ResponseMode.IsDcApi(request.ResponseMode);
        return !isDcApi && !ResponseMode.IsDirectPost(request.ResponseMode) ? Fault("The response mode is direct_post, direct_post.jwt, dc_api or dc_api.jwt; no other is known here.", "/response_mode")
            : !isDcApi && request.Client is null ? Fault("A request has a client_id.", "/client_id")
            : request.Client?.Check() is { } problem ? problem

            // redirect_uri: the name of the verifier is the place of the answer.
            : request.Client is { Prefix: ClientIdentifier.RedirectUri } client && !isDcApi && client.Original != request.ResponseUri ? Fault("The response_uri is not the one that the client identifier names.", "/response_uri")

            // Section 5.3: without a proof of holder binding nothing but state ties answer and request together.
            : !isDcApi && request.State is null && request.Query.Credentials.Any(query => !query.RequiresHolderBinding) ? Fault("A request for a presentation without holder binding has a state.", "/state")
            : ResponseMode.IsEncrypted(request.ResponseMode) && request.ClientMetadata is not { ResponseKeys.Count: > 0 } ? Fault("The answer shall be encrypted, and there is no key for it that can be used here (ECDH-ES, P-256 or P-384).", "/client_metadata/jwks")
            : null;
    }

    private static Problem Fault(string detail, string pointer) => new(PresentationError.InvalidRequest, detail, pointer);
}
