using System.Text.Json;
using Credentials.Jose.Encryption;
using Credentials.Keys;
using Credentials.OpenId.Messages;

namespace Credentials.OpenId.Issuance.Metadata;

/// <summary>How an issuer encrypts its answers.</summary>
/// <param name="Algorithms">The <c>alg</c> values.</param>
/// <param name="Encryptions">The <c>enc</c> values.</param>
/// <param name="Required">Whether it answers no other way.</param>
/// <remarks>https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#credential-issuer-parameters</remarks>
public sealed record ResponseEncryptionSupport(IReadOnlyList<string> Algorithms, IReadOnlyList<string> Encryptions, bool Required)
{
    /// <summary>The <c>zip</c> values.</summary>
    public IReadOnlyList<string> Compressions { get; init; } = [];

    internal static Parsed<ResponseEncryptionSupport> Read(JsonElement json, string at)
    {
        ObjectReader reader = new(json, IssuanceError.InvalidMetadata, at);
        IReadOnlyList<string> algorithms = reader.Texts("alg_values_supported", required: true);
        IReadOnlyList<string> encryptions = reader.Texts("enc_values_supported", required: true);
        IReadOnlyList<string> compressions = reader.Texts("zip_values_supported");
        bool required = reader.Boolean("encryption_required");
        return reader.Or(() => new ResponseEncryptionSupport(algorithms, encryptions, required) { Compressions = compressions });
    }

    internal void Write(Utf8JsonWriter writer)
    {
        writer.Member("alg_values_supported", Algorithms);
        writer.Member("enc_values_supported", Encryptions);
        writer.Member("zip_values_supported", Compressions);
        writer.WriteBoolean("encryption_required", Required);
    }
}

/// <summary>How requests to an issuer may be encrypted.</summary>
/// <param name="Keys">Its keys by their <c>kid</c>, those of ECDH-ES that are known here.</param>
/// <param name="Encryptions">The <c>enc</c> values.</param>
/// <param name="Required">Whether it takes no other requests.</param>
public sealed record RequestEncryptionSupport(IReadOnlyDictionary<string, PublicKey> Keys, IReadOnlyList<string> Encryptions, bool Required)
{
    /// <summary>The <c>zip</c> values.</summary>
    public IReadOnlyList<string> Compressions { get; init; } = [];

    internal static Parsed<RequestEncryptionSupport> Read(JsonElement json, string at)
    {
        ObjectReader reader = new(json, IssuanceError.InvalidMetadata, at);
        Dictionary<string, PublicKey> keys = new(StringComparer.Ordinal);
        ObjectReader set = new(reader.Has("jwks", out JsonElement jwks) ? jwks : default, IssuanceError.InvalidMetadata, at + "/jwks");
        foreach (JsonElement jwk in set.Items("keys", required: true))
        {
            // "Each JWK in the set MUST have a kid." A key of another kind is somebody else's business.
            ObjectReader members = new(jwk, IssuanceError.InvalidMetadata, at + "/jwks/keys");
            string keyId = members.Required("kid");
            string? algorithm = members.Optional("alg");
            if (members.Problem is { } problem)
            {
                return problem;
            }

            if (algorithm == CompactJwe.Algorithm && JsonWebKey.Read(jwk) is { Ok: true, Value: { } key } && CompactJwe.IsRecipient(key))
            {
                keys[keyId] = key;
            }
        }

        IReadOnlyList<string> encryptions = reader.Texts("enc_values_supported", required: true);
        IReadOnlyList<string> compressions = reader.Texts("zip_values_supported");
        bool required = reader.Boolean("encryption_required");
        return set.Problem is { } fault ? fault : reader.Or(() => new RequestEncryptionSupport(keys, encryptions, required) { Compressions = compressions });
    }

    internal void Write(Utf8JsonWriter writer)
    {
        writer.Object("jwks", () =>
        {
            writer.WriteStartArray("keys");
            foreach ((string keyId, PublicKey key) in Keys)
            {
                EncryptionJwk.Write(writer, key, keyId);
            }

            writer.WriteEndArray();
        });
        writer.Member("enc_values_supported", Encryptions);
        writer.Member("zip_values_supported", Compressions);
        writer.WriteBoolean("encryption_required", Required);
    }
}
