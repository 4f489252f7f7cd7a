using System.Security.Cryptography;
using System.Text.Json;
using Credentials.Anchoring;
using Credentials.Jose;
using Credentials.JwtVcs;
using Credentials.Keys;

namespace Credentials.Enveloping;

/// <summary><c>vc+jwt</c> and <c>vp+jwt</c>: a compact JWS whose payload is the document itself.</summary>
/// <remarks>https://www.w3.org/TR/vc-jose-cose/#secure-with-jose</remarks>
internal sealed class JwtEnvelope : Envelope
{
    private readonly CompactJws _jws;

    private JwtEnvelope(CompactJws jws, EnvelopeType type, ReadOnlyMemory<byte> payload, EnvelopeClaims claims, Confirmation? confirmation) =>
        (_jws, Type, Payload, Claims, Confirmation) = (jws, type, payload, claims, confirmation);

    public override ReadOnlyMemory<byte> Secured => _jws.Text;

    public override ReadOnlyMemory<byte> Payload { get; }

    public override string? VerificationMethod => EnvelopeRules.VerificationMethodOf(_jws.Header.KeyId, Claims.Issuer);

    public override EnvelopeClaims Claims { get; }

    public override AnchorDigest? AnchorDigest => IsPresentation ? null : Anchoring.AnchorDigest.From(SHA256.HashData(Secured.Span));

    public override Confirmation? Confirmation { get; }

    internal override EnvelopeType Type { get; }

    public override Problem? Verify(PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _jws.Verify(key);
    }

    internal static new Parsed<Envelope> Open(ReadOnlyMemory<byte> secured, string? mediaType)
    {
        Parsed<CompactJws> read = CompactJws.Read(secured);
        if (!read.Ok)
        {
            return read.Problem;
        }

        CompactJws jws = read.Value;
        Parsed<JsonDocument> payload = jws.ParsePayload();
        if (!payload.Ok)
        {
            return payload.Problem;
        }

        using JsonDocument document = payload.Value;
        if (JwtVcEnvelope.Is(jws.Header, document.RootElement, mediaType))
        {
            return JwtVcEnvelope.Of(jws, document.RootElement);
        }

        Parsed<EnvelopeType> type = EnvelopeType.Decide(EnvelopeShape.Jws, jws.Header.Type, jws.Header.ContentType, mediaType);
        if (!type.Ok)
        {
            return type.Problem;
        }

        Parsed<EnvelopeClaims> claims = ClaimReader.Read(document.RootElement, jws.Header.Json);
        if (!claims.Ok)
        {
            return claims.Problem;
        }

        var confirmation = Confirmation.Read(document.RootElement, out Problem? unconfirmed);
        (ReadOnlyMemory<byte> stated, Problem? misstated) = EnvelopeRules.WithStatus(jws.Payload, document.RootElement, type.Value);
        return (EnvelopeRules.Check(document.RootElement, type.Value, claims.Value.Issuer) ?? unconfirmed ?? misstated) is { } problem
            ? problem
            : new JwtEnvelope(jws, type.Value, stated, claims.Value, confirmation);
    }
}
