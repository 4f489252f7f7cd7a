using System.Buffers;
using System.Text.Json;
using Credentials.DataModel;
using Credentials.Encoding;

namespace Credentials.Dids.Dereferencing;

/// <summary>Parts of a DID document, made to stand alone: they take its <c>@context</c> with them.</summary>
/// <remarks>https://www.w3.org/TR/did-resolution/#dereferencing-algorithm-fragment</remarks>
internal static class DidDocumentPart
{
    private const string Context = "@context";

    /// <summary>The verification method or service of that absolute id.</summary>
    internal static JsonElement? Find(DidDocument document, string id)
    {
        foreach (JsonElement part in DidDocument.Relationships.Prepend("verificationMethod").SelectMany(document.Items).Concat(document.Services))
        {
            if (IsNamed(part, id, document.Id))
            {
                return Write(document, writer =>
                {
                    foreach (JsonProperty member in part.EnumerateObject().Where(member => member.Name != Context))
                    {
                        member.WriteTo(writer);
                    }
                });
            }
        }

        return null;
    }

    /// <summary>The document with those of its services alone.</summary>
    internal static JsonElement WithServices(DidDocument document, IReadOnlyList<JsonElement> services) => Write(document, writer =>
    {
        foreach (JsonProperty member in document.Json.EnumerateObject().Where(member => member.Name is not (Context or "service")))
        {
            member.WriteTo(writer);
        }

        writer.WriteStartArray("service");
        foreach (JsonElement service in services)
        {
            service.WriteTo(writer);
        }

        writer.WriteEndArray();
    });

    internal static bool IsNamed(JsonElement part, string id, string did) =>
        part.ValueKind == JsonValueKind.Object && part.TryGetProperty("id", out JsonElement own) && own.ValueKind == JsonValueKind.String
        && own.GetString() is { } text && (text.StartsWith('#') ? did + text : text) == id;

    internal static bool HasType(JsonElement part, string type) =>
        part.ValueKind == JsonValueKind.Object && part.TryGetProperty("type", out JsonElement own) && CredentialRules.TypesOf(own).Contains(type, StringComparer.Ordinal);

    private static JsonElement Write(DidDocument document, Action<Utf8JsonWriter> members)
    {
        var text = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(text))
        {
            writer.WriteStartObject();
            if (document.Json.TryGetProperty(Context, out JsonElement context))
            {
                writer.WritePropertyName(Context);
                context.WriteTo(writer);
            }

            members(writer);
            writer.WriteEndObject();
        }

        return StrictJson.Parse(text.WrittenMemory).Require().RootElement;
    }
}
