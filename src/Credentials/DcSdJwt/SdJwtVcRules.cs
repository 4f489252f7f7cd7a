using System.Text.Json;
using Credentials.DataModel;
using Credentials.Encoding;
using Credentials.Jose;
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

        CheckStatus(check, claims);
        return check.Problems is [var problem, ..] ? problem : null;
    }

    /// <summary>Null when nothing was disclosed that no verifier can do without.</summary>
    public static Problem? CheckDisclosed(SdJwt sdJwt) => FirstHidden(sdJwt.DisclosedPointers) is { } pointer
        ? new(ProblemCode.MalformedValueError, "This claim stands there by a disclosure; in an SD-JWT VC it cannot be withheld.", pointer)
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

    // "The status claim MUST specify a JSON Object that contains at least one reference to a status mechanism."
    private static void CheckStatus(ShapeCheck check, JsonElement claims)
    {
        if (!claims.TryGetProperty("status", out JsonElement status))
        {
            return;
        }

        if (status.ValueKind != JsonValueKind.Object || status.GetPropertyCount() == 0)
        {
            check.Malformed("/status", "The status is an object that names at least one mechanism.");
        }
        else if (status.TryGetProperty("status_list", out JsonElement reference) && Shapes.IsObject(check, reference, "/status/status_list"))
        {
            TokenStatusListEntry.Read(check, reference, "/status/status_list");
        }
    }

    private static string? FirstHidden(IEnumerable<string> pointers) => pointers.FirstOrDefault(pointer => JsonPointer.Split(pointer) is [var member, ..] && NeverDisclosed.Contains(member));
}
