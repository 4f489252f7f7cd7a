using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Encoding;
using Credentials.Enveloping;
using Credentials.Status;

namespace Credentials.JwtVcs;

/// <summary>The document of VCDM 1.1 that the claims of a JWT come to.</summary>
/// <param name="Text">Its JSON text.</param>
/// <param name="Claims">The registered claims.</param>
/// <remarks>https://www.w3.org/TR/vc-data-model/#jwt-decoding</remarks>
internal sealed record JwtVcDocument(byte[] Text, EnvelopeClaims Claims)
{
    private const string Status = "credentialStatus";

    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonElement NoHeader = JsonElement.Parse("{}"u8);

    /// <summary>Reads the claims.</summary>
    /// <param name="claims">The payload of the JWT.</param>
    /// <param name="type">Whether a credential or a presentation is wanted.</param>
    public static Parsed<JwtVcDocument> Read(JsonElement claims, EnvelopeType type)
    {
        if (claims.ValueKind != JsonValueKind.Object || !claims.TryGetProperty(type.ContentType, out JsonElement inner) || inner.ValueKind != JsonValueKind.Object)
        {
            return Fault($"The claim {type.ContentType} of the JWT is no object.", "/" + type.ContentType);
        }

        if (claims.TryGetProperty("vc", out _) && claims.TryGetProperty("vp", out _))
        {
            return Fault("A JWT holds a credential (vc) or a presentation (vp), not both.", "/vp");
        }

        Parsed<EnvelopeClaims> registered = ClaimReader.Read(claims, NoHeader);
        if (!registered.Ok)
        {
            return registered.Problem;
        }

        // 1. "Create a JSON object." 2. "Add the content from the vc or vp claim to the new JSON object."
        JsonObject document = JsonObject.Create(inner)!;

        // 3. "Transform the remaining JWT specific headers and claims, and add the results to the new credential or presentation JSON object."
        string? fault = type.IsPresentation
            ? SetParty(document, "holder", registered.Value.Issuer) ?? SetText(document, "id", claims, "jti")
            : SetTime(document, "expirationDate", registered.Value.Expires)
                ?? SetParty(document, "issuer", registered.Value.Issuer)
                ?? SetTime(document, "issuanceDate", registered.Value.NotBefore)
                ?? SetSubject(document, claims)
                ?? SetText(document, "id", claims, "jti")
                ?? AddStatus(document, claims);
        return fault is null
            ? new JwtVcDocument(JsonSerializer.SerializeToUtf8Bytes(document, Readable), registered.Value)
            : Fault($"The JWT and the {type.ContentType} in it differ about {fault}.", $"/{type.ContentType}/{fault}");
    }

    // "If exp is present, the UNIX timestamp MUST be converted to an [XMLSCHEMA11-2] date-time, and MUST be used to set the value of the expirationDate property"; nbf likewise.
    private static string? SetTime(JsonObject document, string member, DateTimeOffset? time)
    {
        if (time is not { } at)
        {
            return null;
        }

        if (document[member] is { } said)
        {
            return said.GetValueKind() == JsonValueKind.String && XsdDateTime.TryParse(said.GetValue<string>(), out DateTimeOffset own) && own.ToUnixTimeSeconds() == at.ToUnixTimeSeconds() ? null : member;
        }

        document[member] = XsdDateTime.Format(at);
        return null;
    }

    // "If iss is present, the value MUST be used to set the issuer property of the new credential JSON object or the holder property of the new presentation JSON object."
    private static string? SetParty(JsonObject document, string member, string? issuer)
    {
        if (issuer is null)
        {
            return null;
        }

        JsonNode? said = document[member] is JsonObject party ? party["id"] : document[member];
        if (said is not null)
        {
            return IsText(said, issuer) ? null : member;
        }

        if (document[member] is JsonObject named)
        {
            named["id"] = issuer;
        }
        else
        {
            document[member] = issuer;
        }

        return null;
    }

    // "If sub is present, the value MUST be used to set the value of the id property of credentialSubject of the new credential JSON object."
    private static string? SetSubject(JsonObject document, JsonElement claims)
    {
        if (!claims.TryGetProperty("sub", out JsonElement sub))
        {
            return null;
        }

        JsonObject? subject = document["credentialSubject"] switch
        {
            JsonObject one => one,
            JsonArray { Count: 1 } several => several[0] as JsonObject,
            _ => null,
        };
        return subject is null ? "credentialSubject" : SetText(subject, "id", claims, "sub") is null ? null : "credentialSubject";
    }

    // "If jti is present, the value MUST be used to set the value of the id property of the new JSON object."
    private static string? SetText(JsonObject document, string member, JsonElement claims, string claim)
    {
        if (!claims.TryGetProperty(claim, out JsonElement value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String || (document[member] is { } said && !IsText(said, value.GetString()!)))
        {
            return member;
        }

        document[member] = value.GetString();
        return null;
    }

    // The status of the token is the credential's, and so is one that stands beside the credential: nothing of it may get lost.
    private static string? AddStatus(JsonObject document, JsonElement claims)
    {
        var check = new DataModel.ShapeCheck();
        StatusClaim.Check(check, claims);
        if (check.Problems.Count > 0)
        {
            return Status;
        }

        List<JsonNode> beside = [.. StatusClaim.EntriesOf(claims, hasIds: true)];
        if (claims.TryGetProperty(Status, out JsonElement outer))
        {
            beside.AddRange((outer.ValueKind == JsonValueKind.Array ? outer.EnumerateArray() : Enumerable.Repeat(outer, 1)).Select(entry => JsonNode.Parse(entry.GetRawText())!));
        }

        if (beside.Count == 0)
        {
            return claims.TryGetProperty(Status, out _) ? Status : null;
        }

        JsonNode? own = document[Status];
        document.Remove(Status);
        document[Status] = new JsonArray([.. own is JsonArray several ? several.Select(entry => entry?.DeepClone()) : own is null ? [] : [own], .. beside]);
        return null;
    }

    private static bool IsText(JsonNode node, string text) => node.GetValueKind() == JsonValueKind.String && node.GetValue<string>() == text;

    private static Problem Fault(string detail, string pointer) => new(ProblemCode.MalformedValueError, detail, pointer);
}
