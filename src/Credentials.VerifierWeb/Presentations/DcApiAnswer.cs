using System.Text.Json;
using Credentials.Encoding;
using Credentials.OpenId.Presentation;

namespace Credentials.VerifierWeb.Presentations;

/// <summary>Reads what the browser's Digital Credentials API handed to the page.</summary>
/// <remarks>https://openid.net/specs/openid-4-verifiable-presentations-1_0.html#name-response-2</remarks>
internal static class DcApiAnswer
{
    public static Parsed<AuthorizationResponse> Read(PresentationSession session, ReadOnlyMemory<byte> data)
    {
        Parsed<JsonDocument> parsed = StrictJson.Parse(data, VpToken.MaxLength);
        if (!parsed.Ok)
        {
            return new Problem(PresentationError.InvalidRequest, parsed.Problem.Detail, parsed.Problem.Pointer);
        }

        using JsonDocument document = parsed.Value;
        JsonElement root = document.RootElement;
        bool isEncrypted = ResponseMode.IsEncrypted(session.Browser!.Request.ResponseMode);
        if (isEncrypted && root.ValueKind == JsonValueKind.Object && root.TryGetProperty(EncryptedResponse.Parameter, out JsonElement jwe) && jwe.ValueKind == JsonValueKind.String)
        {
            return ResponseDesk.Decrypt(session, session.Browser, jwe.GetString()!);
        }

        Parsed<AuthorizationResponse> plain = AuthorizationResponse.Read(root);
        return isEncrypted && plain is { Ok: true, Value.VpToken: not null } ? new Problem(PresentationError.InvalidRequest, "The answer was to be encrypted.", "/response") : plain;
    }
}
