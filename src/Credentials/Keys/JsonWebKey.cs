using System.Security.Cryptography;
using System.Text.Json;
using Credentials.Encoding;

namespace Credentials.Keys;

/// <summary>Keys as JWK (RFC 7517): EC P-256 and P-384 (RFC 7518), OKP Ed25519 (RFC 8037).</summary>
public static class JsonWebKey
{
    /// <summary>Writes the public members (<c>kty</c>, <c>crv</c>, <c>x</c>, <c>y</c>) as an object.</summary>
    public static void Write(Utf8JsonWriter writer, PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(key);
        writer.WriteStartObject();
        writer.WriteString("kty", key.Algorithm.JwkKeyType);
        writer.WriteString("crv", key.Algorithm.JwkCurve);
        writer.WriteString("x", StrictBase64Url.Encode(key.X.Span));
        if (!key.Y.IsEmpty)
        {
            writer.WriteString("y", StrictBase64Url.Encode(key.Y.Span));
        }

        writer.WriteEndObject();
    }

    /// <summary>Reads a public key; a private member (<c>d</c>) is refused. Members that say nothing of the key itself are passed over.</summary>
    public static Parsed<PublicKey> Read(JsonElement jwk) =>
        jwk.ValueKind == JsonValueKind.Object && jwk.TryGetProperty("d", out _)
            ? Malformed("A public JWK must not hold a private key.", "/d")
            : ReadPublicHalf(jwk);

    /// <summary>Reads a private key; its public half must be its own.</summary>
    /// <exception cref="PlatformNotSupportedException">The platform lacks the algorithm.</exception>
    public static Parsed<SigningKey> ReadPrivate(JsonElement jwk)
    {
        Parsed<PublicKey> publicHalf = ReadPublicHalf(jwk);
        if (!publicHalf.Ok)
        {
            return publicHalf.Problem;
        }

        KeyAlgorithm algorithm = publicHalf.Value.Algorithm;
        if (Bytes(jwk, "d", algorithm.SecretLength) is not { } secret)
        {
            return Malformed($"The d of a JWK of {algorithm.JwkCurve} is base64url text of {algorithm.SecretLength} bytes.", "/d");
        }

        Parsed<SigningKey> key = SigningKey.FromBytes(algorithm.Type, secret);
        CryptographicOperations.ZeroMemory(secret);
        if (key.Ok && !key.Value.PublicKey.Equals(publicHalf.Value))
        {
            key.Value.Dispose();
            return Malformed("The public half of the JWK is not that of its private key.", "/x");
        }

        return key;
    }

    /// <summary>RFC 7638 thumbprint (SHA-256), base64url.</summary>
    public static string Thumbprint(PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);

        // Section 3.2: only the required members, in lexicographic order, no white space. None of these values needs an escape.
        string y = key.Y.IsEmpty ? "" : $",\"y\":\"{StrictBase64Url.Encode(key.Y.Span)}\"";
        string json = $"{{\"crv\":\"{key.Algorithm.JwkCurve}\",\"kty\":\"{key.Algorithm.JwkKeyType}\",\"x\":\"{StrictBase64Url.Encode(key.X.Span)}\"{y}}}";
        return StrictBase64Url.Encode(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(json)));
    }

    private static Parsed<PublicKey> ReadPublicHalf(JsonElement jwk)
    {
        if (jwk.ValueKind != JsonValueKind.Object)
        {
            return Malformed("A JWK is an object.", "");
        }

        if (KeyAlgorithm.All.FirstOrDefault(row => Is(jwk, "kty", row.JwkKeyType) && Is(jwk, "crv", row.JwkCurve)) is not { } algorithm)
        {
            return Malformed($"The kty and crv of the JWK are of no key that is known here ({string.Join(", ", KeyAlgorithm.All.Select(row => $"{row.JwkKeyType} {row.JwkCurve}"))}).", "/crv");
        }

        // RFC 7518 section 6.2.1.2: the length of x and y is the full size of a coordinate.
        if (Bytes(jwk, "x", algorithm.CoordinateLength) is not { } x)
        {
            return BadCoordinate(algorithm, "x");
        }

        if (!algorithm.HasY)
        {
            return jwk.TryGetProperty("y", out _)
                ? Malformed($"A JWK of {algorithm.JwkCurve} has no y.", "/y")
                : PublicKey.Of(algorithm.ReadCoordinates(x, []));
        }

        return Bytes(jwk, "y", algorithm.CoordinateLength) is { } y
            ? PublicKey.Of(algorithm.ReadCoordinates(x, y))
            : BadCoordinate(algorithm, "y");
    }

    private static Problem BadCoordinate(KeyAlgorithm algorithm, string member) =>
        Malformed($"The {member} of a JWK of {algorithm.JwkCurve} is base64url text of {algorithm.CoordinateLength} bytes.", "/" + member);

    private static bool Is(JsonElement jwk, string member, string value) =>
        jwk.TryGetProperty(member, out JsonElement element) && element.ValueKind == JsonValueKind.String && element.ValueEquals(value);

    private static byte[]? Bytes(JsonElement jwk, string member, int length) =>
        jwk.TryGetProperty(member, out JsonElement element) && element.ValueKind == JsonValueKind.String
        && StrictBase64Url.Decode(element.GetString()) is { } bytes && bytes.Length == length
            ? bytes
            : null;

    private static Problem Malformed(string detail, string pointer) => new(ProblemCode.MalformedValueError, detail, pointer);
}
