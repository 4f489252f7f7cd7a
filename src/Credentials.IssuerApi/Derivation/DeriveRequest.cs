using System.Runtime.InteropServices;
using System.Text.Json;
using Credentials.Encoding;
using Credentials.IssuerApi.Http;

namespace Credentials.IssuerApi.Derivation;

/// <summary>A request of VC-API's <c>POST /credentials/derive</c>.</summary>
/// <param name="Credential">The credential in full, byte for byte as it came.</param>
/// <param name="SelectivePointers">What is to be disclosed besides what can never be withheld.</param>
/// <remarks>https://w3c-ccg.github.io/vc-api/#derive-credential</remarks>
internal sealed record DeriveRequest(ReadOnlyMemory<byte> Credential, IReadOnlyList<string> SelectivePointers)
{
    private const string Option = "selectivePointers";

    /// <summary>Reads the body. An option that is not known here is refused, not ignored.</summary>
    public static Parsed<DeriveRequest> Parse(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("verifiableCredential", out JsonElement credential) || credential.ValueKind != JsonValueKind.Object)
        {
            return Fault("The body must be an object with the member verifiableCredential, an object.", "");
        }

        if (!body.TryGetProperty("options", out JsonElement options))
        {
            return new DeriveRequest(BytesOf(credential), []);
        }

        if (options.ValueKind != JsonValueKind.Object)
        {
            return Fault("The options must be an object.", "/options");
        }

        foreach (JsonProperty option in options.EnumerateObject())
        {
            if (option.Name != Option)
            {
                return Fault($"Deriving knows the option {Option}, and no other.", JsonPointer.Member("/options", option.Name));
            }
        }

        return PointerOption.Read(options, Option) is { } pointers
            ? new DeriveRequest(BytesOf(credential), pointers)
            : Fault($"{Option} must be an array of JSON pointers.", $"/options/{Option}");
    }

    private static byte[] BytesOf(JsonElement credential) => JsonMarshal.GetRawUtf8Value(credential).ToArray();

    private static Problem Fault(string detail, string pointer) => new(ProblemCode.MalformedValueError, detail, pointer);
}
