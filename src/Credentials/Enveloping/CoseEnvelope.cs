using System.Text.Json;
using Credentials.Anchoring;
using Credentials.Cose;
using Credentials.Encoding;
using Credentials.Keys;

namespace Credentials.Enveloping;

/// <summary><c>vc+cose</c> and <c>vp+cose</c>: a COSE_Sign1 whose payload is the document itself.</summary>
/// <remarks>https://www.w3.org/TR/vc-jose-cose/#secure-with-cose</remarks>
internal sealed class CoseEnvelope : Envelope
{
    private readonly CoseSign1 _cose;

    private CoseEnvelope(ReadOnlyMemory<byte> secured, CoseSign1 cose, EnvelopeType type) => (Secured, _cose, Type) = (secured, cose, type);

    public override ReadOnlyMemory<byte> Secured { get; }

    public override ReadOnlyMemory<byte> Payload => _cose.Payload;

    public override string? VerificationMethod => EnvelopeRules.VerificationMethodOf(_cose.Header.KeyId, Claims.Issuer);

    public override EnvelopeClaims Claims => _cose.Header.Claims;

    public override AnchorDigest? AnchorDigest => null;

    internal override EnvelopeType Type { get; }

    public override Problem? Verify(PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _cose.Verify(key);
    }

    internal static new Parsed<Envelope> Open(ReadOnlyMemory<byte> secured, string? mediaType)
    {
        Parsed<CoseSign1> read = CoseSign1.Read(secured);
        if (!read.Ok)
        {
            return read.Problem;
        }

        CoseHeader header = read.Value.Header;
        Parsed<EnvelopeType> type = EnvelopeType.Decide(EnvelopeShape.Cose, header.Type, header.ContentType, mediaType);
        if (!type.Ok)
        {
            return type.Problem;
        }

        Parsed<JsonDocument> payload = StrictJson.Parse(read.Value.Payload, MaxLength);
        if (!payload.Ok)
        {
            return payload.Problem;
        }

        using JsonDocument document = payload.Value;
        return document.RootElement.ValueKind != JsonValueKind.Object ? new Problem(ProblemCode.MalformedValueError, "The payload of the envelope is no JSON object.", "")
            : EnvelopeRules.Check(document.RootElement, type.Value, header.Claims.Issuer) is { } problem ? problem
            : new CoseEnvelope(secured, read.Value, type.Value);
    }
}
