using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Credentials.IssuerApi.Issuance;
using Credentials.IssuerApi.Status;
using Credentials.Status;

namespace Credentials.IssuerApi.Instances;

/// <summary>Completes what a caller wants secured: the issuer object's id, the status entry. Everything else goes through as it came.</summary>
internal static class InstanceDocument
{
    private static readonly JsonWriterOptions s_writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What a caller may not say, because the instance says it; empty when there is nothing.</summary>
    public static IReadOnlyList<Problem> Refusals(JsonElement credential, string did)
    {
        if (credential.ValueKind != JsonValueKind.Object)
        {
            return [new(ProblemCode.MalformedValueError, "A credential is a JSON object.", "/credential")];
        }

        if (credential.TryGetProperty("proof", out _))
        {
            return [new(ProblemCode.MalformedValueError, "The credential is signed already. Send it without a proof: this issuer adds its own.", "/credential/proof")];
        }

        // A missing issuer, or one of a wrong shape, is for the rules of the data model to name.
        string? named = credential.TryGetProperty("issuer", out JsonElement issuer) ? CredentialDraft.IdOf(issuer) : null;
        return named is null || named == did || !Uri.TryCreate(named, UriKind.Absolute, out _)
            ? []
            : [new(ProblemCode.MalformedValueError, $"This instance issues as {did} and nobody else.", "/credential/issuer")];
    }

    /// <summary>The text to be secured.</summary>
    /// <param name="credential">What <see cref="Refusals"/> lets pass.</param>
    /// <param name="did">For an issuer object without an id.</param>
    /// <param name="status">The entry to be added to the caller's own, if any.</param>
    public static byte[] Complete(JsonElement credential, string did, BitstringStatusListEntry? status)
    {
        var text = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(text, s_writing);
        writer.WriteStartObject();
        foreach (JsonProperty member in credential.EnumerateObject())
        {
            if (member.NameEquals("issuer") && member.Value.ValueKind == JsonValueKind.Object && !member.Value.TryGetProperty("id", out _))
            {
                WriteIssuer(writer, member.Value, did);
            }
            else if (status is null || !member.NameEquals("credentialStatus"))
            {
                member.WriteTo(writer);
            }
        }

        if (status is not null)
        {
            writer.WritePropertyName("credentialStatus");
            WriteStatus(writer, credential, status);
        }

        writer.WriteEndObject();
        writer.Flush();
        return text.WrittenSpan.ToArray();
    }

    private static void WriteIssuer(Utf8JsonWriter writer, JsonElement issuer, string did)
    {
        writer.WriteStartObject("issuer");
        writer.WriteString("id", did);
        foreach (JsonProperty member in issuer.EnumerateObject())
        {
            member.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    private static void WriteStatus(Utf8JsonWriter writer, JsonElement credential, BitstringStatusListEntry status)
    {
        if (!credential.TryGetProperty("credentialStatus", out JsonElement own))
        {
            StatusEntryJson.Write(writer, status);
            return;
        }

        writer.WriteStartArray();
        foreach (JsonElement entry in own.ValueKind == JsonValueKind.Array ? [.. own.EnumerateArray()] : new[] { own })
        {
            entry.WriteTo(writer);
        }

        StatusEntryJson.Write(writer, status);
        writer.WriteEndArray();
    }
}
