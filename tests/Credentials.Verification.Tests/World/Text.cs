using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.TestKit;

namespace Credentials.Verification.Tests.World;

/// <summary>Changes the text of a document.</summary>
internal static class Text
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One text for another; the old one must be there.</summary>
    public static byte[] Replace(byte[] text, string old, string other)
    {
        string whole = System.Text.Encoding.UTF8.GetString(text);
        Assert.Contains(old, whole, StringComparison.Ordinal);
        return Utf8.Bytes(whole.Replace(old, other, StringComparison.Ordinal));
    }

    /// <summary>The document after somebody edited it.</summary>
    public static byte[] Edit(byte[] text, Action<JsonObject> edit)
    {
        JsonObject json = JsonNode.Parse(text)!.AsObject();
        edit(json);
        return JsonSerializer.SerializeToUtf8Bytes(json, Readable);
    }
}
