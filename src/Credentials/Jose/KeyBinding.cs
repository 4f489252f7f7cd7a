using System.Text.Json;
using Credentials.Enveloping;
using Credentials.Jose.Disclosures;
using Credentials.Keys;

namespace Credentials.Jose;

/// <summary>A key binding JWT: the holder's word that this presentation was made for this verifier now. Opened, not yet believed.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc9901#section-4.3</remarks>
public sealed class KeyBinding
{
    private const string Type = "kb+jwt";

    private readonly CompactJws _jws;
    private readonly EnvelopeClaims _claims;
    private readonly string _boundDigest;
    private readonly ReadOnlyMemory<byte> _presentation;
    private readonly DigestAlgorithm _algorithm;

    private KeyBinding(CompactJws jws, EnvelopeClaims claims, string boundDigest, ReadOnlyMemory<byte> presentation, DigestAlgorithm algorithm) =>
        (_jws, _claims, _boundDigest, _presentation, _algorithm) = (jws, claims, boundDigest, presentation, algorithm);

    /// <summary>For whom (<c>aud</c>).</summary>
    public string Audience => _claims.Audience[0];

    /// <summary>For which transaction (<c>nonce</c>).</summary>
    public string Nonce => _claims.Nonce!;

    /// <summary>When (<c>iat</c>), by the holder's clock.</summary>
    public DateTimeOffset IssuedAt => _claims.IssuedAt!.Value;

    /// <summary>Whether it is the holder's, over this SD-JWT, and what the verifier asked for; null when all of it holds. That the issuer signed the SD-JWT, and with it the holder's key, is asked elsewhere.</summary>
    /// <param name="holderKey">The key of <c>cnf</c>.</param>
    /// <param name="expected">What the verifier asked for.</param>
    /// <returns>
    /// <see cref="ProblemCode.CryptographicSecurityError"/> when the signature is not the key's; <see cref="ProblemCode.InvalidDomain"/> and <see cref="ProblemCode.InvalidChallenge"/> for another audience and nonce;
    /// <see cref="ProblemCode.ProofVerificationError"/> when it is too old, from the future, or over another SD-JWT (other disclosures included).
    /// </returns>
    public Problem? Verify(PublicKey holderKey, KeyBindingExpectation expected)
    {
        ArgumentNullException.ThrowIfNull(holderKey);
        ArgumentNullException.ThrowIfNull(expected);

        // RFC 9901 section 7.3, 5.2 and 5.3: an algorithm that is sound, and the signature.
        if (_jws.Verify(holderKey) is { } problem)
        {
            return problem;
        }

        // 5.5. Check that the creation time of the Key Binding JWT, as determined by the iat claim, is within an acceptable window.
        if (IssuedAt > expected.Now + expected.ClockSkew || IssuedAt < expected.Now - expected.MaxAge
            || _claims.NotBefore > expected.Now + expected.ClockSkew || _claims.Expires <= expected.Now)
        {
            return new(ProblemCode.ProofVerificationError, "The key binding was not made just now: it is too old, over, or from the future.", "/iat");
        }

        // 5.6. Determine that the Key Binding JWT is bound to the current transaction and was created for this Verifier by validating nonce and aud claims.
        // 5.7. Calculate the digest over the Issuer-signed JWT and Disclosures and verify that it matches the value of the sd_hash claim.
        return Audience != expected.Audience ? new(ProblemCode.InvalidDomain, "The key binding was made for another verifier.", "/aud")
            : Nonce != expected.Nonce ? new(ProblemCode.InvalidChallenge, "The key binding answers another nonce than was given out.", "/nonce")
            : _boundDigest != _algorithm.DigestOf(_presentation.Span) ? new(ProblemCode.ProofVerificationError, "The key binding was made over another SD-JWT, or over other disclosures.", "/sd_hash")
            : null;
    }

    /// <summary>Reads one.</summary>
    /// <param name="text">The JWT.</param>
    /// <param name="presentation">What it must be bound to: everything before it, the last <c>~</c> included.</param>
    /// <param name="algorithm">The hash of the SD-JWT.</param>
    internal static Parsed<KeyBinding> Read(ReadOnlyMemory<byte> text, ReadOnlyMemory<byte> presentation, DigestAlgorithm algorithm)
    {
        Parsed<CompactJws> jws = CompactJws.Read(text);
        if (!jws.Ok)
        {
            return jws.Problem;
        }

        // 5.4. Check that the typ of the Key Binding JWT is kb+jwt.
        string? type = jws.Value.Header.Type;
        if (type is not (Type or "application/" + Type))
        {
            return Fault("The last part of the SD-JWT is no key binding JWT: its typ is not kb+jwt.");
        }

        Parsed<JsonDocument> payload = jws.Value.ParsePayload();
        if (!payload.Ok)
        {
            return payload.Problem;
        }

        using JsonDocument json = payload.Value;
        Parsed<EnvelopeClaims> claims = ClaimReader.Read(json.RootElement, jws.Value.Header.Json);
        if (!claims.Ok)
        {
            return claims.Problem;
        }

        // Section 4.3: iat, aud (a single string), nonce and sd_hash are REQUIRED, in the payload.
        return HasText(json.RootElement, "aud") && HasText(json.RootElement, "nonce") && HasText(json.RootElement, "sd_hash") && json.RootElement.TryGetProperty("iat", out _)
            ? new KeyBinding(jws.Value, claims.Value, json.RootElement.GetProperty("sd_hash").GetString()!, presentation, algorithm)
            : Fault("A key binding JWT has an iat, one aud, a nonce and an sd_hash.");
    }

    /// <summary>Makes one, and appends it to what it binds.</summary>
    internal static Task<Parsed<byte[]>> AppendAsync(ReadOnlyMemory<byte> presentation, DigestAlgorithm algorithm, ISigner holder, string audience, string nonce, DateTimeOffset issuedAt, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> payload = new AddedClaims()
            .Time("iat", issuedAt)
            .Text("aud", audience)
            .Text("nonce", nonce)
            .Text("sd_hash", algorithm.DigestOf(presentation.Span))
            .ToObject();
        return JwsWriter.SignAsync(payload, holder, new(Type), presentation, suffix: default, cancellationToken);
    }

    private static bool HasText(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String;

    private static Problem Fault(string detail) => new(ProblemCode.ProofVerificationError, detail);
}
