using System.Text.Json;

namespace Credentials.Keys;

/// <summary>Keys as JWK (RFC 7517): EC P-256 and P-384 (RFC 7518), OKP Ed25519 (RFC 8037).</summary>
public static class JsonWebKey
{
    /// <summary>Writes the public members (<c>kty</c>, <c>crv</c>, <c>x</c>, <c>y</c>) as an object.</summary>
    public static void Write(Utf8JsonWriter writer, PublicKey key) => throw new NotImplementedException();

    /// <summary>Reads a public key; a private member (<c>d</c>) is refused.</summary>
    public static Parsed<PublicKey> Read(JsonElement jwk) => throw new NotImplementedException();

    /// <summary>Reads a private key.</summary>
    public static Parsed<SigningKey> ReadPrivate(JsonElement jwk) => throw new NotImplementedException();

    /// <summary>RFC 7638 thumbprint (SHA-256), base64url.</summary>
    public static string Thumbprint(PublicKey key) => throw new NotImplementedException();
}
