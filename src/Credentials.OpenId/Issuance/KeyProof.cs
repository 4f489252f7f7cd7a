using System.Text.Json;
using Credentials.Dids;
using Credentials.Dids.Methods;
using Credentials.Jose;
using Credentials.Keys;
using Credentials.OpenId.Messages;

namespace Credentials.OpenId.Issuance;

/// <summary>A wallet's proof that it has the key to which the credential shall be bound; verified but for its nonce, which the issuer alone knows.</summary>
/// <param name="Key">The key.</param>
/// <param name="HolderDid">The holder's DID: that of the <c>kid</c>, and of a bare <c>jwk</c> its did:jwk.</param>
/// <param name="VerificationMethod">The DID URL of the key.</param>
/// <param name="Nonce">The <c>nonce</c>, if any.</param>
/// <remarks>https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#jwt-proof-type</remarks>
public sealed record KeyProof(PublicKey Key, string HolderDid, string VerificationMethod, string? Nonce)
{
    /// <summary>The <c>typ</c>.</summary>
    public const string Type = "openid4vci-proof+jwt";

    /// <summary>Names of the bindings as metadata have them.</summary>
    public static IReadOnlyList<string> BindingMethods { get; } = ["jwk", "did:key", "did:jwk"];

    /// <summary>The algorithms of proofs, and of DPoP proofs: those of our keys.</summary>
    public static IReadOnlyList<string> Algorithms { get; } = ["ES256", "ES384", "EdDSA"];

    private const int MaxLength = 16 * 1024;

    /// <summary>Verifies one (section "Verifying Proof").</summary>
    /// <param name="text">The JWT.</param>
    /// <param name="expected">What it must have been made for.</param>
    /// <returns><c>invalid_proof</c> when it is not good.</returns>
    public static async Task<Parsed<KeyProof>> VerifyAsync(string text, KeyProofExpectation expected)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(expected);

        // "The header parameter indicates a registered asymmetric digital signature algorithm, alg parameter value is not none": reading takes no other.
        Parsed<Jwt> read = text.Length > MaxLength ? Fault("it is too long") : Jwt.Read(text);
        if (!read.Ok)
        {
            return Fault(read.Problem.Detail);
        }

        // "The key proof is explicitly typed using header parameters as defined for that proof type."
        Jwt jwt = read.Value;
        if (jwt.Type != Type)
        {
            return Fault($"its typ is not {Type}");
        }

        Parsed<Bound> key = await KeyOfAsync(jwt).ConfigureAwait(false);
        if (!key.Ok)
        {
            return key.Problem;
        }

        // "The signature on the key proof verifies with the public key contained in the header parameter."
        if (jwt.Verify(key.Value.Key) is not null)
        {
            return Fault("its signature is not that of its key");
        }

        ObjectReader claims = new(jwt.Payload, IssuanceError.InvalidProof);
        string audience = claims.Required("aud");
        string? issuer = claims.Optional("iss");
        string? nonce = claims.Optional("nonce");
        DateTimeOffset? issuedAt = jwt.Payload.TimeOf("iat");
        DateTimeOffset? expires = jwt.Payload.TimeOf("exp");
        return claims.Problem is not null || issuedAt is null ? Fault("aud and iat are a must, each of its type")

            // "aud: The value of this claim MUST be the Credential Issuer Identifier."
            : audience != expected.Issuer ? Fault("it was made for another issuer (aud)")

            // "iss: MUST be the client_id of the Client making the Credential request. MUST be omitted if the access token was obtained through anonymous access": wallets send it there too, and it says nothing then.
            : expected.ClientId is { } client && issuer is not null && issuer != client ? Fault("it was made by another client (iss)")

            // "The creation time of the JWT, as determined by either the issuance time, or a server managed timestamp via the nonce claim, is within an acceptable window."
            : issuedAt < expected.Now - expected.MaxAge || issuedAt > expected.Now + expected.ClockSkew || expires < expected.Now - expected.ClockSkew ? Fault("it was not made just now (iat)")
            : new KeyProof(key.Value.Key, key.Value.Did, key.Value.Method, nonce);
    }

    private static async Task<Parsed<Bound>> KeyOfAsync(Jwt jwt)
    {
        bool byKey = jwt.Header.TryGetProperty("jwk", out JsonElement jwk);
        if (jwt.Header.TryGetProperty("x5c", out _) || jwt.Header.TryGetProperty("key_attestation", out _) || jwt.Header.TryGetProperty("trust_chain", out _))
        {
            return Fault("certificates, attestations and trust chains of keys are not read here: name the key by jwk or kid");
        }

        // "kid: MUST NOT be present if jwk or x5c is present."
        if (byKey == jwt.KeyId is not null)
        {
            return Fault("it names its key either by jwk or by kid");
        }

        if (byKey)
        {
            // "The header parameter does not contain a private key": reading refuses one.
            Parsed<PublicKey> key = JsonWebKey.Read(jwk);
            return key.Ok ? new Bound(key.Value, DidJwk.Of(key.Value), $"{DidJwk.Of(key.Value)}#0") : Fault(key.Problem.Detail);
        }

        Parsed<DidUrl> url = DidUrl.Parse(jwt.KeyId!);
        if (!url.Ok || url.Value.Method is not ("key" or "jwk") || url.Value.Path.Length > 0 || url.Value.Query is not null)
        {
            return Fault("its kid is no did:key or did:jwk");
        }

        IDidMethod method = url.Value.Method == "key" ? new DidKey() : new DidJwk();
        DidResolutionResult resolved = await method.ResolveAsync(DidUrl.Parse(url.Value.Did).Require(), new DidResolutionOptions(), CancellationToken.None).ConfigureAwait(false);
        if (resolved.Document?.VerificationMethods is not [{ } only, ..] || only.Key is not { Ok: true, Value: { } named })
        {
            return Fault("the DID of its kid holds no key that is known here");
        }

        // Some wallets leave the fragment out; both methods have one key alone.
        return url.Value.Fragment is null || $"{url.Value.Did}#{url.Value.Fragment}" == only.Id
            ? new Bound(named, url.Value.Did, only.Id)
            : Fault("its kid names no key of its DID");
    }

    private static Problem Fault(string what) => new(IssuanceError.InvalidProof, $"The key proof is not taken: {what}.");

    private sealed record Bound(PublicKey Key, string Did, string Method);
}

/// <summary>What a key proof must have been made for.</summary>
/// <param name="Issuer">The credential issuer's identifier, exactly.</param>
/// <param name="Now">The time.</param>
public sealed record KeyProofExpectation(string Issuer, DateTimeOffset Now)
{
    /// <summary>The client that the access token was given to; null when it was anonymous.</summary>
    public string? ClientId { get; init; }

    /// <summary>How old a proof may be.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How far the wallet's clock may be ahead.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromMinutes(1);
}
