using System.Text.Json;
using Credentials.Jose.Encryption;
using Credentials.Keys;
using Credentials.OpenId.Messages;

namespace Credentials.OpenId.Issuance;

/// <summary>How a wallet wants its answer encrypted. Read in the shape of 1.0 (the <c>alg</c> within the key) and in that of the drafts (beside it); written so that both readers find it.</summary>
/// <param name="Key">The wallet's public key.</param>
/// <param name="Encryption">The <c>enc</c>.</param>
/// <remarks>https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#credential-request</remarks>
public sealed record ResponseEncryption(PublicKey Key, string Encryption)
{
    private const string Code = IssuanceError.InvalidEncryptionParameters;

    /// <summary>The <c>kid</c> of the key, which the answer names.</summary>
    public string? KeyId { get; init; }

    /// <summary>Whether the answer is compressed first.</summary>
    public bool Compress { get; init; }

    /// <summary>Encrypts an answer.</summary>
    public string Encrypt(ReadOnlySpan<byte> response) => CompactJwe.Encrypt(response, Key, new JweOptions(Encryption) { KeyId = KeyId, Compress = Compress });

    internal static Parsed<ResponseEncryption> Read(JsonElement json, string at)
    {
        ObjectReader reader = new(json, Code, at);
        string encryption = reader.Required("enc");
        string? besides = reader.Optional("alg");
        string? zip = reader.Optional("zip");
        if (!reader.Has("jwk", out JsonElement jwk))
        {
            reader.Fault("it is missing", "jwk");
        }

        if (reader.Problem is not null)
        {
            return reader.Problem;
        }

        Parsed<PublicKey> key = JsonWebKey.Read(jwk);
        if (!key.Ok)
        {
            return Fault($"The jwk is none that can be encrypted to: {key.Problem.Detail}", at);
        }

        // "The alg parameter MUST be present. The JWE alg algorithm used MUST be equal to the alg value of the chosen JWK."
        ObjectReader members = new(jwk, Code, at + "/jwk");
        string? within = members.Optional("alg");
        string? keyId = members.Optional("kid");
        string? use = members.Optional("use");
        return members.Problem is { } problem ? problem
            : within is not null && besides is not null && within != besides ? Fault("The alg is said twice, and not the same.", at)
            : (within ?? besides) != CompactJwe.Algorithm ? Fault($"The alg of the key is {CompactJwe.Algorithm}, and a must.", at)
            : use is not (null or "enc") ? Fault("The key is not for encryption (use).", at)
            : !CompactJwe.IsRecipient(key.Value) ? Fault("The key is on no curve on which keys are agreed here.", at)
            : !CompactJwe.Encryptions.Contains(encryption) ? Fault($"The enc is one of {string.Join(", ", CompactJwe.Encryptions)}.", at)
            : zip is not (null or "DEF") ? Fault("The zip is DEF, or left out.", at)
            : new ResponseEncryption(key.Value, encryption) { KeyId = keyId, Compress = zip is not null };
    }

    internal void Write(Utf8JsonWriter writer) => writer.Object("credential_response_encryption", () =>
    {
        writer.WritePropertyName("jwk");
        EncryptionJwk.Write(writer, Key, KeyId);
        writer.WriteString("alg", CompactJwe.Algorithm);
        writer.WriteString("enc", Encryption);
        writer.Member("zip", Compress ? "DEF" : null);
    });

    private static Problem Fault(string detail, string at) => new(Code, detail, at);
}
