using System.Text.Json;
using Credentials.DataModel;
using Credentials.Dids;
using Credentials.Encoding;
using Credentials.Jose;

namespace Credentials.Enveloping;

/// <summary>What VC-JOSE-COSE asks of the document in an envelope, and how the envelope names its key.</summary>
/// <remarks>https://www.w3.org/TR/vc-jose-cose/</remarks>
internal static class EnvelopeRules
{
    private static readonly HashSet<string> AlwaysClear = new(
        ["@context", "type", "credentialStatus", "status", "credentialSchema", "relatedResource", "validFrom", "validUntil", "issuanceDate", "expirationDate", "iss", "iat", "exp", "nbf", "aud", "nonce", "cnf"],
        StringComparer.Ordinal);

    private static readonly string[] Forbidden = ["vc", "vp"];

    /// <summary>Null when the document may stand in a JOSE envelope that claims this.</summary>
    public static Problem? Check(JsonElement document, EnvelopeType type, string? issuer)
    {
        // "The JWT Claim Names vc and vp MUST NOT be present in any JWT Claims Set that comprises a verifiable credential or a verifiable presentation."
        if (type.Shape != EnvelopeShape.Cose)
        {
            foreach (string name in Forbidden)
            {
                if (document.TryGetProperty(name, out _))
                {
                    return new(ProblemCode.MalformedValueError, $"The claim {name} is of an older way to put credentials into a JWT; here the payload is the document itself.", "/" + name);
                }
            }
        }

        // "When issuer value is a string, iss value, if present, MUST match issuer value. When issuer value is an object with an id value, iss value, if present, MUST match issuer.id value."
        return issuer is not null && IssuerOf(document) is { } named && named != issuer
            ? new(ProblemCode.MalformedValueError, "The iss of the envelope is another than the issuer of the document.", "/issuer")
            : null;
    }

    /// <summary>The document with what the JWT says of its status among its own entries; the very text where it says nothing.</summary>
    public static (ReadOnlyMemory<byte> Text, Problem? Problem) WithStatus(ReadOnlyMemory<byte> text, JsonElement document, EnvelopeType type) => type.IsPresentation ? (text, null) : Status.StatusClaim.Merge(text, document);

    /// <summary>Null when every credential of a presentation is secured. "Credentials in verifiable presentations MUST be secured."</summary>
    public static Problem? CheckSecured(JsonElement document)
    {
        if (!document.TryGetProperty("verifiableCredential", out JsonElement credentials))
        {
            return null;
        }

        int index = 0;
        foreach (JsonElement credential in credentials.ValueKind == JsonValueKind.Array ? credentials.EnumerateArray().ToArray() : [credentials])
        {
            if (credential.ValueKind != JsonValueKind.Object || !(EnvelopedDocument.Is(credential) || credential.TryGetProperty("proof", out _)))
            {
                return new(ProblemCode.MalformedValueError, "A credential in a presentation is secured: in an envelope, or by a proof.", JsonPointer.Item("/verifiableCredential", index));
            }

            index++;
        }

        return null;
    }

    /// <summary>Null when a frame leaves in the clear what every verifier needs. "Properties necessary for the validation and verification of a credential" SHOULD NOT be selectively disclosable; here they cannot.</summary>
    public static Problem? CheckFrame(DisclosureFrame frame)
    {
        foreach (string pointer in frame.Pointers)
        {
            if (JsonPointer.Split(pointer) is [var member, .. var rest] && (AlwaysClear.Contains(member) || (member is "issuer" or "holder" && rest is [] or ["id"])))
            {
                return new(ProblemCode.MalformedValueError, "No verifier can do without this; it cannot be withheld.", pointer);
            }
        }

        return null;
    }

    /// <summary>The URL of the key. "When iss is absent ... the kid MUST be an absolute URL to a verification method"; with it, <c>kid</c> may be the fragment alone.</summary>
    public static string? VerificationMethodOf(string? keyId, string? issuer) =>
        string.IsNullOrEmpty(keyId) ? null
        : AbsoluteUrl.Is(keyId) ? keyId
        : issuer is not null && DidUrl.Parse(issuer) is { Value.IsDid: true } && DidUrl.Parse(issuer + "#" + keyId.TrimStart('#')) is { Ok: true } url ? url.Value!.Text
        : null;

    private static string? IssuerOf(JsonElement document)
    {
        if (!document.TryGetProperty("issuer", out JsonElement issuer))
        {
            return null;
        }

        JsonElement id = issuer.ValueKind == JsonValueKind.Object && issuer.TryGetProperty("id", out JsonElement inner) ? inner : issuer;
        return id.ValueKind == JsonValueKind.String ? id.GetString() : null;
    }
}
