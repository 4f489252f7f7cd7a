using Credentials.Keys;
using Credentials.OpenId.Issuance;
using Credentials.OpenId.Issuance.Metadata;
using Credentials.OpenId.OAuth;

namespace Credentials.OpenId.Wallet.Issuing;

/// <summary>A wallet's side of OpenID4VCI: opens an offer, takes what the learner wants of it, and tells the issuer how it ended.</summary>
/// <param name="http">Should not follow redirects; when it does, what came by one is refused. Not disposed here.</param>
/// <param name="options">How.</param>
/// <remarks>https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html</remarks>
public sealed class IssuanceClient(HttpClient http, IssuanceClientOptions options)
{
    private readonly WalletHttp _http = new(http, options.Limits);

    /// <summary>Reads a link or QR text, fetches the offer if it is by reference, and asks issuer and authorization server who they are.</summary>
    /// <param name="link"><c>openid-credential-offer://?…</c>, the https link of a web wallet, or the query alone.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Parsed<OpenedOffer>> OpenAsync(string link, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(link);
        Parsed<CredentialOfferLink> read = CredentialOfferLink.Read(link.Trim());
        if (!read.Ok)
        {
            return read.Problem;
        }

        Parsed<CredentialOffer> offer = read.Value is { Offer: { } given } ? given : await FetchAsync(read.Value.Reference!, "The offer", CredentialOffer.Read, cancellationToken).ConfigureAwait(false);
        if (!offer.Ok)
        {
            return offer.Problem;
        }

        // Both readers refuse the metadata of anybody else than was asked: otherwise one issuer could pass for another (mix-up).
        string id = offer.Value.CredentialIssuer;
        Parsed<CredentialIssuerMetadata> issuer = await FetchAsync(CredentialIssuerMetadata.UrlOf(id), "The issuer", body => CredentialIssuerMetadata.Read(body, id), cancellationToken).ConfigureAwait(false);
        if (!issuer.Ok)
        {
            return issuer.Problem;
        }

        Parsed<string> server = ServerOf(offer.Value, issuer.Value);
        if (!server.Ok)
        {
            return server.Problem;
        }

        Parsed<AuthorizationServerMetadata> metadata = await FetchAsync(
            AuthorizationServerMetadata.UrlOf(server.Value), "The authorization server", body => AuthorizationServerMetadata.Read(body, server.Value), cancellationToken).ConfigureAwait(false);
        return !metadata.Ok ? metadata.Problem : new OpenedOffer(offer.Value, issuer.Value, metadata.Value);
    }

    /// <summary>Gets the credentials. A new key binds the access token, where the server can do that.</summary>
    /// <param name="offer">What <see cref="OpenAsync"/> gave.</param>
    /// <param name="wish">What is wanted of it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The credentials; or a problem, with the protocol's own code where the issuer refused.</returns>
    public async Task<Parsed<IssuedCredentials>> AcceptAsync(OpenedOffer offer, IssuanceWish wish, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(offer);
        ArgumentNullException.ThrowIfNull(wish);
        if (CheckWish(offer, wish) is { } problem)
        {
            return problem;
        }

        // The key lives as long as the token; the signer of the notice holds it.
        SigningKey? key = offer.Server.DpopAlgorithms.Contains("ES256") ? SigningKey.Generate(KeyType.P256) : null;
        DpopSession? dpop = key is null ? null : new(key, options.Limits.Clock);
        ProtectedHttp protectedHttp = new(_http, dpop, options.Limits);
        Parsed<TokenResponse> token = await new TokenFlow(protectedHttp, dpop, options, offer).GetAsync(wish, cancellationToken).ConfigureAwait(false);
        return token.Ok
            ? await new CredentialFlow(_http, protectedHttp, options, offer, token.Value).GetAsync(wish, cancellationToken).ConfigureAwait(false)
            : token.Problem;
    }

    /// <summary>Tells the issuer that the credentials are kept, or are not. That it does not listen is no fault of the wallet: null then, too, when it does not want to know.</summary>
    /// <param name="issued">What <see cref="AcceptAsync"/> gave.</param>
    /// <param name="what">An event of <see cref="NotificationRequest"/>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<Problem?> NotifyAsync(IssuedCredentials issued, string what, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(issued);
        if (issued.Notice is not { } notice)
        {
            return null;
        }

        byte[] body = new NotificationRequest(notice.Id, what).Write();
        Parsed<WalletAnswer> answer = await notice.Http.PostAsync(notice.Endpoint, body, "application/json", notice.AccessToken, cancellationToken).ConfigureAwait(false);
        return !answer.Ok ? answer.Problem : answer.Value.Succeeded ? null : WalletProblem.Refusal(answer.Value, "The issuer");
    }

    private async Task<Parsed<T>> FetchAsync<T>(Uri url, string who, Func<ReadOnlyMemory<byte>, Parsed<T>> read, CancellationToken cancellationToken)
        where T : class
    {
        Parsed<WalletAnswer> answer = await _http.GetAsync(url, "application/json", cancellationToken).ConfigureAwait(false);
        return !answer.Ok ? answer.Problem
            : !answer.Value.Succeeded ? WalletProblem.Refusal(answer.Value, who)
            : !answer.Value.IsJson ? WalletProblem.Unexpected($"{who} is no JSON at {url.Host}.")
            : read(answer.Value.Body);
    }

    // "authorization_servers: If this parameter is omitted, the entity providing the Credential Issuer is also acting as the Authorization Server"; a hint in the offer "MUST NOT be used" for a server that the issuer does not list.
    private static Parsed<string> ServerOf(CredentialOffer offer, CredentialIssuerMetadata issuer)
    {
        string? hint = offer.PreAuthorizedCode is { } grant ? grant.AuthorizationServer : offer.AuthorizationCode?.AuthorizationServer;
        string[] servers = issuer.AuthorizationServers is { Count: > 0 } listed ? [.. listed] : [issuer.CredentialIssuer];
        return hint is null ? servers[0]
            : servers.Contains(hint, StringComparer.Ordinal) ? hint
            : new Problem(WalletProblem.WrongParty, "The offer sends the wallet to an authorization server that the issuer does not name.");
    }

    private static Problem? CheckWish(OpenedOffer offer, IssuanceWish wish)
    {
        if (offer.Configurations.All(one => one.Key != wish.ConfigurationId))
        {
            return new(WalletProblem.Unsupported, "That is not offered, or not known to the issuer.");
        }

        CredentialConfiguration configuration = offer.Issuer.Configurations[wish.ConfigurationId];
        string[] algorithms = [.. wish.Keys.Select(key => AlgorithmOf(key.Signer.PublicKey)).Distinct(StringComparer.Ordinal)];
        return wish.Keys.Count == 0 ? throw new ArgumentException("A credential is bound to a key: at least one.", nameof(wish))
            : configuration.KeyAttestationRequired ? new(WalletProblem.Unsupported, "The issuer wants an attestation of the wallet's key, which this wallet has not.")
            : wish.Keys.Count > (offer.Issuer.BatchSize ?? 1) ? new(WalletProblem.Unsupported, $"The issuer gives at most {offer.Issuer.BatchSize ?? 1} at once.")
            : configuration.BindingMethods.Count > 0 && wish.Keys.FirstOrDefault(key => !Binds(configuration, key)) is { } unknown ? new(WalletProblem.Unsupported, $"The issuer does not bind such a credential to a {unknown.BindingMethod}; it does to {string.Join(", ", configuration.BindingMethods)}.")
            : configuration.ProofAlgorithms.Count > 0 && algorithms.Except(configuration.ProofAlgorithms).FirstOrDefault() is { } algorithm ? new(WalletProblem.Unsupported, $"The issuer takes no keys of {algorithm}; it does of {string.Join(", ", configuration.ProofAlgorithms)}.")
            : offer.TransactionCode is not null && string.IsNullOrEmpty(wish.TransactionCode) ? new(WalletProblem.TransactionCodeNeeded, "The issuer wants the transaction code that it gave you by another way.")
            : offer.NeedsBrowser && wish.Browser is null ? new(WalletProblem.Unsupported, "The issuer wants to see you on its page, and there is no browser.")
            : null;
    }

    // "did" alone stands for every method.
    private static bool Binds(CredentialConfiguration configuration, HolderKey key) =>
        configuration.BindingMethods.Contains(key.BindingMethod) || (key.Binding != HolderBinding.Jwk && configuration.BindingMethods.Contains("did"));

    private static string AlgorithmOf(PublicKey key) => key.Type switch
    {
        KeyType.P256 => "ES256",
        KeyType.P384 => "ES384",
        _ => "EdDSA",
    };
}
