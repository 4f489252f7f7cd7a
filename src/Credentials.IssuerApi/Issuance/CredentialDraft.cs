using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Credentials.Anchoring;
using Credentials.DataModel;
using Credentials.Encoding;
using Credentials.IssuerApi.Institutions;
using Credentials.IssuerApi.Status;
using Credentials.JsonLd;
using Credentials.Status;

namespace Credentials.IssuerApi.Issuance;

/// <summary>Completes a caller's credential: adds what is missing behind the caller's own text, of which no byte changes.</summary>
internal static class CredentialDraft
{
    private const string ContextV2 = "https://www.w3.org/ns/credentials/v2";
    private static readonly JsonWriterOptions s_writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What a caller may not say, because this issuer says it.</summary>
    public static IReadOnlyList<Problem> Refusals(JsonElement credential, string did)
    {
        if (credential.ValueKind != JsonValueKind.Object)
        {
            return [new(ProblemCode.MalformedValueError, "A credential is a JSON object.", "")];
        }

        List<Problem> problems = [];
        if (credential.TryGetProperty("proof", out _))
        {
            problems.Add(new(ProblemCode.MalformedValueError, "The credential is signed already. Send it without a proof: this issuer adds its own.", "/proof"));
        }

        if (credential.TryGetProperty("credentialStatus", out _))
        {
            problems.Add(new(ProblemCode.MalformedValueError, "Send the credential without credentialStatus: this issuer allocates its entries.", "/credentialStatus"));
        }

        if (credential.TryGetProperty("issuer", out JsonElement issuer) && IdOf(issuer) != did)
        {
            problems.Add(new(ProblemCode.MalformedValueError, $"The issuer must be {did}, or be left out.", "/issuer"));
        }

        if (!credential.TryGetProperty("@context", out JsonElement context) || FirstOf(context) != ContextV2)
        {
            problems.Add(new(ProblemCode.MalformedValueError, $"The first context must be {ContextV2}: this issuer signs credentials of version 2.0.", "/@context"));
        }

        return problems;
    }

    /// <summary>The completed text, and every problem that the data model finds in it.</summary>
    /// <param name="credential">What <see cref="Refusals"/> lets pass.</param>
    /// <param name="id">For a document that has no <c>id</c>.</param>
    /// <param name="institution">For a document that has no <c>issuer</c>: its DID and its name, so that people read who signed.</param>
    /// <param name="validFrom">For a document that has no <c>validFrom</c>.</param>
    /// <param name="status">The status list entries.</param>
    /// <param name="registry">The registry entry.</param>
    public static (byte[] Document, IReadOnlyList<Problem> Problems) Complete(
        JsonElement credential, string id, Institution institution, DateTimeOffset validFrom, IReadOnlyList<BitstringStatusListEntry> status, RegistryEntry registry)
    {
        var added = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(added, s_writing))
        {
            writer.WriteStartObject();
            WriteMissing(writer, credential, "id", id);
            WriteMissingIssuer(writer, credential, institution);
            WriteMissing(writer, credential, "validFrom", XsdDateTime.Format(validFrom));
            WriteStatus(writer, status, registry);
            writer.WriteEndObject();
        }

        // {"a":1}  and  {"b":2}  become  {"a":1,"b":2}; the credential has members, @context among them.
        byte[] document = [.. JsonMarshal.GetRawUtf8Value(credential)[..^1], (byte)',', .. added.WrittenSpan[1..]];
        return (document, VerifiableCredential.ValidateForIssuing(document, ContextLibrary.Shipped));
    }

    private static void WriteMissing(Utf8JsonWriter writer, JsonElement credential, string name, string value)
    {
        if (!credential.TryGetProperty(name, out _))
        {
            writer.WriteString(name, value);
        }
    }

    private static void WriteMissingIssuer(Utf8JsonWriter writer, JsonElement credential, Institution institution)
    {
        if (!credential.TryGetProperty("issuer", out _))
        {
            writer.WriteStartObject("issuer");
            writer.WriteString("id", institution.Did);
            writer.WriteString("name", institution.Name);
            writer.WriteEndObject();
        }
    }

    private static void WriteStatus(Utf8JsonWriter writer, IReadOnlyList<BitstringStatusListEntry> status, RegistryEntry registry)
    {
        writer.WriteStartArray("credentialStatus");
        foreach (BitstringStatusListEntry entry in status)
        {
            StatusEntryJson.Write(writer, entry);
        }

        writer.WriteStartObject();
        writer.WriteString("id", registry.Id);
        writer.WriteString("type", RegistryEntry.Type);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    /// <summary>The id of an issuer, which is a text or an object with an id; null when it is neither.</summary>
    public static string? IdOf(JsonElement issuer) => issuer.ValueKind switch
    {
        JsonValueKind.String => issuer.GetString(),
        JsonValueKind.Object when issuer.TryGetProperty("id", out JsonElement id) && id.ValueKind == JsonValueKind.String => id.GetString(),
        _ => null,
    };

    private static string? FirstOf(JsonElement context)
    {
        JsonElement first = context.ValueKind == JsonValueKind.Array && context.GetArrayLength() > 0 ? context[0] : context;
        return first.ValueKind == JsonValueKind.String ? first.GetString() : null;
    }
}
