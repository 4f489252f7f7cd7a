using System.Text.Json;
using Credentials.Encoding;
using Credentials.Jose.Encryption;

namespace Credentials.OpenId.Presentation;

/// <summary>An answer in a JWE: what <c>direct_post.jwt</c> posts as <c>response</c>, and <c>dc_api.jwt</c> hands to the browser.</summary>
/// <remarks>https://openid.net/specs/openid-4-verifiable-presentations-1_0.html#name-encrypted-responses</remarks>
public static class EncryptedResponse
{
    /// <summary>The name of the parameter that holds it.</summary>
    public const string Parameter = "response";

    /// <summary>Encrypts to the first of the verifier's keys that can be used here.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="metadata">What the verifier said in its request.</param>
    /// <returns>The compact JWE; a problem when the verifier named no <c>enc</c> or key that is known here.</returns>
    public static Parsed<string> Encrypt(AuthorizationResponse response, ClientMetadata metadata)
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(metadata);
        if (metadata.ResponseKeys is not [var key, ..])
        {
            return Fault("The verifier gave no key to which this wallet could encrypt.");
        }

        // "If the selected public key contains a kid parameter, the JWE MUST include the same value in the kid JWE Header Parameter".
        return CompactJwe.Encryptions.FirstOrDefault(metadata.EncryptionValues.Contains) is { } encryption
            ? CompactJwe.Encrypt(response.ToUtf8(), key.Key, new(encryption) { KeyId = key.KeyId })
            : Fault("The verifier takes no content encryption that is known here.");
    }

    /// <summary>Opens one.</summary>
    /// <param name="text">The compact JWE.</param>
    /// <param name="key">The verifier's key for this request.</param>
    /// <param name="keyId">Its <c>kid</c>, which the JWE must repeat.</param>
    /// <param name="encryptions">The <c>enc</c> values that were offered.</param>
    public static Parsed<AuthorizationResponse> Decrypt(string text, KeyAgreementKey key, string keyId, IReadOnlyList<string> encryptions)
    {
        ArgumentNullException.ThrowIfNull(encryptions);
        Parsed<CompactJwe> jwe = CompactJwe.Read(text);
        if (!jwe.Ok)
        {
            return Fault(jwe.Problem.Detail);
        }

        if (jwe.Value.KeyId != keyId)
        {
            return Fault("The answer is encrypted to another key than the one in the request.");
        }

        if (!encryptions.Contains(jwe.Value.Encryption, StringComparer.Ordinal))
        {
            return Fault("The answer is encrypted in a way that was not offered.");
        }

        Parsed<byte[]> opened = jwe.Value.Decrypt(key);
        Parsed<JsonDocument> parsed = opened.Ok ? StrictJson.Parse(opened.Value, VpToken.MaxLength) : opened.Problem;
        if (!parsed.Ok)
        {
            return Fault(parsed.Problem.Detail);
        }

        using JsonDocument document = parsed.Value;
        return AuthorizationResponse.Read(document.RootElement);
    }

    private static Problem Fault(string detail) => new(PresentationError.InvalidRequest, detail, "/" + Parameter);
}
