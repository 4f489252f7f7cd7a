using Credentials.Keys;
using Credentials.OpenId.Messages;
using Credentials.OpenId.OAuth;

namespace Credentials.OpenId.Wallet.Issuing;

/// <summary>The key to which a wallet's access token is bound, and the nonces that servers gave it. For one issuance.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc9449</remarks>
internal sealed class DpopSession(ISigner key, TimeProvider clock)
{
    private readonly Dictionary<string, string> _nonces = new(StringComparer.Ordinal);

    /// <summary>The thumbprint of the key, to which an authorization code is bound beforehand.</summary>
    public string Thumbprint => JsonWebKey.Thumbprint(key.PublicKey);

    /// <summary>A proof for one request.</summary>
    public Task<Parsed<string>> ProveAsync(HttpMethod method, Uri url, string? accessToken, CancellationToken cancellationToken) =>
        DpopProof.WriteAsync(key, method.Method, url, clock.GetUtcNow(), accessToken, _nonces.GetValueOrDefault(Server(url)), cancellationToken);

    /// <summary>Keeps the nonce of an answer for the next request to that server.</summary>
    /// <returns>True when the server refused for want of it, so that the same request with a new proof is worth a try (sections 8 and 9).</returns>
    public bool Learn(Uri url, WalletAnswer answer)
    {
        if (answer.DpopNonce is not { Length: > 0 } nonce)
        {
            return false;
        }

        bool isNew = _nonces.GetValueOrDefault(Server(url)) != nonce;
        _nonces[Server(url)] = nonce;
        return isNew && answer.Status is 400 or 401
            && (answer.Challenge.Contains(OAuthError.UseDpopNonce, StringComparison.Ordinal) || answer.IsJson && ErrorMessage.Read(answer.Body).Value?.Error == OAuthError.UseDpopNonce);
    }

    private static string Server(Uri url) => url.GetLeftPart(UriPartial.Authority);
}
