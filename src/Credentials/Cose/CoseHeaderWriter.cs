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
        var header = new Map();
        header.Add(CoseLabel.Algorithm, cbor => cbor.WriteInt32(algorithm.Cose));
        header.Add(CoseLabel.ContentType, cbor => cbor.WriteTextString(type.ContentMediaType));
        header.Add(CoseLabel.KeyId, cbor => cbor.WriteByteString(System.Text.Encoding.UTF8.GetBytes(keyId)));
        Map said = ClaimsOf(claims);
        if (said.Count > 0)
        {
            header.Add(CoseLabel.Claims, said.Write);
        }

        header.Add(CoseLabel.Type, cbor => cbor.WriteTextString(type.MediaType));
        var cbor = new CborWriter(CborConformanceMode.Canonical);
        header.Write(cbor);
        return cbor.Encode();
    }

    // https://www.rfc-editor.org/rfc/rfc8392#section-3.1; the nonce is that of https://www.rfc-editor.org/rfc/rfc9711#section-4.1.
    private static Map ClaimsOf(EnvelopeClaims claims)
    {
        var map = new Map();
        if (claims.Audience is [var audience, ..])
        {
            map.Add(CoseLabel.ClaimAudience, cbor => cbor.WriteTextString(audience));
        }

        if (claims.Expires is { } expires)
        {
            map.Add(CoseLabel.ClaimExpires, cbor => cbor.WriteInt64(expires.ToUnixTimeSeconds()));
        }

        if (claims.IssuedAt is { } issuedAt)
        {
            map.Add(CoseLabel.ClaimIssuedAt, cbor => cbor.WriteInt64(issuedAt.ToUnixTimeSeconds()));
        }

        if (claims.Nonce is { } nonce)
        {
            map.Add(CoseLabel.ClaimNonce, cbor => cbor.WriteByteString(System.Text.Encoding.UTF8.GetBytes(nonce)));
        }

        return map;
    }

    // A map whose entries are counted before they are written.
    private sealed class Map : List<(int Label, Action<CborWriter> Value)>
    {
        public void Add(int label, Action<CborWriter> value) => Add((label, value));

        public void Write(CborWriter cbor)
        {
            cbor.WriteStartMap(Count);
            foreach ((int label, Action<CborWriter> value) in this)
            {
                cbor.WriteInt32(label);
                value(cbor);
            }

            cbor.WriteEndMap();
        }
    }
}
