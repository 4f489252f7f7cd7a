using System.Text.Json;
using Credentials.Encoding;
using Credentials.IssuerApi.Http;

namespace Credentials.IssuerApi.Issuance;

/// <summary>A request of VC-API's <c>POST /credentials/issue</c>.</summary>
/// <param name="Credential">The credential to be signed.</param>
/// <param name="Plan">How.</param>
/// <remarks>https://w3c-ccg.github.io/vc-api/#issue-credential</remarks>
internal sealed record IssueRequest(JsonElement Credential, SecuringPlan Plan)
{
    private const string Cryptosuite = "cryptosuite";
    private const string Form = "form";
    private const string MandatoryPointers = "mandatoryPointers";
    private const string Disclosable = "disclosable";

    /// <summary>Reads the body. Options that are not known here are refused: VC-API asks to fail rather than to ignore what was asked for.</summary>
    public static Parsed<IssueRequest> Parse(ReadOnlyMemory<byte> body)
    {
        Parsed<JsonDocument> parsed = StrictJson.Parse(body);
        if (!parsed.Ok)
        {
            return parsed.Problem;
        }

        JsonElement root = parsed.Value.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("credential", out JsonElement credential))
        {
            return Fault("The body must be an object with the member credential.", "");
        }

        if (root.EnumerateObject().FirstOrDefault(member => member.Name is not ("credential" or "options")) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
        {
            return Fault("The body has the members credential and options, and no other.", JsonPointer.Member("", unknown.Name));
        }

        if (!root.TryGetProperty("options", out JsonElement options))
        {
            return new IssueRequest(credential, SecuringPlan.Default);
        }

        Parsed<SecuringPlan> plan = ParseOptions(options);
        return plan.Ok ? new IssueRequest(credential, plan.Value) : plan.Problem;
    }

    private static Parsed<SecuringPlan> ParseOptions(JsonElement options)
    {
        if (options.ValueKind != JsonValueKind.Object)
        {
            return Fault("The options must be an object.", "/options");
        }

        foreach (JsonProperty option in options.EnumerateObject())
        {
            if (option.Name is not (Cryptosuite or Form or MandatoryPointers or Disclosable))
            {
                return Fault($"This issuer knows the options {Cryptosuite}, {Form}, {MandatoryPointers} and {Disclosable}, and no other.", JsonPointer.Member("/options", option.Name));
            }
        }

        Parsed<SecuringPlan> plan = ParseForms(options);
        if (!plan.Ok)
        {
            return plan.Problem;
        }

        return ParsePointers(options, MandatoryPointers, plan.Value.Knows(MandatoryPointers)) is not { } mandatory ? Fault($"{MandatoryPointers} must be an array of JSON pointers, and go with ecdsa-sd-2023.", $"/options/{MandatoryPointers}")
            : ParsePointers(options, Disclosable, plan.Value.Knows(Disclosable)) is not { } disclosable ? Fault($"{Disclosable} must be an array of JSON pointers, and go with vc+sd-jwt.", $"/options/{Disclosable}")
            : disclosable.FirstOrDefault(SecuringPlan.IsAlwaysDisclosed) is { } hidden ? Fault($"Nobody may withhold {hidden}.", $"/options/{Disclosable}")
            : plan.Value with { MandatoryPointers = mandatory, Disclosable = disclosable };
    }

    private static Parsed<SecuringPlan> ParseForms(JsonElement options)
    {
        bool suites = options.TryGetProperty(Cryptosuite, out JsonElement named);
        bool form = options.TryGetProperty(Form, out JsonElement envelope);
        return suites && form ? Fault($"Name a {Cryptosuite} or a {Form}, not both.", $"/options/{Form}")
            : form ? SecuringPlan.Of([TextOf(envelope)], $"/options/{Form}")
            : suites ? SecuringPlan.Of(named.ValueKind == JsonValueKind.Array ? [.. named.EnumerateArray().Select(TextOf)] : [TextOf(named)], $"/options/{Cryptosuite}")
            : SecuringPlan.Default;
    }

    private static string[]? ParsePointers(JsonElement options, string name, bool fits) =>
        fits || !options.TryGetProperty(name, out _) ? PointerOption.Read(options, name) : null;

    private static string? TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static Problem Fault(string detail, string pointer) => new(ProblemCode.MalformedValueError, detail, pointer);
}
