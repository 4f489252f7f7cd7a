using System.Text.Json;

namespace Credentials.JsonLd.Contexts;

/// <summary>The contexts that were embedded at build time.</summary>
internal static class ShippedContexts
{
    /// <summary>Each document's text by URL.</summary>
    public static Dictionary<string, ReadOnlyMemory<byte>> Read()
    {
        using Stream resource = typeof(ShippedContexts).Assembly.GetManifestResourceStream("contexts.json")!;
        using JsonDocument contexts = JsonDocument.Parse(resource);
        return contexts.RootElement.EnumerateObject().ToDictionary(
            entry => entry.Name, entry => (ReadOnlyMemory<byte>)System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(entry.Value).ToArray(), StringComparer.Ordinal);
    }
}
