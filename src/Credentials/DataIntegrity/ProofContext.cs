using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Credentials.Encoding;

namespace Credentials.DataIntegrity;

/// <summary>The JSON-LD context that gives a proof its meaning, where the document's own contexts do not: those of version 1.1 know no <c>DataIntegrityProof</c>.</summary>
/// <remarks>https://www.w3.org/TR/vc-data-integrity/#context-injection</remarks>
public static class ProofContext
{
    private const string CredentialsV2 = "https://www.w3.org/ns/credentials/v2";
    private const string DataIntegrityV1 = "https://w3id.org/security/data-integrity/v1";
    private const string DataIntegrityV2 = "https://w3id.org/security/data-integrity/v2";
    private const string Ed25519Signature2020V1 = "https://w3id.org/security/suites/ed25519-2020/v1";

    private static readonly JsonWriterOptions s_writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document with that context at the end of its <c>@context</c>; the very same text when none is missing, or when it has no <c>@context</c> at all.</summary>
    /// <param name="document">UTF-8 JSON text of an object that is to be signed.</param>
    /// <param name="suite">The suite to sign with.</param>
    public static Parsed<byte[]> AddTo(ReadOnlyMemory<byte> document, Cryptosuite suite)
    {
        ArgumentNullException.ThrowIfNull(suite);
        Parsed<JsonDocument> parsed = StrictJson.Parse(document);
        if (!parsed.Ok)
        {
            return parsed.Problem;
        }

        using JsonDocument json = parsed.Value;
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("@context", out JsonElement context) && Missing(context, suite) is { } missing
            ? Write(json.RootElement, missing)
            : document.ToArray();
    }

    // "... MUST inject or append an @context value ... if an @context property is present and it does not already contain [the context]."
    private static string? Missing(JsonElement context, Cryptosuite suite)
    {
        JsonElement[] values = context.ValueKind == JsonValueKind.Array ? [.. context.EnumerateArray()] : [context];
        string[] enough = suite.ProofType == DataIntegrityProof.DataIntegrityType ? [DataIntegrityV2, DataIntegrityV1, CredentialsV2] : [Ed25519Signature2020V1];
        return values.Any(value => value.ValueKind == JsonValueKind.String && enough.Contains(value.GetString(), StringComparer.Ordinal)) ? null : enough[0];
    }

    private static byte[] Write(JsonElement document, string missing)
    {
        var text = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(text, s_writing);
        writer.WriteStartObject();
        foreach (JsonProperty member in document.EnumerateObject())
        {
            if (!member.NameEquals("@context"))
            {
                member.WriteTo(writer);
                continue;
            }

            writer.WriteStartArray("@context");
            foreach (JsonElement value in member.Value.ValueKind == JsonValueKind.Array ? [.. member.Value.EnumerateArray()] : new[] { member.Value })
            {
                value.WriteTo(writer);
            }

            writer.WriteStringValue(missing);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.Flush();
        return text.WrittenSpan.ToArray();
    }
}
