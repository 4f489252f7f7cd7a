using System.Runtime.InteropServices;
using System.Text.Json;
using Credentials.Canonicalization;
using Credentials.DataModel;
using Credentials.Encoding;
using Credentials.Enveloping;
using Credentials.Status;

namespace Credentials.DcSdJwt;

/// <summary>Writes the claims of an SD-JWT VC as a credential of VCDM 2.0, so that whoever judges credentials judges these by the same rules. Values are copied as they are written.</summary>
internal static class DataModelView
{
    // What is said elsewhere in the view, or is of the token and not of the credential.
    private static readonly HashSet<string> NotOfSubject = new(
        ["iss", "sub", "aud", "exp", "nbf", "iat", "jti", "nonce", "cnf", "vct", SdJwtVcRules.TypeIntegrity, "aka_vcts", "status", "credentialStatus", "id"],
        StringComparer.Ordinal);

    /// <summary>The JSON text.</summary>
    /// <param name="claims">Claims that keep <see cref="SdJwtVcRules"/>.</param>
    /// <param name="registered">The registered ones among them.</param>
    /// <param name="issuer">The DID or URL of the issuer.</param>
    public static byte[] Write(JsonElement claims, EnvelopeClaims registered, string issuer)
    {
        var output = new ByteBuffer(JsonMarshal.GetRawUtf8Value(claims).Length + 512);
        output.Append("{\"@context\":[\"https://www.w3.org/ns/credentials/v2\"],\"type\":[\"VerifiableCredential\""u8);
        WriteTypes(output, claims);
        output.Append("],\"issuer\":"u8);
        WriteIssuer(output, claims, issuer);
        WriteTime(output, ",\"validFrom\":"u8, registered.NotBefore);
        WriteTime(output, ",\"validUntil\":"u8, registered.Expires);
        WriteStatus(output, claims);
        bool isEvidence = claims.TryGetProperty("evidence", out JsonElement evidence) && IsTyped(evidence);
        if (isEvidence)
        {
            output.Append(",\"evidence\":"u8);
            output.Append(JsonMarshal.GetRawUtf8Value(evidence));
        }

        WriteSubject(output, claims, isEvidence);
        output.Append((byte)'}');
        return output.Written.ToArray();
    }

    // Only names that are absolute: none of a specification's own words can be taken on by a vct.
    private static void WriteTypes(ByteBuffer output, JsonElement claims)
    {
        foreach (string type in SdJwtVcRules.TypesOf(claims).Where(type => AbsoluteUrl.Is(type) && !type.Any(char.IsWhiteSpace)).Distinct(StringComparer.Ordinal))
        {
            output.Append((byte)',');
            Text(output, type);
        }
    }

    private static void WriteIssuer(ByteBuffer output, JsonElement claims, string issuer)
    {
        bool isNamed = claims.TryGetProperty("institution_name", out JsonElement name) && name.ValueKind == JsonValueKind.String;
        output.Append(isNamed ? "{\"id\":"u8 : default);
        Text(output, issuer);
        if (isNamed)
        {
            output.Append(",\"name\":"u8);
            output.Append(JsonMarshal.GetRawUtf8Value(name));
            output.Append((byte)'}');
        }
    }

    private static void WriteTime(ByteBuffer output, ReadOnlySpan<byte> member, DateTimeOffset? time)
    {
        if (time is { } at)
        {
            output.Append(member);
            Text(output, XsdDateTime.Format(at));
        }
    }

    private static void WriteStatus(ByteBuffer output, JsonElement claims)
    {
        if (StatusClaim.IsIn(claims) || claims.TryGetProperty("credentialStatus", out _))
        {
            output.Append(",\"credentialStatus\":"u8);
            StatusClaim.WriteEntries(output, claims, hasIds: false);
        }
    }

    private static void WriteSubject(ByteBuffer output, JsonElement claims, bool hasEvidence)
    {
        output.Append(",\"credentialSubject\":{\"credentialType\":"u8);
        output.Append(JsonMarshal.GetRawUtf8Value(claims.GetProperty("vct")));
        if ((claims.TryGetProperty("sub", out JsonElement id) || claims.TryGetProperty("id", out id)) && id.ValueKind == JsonValueKind.String && AbsoluteUrl.Is(id.GetString()!))
        {
            output.Append(",\"id\":"u8);
            output.Append(JsonMarshal.GetRawUtf8Value(id));
        }

        foreach (JsonProperty claim in claims.EnumerateObject())
        {
            if (!NotOfSubject.Contains(claim.Name) && !(hasEvidence && claim.NameEquals("evidence"u8)) && !claim.NameEquals("credentialType"u8))
            {
                output.Append((byte)',');
                output.AppendQuoted(JsonMarshal.GetRawUtf8PropertyName(claim));
                output.Append((byte)':');
                output.Append(JsonMarshal.GetRawUtf8Value(claim.Value));
            }
        }

        output.Append((byte)'}');
    }

    // What VCDM 2.0 takes for evidence; a claim of that name may be anything.
    private static bool IsTyped(JsonElement evidence)
    {
        var check = new ShapeCheck();
        Shapes.OneOrMore(Shapes.Typed(idRequired: false))(check, evidence, "/evidence");
        return check.Problems.Count == 0;
    }

    private static void Text(ByteBuffer output, string text) => output.AppendQuoted(JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes);
}
