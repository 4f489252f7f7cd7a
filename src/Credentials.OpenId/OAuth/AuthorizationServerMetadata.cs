using Credentials.OpenId.Messages;

namespace Credentials.OpenId.OAuth;

/// <summary>Authorization server metadata, as far as wallets need it.</summary>
/// <param name="Issuer">The server's identifier.</param>
/// <param name="TokenEndpoint">Where codes become tokens.</param>
/// <remarks>https://www.rfc-editor.org/rfc/rfc8414</remarks>
public sealed record AuthorizationServerMetadata(string Issuer, Uri TokenEndpoint)
{
    /// <summary>Where a browser is sent.</summary>
    public Uri? AuthorizationEndpoint { get; init; }

    /// <summary>Where requests are pushed.</summary>
    public Uri? PushedAuthorizationRequestEndpoint { get; init; }

    /// <summary>Whether requests must be pushed.</summary>
    public bool RequirePushedAuthorizationRequests { get; init; }

    /// <summary>The grant types.</summary>
    public IReadOnlyList<string> GrantTypes { get; init; } = [];

    /// <summary>The PKCE methods.</summary>
    public IReadOnlyList<string> CodeChallengeMethods { get; init; } = [];

    /// <summary>The algorithms of DPoP proofs; none when the server knows no DPoP.</summary>
    public IReadOnlyList<string> DpopAlgorithms { get; init; } = [];

    /// <summary>The scopes.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The types of authorization details.</summary>
    public IReadOnlyList<string> AuthorizationDetailsTypes { get; init; } = [];

    /// <summary>How clients authenticate.</summary>
    public IReadOnlyList<string> TokenEndpointAuthMethods { get; init; } = [];

    /// <summary>Whether answers name their issuer (RFC 9207), against mix-ups.</summary>
    public bool AuthorizationResponseIssParameter { get; init; }

    /// <summary>Whether a pre-authorized code is taken without a <c>client_id</c>.</summary>
    public bool PreAuthorizedAnonymousAccess { get; init; }

    /// <summary>Where a server's metadata are: the well-known name goes between host and path.</summary>
    public static Uri UrlOf(string issuer) => WellKnown.UrlOf(issuer, "oauth-authorization-server");

    /// <summary>Reads the document of a server: whoever calls itself by another name is refused (section 3.3).</summary>
    public static Parsed<AuthorizationServerMetadata> Read(ReadOnlyMemory<byte> utf8, string expectedIssuer) => MessageText.Read(utf8, OAuthError.ServerError, json =>
    {
        ObjectReader reader = new(json, OAuthError.ServerError);
        string issuer = reader.Required("issuer");
        if (issuer != expectedIssuer)
        {
            reader.Fault("it is not the server that was asked", "issuer");
        }

        AuthorizationServerMetadata metadata = new(issuer, reader.RequiredUrl("token_endpoint"))
        {
            AuthorizationEndpoint = reader.OptionalUrl("authorization_endpoint"),
            PushedAuthorizationRequestEndpoint = reader.OptionalUrl("pushed_authorization_request_endpoint"),
            RequirePushedAuthorizationRequests = reader.Boolean("require_pushed_authorization_requests"),
            GrantTypes = reader.Texts("grant_types_supported"),
            CodeChallengeMethods = reader.Texts("code_challenge_methods_supported"),
            DpopAlgorithms = reader.Texts("dpop_signing_alg_values_supported"),
            Scopes = reader.Texts("scopes_supported"),
            AuthorizationDetailsTypes = reader.Texts("authorization_details_types_supported"),
            TokenEndpointAuthMethods = reader.Texts("token_endpoint_auth_methods_supported"),
            AuthorizationResponseIssParameter = reader.Boolean("authorization_response_iss_parameter_supported"),
            PreAuthorizedAnonymousAccess = reader.Boolean("pre-authorized_grant_anonymous_access_supported"),
        };
        return reader.Or(() => metadata);
    });

    /// <summary>Writes the document.</summary>
    public byte[] Write() => MessageText.Write(writer =>
    {
        writer.WriteString("issuer", Issuer);
        writer.Member("authorization_endpoint", AuthorizationEndpoint);
        writer.Member("token_endpoint", TokenEndpoint);
        writer.Member("pushed_authorization_request_endpoint", PushedAuthorizationRequestEndpoint);
        writer.WriteBoolean("require_pushed_authorization_requests", RequirePushedAuthorizationRequests);
        writer.Member("response_types_supported", AuthorizationEndpoint is null ? [] : ["code"]);
        writer.Member("response_modes_supported", AuthorizationEndpoint is null ? [] : ["query"]);
        writer.Member("grant_types_supported", GrantTypes);
        writer.Member("code_challenge_methods_supported", CodeChallengeMethods);
        writer.Member("dpop_signing_alg_values_supported", DpopAlgorithms);
        writer.Member("scopes_supported", Scopes);
        writer.Member("authorization_details_types_supported", AuthorizationDetailsTypes);
        writer.Member("token_endpoint_auth_methods_supported", TokenEndpointAuthMethods);
        writer.WriteBoolean("authorization_response_iss_parameter_supported", AuthorizationResponseIssParameter);
        writer.WriteBoolean("pre-authorized_grant_anonymous_access_supported", PreAuthorizedAnonymousAccess);
    });
}
