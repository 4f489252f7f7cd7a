using System.Text.Json;
using Credentials.DataModel;
using Credentials.Encoding;
using Credentials.Jose;
using Credentials.Jose.Disclosures;
using Credentials.Status;

namespace Credentials.DcSdJwt;

/// <summary>What the draft asks of the claims of an SD-JWT VC, of its issuer and of the verifier alike.</summary>
/// <remarks>https://www.ietf.org/archive/id/draft-ietf-oauth-sd-jwt-vc-19.html#name-jwt-claims-set</remarks>
internal static class SdJwtVcRules
{
    /// <summary>The claim that pins the type's document.</summary>
    public const string TypeIntegrity = "vct#integrity";

    private const string OtherTypes = "aka_vcts";

    // "The following registered JWT claims, including any of their sub-claims ... MUST NOT be included in Disclosures". The last is VCDM's, by which our registry and lists are named.
    private static readonly HashSet<string> NeverDisclosed = new(["iss", "nbf", "exp", "cnf", "vct", TypeIntegrity, OtherTypes, "status", "credentialStatus"], StringComparer.Ordinal);

    /// <summary>Null when the processed payload keeps the rules.</summary>
    public static Problem? CheckClaims(JsonElement claims)
    {
        var check = new ShapeCheck();

        // "vct: REQUIRED. ... Its value MUST be a case-sensitive string".
        string? type = check.RequiredText(claims, "vct", "");
        if (claims.TryGetProperty(TypeIntegrity, out JsonElement integrity) && (integrity.ValueKind != JsonValueKind.String || !CredentialTypes.IntegrityMetadata.Parse(integrity.GetString()!).Ok))
        {
            check.Malformed(JsonPointer.Member("", TypeIntegrity), $"The {TypeIntegrity} is integrity metadata, such as sha256-….");
        }

        // "Its value MUST be a non-empty array of case-sensitive strings ... The array MUST NOT contain the value of the vct claim".
        if (claims.TryGetProperty(OtherTypes, out JsonElement others)
            && (others.ValueKind != JsonValueKind.Array || others.GetArrayLength() == 0 || others.EnumerateArray().Any(other => other.ValueKind != JsonValueKind.String || other.ValueEquals(type))))
        {
            check.Malformed("/" + OtherTypes, "The aka_vcts are an array of texts, of which none is the vct.");
        }

        StatusClaim.Check(check, claims);
        if (claims.TryGetProperty("credentialStatus", out JsonElement entries) && entries.ValueKind == JsonValueKind.Array && entries.GetArrayLength() == 0)
        {
            check.Malformed("/credentialStatus", "The credentialStatus has an entry, or is not there.");
        }

        return check.Problems is [var problem, ..] ? problem : null;
    }

    /// <summary>Null when nothing was disclosed that no verifier can do without.</summary>
    /// <param name="sdJwt">As received.</param>
    /// <param name="raw">The payload of its issuer-signed JWT, before any disclosure.</param>
    public static Problem? CheckDisclosed(SdJwt sdJwt, JsonElement raw) =>
        FirstHidden(sdJwt.DisclosedPointers) is { } pointer ? new(ProblemCode.MalformedValueError, "This claim stands there by a disclosure; in an SD-JWT VC it cannot be withheld.", pointer)
        : FirstDigest(raw) is { } claim ? new(ProblemCode.MalformedValueError, "Something in this claim can be withheld; in an SD-JWT VC that cannot be.", claim)
        : null;

    /// <summary>Null when such claims may be issued with such a frame.</summary>
    public static Problem? CheckForIssuing(ReadOnlyMemory<byte> claims, DisclosureFrame frame)
    {
        Parsed<JsonDocument> parsed = StrictJson.Parse(claims);
        if (!parsed.Ok)
        {
            return parsed.Problem;
        }

        using JsonDocument json = parsed.Value;
        return json.RootElement.ValueKind != JsonValueKind.Object ? new(ProblemCode.MalformedValueError, "The claims of an SD-JWT VC are an object.", "")
            : FirstHidden(frame.Pointers) is { } pointer ? new(ProblemCode.MalformedValueError, "No verifier can do without this; it cannot be withheld.", pointer)
            : CheckClaims(json.RootElement);
    }

    /// <summary>The type, and those that the issuer names besides.</summary>
    public static IReadOnlyList<string> TypesOf(JsonElement claims) =>
        claims.TryGetProperty(OtherTypes, out JsonElement others)
            ? [claims.GetProperty("vct").GetString()!, .. others.EnumerateArray().Select(other => other.GetString()!)]
            : [claims.GetProperty("vct").GetString()!];

    // What no verifier can do without cannot be withheld in part either: a digest, whatever it is of, may be that of another status.
    private static string? FirstDigest(JsonElement raw) => raw.EnumerateObject()
        .Where(claim => NeverDisclosed.Contains(claim.Name) && HasDigest(claim.Value))
        .Select(claim => JsonPointer.Member("", claim.Name))
        .FirstOrDefault();

    private static bool HasDigest(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any(member => member.NameEquals(DigestMarks.Digests) || member.NameEquals(DigestMarks.Element) || HasDigest(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().Any(HasDigest),
        _ => false,
    };

    private static string? FirstHidden(IEnumerable<string> pointers) => pointers.FirstOrDefault(pointer => JsonPointer.Split(pointer) is [var member, ..] && NeverDisclosed.Contains(member));
}
