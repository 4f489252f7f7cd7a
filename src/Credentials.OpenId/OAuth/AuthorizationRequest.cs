using Credentials.OpenId.Messages;

namespace Credentials.OpenId.OAuth;

/// <summary>An authorization request with PKCE, pushed or not.</summary>
/// <param name="ClientId">The wallet.</param>
/// <param name="RedirectUri">Where the code goes.</param>
/// <param name="CodeChallenge">The challenge, by S256.</param>
/// <remarks>https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#credential-authz-request, https://www.rfc-editor.org/rfc/rfc9126</remarks>
public sealed record AuthorizationRequest(string ClientId, string RedirectUri, string CodeChallenge)
{
    /// <summary>What the wallet will see again.</summary>
    public string? State { get; init; }

    /// <summary>What binds the request to an offer.</summary>
    public string? IssuerState { get; init; }

    /// <summary>The scopes.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>What is asked for by configuration.</summary>
    public IReadOnlyList<AuthorizationDetail> Details { get; init; } = [];

    /// <summary>Thumbprint of the key to which the code is to be bound (<c>dpop_jkt</c>).</summary>
    public string? DpopThumbprint { get; init; }

    /// <summary>Reads the parameters. That client and redirect address are registered has to be asked first: before that, an error must not be sent there.</summary>
    public static Parsed<AuthorizationRequest> Read(FormParameters form)
    {
        ArgumentNullException.ThrowIfNull(form);
        if (form["client_id"] is not { } client || form["redirect_uri"] is not { } redirect)
        {
            return Fault("The client_id or the redirect_uri is missing.");
        }

        if (form["response_type"] is not "code")
        {
            return form["response_type"] is null ? Fault("The response_type is missing.") : new Problem(OAuthError.UnsupportedResponseType, "The response_type is code.");
        }

        // A request inside a JWT could say other things than are read here.
        if (form["request"] is not null)
        {
            return new Problem("request_not_supported", "Send the parameters themselves, or push them.");
        }

        if (form["response_mode"] is not (null or "query"))
        {
            return Fault("The response_mode is query.");
        }

        if (form["code_challenge_method"] is not Pkce.Method || !Pkce.IsChallenge(form["code_challenge"]))
        {
            return Fault("A code_challenge by the code_challenge_method S256 is a must.");
        }

        Parsed<IReadOnlyList<AuthorizationDetail>> details = form["authorization_details"] is { } json ? AuthorizationDetail.Read(json) : Array.Empty<AuthorizationDetail>();
        return !details.Ok ? details.Problem : new AuthorizationRequest(client, redirect, form["code_challenge"]!)
        {
            State = form["state"],
            IssuerState = form["issuer_state"],
            Scopes = form["scope"]?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [],
            Details = details.Value,
            DpopThumbprint = form["dpop_jkt"],
        };
    }

    /// <summary>The parameters, for a query or a pushed body.</summary>
    public string Write() => FormParameters.Write(
        ("response_type", "code"),
        ("client_id", ClientId),
        ("redirect_uri", RedirectUri),
        ("code_challenge", CodeChallenge),
        ("code_challenge_method", Pkce.Method),
        ("state", State),
        ("issuer_state", IssuerState),
        ("scope", string.Join(' ', Scopes)),
        ("authorization_details", Details.Count == 0 ? null : AuthorizationDetail.Write(Details)),
        ("dpop_jkt", DpopThumbprint));

    private static Problem Fault(string detail) => new(OAuthError.InvalidRequest, detail);
}
