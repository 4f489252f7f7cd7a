using System.Runtime.InteropServices;
using System.Text.Json;
using Credentials.Encoding;
using Credentials.Verification;

namespace Credentials.VerifierWeb.Api;

/// <summary>What a request of the VC-API asks to be verified, and how.</summary>
/// <param name="Document">The document's own bytes, never written anew; of an envelope given as text, that text.</param>
/// <param name="Policy">Name of the policy; empty when it is no text.</param>
/// <param name="Checks">The checks that shall decide besides those that always do; null for the policy's own.</param>
/// <param name="Challenge">What the holder was asked to sign.</param>
/// <param name="Domain">In whose name.</param>
internal sealed record VerifyRequest(ReadOnlyMemory<byte> Document, string Policy, IReadOnlyList<string>? Checks, string? Challenge, string? Domain)
{
    /// <summary>Reads a body. What is no such envelope is taken for the document itself, and its format check says what is wrong with it.</summary>
    /// <param name="body">The body.</param>
    /// <param name="member"><c>verifiableCredential</c> or <c>verifiablePresentation</c>.</param>
    public static Parsed<VerifyRequest> Read(ReadOnlyMemory<byte> body, string member)
    {
        var whole = new VerifyRequest(body, VerificationPolicy.Default.Name, null, null, null);
        Parsed<JsonDocument> parsed = StrictJson.Parse(body);
        if (!parsed.Ok)
        {
            return whole;
        }

        using JsonDocument envelope = parsed.Value;
        if (envelope.RootElement.ValueKind != JsonValueKind.Object || !envelope.RootElement.TryGetProperty(member, out JsonElement document))
        {
            return whole;
        }

        whole = whole with { Document = BytesOf(document) };
        return envelope.RootElement.TryGetProperty("options", out JsonElement options) && options.ValueKind == JsonValueKind.Object
            ? WithOptions(whole, options)
            : whole;
    }

    private static Parsed<VerifyRequest> WithOptions(VerifyRequest request, JsonElement options)
    {
        foreach (JsonProperty option in options.EnumerateObject())
        {
            bool text = option.Value.ValueKind == JsonValueKind.String;
            switch (option.Name)
            {
                case "policy":
                    request = request with { Policy = text ? option.Value.GetString()! : "" };
                    break;
                case "checks" when CheckNames.Read(option.Value) is { } checks:
                    request = request with { Checks = checks };
                    break;
                case "checks":
                    return new Problem(ProblemCode.MalformedValueError, $"options.checks must be an array of {CheckNames.Known}.", "/options/checks");
                case "challenge" when text:
                    request = request with { Challenge = option.Value.GetString() };
                    break;
                case "domain" when text:
                    request = request with { Domain = option.Value.GetString() };
                    break;
                case "challenge" or "domain":
                    return new Problem(ProblemCode.MalformedValueError, $"options.{option.Name} must be a text.", $"/options/{option.Name}");
            }
        }

        return request;
    }

    // A JWT stands as its text. Any other text is no secured document, not even one that is JSON when it is read as text.
    private static ReadOnlyMemory<byte> BytesOf(JsonElement document) => document.ValueKind == JsonValueKind.String && document.GetString()!.StartsWith("eyJ", StringComparison.Ordinal)
        ? System.Text.Encoding.UTF8.GetBytes(document.GetString()!)
        : JsonMarshal.GetRawUtf8Value(document).ToArray();
}
