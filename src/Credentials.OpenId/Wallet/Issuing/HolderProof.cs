using System.Text.Json.Nodes;
using Credentials.Jose;
using Credentials.OpenId.Issuance;

namespace Credentials.OpenId.Wallet.Issuing;

/// <summary>Writes what shows an issuer that the wallet has the key to which the credential shall be bound.</summary>
/// <remarks>https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#jwt-proof-type</remarks>
internal static class HolderProof
{
    private const string Type = KeyProof.Type;

    /// <summary>Signs one.</summary>
    /// <param name="key">The key.</param>
    /// <param name="audience">The credential issuer's identifier.</param>
    /// <param name="nonce">The nonce of its nonce endpoint; null when it has none.</param>
    /// <param name="clientId">The wallet's client id; null where the access token was got anonymously: then <c>iss</c> must be left out.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static Task<Parsed<string>> WriteAsync(HolderKey key, string audience, string? nonce, string? clientId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        JsonObject claims = new() { ["aud"] = audience, ["iat"] = now.ToUnixTimeSeconds() };
        if (clientId is not null)
        {
            claims["iss"] = clientId;
        }

        if (nonce is not null)
        {
            claims["nonce"] = nonce;
        }

        // "kid: MUST NOT be present if jwk or x5c is present", and the other way round.
        JwtHeader header = key.Binding == HolderBinding.Jwk ? new(Type) { Key = key.Signer.PublicKey } : new(Type) { KeyId = key.VerificationMethod };
        return Jwt.SignAsync(System.Text.Encoding.UTF8.GetBytes(claims.ToJsonString()), key.Signer, header, cancellationToken);
    }
}
