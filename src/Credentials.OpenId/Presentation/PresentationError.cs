namespace Credentials.OpenId.Presentation;

/// <summary>The error codes of an Authorization Error Response; problems of requests bear them as their <see cref="Problem.Code"/>, so that a wallet can answer with them.</summary>
/// <remarks>https://openid.net/specs/openid-4-verifiable-presentations-1_0.html#name-error-response, https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1</remarks>
public static class PresentationError
{
    /// <summary>The request breaks a rule, asks by a client identifier prefix that is not known, or was not signed where it must be.</summary>
    public const string InvalidRequest = "invalid_request";

    /// <summary>The client's metadata are known otherwise.</summary>
    public const string InvalidClient = "invalid_client";

    /// <summary>A scope was asked for that is no alias of a query here.</summary>
    public const string InvalidScope = "invalid_scope";

    /// <summary>The response type is not <c>vp_token</c>.</summary>
    public const string UnsupportedResponseType = "unsupported_response_type";

    /// <summary>The holder has no such credential, or does not consent.</summary>
    public const string AccessDenied = "access_denied";

    /// <summary>None of the formats asked for is known.</summary>
    public const string VpFormatsNotSupported = "vp_formats_not_supported";

    /// <summary>The <c>request_uri_method</c> is neither <c>get</c> nor <c>post</c>.</summary>
    public const string InvalidRequestUriMethod = "invalid_request_uri_method";

    /// <summary>The transaction data are of an unknown type; here all are.</summary>
    public const string InvalidTransactionData = "invalid_transaction_data";

    /// <summary>There was no wallet to answer.</summary>
    public const string WalletUnavailable = "wallet_unavailable";
}
