using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Credentials.Canonicalization;
using Credentials.Encoding;

namespace Credentials.DataIntegrity;

/// <summary>Writes a new proof, all but its value. By hand: a Utf8JsonWriter takes buffers of 4 KiB, which cost more than the whole canonical form.</summary>
internal static class ProofConfiguration
{
    /// <summary>The proof's JSON, with no white space.</summary>
    public static byte[] Write(JsonElement document, Cryptosuite suite, ProofOptions options)
    {
        var text = new ByteBuffer(512);
        text.Append("{\"type\":"u8);
        text.AppendQuoted(Encode(suite.ProofType));
        Member(text, ",\"id\":"u8, options.Id);
        Member(text, ",\"cryptosuite\":"u8, suite.IsLegacy ? null : suite.Name);
        Member(text, ",\"created\":"u8, Time(options.Created));
        Member(text, ",\"expires\":"u8, Time(options.Expires));
        Member(text, ",\"verificationMethod\":"u8, options.VerificationMethod);
        Member(text, ",\"proofPurpose\":"u8, options.ProofPurpose);
        Member(text, ",\"challenge\":"u8, options.Challenge);
        Member(text, ",\"domain\":"u8, options.Domain);
        Member(text, ",\"nonce\":"u8, options.Nonce);
        Member(text, ",\"previousProof\":"u8, options.PreviousProof);
        if (suite.ProofCarriesContext && document.TryGetProperty("@context", out JsonElement context))
        {
            text.Append(",\"@context\":"u8);
            text.Append(JsonMarshal.GetRawUtf8Value(context));
        }

        text.Append((byte)'}');
        return text.Written.ToArray();
    }

    /// <summary>The proof with its value.</summary>
    public static byte[] Complete(ReadOnlySpan<byte> configuration, string proofValue) =>
        [.. configuration[..^1], .. ",\"proofValue\":\""u8, .. System.Text.Encoding.ASCII.GetBytes(proofValue), .. "\"}"u8];

    private static void Member(ByteBuffer text, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            text.Append(name);
            text.AppendQuoted(Encode(value));
        }
    }

    private static void Member(ByteBuffer text, ReadOnlySpan<byte> name, IReadOnlyList<string> values)
    {
        if (values.Count <= 1)
        {
            Member(text, name, values.Count == 0 ? null : values[0]);
            return;
        }

        text.Append(name);
        for (int i = 0; i < values.Count; i++)
        {
            text.Append(i == 0 ? "["u8 : ","u8);
            text.AppendQuoted(Encode(values[i]));
        }

        text.Append((byte)']');
    }

    private static string? Time(DateTimeOffset? time) => time is { } value ? XsdDateTime.Format(value) : null;

    private static ReadOnlySpan<byte> Encode(string text) => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes;
}
