using System.Text.Json;
using Credentials.Keys;

namespace Credentials.OpenId.Presentation;

/// <summary>What a verifier says of itself (<c>client_metadata</c>): the formats it takes, and the keys to which an answer is encrypted.</summary>
/// <remarks>https://openid.net/specs/openid-4-verifiable-presentations-1_0.html#name-new-parameters. Other members are passed over.</remarks>
public sealed record ClientMetadata
{
    /// <summary>The <c>enc</c> that holds when none is named.</summary>
    public const string DefaultEncryption = "A128GCM";

    private const int MaxKeys = 16;
    private const int MaxEncryptions = 16;

    /// <summary><c>vp_formats_supported</c>, as it stands; null when it is not there.</summary>
    public JsonElement? VpFormatsSupported { get; init; }

    /// <summary>The keys of <c>jwks</c> that are for encrypting answers and can be used here, in their order.</summary>
    public IReadOnlyList<ResponseKey> ResponseKeys { get; init; } = [];

    /// <summary><c>encrypted_response_enc_values_supported</c>.</summary>
    public IReadOnlyList<string> EncryptionValues { get; init; } = [DefaultEncryption];

    /// <summary>Whether answers of that format are taken; a verifier that names no formats says nothing of it.</summary>
    public bool Takes(string format) => VpFormatsSupported is not { } formats || formats.TryGetProperty(format, out _);

    /// <summary>Whether answers of that format are taken when signed by these methods.</summary>
    /// <param name="format">The format.</param>
    /// <param name="issuers">The <c>alg</c>, or the suites of the proofs, of the credential.</param>
    /// <param name="holder">The <c>alg</c> or suite by which the holder would sign.</param>
    public bool Takes(string format, IReadOnlyList<string> issuers, string holder)
    {
        ArgumentNullException.ThrowIfNull(issuers);
        return VpFormatsSupported is not { } formats || FormatSupport.Takes(formats, format, issuers, holder);
    }

    /// <summary>Reads the object.</summary>
    /// <param name="json">The object.</param>
    /// <param name="pointer">Where it stands.</param>
    public static Parsed<ClientMetadata> Read(JsonElement json, string pointer = "")
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return new Problem(PresentationError.InvalidRequest, "The client_metadata is an object.", pointer);
        }

        var shape = new JsonShape(json, pointer);
        if (shape.Find("vp_formats_supported") is { ValueKind: not JsonValueKind.Object })
        {
            shape.Blame<string>("vp_formats_supported", "is an object");
        }

        IReadOnlyList<string> encryptions = shape.Texts("encrypted_response_enc_values_supported", MaxEncryptions);
        IReadOnlyList<ResponseKey> keys = shape.Find("jwks") is { } jwks ? ReadKeys(shape, jwks) : [];
        return shape.Problem is { } problem ? problem : new ClientMetadata
        {
            VpFormatsSupported = shape.Find("vp_formats_supported")?.Clone(),
            ResponseKeys = keys,
            EncryptionValues = encryptions.Count == 0 ? [DefaultEncryption] : encryptions,
        };
    }

    /// <summary>Writes the object.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        if (ResponseKeys.Count > 0)
        {
            writer.WriteStartObject("jwks");
            writer.WriteStartArray("keys");
            foreach (ResponseKey key in ResponseKeys)
            {
                key.Write(writer);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteStartArray("encrypted_response_enc_values_supported");
            foreach (string value in EncryptionValues)
            {
                writer.WriteStringValue(value);
            }

            writer.WriteEndArray();
        }

        if (VpFormatsSupported is { } formats)
        {
            writer.WritePropertyName("vp_formats_supported");
            formats.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    // "Each JWK in the set MUST have a kid (Key ID) parameter that uniquely identifies the key within the context of the request."
    private static ResponseKey[] ReadKeys(JsonShape shape, JsonElement jwks)
    {
        if (jwks.ValueKind != JsonValueKind.Object || !jwks.TryGetProperty("keys", out JsonElement keys) || keys.ValueKind != JsonValueKind.Array
            || keys.GetArrayLength() is 0 or > MaxKeys || keys.EnumerateArray().Any(key => TextOf(key, "kid") is not { Length: > 0 })
            || keys.EnumerateArray().GroupBy(key => TextOf(key, "kid"), StringComparer.Ordinal).Any(same => same.Skip(1).Any()))
        {
            return shape.Blame<ResponseKey[]>("jwks", $"is a set of 1 to {MaxKeys} keys, each with a kid of its own") ?? [];
        }

        // Keys of other types, algorithms and uses are left to those who know them.
        return [.. keys.EnumerateArray().Select(ResponseKey.Read).OfType<ResponseKey>()];
    }

    private static string? TextOf(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>A key to which an answer may be encrypted by ECDH-ES.</summary>
/// <param name="KeyId">Its <c>kid</c>, which the answer repeats.</param>
/// <param name="Key">The key: P-256 or P-384.</param>
public sealed record ResponseKey(string KeyId, PublicKey Key)
{
    /// <summary>The one <c>alg</c>.</summary>
    public const string Algorithm = "ECDH-ES";

    /// <summary>Reads one; null when it is for something else, or of a type that is not known here.</summary>
    internal static ResponseKey? Read(JsonElement jwk)
    {
        // "JWKs whose use parameter is absent or has the value enc are for encryption." "The alg parameter MUST be present in the JWKs."
        bool isForThis = (!jwk.TryGetProperty("use", out JsonElement use) || (use.ValueKind == JsonValueKind.String && use.ValueEquals("enc")))
            && jwk.TryGetProperty("alg", out JsonElement alg) && alg.ValueKind == JsonValueKind.String && alg.ValueEquals(Algorithm);
        return isForThis && JsonWebKey.Read(jwk) is { Ok: true, Value: { Type: KeyType.P256 or KeyType.P384 } key } ? new(jwk.GetProperty("kid").GetString()!, key) : null;
    }

    internal void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (JsonProperty member in JsonDocument.Parse(JsonText.Write(inner => JsonWebKey.Write(inner, Key))).RootElement.EnumerateObject())
        {
            member.WriteTo(writer);
        }

        writer.WriteString("kid", KeyId);
        writer.WriteString("use", "enc");
        writer.WriteString("alg", Algorithm);
        writer.WriteEndObject();
    }
}
