using System.Text.Json;
using Credentials.Encoding;
using Credentials.Jose;
using Credentials.Keys;
using Credentials.OpenId.Presentation;

namespace Credentials.OpenId.Wallet.Presenting;

/// <summary>By which methods a held credential is signed, and would be presented.</summary>
internal static class SigningMethods
{
    /// <summary>Whether a verifier takes them; one that says nothing takes all.</summary>
    public static bool AreTaken(HeldCredential held, ClientMetadata? verifier) => verifier?.Takes(held.Format, OfIssuer(held), OfHolder(held)) != false;

    /// <summary>The Data Integrity suite by which a holder of that key signs presentations of <c>ldp_vc</c>.</summary>
    public static string SuiteOf(PublicKey key) => key.Type == KeyType.Ed25519 ? "eddsa-rdfc-2022" : "ecdsa-rdfc-2019";

    private static string OfHolder(HeldCredential held)
    {
        PublicKey key = held.Key.Signer.PublicKey;
        return held.Format == CredentialFormat.LdpVc ? SuiteOf(key) : key.Type switch { KeyType.Ed25519 => "EdDSA", KeyType.P384 => "ES384", _ => "ES256" };
    }

    private static IReadOnlyList<string> OfIssuer(HeldCredential held)
    {
        if (held.Format != CredentialFormat.LdpVc)
        {
            return Jwt.Read(held.Credential.Split('~')[0]) is { Ok: true, Value: { } jwt } ? [jwt.Algorithm] : [];
        }

        Parsed<JsonDocument> parsed = StrictJson.Parse(System.Text.Encoding.UTF8.GetBytes(held.Credential));
        if (!parsed.Ok)
        {
            return [];
        }

        using JsonDocument document = parsed.Value;
        return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("proof", out JsonElement proof)
            ? [.. (proof.ValueKind == JsonValueKind.Array ? proof.EnumerateArray() : Enumerable.Repeat(proof, 1)).Select(SuiteOf).OfType<string>()]
            : [];
    }

    private static string? SuiteOf(JsonElement proof) =>
        proof.ValueKind == JsonValueKind.Object && proof.TryGetProperty("cryptosuite", out JsonElement suite) && suite.ValueKind == JsonValueKind.String ? suite.GetString() : null;
}
