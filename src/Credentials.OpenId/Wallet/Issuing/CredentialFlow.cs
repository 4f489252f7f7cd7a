using Credentials.OpenId.Issuance;
using Credentials.OpenId.Issuance.Metadata;
using Credentials.OpenId.OAuth;

namespace Credentials.OpenId.Wallet.Issuing;

/// <summary>From an access token to credentials: nonce, proofs of the keys, request, and waiting where they are deferred.</summary>
internal sealed class CredentialFlow(WalletHttp http, ProtectedHttp protectedHttp, IssuanceClientOptions options, OpenedOffer offer, TokenResponse token)
{
    private const int DefaultInterval = 5;

    private CredentialIssuerMetadata Issuer => offer.Issuer;

    /// <summary>Gets them.</summary>
    public async Task<Parsed<IssuedCredentials>> GetAsync(IssuanceWish wish, CancellationToken cancellationToken)
    {
        Parsed<MessageSeal> chosen = MessageSeal.For(Issuer, options.PreferEncryption);
        if (!chosen.Ok)
        {
            return chosen.Problem;
        }

        using MessageSeal seal = chosen.Value;
        Parsed<CredentialResponse> response = await AskAsync(wish, seal, cancellationToken).ConfigureAwait(false);
        if (response.Problem?.Code == IssuanceError.InvalidNonce)
        {
            // "The wallet should retrieve a new c_nonce value": once, for a nonce may have aged while the learner looked for a code.
            response = await AskAsync(wish, seal, cancellationToken).ConfigureAwait(false);
        }

        response = await AwaitAsync(response, seal, cancellationToken).ConfigureAwait(false);
        if (!response.Ok)
        {
            return response.Problem;
        }

        IssuanceNotice? notice = response.Value.NotificationId is { } id && Issuer.NotificationEndpoint is { } endpoint ? new(id, endpoint, token.AccessToken, protectedHttp) : null;
        Parsed<IReadOnlyList<IssuedCredential>> matched = KeyMatch.Of(Issuer.Configurations[wish.ConfigurationId], response.Value.Credentials, wish.Keys);
        if (matched.Ok)
        {
            return new IssuedCredentials(offer, wish.ConfigurationId, matched.Value) { Notice = notice };
        }

        await IssuanceClient.NotifyAsync(new(offer, wish.ConfigurationId, []) { Notice = notice }, NotificationRequest.Failure, cancellationToken).ConfigureAwait(false);
        return matched.Problem;
    }

    private async Task<Parsed<CredentialResponse>> AskAsync(IssuanceWish wish, MessageSeal seal, CancellationToken cancellationToken)
    {
        Parsed<string> nonce = await FetchNonceAsync(cancellationToken).ConfigureAwait(false);
        if (!nonce.Ok)
        {
            return nonce.Problem;
        }

        List<string> proofs = [];
        string? client = offer.NeedsBrowser || !offer.Server.PreAuthorizedAnonymousAccess ? options.ClientId : null;
        foreach (HolderKey key in wish.Keys)
        {
            Parsed<string> proof = await HolderProof.WriteAsync(key, Issuer.CredentialIssuer, nonce.Value.Length == 0 ? null : nonce.Value, client, options.Limits.Clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
            if (!proof.Ok)
            {
                return proof.Problem;
            }

            proofs.Add(proof.Value);
        }

        // "credential_identifier: REQUIRED when an Authorization Details of type openid_credential was returned from the Token Response. It MUST NOT be used otherwise."
        string? identifier = token.Details.FirstOrDefault(detail => detail.ConfigurationId == wish.ConfigurationId) is { CredentialIdentifiers: [var first, ..] } ? first : null;
        CredentialRequest request = new()
        {
            CredentialIdentifier = identifier,
            ConfigurationId = identifier is null ? wish.ConfigurationId : null,
            Proofs = proofs,
            ResponseEncryption = seal.Wanted,
        };
        return await PostAsync(Issuer.CredentialEndpoint, request.Write(), seal, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Parsed<string>> FetchNonceAsync(CancellationToken cancellationToken)
    {
        if (Issuer.NonceEndpoint is not { } endpoint)
        {
            return "";
        }

        Parsed<WalletAnswer> answer = await http.SendAsync(() => WalletHttp.Request(HttpMethod.Post, endpoint, new ByteArrayContent([])), cancellationToken).ConfigureAwait(false);
        if (!answer.Ok || !answer.Value.Succeeded || !answer.Value.IsJson)
        {
            return answer.Problem ?? WalletProblem.Refusal(answer.Value!, "The issuer");
        }

        Parsed<NonceResponse> nonce = NonceResponse.Read(answer.Value.Body);
        return nonce.Ok ? nonce.Value.Nonce : nonce.Problem;
    }

    // 202 with a transaction_id: come again after the interval, with the same access token.
    private async Task<Parsed<CredentialResponse>> AwaitAsync(Parsed<CredentialResponse> response, MessageSeal seal, CancellationToken cancellationToken)
    {
        for (int tries = 0; response.Ok && response.Value.TransactionId is { } transaction; tries++)
        {
            var interval = TimeSpan.FromSeconds(response.Value.Interval ?? DefaultInterval);
            if (Issuer.DeferredCredentialEndpoint is not { } endpoint || interval > options.Limits.LongestInterval || tries == options.Limits.DeferredTries)
            {
                return new Problem(WalletProblem.StillDeferred, $"The issuer needs more time (it says {interval.TotalSeconds:0} s). Ask it for a new offer later.");
            }

            await Task.Delay(interval, options.Limits.Clock, cancellationToken).ConfigureAwait(false);
            Parsed<CredentialResponse> later = await PostAsync(endpoint, new DeferredCredentialRequest(transaction, seal.Wanted).Write(), seal, cancellationToken).ConfigureAwait(false);
            response = later.Ok && later.Value.TransactionId is { } other && other != transaction ? WalletProblem.Unexpected("The issuer answered for another transaction.") : later;
        }

        return response;
    }

    private async Task<Parsed<CredentialResponse>> PostAsync(Uri endpoint, byte[] body, MessageSeal seal, CancellationToken cancellationToken)
    {
        (ReadOnlyMemory<byte> message, string mediaType) = seal.Close(body);
        Parsed<WalletAnswer> answer = await protectedHttp.PostAsync(endpoint, message, mediaType, token.AccessToken, cancellationToken).ConfigureAwait(false);
        if (!answer.Ok || !answer.Value.Succeeded)
        {
            return answer.Problem ?? WalletProblem.Refusal(answer.Value!, "The issuer");
        }

        Parsed<byte[]> opened = seal.Open(answer.Value);
        return opened.Ok ? CredentialResponse.Read(opened.Value) : opened.Problem;
    }
}
