using System.Buffers;
using System.Text.Json;
using Credentials.Encoding;
using Credentials.Keys;

namespace Credentials.Dids.Methods;

/// <summary>did:jwk: the DID is a public JWK in base64url. Its one method is <c>#0</c>.</summary>
/// <remarks>https://github.com/quartzjer/did-jwk/blob/main/spec.md</remarks>
public sealed class DidJwk : IDidMethod
{
    /// <inheritdoc/>
    public string Name => "jwk";

    /// <inheritdoc/>
    public Task<Parsed<DidDocument>> ResolveAsync(DidUrl did, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(did);
        return Task.FromResult(Resolve(did));
    }

    private static Parsed<DidDocument> Resolve(DidUrl did)
    {
        if (StrictBase64Url.Decode(did.MethodSpecificId) is not { } text)
        {
            return Fault("The id of a did:jwk is base64url without padding.");
        }

        Parsed<JsonDocument> jwk = StrictJson.Parse(text);
        if (!jwk.Ok)
        {
            return Fault($"The key of the DID is no JSON: {jwk.Problem.Detail}");
        }

        using (jwk.Value)
        {
            Parsed<PublicKey> key = JsonWebKey.Read(jwk.Value.RootElement);
            return key.Ok
                ? DidDocument.Read(StrictJson.Parse(Write(did.Did, key.Value, MaySign(jwk.Value.RootElement))).Require().RootElement, did.Did)
                : Fault($"The key of the DID cannot be read: {key.Problem.Detail}");
        }
    }

    /// <summary>"If the JWK contains a use property with the value "enc" then ... only keyAgreement is used".</summary>
    private static bool MaySign(JsonElement jwk) => !jwk.TryGetProperty("use", out JsonElement use) || (use.ValueKind == JsonValueKind.String && use.ValueEquals("sig"));

    private static byte[] Write(string did, PublicKey key, bool maySign)
    {
        string id = did + "#0";
        var text = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(text);
        writer.WriteStartObject();
        writer.WriteStartArray("@context");
        writer.WriteStringValue("https://www.w3.org/ns/did/v1");
        writer.WriteStringValue("https://w3id.org/security/suites/jws-2020/v1");
        writer.WriteEndArray();
        writer.WriteString("id", did);
        writer.WriteStartArray("verificationMethod");
        writer.WriteStartObject();
        writer.WriteString("id", id);
        writer.WriteString("type", VerificationMethod.JsonWebKey2020);
        writer.WriteString("controller", did);
        writer.WritePropertyName("publicKeyJwk");
        JsonWebKey.Write(writer, key);
        writer.WriteEndObject();
        writer.WriteEndArray();
        foreach (string relationship in maySign ? (string[])["assertionMethod", "authentication"] : [])
        {
            writer.WriteStartArray(relationship);
            writer.WriteStringValue(id);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.Flush();
        return text.WrittenSpan.ToArray();
    }

    private static Problem Fault(string detail) => new(ProblemCode.InvalidDid, detail);
}
