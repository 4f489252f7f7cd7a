using System.Text.Json;

namespace Credentials.OpenId.Presentation;

/// <summary>What somebody else attests about a verifier. Read and handed on; none is understood here, so that none counts.</summary>
/// <param name="Format">How it is written.</param>
/// <param name="Data">The attestation: text or an object.</param>
/// <param name="CredentialIds">The credential queries to which it matters; empty for all.</param>
/// <remarks>https://openid.net/specs/openid-4-verifiable-presentations-1_0.html#name-verifier-info</remarks>
public sealed record VerifierInfo(string Format, JsonElement Data, IReadOnlyList<string> CredentialIds)
{
    internal static Parsed<VerifierInfo> Read(JsonElement json, string pointer)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return new Problem(PresentationError.InvalidRequest, "An attestation in verifier_info is an object.", pointer);
        }

        var shape = new JsonShape(json, pointer);
        string format = shape.RequiredText("format");
        JsonElement data = shape.Find("data") is { ValueKind: JsonValueKind.Object or JsonValueKind.String } found ? found.Clone() : default;
        if (data.ValueKind == JsonValueKind.Undefined)
        {
            shape.Blame<string>("data", "is text or an object that must be there");
        }

        var info = new VerifierInfo(format, data, shape.Texts("credential_ids", Dcql.DcqlQuery.MaxCredentials));
        return shape.Problem is { } problem ? problem : info;
    }
}
