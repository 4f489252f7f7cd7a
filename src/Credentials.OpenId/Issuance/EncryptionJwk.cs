using System.Text.Json;
using Credentials.Jose.Encryption;
using Credentials.Keys;
using Credentials.OpenId.Messages;

namespace Credentials.OpenId.Issuance;

/// <summary>A public key for encryption as a JWK that says so.</summary>
internal static class EncryptionJwk
{
    public static void Write(Utf8JsonWriter writer, PublicKey key, string? keyId)
    {
        using var stream = new MemoryStream();
        using (var plain = new Utf8JsonWriter(stream))
        {
            JsonWebKey.Write(plain, key);
        }

        using var members = JsonDocument.Parse(stream.ToArray());
        writer.WriteStartObject();
        foreach (JsonProperty member in members.RootElement.EnumerateObject())
        {
            member.WriteTo(writer);
        }

        writer.WriteString("use", "enc");
        writer.WriteString("alg", CompactJwe.Algorithm);
        writer.Member("kid", keyId);
        writer.WriteEndObject();
    }
}
