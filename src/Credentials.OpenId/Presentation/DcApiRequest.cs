using System.Text.Json;

namespace Credentials.OpenId.Presentation;

/// <summary>A request through the browser: the protocol's name, and the data of <c>navigator.credentials.get</c>.</summary>
/// <param name="Protocol"><see cref="Unsigned"/> or <see cref="Signed"/>.</param>
/// <param name="Data">An object: the parameters, or <c>{"request": JWT}</c>.</param>
/// <remarks>https://openid.net/specs/openid-4-verifiable-presentations-1_0.html#name-openid4vp-over-the-digital-</remarks>
public sealed record DcApiRequest(string Protocol, JsonElement Data)
{
    /// <summary>Parameters as they stand; the origin is the verifier's name.</summary>
    public const string Unsigned = "openid4vp-v1-unsigned";

    /// <summary>A request object in compact serialisation.</summary>
    public const string Signed = "openid4vp-v1-signed";

    /// <summary>An unsigned request. "The client_id parameter MUST be omitted in unsigned requests".</summary>
    public static DcApiRequest Of(AuthorizationRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new(Unsigned, JsonDocument.Parse((request with { Client = null, State = null, ExpectedOrigins = [] }).ToUtf8()).RootElement);
    }

    /// <summary>A signed request.</summary>
    public static DcApiRequest Of(string requestObject) => new(Signed, JsonSerializer.SerializeToElement(new Dictionary<string, string>(StringComparer.Ordinal) { ["request"] = requestObject }));

    /// <summary>Reads an unsigned one, in the wallet: "The Wallet MUST ignore any client_id parameter that is present in an unsigned request", and expected_origins with it.</summary>
    public static Parsed<AuthorizationRequest> ReadUnsigned(JsonElement data)
    {
        if (data.ValueKind != JsonValueKind.Object)
        {
            return new Problem(PresentationError.InvalidRequest, "The data of a request are an object.", "");
        }

        var kept = data.EnumerateObject().Where(member => member.Name is not ("client_id" or "expected_origins")).ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal);
        Parsed<AuthorizationRequest> request = AuthorizationRequest.Read(JsonSerializer.SerializeToElement(kept));
        return request.Ok && !ResponseMode.IsDcApi(request.Value.ResponseMode)
            ? new Problem(PresentationError.InvalidRequest, "The response mode is not one for requests through the browser.", "/response_mode")
            : request;
    }
}
