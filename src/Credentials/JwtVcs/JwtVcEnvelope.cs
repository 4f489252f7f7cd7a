using System.Security.Cryptography;
using System.Text.Json;
using Credentials.Anchoring;
using Credentials.Enveloping;
using Credentials.Jose;
using Credentials.Keys;

namespace Credentials.JwtVcs;

/// <summary>A credential or presentation of VCDM 1.1 in the claim <c>vc</c> or <c>vp</c> of a JWT.</summary>
/// <remarks>https://www.w3.org/TR/vc-data-model/#json-web-token</remarks>
internal sealed class JwtVcEnvelope : Envelope
{
    private readonly CompactJws _jws;
    private readonly JwtVcDocument _document;

    private JwtVcEnvelope(CompactJws jws, EnvelopeType type, JwtVcDocument document, Confirmation? confirmation) => (_jws, Type, _document, Confirmation) = (jws, type, document, confirmation);

    public override ReadOnlyMemory<byte> Secured => _jws.Text;

    public override ReadOnlyMemory<byte> Payload => _document.Text;

    public override string? VerificationMethod => EnvelopeRules.VerificationMethodOf(_jws.Header.KeyId, Claims.Issuer);

    public override EnvelopeClaims Claims => _document.Claims;

    public override AnchorDigest? AnchorDigest => IsPresentation ? null : Anchoring.AnchorDigest.From(SHA256.HashData(Secured.Span));

    public override Confirmation? Confirmation { get; }

    internal override EnvelopeType Type { get; }

    public override Problem? Verify(PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _jws.Verify(key);
    }

    /// <summary>Whether a JWT is one: of the type JWT or of none, called so or nothing by its carrier, with a <c>vc</c> or a <c>vp</c>.</summary>
    internal static bool Is(JwsHeader header, JsonElement claims, string? mediaType) =>
        (header.Type is null || header.Type.Equals("JWT", StringComparison.OrdinalIgnoreCase))
        && (mediaType is null || EnvelopeType.Is(EnvelopeType.JwtVc, mediaType))
        && (claims.TryGetProperty("vc", out _) || claims.TryGetProperty("vp", out _));

    internal static Parsed<Envelope> Of(CompactJws jws, JsonElement claims)
    {
        EnvelopeType type = claims.TryGetProperty("vp", out _) ? EnvelopeType.JwtVp : EnvelopeType.JwtVc;
        Parsed<JwtVcDocument> document = JwtVcDocument.Read(claims, type);
        var confirmation = Confirmation.Read(claims, out Problem? unconfirmed);
        return (document.Problem ?? unconfirmed) is { } problem ? problem : new JwtVcEnvelope(jws, type, document.Value!, confirmation);
    }
}
