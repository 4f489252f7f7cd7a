using Credentials.Anchoring;
using Credentials.Keys;

namespace Credentials.Enveloping;

/// <summary>A credential or presentation in a securing envelope (JOSE, SD-JWT, COSE): opened, not yet believed.</summary>
/// <remarks>https://www.w3.org/TR/vc-jose-cose/</remarks>
public abstract class Envelope
{
    /// <summary>Bytes above which nothing is opened: a document of 1 MiB, base64url, and as much again for disclosures.</summary>
    public const int MaxLength = 4 * 1024 * 1024;

    private protected Envelope()
    {
    }

    /// <summary>Media type: <c>application/vc+jwt</c>, <c>application/vp+jwt</c>, <c>application/vc+sd-jwt</c>, <c>application/vp+sd-jwt</c>, <c>application/vc+cose</c>, <c>application/vp+cose</c>; <c>application/dc+sd-jwt</c>; of VCDM 1.1 <c>application/jwt</c>.</summary>
    public string MediaType => Type.MediaType;

    /// <summary>The form's name: the media type without <c>application/</c>; of VCDM 1.1 <c>jwt_vc_json</c> and <c>jwt_vp_json</c>.</summary>
    public string Form => Type.Form;

    /// <summary>True when a presentation is in it.</summary>
    public bool IsPresentation => Type.IsPresentation;

    /// <summary>What was handed in.</summary>
    public abstract ReadOnlyMemory<byte> Secured { get; }

    /// <summary>UTF-8 JSON text of the credential or presentation, disclosures put in their places. Nothing of it means anything before <see cref="Verify"/> has said null.</summary>
    public abstract ReadOnlyMemory<byte> Payload { get; }

    /// <summary>Absolute DID URL (or other URL) of the key as the protected header (or <c>iss</c> with <c>kid</c>) names it; null when it names none.</summary>
    public abstract string? VerificationMethod { get; }

    /// <summary>What the envelope says of its signature: issuer, times, audience.</summary>
    public abstract EnvelopeClaims Claims { get; }

    /// <summary>The digest to be anchored (design: SHA-256 of the compact JWS, for SD-JWT of the issuer-signed JWT); null for a presentation or COSE.</summary>
    public abstract AnchorDigest? AnchorDigest { get; }

    /// <summary>The holder's key as the issuer wrote it down (<c>cnf</c>); null when there is none.</summary>
    public virtual Confirmation? Confirmation => null;

    /// <summary>The holder's key binding JWT of an SD-JWT; null when there is none. <see cref="Verify"/> says nothing of it: <see cref="Jose.KeyBinding.Verify"/> does.</summary>
    public virtual Jose.KeyBinding? KeyBinding => null;

    internal abstract EnvelopeType Type { get; }

    /// <summary>Whether the envelope holds under that key: null, or the problem, with the codes of <see cref="DataIntegrity.DataIntegritySuite.Verify"/>; <see cref="ProblemCode.MalformedValueError"/> when the signature is the key's, over what is no JWT.</summary>
    public abstract Problem? Verify(PublicKey key);

    /// <summary>Recognises an envelope by its shape (compact JWS, SD-JWT, COSE_Sign1) and opens it.</summary>
    /// <param name="secured">Text or CBOR as received, without white space around it. It must not change.</param>
    /// <param name="mediaType">What its carrier called it, if anything; a contradiction is a problem.</param>
    public static Parsed<Envelope> Open(ReadOnlyMemory<byte> secured, string? mediaType = null)
    {
        if (secured.Length is 0 or > MaxLength)
        {
            return new Problem(ProblemCode.ParsingError, $"An envelope has between 1 and {MaxLength} bytes, not {secured.Length}.");
        }

        return Table.Rows.First(row => row.Recognises(secured.Span)).Open(secured, mediaType);
    }

    private sealed record Row(Func<ReadOnlySpan<byte>, bool> Recognises, Func<ReadOnlyMemory<byte>, string?, Parsed<Envelope>> Open);

    private static class Table
    {
        private const byte FirstNotAscii = 0x80;

        internal static readonly IReadOnlyList<Row> Rows =
        [
            new(bytes => bytes[0] >= FirstNotAscii, CoseEnvelope.Open), // a CBOR array or tag: https://www.w3.org/TR/vc-jose-cose/#secure-with-cose
            new(bytes => bytes.Contains((byte)'~'), SdJwtEnvelope.Open), // https://www.w3.org/TR/vc-jose-cose/#secure-with-sd-jwt
            new(_ => true, JwtEnvelope.Open), // https://www.w3.org/TR/vc-jose-cose/#secure-with-jose
        ];
    }
}
