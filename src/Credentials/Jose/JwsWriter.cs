using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Credentials.Canonicalization;
using Credentials.Enveloping;
using Credentials.Keys;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Credentials.Jose;

/// <summary>Writes a compact JWS. Not by the library's <c>CreateToken</c>: its <c>SignatureProvider.Sign</c> is synchronous, and an <see cref="ISigner"/> may be an HSM across a network.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc7515#section-5.1</remarks>
internal static class JwsWriter
{
    private const byte Dot = (byte)'.';

    /// <summary>Signs a payload.</summary>
    /// <param name="payload">Its bytes, which are not touched.</param>
    /// <param name="signer">The key.</param>
    /// <param name="header">What the header says besides the algorithm.</param>
    /// <param name="prefix">What stands before the JWS in the result.</param>
    /// <param name="suffix">What follows it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<Parsed<byte[]>> SignAsync(ReadOnlyMemory<byte> payload, ISigner signer, HeaderText header, ReadOnlyMemory<byte> prefix, ReadOnlyMemory<byte> suffix, CancellationToken cancellationToken)
    {
        ByteBuffer headerText = WriteHeader(SignatureAlgorithm.Of(signer.PublicKey.Type).Jose, header);
        int headerLength = Base64Url.GetEncodedLength(headerText.Length);
        int inputLength = headerLength + 1 + Base64Url.GetEncodedLength(payload.Length);
        int jwsLength = inputLength + 1 + Base64Url.GetEncodedLength(signer.PublicKey.Algorithm.SignatureLength);

        byte[] result = new byte[prefix.Length + jwsLength + suffix.Length];
        Memory<byte> jws = result.AsMemory(prefix.Length, jwsLength);
        prefix.CopyTo(result);
        suffix.CopyTo(result.AsMemory(prefix.Length + jwsLength));
        Base64Url.EncodeToUtf8(headerText.Written, jws.Span);
        jws.Span[headerLength] = Dot;
        Base64Url.EncodeToUtf8(payload.Span, jws.Span[(headerLength + 1)..]);

        // RFC 7515 section 5.1 step 5: the signature is over ASCII(BASE64URL(UTF8(JWS Protected Header)) || '.' || BASE64URL(JWS Payload)).
        Parsed<byte[]> signature = await SignatureAlgorithm.SignAsync(signer, jws[..inputLength], cancellationToken).ConfigureAwait(false);
        if (!signature.Ok)
        {
            return signature.Problem;
        }

        jws.Span[inputLength] = Dot;
        Base64Url.EncodeToUtf8(signature.Value, jws.Span[(inputLength + 1)..]);
        return result;
    }

    private static ByteBuffer WriteHeader(string algorithm, HeaderText said)
    {
        var header = new ByteBuffer(256);
        Member(header, JwtHeaderParameterNames.Alg, algorithm);
        Member(header, JwtHeaderParameterNames.Kid, said.KeyId);
        Member(header, JwtHeaderParameterNames.Typ, said.Type);
        Member(header, JwtHeaderParameterNames.Cty, said.ContentType);
        Key(header, said.Key);
        Certificates(header, said.Certificates ?? []);
        header.Append((byte)'}');
        return header;
    }

    private static void Key(ByteBuffer header, PublicKey? key)
    {
        if (key is not null)
        {
            using var stream = new MemoryStream();
            using (var writer = new Utf8JsonWriter(stream))
            {
                JsonWebKey.Write(writer, key);
            }

            header.Append(",\"jwk\":"u8);
            header.Append(stream.ToArray());
        }
    }

    // RFC 7515 section 4.1.6: base64, not base64url, of the DER; the key's own certificate first.
    private static void Certificates(ByteBuffer header, IReadOnlyList<ReadOnlyMemory<byte>> certificates)
    {
        for (int i = 0; i < certificates.Count; i++)
        {
            header.Append(i == 0 ? ",\"x5c\":["u8 : ","u8);
            header.AppendQuoted(System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(certificates[i].Span)));
        }

        if (certificates.Count > 0)
        {
            header.Append((byte)']');
        }
    }

    private static void Member(ByteBuffer header, string name, string? value)
    {
        if (value is not null)
        {
            header.Append(header.Length == 0 ? (byte)'{' : (byte)',');
            header.AppendQuoted(System.Text.Encoding.ASCII.GetBytes(name));
            header.Append((byte)':');
            header.AppendQuoted(JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes);
        }
    }

    /// <summary>What a header says besides the algorithm.</summary>
    /// <param name="Type">The <c>typ</c>.</param>
    /// <param name="ContentType">The <c>cty</c>, if any.</param>
    /// <param name="KeyId">The <c>kid</c>, if any.</param>
    /// <param name="Key">The <c>jwk</c>, if any.</param>
    /// <param name="Certificates">The <c>x5c</c>, if any: DER.</param>
    internal sealed record HeaderText(string Type, string? ContentType = null, string? KeyId = null, PublicKey? Key = null, IReadOnlyList<ReadOnlyMemory<byte>>? Certificates = null);
}
