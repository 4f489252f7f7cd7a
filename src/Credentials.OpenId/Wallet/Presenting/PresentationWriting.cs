using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Enveloping;
using Credentials.Jose;
using Credentials.Securing;

namespace Credentials.OpenId.Wallet.Presenting;

/// <summary>Makes the one presentation of one credential for one verifier and one nonce: a method for each format, a row for each in <see cref="Table"/>.</summary>
/// <remarks>https://openid.net/specs/openid-4-verifiable-presentations-1_0.html#format_specific_parameters</remarks>
internal static class PresentationWriting
{
    private const string ContextV1 = "https://www.w3.org/2018/credentials/v1";
    private const string ContextV2 = "https://www.w3.org/ns/credentials/v2";
    private const string TypeName = "VerifiablePresentation";

    // For how long somebody else's clock may take a presentation for one of now.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    internal static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<string, Func<Purpose, CancellationToken, Task<Parsed<JsonNode>>>> Table = new(StringComparer.Ordinal)
    {
        [CredentialFormat.SdJwtVc] = SdJwtAsync, // #sd_jwt_vc
        [CredentialFormat.JwtVcJson] = JwtVpAsync, // #jwt_vc
        [CredentialFormat.LdpVc] = LinkedDataAsync, // #ldp_vc
        [CredentialFormat.VcJwt] = VpJwtAsync, // https://www.w3.org/TR/vc-jose-cose/#secure-with-jose
    };

    /// <summary>Whether credentials of a format can be shown.</summary>
    public static bool CanShow(string format) => Table.ContainsKey(format);

    /// <summary>Makes it: text, or of <c>ldp_vc</c> an object.</summary>
    public static Task<Parsed<JsonNode>> WriteAsync(Purpose purpose, CancellationToken cancellationToken) => Table[purpose.Held.Format](purpose, cancellationToken);

    private static async Task<Parsed<JsonNode>> SdJwtAsync(Purpose purpose, CancellationToken cancellationToken)
    {
        Parsed<SdJwt> opened = SdJwt.Open(Ascii(purpose.Held.Credential));
        if (!opened.Ok)
        {
            return opened.Problem;
        }

        Parsed<byte[]> chosen = opened.Value.Present([.. purpose.Pointers]);
        if (!chosen.Ok)
        {
            return chosen.Problem;
        }

        if (!purpose.WithHolderBinding)
        {
            return Text(chosen.Value);
        }

        Parsed<byte[]> bound = await SdJwt.BindAsync(chosen.Value, purpose.Held.Key.Signer, purpose.Audience, purpose.Nonce, purpose.Now, cancellationToken).ConfigureAwait(false);
        return bound.Ok ? Text(bound.Value) : bound.Problem;
    }

    // VCDM 1.1 section 6.3.1: vp holds the presentation; iss is its holder, aud and nonce say for whom and for which request it was made.
    private static async Task<Parsed<JsonNode>> JwtVpAsync(Purpose purpose, CancellationToken cancellationToken)
    {
        if (!purpose.WithHolderBinding)
        {
            return JsonValue.Create(purpose.Held.Credential);
        }

        HolderKey key = purpose.Held.Key;
        JsonObject claims = new()
        {
            ["iss"] = key.Did,
            ["aud"] = purpose.Audience,
            ["nonce"] = purpose.Nonce,
            ["iat"] = purpose.Now.ToUnixTimeSeconds(),
            ["nbf"] = purpose.Now.ToUnixTimeSeconds(),
            ["exp"] = (purpose.Now + Lifetime).ToUnixTimeSeconds(),
            ["vp"] = new JsonObject
            {
                ["@context"] = new JsonArray(ContextV1),
                ["type"] = new JsonArray(TypeName),
                ["holder"] = key.Did,
                ["verifiableCredential"] = new JsonArray(purpose.Held.Credential),
            },
        };
        Parsed<string> signed = await Jwt.SignAsync(Utf8(claims), key.Signer, new("JWT") { KeyId = key.VerificationMethod }, cancellationToken).ConfigureAwait(false);
        return signed.Ok ? JsonValue.Create(signed.Value) : signed.Problem;
    }

    private static async Task<Parsed<JsonNode>> LinkedDataAsync(Purpose purpose, CancellationToken cancellationToken)
    {
        JsonNode credential = JsonNode.Parse(purpose.Held.Credential)!;
        if (!purpose.WithHolderBinding)
        {
            return credential;
        }

        // ldp_vc is "with a Proof Suite Requiring Linked Data Canonicalization".
        string suite = SigningMethods.SuiteOf(purpose.Held.Key.Signer.PublicKey);
        Parsed<byte[]> signed = await SignAsync(suite, purpose, credential, cancellationToken).ConfigureAwait(false);
        return signed.Ok ? JsonNode.Parse(signed.Value)! : signed.Problem;
    }

    private static async Task<Parsed<JsonNode>> VpJwtAsync(Purpose purpose, CancellationToken cancellationToken)
    {
        if (!purpose.WithHolderBinding)
        {
            return JsonValue.Create(purpose.Held.Credential);
        }

        Parsed<Envelope> envelope = Envelope.Open(Ascii(purpose.Held.Credential), "application/vc+jwt");
        if (!envelope.Ok)
        {
            return envelope.Problem;
        }

        Parsed<byte[]> signed = await SignAsync("vp+jwt", purpose, EnvelopedDocument.ToJson(envelope.Value), cancellationToken).ConfigureAwait(false);
        return signed.Ok ? Text(signed.Value) : signed.Problem;
    }

    private static Task<Parsed<byte[]>> SignAsync(string form, Purpose purpose, JsonNode credential, CancellationToken cancellationToken)
    {
        HolderKey key = purpose.Held.Key;
        JsonObject presentation = new()
        {
            ["@context"] = new JsonArray(ContextV2),
            ["type"] = new JsonArray(TypeName),
            ["holder"] = key.Did,
            ["verifiableCredential"] = new JsonArray(credential),
        };
        SecuringOptions options = new(key.VerificationMethod, purpose.Now) { Challenge = purpose.Nonce, Domain = purpose.Audience };
        return SecuringForm.Find(form)!.SignAsync(Utf8(presentation), key.Signer, options, cancellationToken);
    }

    private static byte[] Ascii(string text) => System.Text.Encoding.ASCII.GetBytes(text);

    private static byte[] Utf8(JsonObject json) => System.Text.Encoding.UTF8.GetBytes(json.ToJsonString(Readable));

    private static JsonValue Text(byte[] ascii) => JsonValue.Create(System.Text.Encoding.ASCII.GetString(ascii));

    /// <summary>What is shown, and to whom.</summary>
    /// <param name="Held">The credential.</param>
    /// <param name="Pointers">What of an SD-JWT VC shall be seen beside what cannot be withheld.</param>
    /// <param name="Audience">The verifier's client identifier, whole.</param>
    /// <param name="Nonce">Its nonce.</param>
    /// <param name="WithHolderBinding">Whether possession of the key shall be shown.</param>
    /// <param name="Now">The time, in whole seconds.</param>
    internal sealed record Purpose(HeldCredential Held, IReadOnlyCollection<string> Pointers, string Audience, string Nonce, bool WithHolderBinding, DateTimeOffset Now);
}
