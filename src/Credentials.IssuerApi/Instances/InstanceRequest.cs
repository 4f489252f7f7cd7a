using System.Text.Json;
using Credentials.Encoding;
using Credentials.IssuerApi.Http;

namespace Credentials.IssuerApi.Instances;

/// <summary>A request of VC-API's <c>POST /credentials/issue</c> to an instance.</summary>
/// <param name="Credential">The credential to be secured.</param>
/// <param name="MandatoryPointers">What a holder can never withhold, for <c>ecdsa-sd-2023</c>.</param>
/// <remarks>https://w3c-ccg.github.io/vc-api/#issue-credential</remarks>
internal sealed record InstanceRequest(JsonElement Credential, IReadOnlyList<string> MandatoryPointers)
{
    private const string Option = "mandatoryPointers";

    /// <summary>Reads the body. An option that is not known here is refused, not ignored.</summary>
    public static Parsed<InstanceRequest> Parse(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("credential", out JsonElement credential))
        {
            return Fault("The body must be an object with the member credential.", "");
        }

        foreach (JsonProperty member in body.EnumerateObject())
        {
            if (member.Name is not ("credential" or "options"))
            {
                return Fault("The body has the members credential and options, and no other.", JsonPointer.Member("", member.Name));
            }
        }

        if (!body.TryGetProperty("options", out JsonElement options))
        {
            return new InstanceRequest(credential, []);
        }

        if (options.ValueKind != JsonValueKind.Object)
        {
            return Fault("The options must be an object.", "/options");
        }

        foreach (JsonProperty option in options.EnumerateObject())
        {
            if (option.Name != Option)
            {
                return Fault($"This issuer knows the option {Option}, and no other.", JsonPointer.Member("/options", option.Name));
            }
        }

        return PointerOption.Read(options, Option) is { } pointers
            ? new InstanceRequest(credential, pointers)
            : Fault($"{Option} must be an array of JSON pointers.", $"/options/{Option}");
    }

    private static Problem Fault(string detail, string pointer) => new(ProblemCode.MalformedValueError, detail, pointer);
}
