using System.Security.Cryptography;
using Credentials.Encoding;
using Credentials.OpenId.Messages;
using Credentials.OpenId.OAuth;

namespace Credentials.OpenId.Wallet.Issuing;

/// <summary>From an offer to an access token: by its pre-authorized code, or by a visit to the issuer's page.</summary>
internal sealed class TokenFlow(ProtectedHttp http, DpopSession? dpop, IssuanceClientOptions options, OpenedOffer offer)
{
    private const string Form = "application/x-www-form-urlencoded";
    private const int StateBytes = 16;

    private AuthorizationServerMetadata Server => offer.Server;

    /// <summary>Gets it.</summary>
    public async Task<Parsed<TokenResponse>> GetAsync(IssuanceWish wish, CancellationToken cancellationToken)
    {
        if (offer.Offer.PreAuthorizedCode is { } grant)
        {
            return Server.PreAuthorizedAnonymousAccess || options.ClientId is not null
                ? await AskAsync(new(TokenRequest.PreAuthorizedCode, grant.Code) { TransactionCode = wish.TransactionCode, ClientId = Server.PreAuthorizedAnonymousAccess ? null : options.ClientId }, cancellationToken).ConfigureAwait(false)
                : new Problem(WalletProblem.Unsupported, "The authorization server takes no wallet without a client id.");
        }

        string verifier = Pkce.CreateVerifier();
        Parsed<string> code = await AuthorizeAsync(wish, verifier, cancellationToken).ConfigureAwait(false);
        return code.Ok
            ? await AskAsync(new(TokenRequest.AuthorizationCode, code.Value) { ClientId = options.ClientId, RedirectUri = wish.Browser!.RedirectUri.AbsoluteUri, CodeVerifier = verifier }, cancellationToken).ConfigureAwait(false)
            : code.Problem;
    }

    private async Task<Parsed<TokenResponse>> AskAsync(TokenRequest request, CancellationToken cancellationToken)
    {
        Parsed<WalletAnswer> answer = await http.PostAsync(Server.TokenEndpoint, Utf8(request.Write()), Form, null, cancellationToken).ConfigureAwait(false);
        Parsed<TokenResponse> token = Read(answer, TokenResponse.Read);

        // A token for anybody where a bound one was asked for: somebody on the way would like it so.
        return token.Ok && dpop is not null && token.Value.TokenType != TokenResponse.Dpop
            ? new Problem(WalletProblem.UnexpectedAnswer, "The authorization server knows DPoP, and gave a token that is bound to no key.")
            : token;
    }

    private async Task<Parsed<string>> AuthorizeAsync(IssuanceWish wish, string verifier, CancellationToken cancellationToken)
    {
        if (options.ClientId is not { } client || Server.AuthorizationEndpoint is not { } endpoint)
        {
            return new Problem(WalletProblem.Unsupported, "The authorization server has no page to visit, or the wallet has no client id to visit it with.");
        }

        string? scope = offer.Issuer.Configurations[wish.ConfigurationId].Scope;
        AuthorizationRequest request = new(client, wish.Browser!.RedirectUri.AbsoluteUri, Pkce.ChallengeOf(verifier))
        {
            State = StrictBase64Url.Encode(RandomNumberGenerator.GetBytes(StateBytes)),
            IssuerState = offer.Offer.AuthorizationCode?.IssuerState,
            Scopes = scope is null ? [] : [scope],

            // "locations: REQUIRED if the Credential Issuer metadata contains an authorization_servers parameter."
            Details = scope is not null ? [] : [new AuthorizationDetail(wish.ConfigurationId) { Locations = offer.Issuer.AuthorizationServers.Count > 0 ? [offer.Issuer.CredentialIssuer] : [] }],
            DpopThumbprint = dpop?.Thumbprint,
        };
        Parsed<string> query = await PushAsync(request, cancellationToken).ConfigureAwait(false);
        if (!query.Ok)
        {
            return query.Problem;
        }

        UriBuilder page = new(endpoint);
        page.Query = page.Query.Length > 1 ? $"{page.Query[1..]}&{query.Value}" : query.Value;
        return WalletHttp.IsAllowed(page.Uri)
            ? ReadReturn(await wish.Browser.VisitAsync(page.Uri, cancellationToken).ConfigureAwait(false), wish.Browser.RedirectUri, request.State)
            : WalletProblem.Unexpected("The authorization page is at no https address.");
    }

    // The request itself, or what stands for it where requests are pushed (RFC 9126).
    private async Task<Parsed<string>> PushAsync(AuthorizationRequest request, CancellationToken cancellationToken)
    {
        if (Server.PushedAuthorizationRequestEndpoint is not { } endpoint)
        {
            return Server.RequirePushedAuthorizationRequests ? WalletProblem.Unexpected("The authorization server wants requests pushed and says not where.") : request.Write();
        }

        Parsed<WalletAnswer> answer = await http.PostAsync(endpoint, Utf8(request.Write()), Form, null, cancellationToken).ConfigureAwait(false);
        Parsed<PushedAuthorizationResponse> pushed = Read(answer, PushedAuthorizationResponse.Read);
        return pushed.Ok ? FormParameters.Write(("client_id", request.ClientId), ("request_uri", pushed.Value.RequestUri)) : pushed.Problem;
    }

    private Parsed<string> ReadReturn(Uri back, Uri redirect, string state)
    {
        Parsed<FormParameters> read = FormParameters.Read(back.Query.TrimStart('?'));
        if (!read.Ok || back.GetLeftPart(UriPartial.Path) != redirect.GetLeftPart(UriPartial.Path))
        {
            return WalletProblem.Unexpected("The browser came back with what cannot be read.");
        }

        FormParameters returned = read.Value;

        // RFC 9207 section 2.4: "If clients receive an authorization response that does not contain an iss parameter from an authorization server that does indicate its support ..., they MUST reject."
        // "Clients MUST compare the result to the issuer identifier of the authorization server where the authorization request was sent to. ... If the values do not match, clients MUST reject."
        string? issuer = returned["iss"];
        return returned["state"] != state ? new Problem(WalletProblem.WrongParty, "The browser came back from a visit that this wallet did not ask for.")
            : issuer is null && Server.AuthorizationResponseIssParameter || issuer is not null && issuer != Server.Issuer ? new Problem(WalletProblem.WrongParty, "The browser came back from another issuer than it was sent to.")
            : returned["error"] is { } error ? new Problem(error, $"The issuer's page refused: {returned["error_description"] ?? error}")
            : returned["code"] is { Length: > 0 } code ? code
            : WalletProblem.Unexpected("The browser came back without a code.");
    }

    private static Parsed<T> Read<T>(Parsed<WalletAnswer> answer, Func<ReadOnlyMemory<byte>, Parsed<T>> read)
        where T : class => !answer.Ok ? answer.Problem
            : !answer.Value.Succeeded ? WalletProblem.Refusal(answer.Value, "The authorization server")
            : !answer.Value.IsJson ? WalletProblem.Unexpected("The authorization server did not answer in JSON.")
            : read(answer.Value.Body);

    private static byte[] Utf8(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
