using System.Text.Json;
using Credentials.DataIntegrity;
using Credentials.Encoding;

namespace Credentials.IssuerApi.Issuance;

/// <summary>A request of VC-API's <c>POST /credentials/issue</c>.</summary>
/// <param name="Credential">The credential to be signed.</param>
/// <param name="Suites">The cryptosuites to sign with, in order; more than one makes a proof set.</param>
/// <remarks>https://w3c-ccg.github.io/vc-api/#issue-credential</remarks>
internal sealed record IssueRequest(JsonElement Credential, IReadOnlyList<Cryptosuite> Suites)
{
    private const int MostSuites = 4;

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
            return new Problem(ProblemCode.MalformedValueError, "The body must be an object with the member credential.", "");
        }

        if (root.EnumerateObject().FirstOrDefault(member => member.Name is not ("credential" or "options")) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
        {
            return new Problem(ProblemCode.MalformedValueError, "The body has the members credential and options, and no other.", JsonPointer.Member("", unknown.Name));
        }

        if (!root.TryGetProperty("options", out JsonElement options))
        {
            return new IssueRequest(credential, [CredentialSigner.DefaultSuite]);
        }

        Parsed<IReadOnlyList<Cryptosuite>> suites = ParseOptions(options);
        return suites.Ok ? new IssueRequest(credential, suites.Value) : suites.Problem;
    }

    /// <summary>The suites of these names.</summary>
    public static Parsed<IReadOnlyList<Cryptosuite>> ParseSuites(IReadOnlyList<string?> names, string pointer)
    {
        List<Cryptosuite> suites = [];
        foreach (string? name in names)
        {
            if (Cryptosuite.Find(name) is not { } suite)
            {
                string known = string.Join(", ", Cryptosuite.All.Select(each => each.Name));
                return new Problem(ProblemCode.UnsupportedCryptosuite, $"This issuer signs with {known}.", pointer);
            }

            if (suites.Contains(suite))
            {
                return new Problem(ProblemCode.MalformedValueError, $"The cryptosuite {suite.Name} is named twice.", pointer);
            }

            suites.Add(suite);
        }

        return suites.Count is > 0 and <= MostSuites
            ? suites.ToArray()
            : new Problem(ProblemCode.MalformedValueError, "Name one cryptosuite, or a few for a proof set.", pointer);
    }

    private static Parsed<IReadOnlyList<Cryptosuite>> ParseOptions(JsonElement options)
    {
        if (options.ValueKind != JsonValueKind.Object)
        {
            return new Problem(ProblemCode.MalformedValueError, "The options must be an object.", "/options");
        }

        foreach (JsonProperty option in options.EnumerateObject())
        {
            if (option.Name != "cryptosuite")
            {
                return new Problem(ProblemCode.MalformedValueError, "This issuer knows the option cryptosuite, and no other.", JsonPointer.Member("/options", option.Name));
            }
        }

        if (!options.TryGetProperty("cryptosuite", out JsonElement value))
        {
            return new[] { CredentialSigner.DefaultSuite };
        }

        return ParseSuites(
            value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(TextOf)] : [TextOf(value)],
            "/options/cryptosuite");
    }

    private static string? TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
