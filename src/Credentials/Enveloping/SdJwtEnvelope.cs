using System.Security.Cryptography;
using System.Text.Json;
using Credentials.Anchoring;
using Credentials.DcSdJwt;
using Credentials.Jose;
using Credentials.Jose.Disclosures;
using Credentials.Keys;

namespace Credentials.Enveloping;

/// <summary><c>vc+sd-jwt</c> and <c>vp+sd-jwt</c>: an SD-JWT whose processed payload is the document itself.</summary>
/// <remarks>https://www.w3.org/TR/vc-jose-cose/#secure-with-sd-jwt</remarks>
internal sealed class SdJwtEnvelope : Envelope
{
    private readonly SdJwt _sdJwt;

    private SdJwtEnvelope(SdJwt sdJwt, EnvelopeType type, ReadOnlyMemory<byte> payload) => (_sdJwt, Type, Payload) = (sdJwt, type, payload);

    public override ReadOnlyMemory<byte> Secured => _sdJwt.Secured;

    public override ReadOnlyMemory<byte> Payload { get; }

    public override string? VerificationMethod => EnvelopeRules.VerificationMethodOf(_sdJwt.KeyId, Claims.Issuer);

    public override EnvelopeClaims Claims => _sdJwt.Claims;

    public override AnchorDigest? AnchorDigest => IsPresentation ? null : Anchoring.AnchorDigest.From(SHA256.HashData(_sdJwt.IssuerSigned.Span));

    public override Confirmation? Confirmation => _sdJwt.Confirmation;

    public override KeyBinding? KeyBinding => _sdJwt.KeyBinding;

    internal override EnvelopeType Type { get; }

    public override Problem? Verify(PublicKey key) => _sdJwt.Verify(key);

    internal static new Parsed<Envelope> Open(ReadOnlyMemory<byte> secured, string? mediaType)
    {
        Parsed<EnvelopeType> type = default;
        bool hasClaims = false;
        Parsed<SdJwt> read = SdJwtReader.Read(secured, Check);
        if (!read.Ok || hasClaims)
        {
            return read.Ok ? SdJwtVc.Of(read.Value) : read.Problem;
        }

        var document = JsonElement.Parse(read.Value.Payload.Span, new() { MaxDepth = Encoding.StrictJson.MaxDepth });
        (ReadOnlyMemory<byte> stated, Problem? misstated) = EnvelopeRules.WithStatus(read.Value.Payload, document, type.Value!);
        return misstated is null ? new SdJwtEnvelope(read.Value, type.Value!, stated) : misstated;

        Problem? Check(JwsHeader header, JsonElement document, EnvelopeClaims claims)
        {
            hasClaims = SdJwtVc.Is(header, document);
            if (hasClaims)
            {
                return mediaType is null || EnvelopeType.Is(EnvelopeType.SdJwtVc, mediaType) || EnvelopeType.Find(mediaType)?.Name == "vc+sd-jwt" ? null
                    : new(ProblemCode.ProofVerificationError, "The envelope is not what it should be: it is a dc+sd-jwt, and its carrier calls it something else.");
            }

            type = EnvelopeType.Decide(EnvelopeShape.SdJwt, header.Type, header.ContentType, mediaType);
            return type.Ok ? EnvelopeRules.Check(document, type.Value, claims.Issuer) : type.Problem;
        }
    }
}
