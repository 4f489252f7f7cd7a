using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Credentials.Encoding;
using Credentials.Jose;
using Credentials.Keys;

namespace Credentials.OpenId.Wallet;

/// <summary>The key to which a wallet's access token is bound, and the nonces that servers gave it. For one issuance.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc9449</remarks>
internal sealed class DpopSession(ISigner key, TimeProvider clock)
{
    private const int IdBytes = 16;

    private readonly Dictionary<string, string> _nonces = new(StringComparer.Ordinal);

    /// <summary>A proof for one request.</summary>
    public Task<Parsed<string>> ProveAsync(HttpMethod method, Uri url, string? accessToken, CancellationToken cancellationToken)
    {
        JsonObject claims = new()
        {
            ["jti"] = StrictBase64Url.Encode(RandomNumberGenerator.GetBytes(IdBytes)),
            ["htm"] = method.Method,
            ["htu"] = url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped),
            ["iat"] = clock.GetUtcNow().ToUnixTimeSeconds(),
        };
        if (accessToken is not null)
        {
            // Section 4.2: "ath: Hash of the access token."
            claims["ath"] = StrictBase64Url.Encode(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(accessToken)));
        }

        if (_nonces.TryGetValue(Server(url), out string? nonce))
        {
            claims["nonce"] = nonce;
        }

        return Jwt.SignAsync(System.Text.Encoding.UTF8.GetBytes(claims.ToJsonString()), key, new("dpop+jwt") { Key = key.PublicKey }, cancellationToken);
    }

    /// <summary>Keeps the nonce of an answer for the next request to that server.</summary>
    /// <returns>True when the server refused for want of it, so that the same request with a new proof is worth a try (sections 8 and 9).</returns>
    public bool Learn(Uri url, WalletAnswer answer)
    {
        if (answer.DpopNonce is not { Length: > 0 } nonce)
        {
            return false;
        }

        _nonces[Server(url)] = nonce;
        return answer.Status is 400 or 401
            && (answer.Challenge.Contains("use_dpop_nonce", StringComparison.Ordinal) || answer.IsJson && System.Text.Encoding.UTF8.GetString(answer.Body).Contains("\"use_dpop_nonce\"", StringComparison.Ordinal));
    }

    private static string Server(Uri url) => url.GetLeftPart(UriPartial.Authority);
}
