using System.Formats.Cbor;
using Credentials.Enveloping;

namespace Credentials.Cose;

/// <summary>Writes a protected header in deterministic CBOR: the writer sorts the labels.</summary>
/// <remarks>https://www.w3.org/TR/vc-jose-cose/#secure-with-cose</remarks>
internal static class CoseHeaderWriter
{
    /// <summary>The bytes that are signed and put into the COSE_Sign1.</summary>
    public static byte[] Write(SignatureAlgorithm algorithm, EnvelopeType type, string keyId, EnvelopeClaims claims)
    {
        var cbor = new CborWriter(CborConformanceMode.Canonical);
        cbor.WriteStartMap(null);
        cbor.WriteInt32(CoseLabel.Algorithm);
        cbor.WriteInt32(algorithm.Cose);
        cbor.WriteInt32(CoseLabel.ContentType);
        cbor.WriteTextString(type.ContentMediaType);
        cbor.WriteInt32(CoseLabel.KeyId);
        cbor.WriteByteString(System.Text.Encoding.UTF8.GetBytes(keyId));
        if (claims != new EnvelopeClaims())
        {
            cbor.WriteInt32(CoseLabel.Claims);
            Write(cbor, claims);
        }

        cbor.WriteInt32(CoseLabel.Type);
        cbor.WriteTextString(type.MediaType);
        cbor.WriteEndMap();
        return cbor.Encode();
    }

    private static void Write(CborWriter cbor, EnvelopeClaims claims)
    {
        cbor.WriteStartMap(null);
        if (claims.Audience is [var audience, ..])
        {
            cbor.WriteInt32(CoseLabel.ClaimAudience);
            cbor.WriteTextString(audience);
        }

        Write(cbor, CoseLabel.ClaimExpires, claims.Expires);
        Write(cbor, CoseLabel.ClaimIssuedAt, claims.IssuedAt);
        if (claims.Nonce is { } nonce)
        {
            cbor.WriteInt32(CoseLabel.ClaimNonce);
            cbor.WriteByteString(System.Text.Encoding.UTF8.GetBytes(nonce));
        }

        cbor.WriteEndMap();
    }

    private static void Write(CborWriter cbor, int label, DateTimeOffset? time)
    {
        if (time is { } at)
        {
            cbor.WriteInt32(label);
            cbor.WriteInt64(at.ToUnixTimeSeconds());
        }
    }
}
