using System.Text.Json;
using Credentials.Encoding;
using Credentials.Enveloping;
using Credentials.Keys;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Credentials.Jose;

/// <summary>A compact JWS whose payload is a JSON object: a JWT. Read strictly, then verified by Microsoft.IdentityModel under a key that the caller chose.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc7515#section-5.2, https://www.rfc-editor.org/rfc/rfc7519#section-7.2</remarks>
internal sealed class CompactJws
{
    private const byte Dot = (byte)'.';
    private const int MaxToken = 2 * Envelope.MaxLength;

    private static readonly JsonWebTokenHandler Handler = new() { MaximumTokenSizeInBytes = MaxToken, MapInboundClaims = false };

    private CompactJws(ReadOnlyMemory<byte> text, JwsHeader header, byte[] payload) => (Text, Header, Payload) = (text, header, payload);

    /// <summary>The ASCII text.</summary>
    public ReadOnlyMemory<byte> Text { get; }

    /// <summary>The protected header.</summary>
    public JwsHeader Header { get; }

    /// <summary>The decoded payload.</summary>
    public byte[] Payload { get; }

    /// <summary>Reads one. What the library would forgive (white space, padding, loose bits in base64url, members given twice, broken UTF-8) is refused here, so that one JWS has one text and one meaning.</summary>
    public static Parsed<CompactJws> Read(ReadOnlyMemory<byte> text)
    {
        ReadOnlySpan<byte> span = text.Span;
        int first = span.IndexOf(Dot);
        int last = span.LastIndexOf(Dot);
        if (first < 0 || first == last || span[(first + 1)..last].Contains(Dot))
        {
            return Fault("A compact JWS has three parts, divided by two dots.");
        }

        if (StrictBase64Url.DecodeAscii(span[..first]) is not { Length: > 0 } header
            || StrictBase64Url.DecodeAscii(span[(first + 1)..last]) is not { Length: > 0 } payload
            || StrictBase64Url.DecodeAscii(span[(last + 1)..]) is not { Length: > 0 })
        {
            return Fault("The parts of a compact JWS are base64url in its one spelling, without padding or white space, and none is empty.");
        }

        Parsed<JwsHeader> read = JwsHeader.Read(header);
        return read.Ok ? new CompactJws(text, read.Value, payload) : read.Problem;
    }

    /// <summary>Parses the payload, which must be an object.</summary>
    public Parsed<JsonDocument> ParsePayload()
    {
        Parsed<JsonDocument> claims = StrictJson.Parse(Payload, Envelope.MaxLength);
        if (!claims.Ok || claims.Value.RootElement.ValueKind == JsonValueKind.Object)
        {
            return claims;
        }

        claims.Value.Dispose();
        return new Problem(ProblemCode.MalformedValueError, "The payload of the JWS is no JSON object.", "");
    }

    /// <summary>Null when the signature is that key's.</summary>
    public Problem? Verify(PublicKey key)
    {
        if (Header.Algorithm.CheckKey(key) is { } problem)
        {
            return problem;
        }

        try
        {
            // The times are the caller's business, who knows the time; issuer and audience likewise.
            var token = new JsonWebToken(System.Text.Encoding.ASCII.GetString(Text.Span));
            TokenValidationResult result = Handler.ValidateTokenAsync(token, JwtKey.Of(key).Parameters).GetAwaiter().GetResult();
            return result.IsValid ? null
                : result.Exception is SecurityTokenInvalidSignatureException ? NotTheKeys()
                : WithoutLibrary(key);
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException or FormatException or JsonException or InvalidOperationException)
        {
            return WithoutLibrary(key);
        }
    }

    // The library would not look: a registered claim has another type than RFC 7519 gives it, say. That is no word on the signature; whether it holds decides whose fault it is.
    private Problem WithoutLibrary(PublicKey key)
    {
        int end = Text.Span.LastIndexOf(Dot);
        return key.Verify(Text.Span[..end], StrictBase64Url.DecodeAscii(Text.Span[(end + 1)..]))
            ? new(ProblemCode.MalformedValueError, "The signature holds over what is no JWT of RFC 7519: one of its registered claims has the wrong type.", "")
            : NotTheKeys();
    }

    private static Problem NotTheKeys() =>
        new(ProblemCode.CryptographicSecurityError, "The signature is not that of the key over this envelope: one of them was altered, or another key signed.");

    private static Problem Fault(string detail) => new(ProblemCode.ProofVerificationError, detail);
}
