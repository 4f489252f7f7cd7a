using System.Text.Json;

namespace Credentials.IssuerApi.Http;

/// <summary>An option that is an array of JSON pointers, as several requests of the VC-API have one.</summary>
internal static class PointerOption
{
    /// <summary>The pointers; empty when the option is not given, null when it is anything but an array of texts.</summary>
    public static string[]? Read(JsonElement options, string name) =>
        !options.TryGetProperty(name, out JsonElement pointers) ? []
        : pointers.ValueKind == JsonValueKind.Array && pointers.EnumerateArray().All(pointer => pointer.ValueKind == JsonValueKind.String)
            ? [.. pointers.EnumerateArray().Select(pointer => pointer.GetString()!)]
            : null;
}
