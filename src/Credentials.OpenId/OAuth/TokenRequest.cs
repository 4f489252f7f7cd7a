using Credentials.OpenId.Messages;

namespace Credentials.OpenId.OAuth;

/// <summary>A token request, for a pre-authorized code or an authorization code.</summary>
/// <param name="GrantType">One of the two grant types.</param>
/// <param name="Code">The <c>pre-authorized_code</c> or the <c>code</c>.</param>
/// <remarks>https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#token-request</remarks>
public sealed record TokenRequest(string GrantType, string Code)
{
    /// <summary>The grant type of an authorization code.</summary>
    public const string AuthorizationCode = "authorization_code";

    /// <summary>The grant type of a pre-authorized code.</summary>
    public const string PreAuthorizedCode = "urn:ietf:params:oauth:grant-type:pre-authorized_code";

    /// <summary>The transaction code; read from the older <c>user_pin</c> too.</summary>
    public string? TransactionCode { get; init; }

    /// <summary>The <c>client_id</c>.</summary>
    public string? ClientId { get; init; }

    /// <summary>The <c>redirect_uri</c> of the authorization request.</summary>
    public string? RedirectUri { get; init; }

    /// <summary>The PKCE verifier.</summary>
    public string? CodeVerifier { get; init; }

    /// <summary>What of the grant is asked for; empty for all of it.</summary>
    public IReadOnlyList<AuthorizationDetail> Details { get; init; } = [];

    /// <summary>Reads the form.</summary>
    public static Parsed<TokenRequest> Read(FormParameters form)
    {
        ArgumentNullException.ThrowIfNull(form);
        if (form["grant_type"] is not { } grant)
        {
            return new Problem(OAuthError.InvalidRequest, "The grant_type is missing.");
        }

        if (grant is not (AuthorizationCode or PreAuthorizedCode))
        {
            return new Problem(OAuthError.UnsupportedGrantType, $"The grant types are {PreAuthorizedCode} and {AuthorizationCode}.");
        }

        string parameter = grant == PreAuthorizedCode ? "pre-authorized_code" : "code";
        if (form[parameter] is not { } code)
        {
            return new Problem(OAuthError.InvalidRequest, $"The {parameter} is missing.");
        }

        // The name of earlier drafts; some wallets send both.
        (string? transactionCode, string? pin) = (form["tx_code"], form["user_pin"]);
        if (transactionCode is not null && pin is not null && transactionCode != pin)
        {
            return new Problem(OAuthError.InvalidRequest, "The tx_code and the user_pin are not the same.");
        }

        // "This parameter MUST only be used if the grant_type is urn:ietf:params:oauth:grant-type:pre-authorized_code."
        if (grant == AuthorizationCode && (transactionCode ?? pin) is not null)
        {
            return new Problem(OAuthError.InvalidRequest, "A tx_code goes with a pre-authorized code only.");
        }

        Parsed<IReadOnlyList<AuthorizationDetail>> details = form["authorization_details"] is { } json ? AuthorizationDetail.Read(json) : Array.Empty<AuthorizationDetail>();
        return !details.Ok ? details.Problem : new TokenRequest(grant, code)
        {
            TransactionCode = transactionCode ?? pin,
            ClientId = form["client_id"],
            RedirectUri = form["redirect_uri"],
            CodeVerifier = form["code_verifier"],
            Details = details.Value,
        };
    }

    /// <summary>The form.</summary>
    public string Write() => FormParameters.Write(
        ("grant_type", GrantType),
        (GrantType == PreAuthorizedCode ? "pre-authorized_code" : "code", Code),
        ("tx_code", TransactionCode),
        ("client_id", ClientId),
        ("redirect_uri", RedirectUri),
        ("code_verifier", CodeVerifier),
        ("authorization_details", Details.Count == 0 ? null : AuthorizationDetail.Write(Details)));
}
