namespace Credentials.OpenId.OAuth;

/// <summary>The error codes of OAuth 2.0 and its extensions that are used here.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc6749#section-5.2, https://www.rfc-editor.org/rfc/rfc6750#section-3.1, https://www.rfc-editor.org/rfc/rfc9449#section-12.2, https://www.rfc-editor.org/rfc/rfc9396#section-5</remarks>
public static class OAuthError
{
    /// <summary>A parameter is missing, malformed, given twice, or not expected.</summary>
    public const string InvalidRequest = "invalid_request";

    /// <summary>The client is not known.</summary>
    public const string InvalidClient = "invalid_client";

    /// <summary>The code is wrong, expired, used or revoked, or its transaction code, verifier or redirect address is wrong.</summary>
    public const string InvalidGrant = "invalid_grant";

    /// <summary>The client may not use this grant.</summary>
    public const string UnauthorizedClient = "unauthorized_client";

    /// <summary>The grant type is none that is known here.</summary>
    public const string UnsupportedGrantType = "unsupported_grant_type";

    /// <summary>The response type is not <c>code</c>.</summary>
    public const string UnsupportedResponseType = "unsupported_response_type";

    /// <summary>The scope is unknown, or more than was granted.</summary>
    public const string InvalidScope = "invalid_scope";

    /// <summary>The learner said no.</summary>
    public const string AccessDenied = "access_denied";

    /// <summary>The server failed.</summary>
    public const string ServerError = "server_error";

    /// <summary>The server is too busy.</summary>
    public const string TemporarilyUnavailable = "temporarily_unavailable";

    /// <summary>The access token is unknown, expired, or ended.</summary>
    public const string InvalidToken = "invalid_token";

    /// <summary>The authorization details cannot be read, or ask for more than was granted.</summary>
    public const string InvalidAuthorizationDetails = "invalid_authorization_details";

    /// <summary>The DPoP proof is missing, or not good for this request.</summary>
    public const string InvalidDpopProof = "invalid_dpop_proof";

    /// <summary>The DPoP proof must hold the nonce that this answer gives.</summary>
    public const string UseDpopNonce = "use_dpop_nonce";
}
