using System.Text.Json;
using Credentials.Encoding;
using Credentials.Enveloping;
using Credentials.Jose;
using Credentials.Keys;

namespace Credentials.JwtVcs;

/// <summary>Signs credentials and presentations of VCDM 1.1 as JWTs: <c>jwt_vc_json</c> and <c>jwt_vp_json</c> of OpenID4VCI and OpenID4VP. They are opened by <see cref="Envelope.Open"/>.</summary>
/// <remarks>https://www.w3.org/TR/vc-data-model/#json-web-token</remarks>
public static class JwtVc
{
    /// <summary>The format's identifier in OpenID4VCI and OpenID4VP.</summary>
    public const string FormatName = "jwt_vc_json";

    // "typ, if present, MUST be set to JWT."
    private const string HeaderType = "JWT";

    /// <summary>Signs a credential.</summary>
    /// <param name="claims">UTF-8 JSON of the claims, <c>vc</c> among them, as <see cref="Wallets.WalletCopy.ToJwtVc"/> writes them.</param>
    /// <param name="signer">The issuer's key.</param>
    /// <param name="keyId">The <c>kid</c>: absolute DID URL of the verification method.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The compact JWS, or why such claims are no credential.</returns>
    public static Task<Parsed<byte[]>> SignAsync(ReadOnlyMemory<byte> claims, ISigner signer, string keyId, CancellationToken cancellationToken) =>
        SecureAsync(claims, EnvelopeType.JwtVc, signer, keyId, cancellationToken);

    /// <summary>Signs a presentation.</summary>
    /// <param name="holder">The holder's DID, which goes into <c>iss</c>.</param>
    /// <param name="credentials">The credentials, each a compact JWS.</param>
    /// <param name="signer">The holder's key.</param>
    /// <param name="options">The key's DID URL; verifier (<c>aud</c>), nonce and times.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static Task<Parsed<byte[]>> PresentAsync(string holder, IReadOnlyList<string> credentials, ISigner signer, Securing.SecuringOptions options, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(holder);
        ArgumentNullException.ThrowIfNull(credentials);
        ArgumentNullException.ThrowIfNull(options);
        return SecureAsync(WritePresentation(holder, credentials, options), EnvelopeType.JwtVp, signer, options.VerificationMethod, cancellationToken);
    }

    private static byte[] WritePresentation(string holder, IReadOnlyList<string> credentials, Securing.SecuringOptions options)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("iss", holder);
            WriteText(writer, "aud", options.Domain);
            WriteText(writer, "nonce", options.Challenge);
            WriteTime(writer, "iat", options.Created);
            WriteTime(writer, "nbf", options.Created);
            WriteTime(writer, "exp", options.Expires);
            writer.WriteStartObject("vp");
            writer.WriteStartArray("@context");
            writer.WriteStringValue(DataModel.CredentialRules.ContextV1);
            writer.WriteEndArray();
            writer.WriteStartArray("type");
            writer.WriteStringValue(DataModel.VerifiablePresentation.Type);
            writer.WriteEndArray();
            writer.WriteStartArray("verifiableCredential");
            foreach (string credential in credentials)
            {
                writer.WriteStringValue(credential);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static async Task<Parsed<byte[]>> SecureAsync(ReadOnlyMemory<byte> claims, EnvelopeType type, ISigner signer, string keyId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(signer);
        Parsed<JsonDocument> parsed = StrictJson.Parse(claims, Envelope.MaxLength);
        if (!parsed.Ok)
        {
            return parsed.Problem;
        }

        using JsonDocument json = parsed.Value;
        Parsed<JwtVcDocument> document = JwtVcDocument.Read(json.RootElement, type);
        return document.Ok
            ? await JwsWriter.SignAsync(claims, signer, new(HeaderType, KeyId: keyId), prefix: default, suffix: default, cancellationToken).ConfigureAwait(false)
            : document.Problem;
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static void WriteTime(Utf8JsonWriter writer, string name, DateTimeOffset? value)
    {
        if (value is { } time)
        {
            writer.WriteNumber(name, time.ToUnixTimeSeconds());
        }
    }
}
