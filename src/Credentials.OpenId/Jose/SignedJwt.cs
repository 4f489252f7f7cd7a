using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Encoding;
using Credentials.Keys;

namespace Credentials.OpenId.Jose;

/// <summary>A compact JWT with any header: proofs of possession, request objects, DPoP proofs. Read strictly, not yet believed: the caller says under which key.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc7515#section-5.2, https://www.rfc-editor.org/rfc/rfc8725</remarks>
public sealed class SignedJwt
{
    /// <summary>A longer one is not read: 256 KiB.</summary>
    public const int MaxLength = 256 * 1024;

    private const int MaxCertificates = 8;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JwtAlgorithm _algorithm;
    private readonly byte[] _signature;

    private SignedJwt(string text, JsonElement header, JsonElement claims, JwtAlgorithm algorithm, byte[] signature) =>
        (Text, Header, Claims, _algorithm, _signature) = (text, header, claims, algorithm, signature);

    /// <summary>As received.</summary>
    public string Text { get; }

    /// <summary>The protected header, an object.</summary>
    public JsonElement Header { get; }

    /// <summary>The payload, an object.</summary>
    public JsonElement Claims { get; }

    /// <summary>The <c>typ</c>.</summary>
    public string? Type => TextOf(Header, "typ");

    /// <summary>The <c>kid</c>.</summary>
    public string? KeyId => TextOf(Header, "kid");

    /// <summary>The <c>alg</c>, one of <see cref="JwtAlgorithm.All"/> by either name.</summary>
    public string Algorithm => TextOf(Header, "alg")!;

    /// <summary>Reads one. Its algorithm is one of <see cref="JwtAlgorithm.All"/>; extensions that must be understood (<c>crit</c>) are not, and refuse it.</summary>
    /// <param name="text">The text, without white space.</param>
    public static Parsed<SignedJwt> Read(string? text)
    {
        if (text is null || text.Length > MaxLength || text.Split('.') is not [{ Length: > 0 } first, { Length: > 0 } second, { Length: > 0 } third])
        {
            return Fault("A compact JWT has three parts, divided by two dots, and none is empty.");
        }

        if (StrictBase64Url.Decode(first) is not { } headerBytes || StrictBase64Url.Decode(second) is not { } payload || StrictBase64Url.Decode(third) is not { } signature)
        {
            return Fault("The parts of a compact JWT are base64url without padding.");
        }

        Parsed<JsonDocument> header = StrictJson.Parse(headerBytes, MaxLength);
        Parsed<JsonDocument> claims = StrictJson.Parse(payload, MaxLength);
        if (!header.Ok || !claims.Ok)
        {
            return Fault("Header or payload of the JWT is no JSON: " + (header.Problem ?? claims.Problem)!.Detail);
        }

        JsonElement head = header.Value.RootElement;
        JsonElement body = claims.Value.RootElement;
        return head.ValueKind != JsonValueKind.Object || body.ValueKind != JsonValueKind.Object ? Fault("Header and payload of a JWT are objects.")
            : head.TryGetProperty("crit", out _) || head.TryGetProperty("b64", out _) ? Fault("The JWT asks for an extension (crit, b64), and none is understood here.")
            : JwtAlgorithm.Find(TextOf(head, "alg")) is not { } algorithm ? Fault("The alg of the JWT is none that is taken here: it must be signed with ES256, ES384 or EdDSA.")
            : new SignedJwt(text, head, body, algorithm, signature);
    }

    /// <summary>Signs one.</summary>
    /// <param name="header">The header without <c>alg</c>, which is added.</param>
    /// <param name="claims">The payload.</param>
    /// <param name="signer">The key.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The compact text.</returns>
    public static async Task<string> SignAsync(JsonObject header, JsonObject claims, ISigner signer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(claims);
        ArgumentNullException.ThrowIfNull(signer);
        JsonObject head = new() { ["alg"] = JwtAlgorithm.Of(signer.PublicKey.Type).Name };
        foreach ((string name, JsonNode? value) in header)
        {
            head[name] = value?.DeepClone();
        }

        string input = $"{Part(head)}.{Part(claims)}";
        byte[] signature = await signer.SignAsync(System.Text.Encoding.ASCII.GetBytes(input), cancellationToken).ConfigureAwait(false);
        return $"{input}.{StrictBase64Url.Encode(signature)}";
    }

    /// <summary>Whether the signature is that key's, by the algorithm of the header, which must fit the key.</summary>
    public bool Verify(PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Type == _algorithm.KeyType && PublicKey.IsSupported(key.Type) && key.Verify(System.Text.Encoding.ASCII.GetBytes(Text[..Text.LastIndexOf('.')]), _signature);
    }

    /// <summary>The key that stands in the header (<c>jwk</c>): what was signed with it proves possession of it, and nothing else. A private key is a problem.</summary>
    public Parsed<PublicKey> ReadHeaderKey() =>
        Header.TryGetProperty("jwk", out JsonElement jwk) ? JsonWebKey.Read(jwk) : Fault("The header of the JWT holds no key (jwk).");

    /// <summary>The certificates of the header (<c>x5c</c>) in DER, leaf first; empty when there are none, null when they cannot be read.</summary>
    public IReadOnlyList<byte[]>? ReadCertificates()
    {
        if (!Header.TryGetProperty("x5c", out JsonElement chain))
        {
            return [];
        }

        if (chain.ValueKind != JsonValueKind.Array || chain.GetArrayLength() is 0 or > MaxCertificates)
        {
            return null;
        }

        List<byte[]> certificates = [];
        foreach (JsonElement item in chain.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String || !item.TryGetBytesFromBase64(out byte[]? der))
            {
                return null;
            }

            certificates.Add(der);
        }

        return certificates;
    }

    /// <summary>A claim that is text; null for any other.</summary>
    public string? Claim(string name) => TextOf(Claims, name);

    /// <summary>A claim that is a NumericDate; null for any other.</summary>
    public DateTimeOffset? Time(string name) =>
        Claims.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double seconds) && seconds is >= 0 and < 253402300800
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
            : null;

    private static string? TextOf(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Part(JsonObject json) => StrictBase64Url.Encode(System.Text.Encoding.UTF8.GetBytes(json.ToJsonString(Readable)));

    private static Problem Fault(string detail) => new(ProblemCode.ProofVerificationError, detail);
}
