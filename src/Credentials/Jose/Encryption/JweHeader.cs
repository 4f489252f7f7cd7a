using System.Text.Json;
using Credentials.Encoding;
using Credentials.Keys;

namespace Credentials.Jose.Encryption;

/// <summary>The protected header of a JWE, as read.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc7516#section-4.1, https://www.rfc-editor.org/rfc/rfc7518#section-4.6.1</remarks>
internal sealed record JweHeader(JsonElement Json, ContentEncryption Encryption, PublicKey Ephemeral, byte[] PartyU, byte[] PartyV, bool Compressed)
{
    /// <summary>The <c>alg</c> that is known here: the agreed key encrypts the content itself.</summary>
    public const string Algorithm = "ECDH-ES";

    private const int MaxLength = 16 * 1024;

    /// <summary>Reads the decoded header.</summary>
    public static Parsed<JweHeader> Read(byte[] utf8)
    {
        Parsed<JsonDocument> parsed = StrictJson.Parse(utf8, MaxLength);
        if (!parsed.Ok)
        {
            return Fault("The header of the JWE is not what RFC 7516 allows: " + parsed.Problem.Detail);
        }

        JsonElement json = parsed.Value.RootElement;
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Fault("The header of a JWE is an object.");
        }

        foreach (string name in (ReadOnlySpan<string>)["alg", "enc", "zip", "kid", "typ", "cty", "apu", "apv"])
        {
            if (json.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.String)
            {
                return Fault($"The {name} of a JWE is text.");
            }
        }

        // RFC 7516 section 4.1.13: an extension that must be understood, and is not, makes the JWE invalid; none is understood here.
        return json.TryGetProperty("crit", out _) ? Fault("The JWE asks for an extension (crit), and none is understood here.")
            : Text(json, "alg") != Algorithm ? Fault($"The alg of the JWE is not {Algorithm}, which alone is taken here.")
            : ContentEncryption.Find(Text(json, "enc")) is not { } encryption ? Fault($"The enc of the JWE is not known here; {string.Join(", ", CompactJwe.Encryptions)} are.")
            : Text(json, "zip") is not (null or Deflated.Name) ? Fault($"The zip of a JWE is {Deflated.Name}, or left out.")
            : ReadParties(json, encryption);
    }

    private static Parsed<JweHeader> ReadParties(JsonElement json, ContentEncryption encryption)
    {
        if (StrictBase64Url.Decode(Text(json, "apu") ?? "") is not { } partyU || StrictBase64Url.Decode(Text(json, "apv") ?? "") is not { } partyV)
        {
            return Fault("The apu and apv of a JWE are base64url in its one spelling.");
        }

        if (!json.TryGetProperty("epk", out JsonElement epk))
        {
            return Fault("The JWE holds no ephemeral key (epk).");
        }

        // A point that is not on its curve would leak our key: it is no key, and refused here.
        Parsed<PublicKey> ephemeral = JsonWebKey.Read(epk);
        return !ephemeral.Ok ? Fault("The ephemeral key of the JWE (epk) is none: " + ephemeral.Problem.Detail)
            : !KeyAgreementKey.Agrees(ephemeral.Value.Type) ? Fault("The ephemeral key of the JWE (epk) is on no curve on which keys are agreed here.")
            : new JweHeader(json, encryption, ephemeral.Value, partyU, partyV, Text(json, "zip") is not null);
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static Problem Fault(string detail) => new(ProblemCode.MalformedValueError, detail, "");
}
