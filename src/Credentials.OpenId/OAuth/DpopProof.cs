using System.Security.Cryptography;
using System.Text.Json;
using Credentials.Encoding;
using Credentials.Jose;
using Credentials.Keys;
using Credentials.OpenId.Messages;

namespace Credentials.OpenId.OAuth;

/// <summary>A proof that a request comes from whoever has the key of its access token, verified but for its replay.</summary>
/// <param name="Thumbprint">RFC 7638 thumbprint of the key.</param>
/// <param name="Id">The <c>jti</c>: the caller remembers it as long as a proof is taken.</param>
/// <param name="IssuedAt">The <c>iat</c>.</param>
/// <param name="Nonce">The <c>nonce</c>, if any: whether it is one of the server's, the caller knows.</param>
/// <remarks>https://www.rfc-editor.org/rfc/rfc9449</remarks>
public sealed record DpopProof(string Thumbprint, string Id, DateTimeOffset IssuedAt, string? Nonce)
{
    /// <summary>The <c>typ</c>.</summary>
    public const string Type = "dpop+jwt";

    private const int MaxIdLength = 256;
    private const int MaxLength = 8 * 1024;

    /// <summary>Verifies the proof of a request (section 4.3).</summary>
    /// <param name="header">The value of the header <c>DPoP</c>; the caller has seen that there is one alone (step 1).</param>
    /// <param name="expected">What the request was.</param>
    /// <returns><c>invalid_dpop_proof</c> when it is not good for this request.</returns>
    public static Parsed<DpopProof> Verify(string header, DpopExpectation expected)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(expected);

        // 2. The DPoP HTTP request header field value is a single and well-formed JWT.
        Parsed<Jwt> read = header.Length > MaxLength ? Fault("it is too long") : Jwt.Read(header);
        if (!read.Ok)
        {
            return Fault(read.Problem.Detail);
        }

        // 4. The typ JOSE Header Parameter has the value dpop+jwt. 5. The alg indicates a registered asymmetric digital signature algorithm (reading takes no other).
        Jwt jwt = read.Value;
        if (jwt.Type != Type)
        {
            return Fault($"its typ is not {Type}");
        }

        // 7. The jwk JOSE Header Parameter does not contain a private key. 6. The JWT signature verifies with the public key contained in it.
        Parsed<PublicKey> key = jwt.Header.TryGetProperty("jwk", out JsonElement jwk) ? JsonWebKey.Read(jwk) : Fault("it holds no jwk");
        if (!key.Ok || jwt.Verify(key.Value) is not null)
        {
            return Fault(key.Ok ? "its signature is not that of its key" : key.Problem.Detail);
        }

        // 3. All required claims per Section 4.2 are contained in the JWT.
        ObjectReader claims = new(jwt.Payload, OAuthError.InvalidDpopProof);
        string id = claims.Required("jti");
        string method = claims.Required("htm");
        string target = claims.Required("htu");
        string? nonce = claims.Optional("nonce");
        string? hash = claims.Optional("ath");
        DateTimeOffset? issuedAt = jwt.Payload.TimeOf("iat");
        return claims.Problem is not null || issuedAt is null || id.Length > MaxIdLength ? Fault("jti, htm, htu and iat are a must")

            // 8. The htm claim matches the HTTP method of the current request. 9. The htu claim matches the HTTP URI value, ignoring any query and fragment parts.
            : method != expected.Method ? Fault("it was made for another method (htm)")
            : !IsSameTarget(target, expected.Url) ? Fault("it was made for another address (htu)")

            // 11. The creation time of the JWT is within an acceptable window.
            : issuedAt < expected.Now - expected.MaxAge || issuedAt > expected.Now + expected.ClockSkew ? Fault("it was not made just now (iat)")

            // 12. If presented to a protected resource in conjunction with an access token, ensure that the value of the ath claim equals the hash of that access token.
            : expected.AccessToken is { } token && hash != HashOf(token) ? Fault("it was made for another access token (ath)")
            : new DpopProof(JsonWebKey.Thumbprint(key.Value), id, issuedAt.Value, nonce);
    }

    /// <summary>Makes one.</summary>
    /// <param name="key">The key.</param>
    /// <param name="method">The request's method.</param>
    /// <param name="url">Its address.</param>
    /// <param name="now">The time.</param>
    /// <param name="accessToken">The token that goes with it, if any.</param>
    /// <param name="nonce">The server's nonce, if it gave one.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static Task<Parsed<string>> WriteAsync(ISigner key, string method, Uri url, DateTimeOffset now, string? accessToken, string? nonce, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(url);
        byte[] claims = MessageText.Write(writer =>
        {
            writer.WriteString("jti", StrictBase64Url.Encode(RandomNumberGenerator.GetBytes(16)));
            writer.WriteString("htm", method);
            writer.WriteString("htu", WithoutQuery(url));
            writer.WriteNumber("iat", now.ToUnixTimeSeconds());
            writer.Member("ath", accessToken is null ? null : HashOf(accessToken));
            writer.Member("nonce", nonce);
        });
        return Jwt.SignAsync(claims, key, new JwtHeader(Type) { Key = key.PublicKey }, cancellationToken);
    }

    private static string HashOf(string token) => StrictBase64Url.Encode(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(token)));

    private static string WithoutQuery(Uri url) => url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    // "To reduce the likelihood of false negatives, servers SHOULD employ syntax-based normalization and scheme-based normalization."
    private static bool IsSameTarget(string said, Uri actual) => Uri.TryCreate(said, UriKind.Absolute, out Uri? url) && WithoutQuery(url) == WithoutQuery(actual);

    private static Problem Fault(string what) => new(OAuthError.InvalidDpopProof, $"The DPoP proof is not taken: {what}.");
}

/// <summary>What the request was that a DPoP proof goes with.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Url">The address as the world names it.</param>
/// <param name="Now">The time.</param>
public sealed record DpopExpectation(string Method, Uri Url, DateTimeOffset Now)
{
    /// <summary>The access token that came with it; null at the token endpoint.</summary>
    public string? AccessToken { get; init; }

    /// <summary>How old a proof may be.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How far the wallet's clock may be ahead.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromMinutes(1);
}
