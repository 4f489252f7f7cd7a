using System.Runtime.InteropServices;
using System.Text.Json;
using Credentials.Canonicalization;
using Credentials.Encoding;

namespace Credentials.DataIntegrity;

/// <summary>Documents with other members than they came with.</summary>
internal static class ProofDocument
{
    private const string Proof = "proof";

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = StrictJson.MaxDepth };

    /// <summary>The object with these proofs in place of its own; without the member when there are none.</summary>
    public static JsonDocument WithProofs(JsonElement document, IReadOnlyList<JsonElement> proofs)
    {
        var text = new ByteBuffer(JsonMarshal.GetRawUtf8Value(document).Length + 16);
        Open(text, document, Proof);
        if (proofs.Count > 0)
        {
            Name(text, "proof"u8);
            text.Append((byte)'[');
            for (int i = 0; i < proofs.Count; i++)
            {
                text.Append(i == 0 ? ""u8 : ","u8);
                text.Append(JsonMarshal.GetRawUtf8Value(proofs[i]));
            }

            text.Append((byte)']');
        }

        return Close(text);
    }

    /// <summary>The proof without its value, in the context of its document.</summary>
    public static JsonDocument Configuration(JsonElement proof, JsonElement context)
    {
        var text = new ByteBuffer(512);
        Open(text, proof, "proofValue", "@context");
        if (context.ValueKind != JsonValueKind.Undefined)
        {
            Name(text, "@context"u8);
            text.Append(JsonMarshal.GetRawUtf8Value(context));
        }

        return Close(text);
    }

    // Everything but the closing brace.
    private static void Open(ByteBuffer text, JsonElement document, string except, string? alsoExcept = null)
    {
        text.Append((byte)'{');
        foreach (JsonProperty member in document.EnumerateObject())
        {
            if (!member.NameEquals(except) && (alsoExcept is null || !member.NameEquals(alsoExcept)))
            {
                Name(text, JsonMarshal.GetRawUtf8PropertyName(member));
                text.Append(JsonMarshal.GetRawUtf8Value(member.Value));
            }
        }
    }

    private static void Name(ByteBuffer text, ReadOnlySpan<byte> name)
    {
        if (text.Length > 1)
        {
            text.Append((byte)',');
        }

        text.AppendQuoted(name);
        text.Append((byte)':');
    }

    private static JsonDocument Close(ByteBuffer text)
    {
        text.Append((byte)'}');
        return JsonDocument.Parse(text.WrittenMemory, Options);
    }
}
