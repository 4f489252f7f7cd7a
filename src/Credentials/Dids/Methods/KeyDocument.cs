using System.Buffers;
using System.Text.Json;
using Credentials.Encoding;
using Credentials.Keys;

namespace Credentials.Dids.Methods;

/// <summary>The DID document of a DID that is itself a key: one verification method, in one of the formats that keys are published in.</summary>
internal static class KeyDocument
{
    /// <summary>The relationships of a key that may sign; all but key agreement.</summary>
    internal static readonly string[] Signing = [.. DidDocument.Relationships.Where(name => name != "keyAgreement")];

    /// <summary>A format: the verification method's type, and the context that defines it.</summary>
    internal sealed record Format(string Type, string Context, Action<Utf8JsonWriter, PublicKey> WriteKey, KeyType? Only = null);

    /// <summary>The formats that are written.</summary>
    internal static readonly Format[] Formats =
    [
        new(VerificationMethod.Multikey, "https://w3id.org/security/multikey/v1", WriteMultibase), // https://www.w3.org/TR/cid-1.0/#Multikey
        new(VerificationMethod.JsonWebKey, "https://w3id.org/security/jwk/v1", WriteJwk), // https://www.w3.org/TR/cid-1.0/#JsonWebKey
        new(VerificationMethod.JsonWebKey2020, "https://w3id.org/security/suites/jws-2020/v1", WriteJwk), // https://w3c-ccg.github.io/lds-jws2020/
        new(VerificationMethod.Ed25519VerificationKey2020, "https://w3id.org/security/suites/ed25519-2020/v1", WriteMultibase, KeyType.Ed25519), // https://www.w3.org/TR/vc-di-eddsa/#ed25519verificationkey2020
    ];

    internal static DidDocument Build(string did, string fragment, PublicKey key, Format format, IReadOnlyList<string> relationships)
    {
        string id = $"{did}#{fragment}";
        var text = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(text))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("@context");
            writer.WriteStringValue("https://www.w3.org/ns/did/v1");
            writer.WriteStringValue(format.Context);
            writer.WriteEndArray();
            writer.WriteString("id", did);
            writer.WriteStartArray("verificationMethod");
            writer.WriteStartObject();
            writer.WriteString("id", id);
            writer.WriteString("type", format.Type);
            writer.WriteString("controller", did);
            format.WriteKey(writer, key);
            writer.WriteEndObject();
            writer.WriteEndArray();
            foreach (string relationship in relationships)
            {
                writer.WriteStartArray(relationship);
                writer.WriteStringValue(id);
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        return DidDocument.Read(StrictJson.Parse(text.WrittenMemory).Require().RootElement, did).Require();
    }

    private static void WriteMultibase(Utf8JsonWriter writer, PublicKey key) => writer.WriteString("publicKeyMultibase", Multikey.Encode(key));

    private static void WriteJwk(Utf8JsonWriter writer, PublicKey key)
    {
        writer.WritePropertyName("publicKeyJwk");
        JsonWebKey.Write(writer, key);
    }
}
