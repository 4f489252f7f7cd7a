using System.Text.Json;
using Credentials.Encoding;
using Credentials.Keys;

namespace Credentials.Dids.Methods;

/// <summary>did:jwk: the DID is a public JWK in base64url. Its one method is <c>#0</c>.</summary>
/// <remarks>https://github.com/quartzjer/did-jwk/blob/main/spec.md</remarks>
public sealed class DidJwk : IDidMethod
{
    private static readonly KeyDocument.Format Format = KeyDocument.Formats.Single(format => format.Type == VerificationMethod.JsonWebKey2020);

    /// <inheritdoc/>
    public string Name => "jwk";

    /// <summary>The DID of a key: its JWK with no member but those that make the key, in their shortest JSON.</summary>
    public static string Of(PublicKey key)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text))
        {
            JsonWebKey.Write(writer, key);
        }

        return "did:jwk:" + StrictBase64Url.Encode(text.ToArray());
    }

    /// <inheritdoc/>
    public Task<DidResolutionResult> ResolveAsync(DidUrl did, DidResolutionOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(did);
        return Task.FromResult(DidResolutionResult.Of(Resolve(did)));
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
                ? KeyDocument.Build(did.Did, "0", key.Value, Format, MaySign(jwk.Value.RootElement) ? KeyDocument.Signing : [])
                : Fault($"The key of the DID cannot be read: {key.Problem.Detail}");
        }
    }

    /// <summary>"If the JWK contains a use property with the value "enc" then ... only keyAgreement is used".</summary>
    private static bool MaySign(JsonElement jwk) => !jwk.TryGetProperty("use", out JsonElement use) || (use.ValueKind == JsonValueKind.String && use.ValueEquals("sig"));

    private static Problem Fault(string detail) => new(ProblemCode.InvalidDid, detail);
}
