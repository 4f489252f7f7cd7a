using System.Text.Json;
using Credentials.Keys;

namespace Credentials.Jose;

/// <summary>A signed JWT that is no credential: a request object, a proof, a token of a protocol. Read strictly (one text, one meaning), not yet believed.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc7519, https://www.rfc-editor.org/rfc/rfc8725. The algorithms are those of our keys: ES256, ES384, EdDSA; <c>none</c>, symmetric ones and <c>crit</c> are refused in reading.</remarks>
public sealed class Jwt
{
    private readonly CompactJws _jws;

    private Jwt(string text, CompactJws jws, JsonElement payload) => (Text, _jws, Payload) = (text, jws, payload);

    /// <summary>The compact serialisation, as received.</summary>
    public string Text { get; }

    /// <summary>The protected header. A key in it (<c>jwk</c>, <c>x5c</c>) is whoever signed speaking of himself.</summary>
    public JsonElement Header => _jws.Header.Json;

    /// <summary>The claims, an object. Nothing of them means anything before <see cref="Verify"/> has said null.</summary>
    public JsonElement Payload { get; }

    /// <summary><c>alg</c>.</summary>
    public string Algorithm => _jws.Header.Algorithm.Jose;

    /// <summary><c>typ</c>.</summary>
    public string? Type => _jws.Header.Type;

    /// <summary><c>kid</c>.</summary>
    public string? KeyId => _jws.Header.KeyId;

    /// <summary>Reads the compact serialisation.</summary>
    /// <param name="compact">The text, without white space around it.</param>
    public static Parsed<Jwt> Read(string compact)
    {
        ArgumentNullException.ThrowIfNull(compact);
        Parsed<CompactJws> jws = CompactJws.Read(System.Text.Encoding.UTF8.GetBytes(compact));
        if (!jws.Ok)
        {
            return jws.Problem;
        }

        Parsed<JsonDocument> payload = jws.Value.ParsePayload();
        if (!payload.Ok)
        {
            return payload.Problem;
        }

        using JsonDocument document = payload.Value;
        return new Jwt(compact, jws.Value, document.RootElement.Clone());
    }

    /// <summary>Null when the signature is that key's, with the codes of <see cref="SdJwt.Verify"/>. Times and audience are the caller's business.</summary>
    public Problem? Verify(PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _jws.Verify(key);
    }

    /// <summary>Signs a payload.</summary>
    /// <param name="payload">UTF-8 JSON text of an object.</param>
    /// <param name="signer">The key, whose type decides the algorithm.</param>
    /// <param name="header">What the header says besides.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<Parsed<string>> SignAsync(ReadOnlyMemory<byte> payload, ISigner signer, JwtHeader header, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentNullException.ThrowIfNull(header);
        Parsed<byte[]> signed = await JwsWriter.SignAsync(payload, signer, new(header.Type, KeyId: header.KeyId, Key: header.Key, Certificates: header.Certificates), prefix: default, suffix: default, cancellationToken).ConfigureAwait(false);
        return signed.Ok ? System.Text.Encoding.ASCII.GetString(signed.Value) : signed.Problem;
    }
}
