using System.Text.Json;
using Credentials.Dids;

namespace Credentials.VerifierWeb.Identifiers;

/// <summary>A result as the drafts of DID Resolution before 2025 wrote it, under a media type of its own: errors are names in camel case, and a context says what the members mean.</summary>
/// <remarks>https://w3c-ccg.github.io/did-resolution/. Resolvers in the field, and the did:key test suite, still ask for it.</remarks>
internal static class EarlierForm
{
    public static byte[] Of(DidResolutionResult result) => Write("didResolutionMetadata", result.Document?.Json, result.Error, result.Deactivated);

    public static byte[] Of(DidDereferencingResult result) => Write("didDereferencingMetadata", result.Content, result.Error, result.Deactivated);

    private static byte[] Write(string metadata, JsonElement? content, Problem? error, bool deactivated)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, new() { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("@context", "https://w3id.org/did-resolution/v1");
            writer.WritePropertyName("didDocument");
            if (content is { } json)
            {
                json.WriteTo(writer);
            }
            else
            {
                writer.WriteNullValue();
            }

            writer.WriteStartObject(metadata);
            if (error is not null)
            {
                writer.WriteString("error", CamelCase(DidResultJson.CodeOf(error)));
                writer.WriteString("errorMessage", error.Detail);
            }
            else if (content is not null)
            {
                writer.WriteString("contentType", DidMediaType.DidLdJson);
            }

            writer.WriteEndObject();
            writer.WriteStartObject("didDocumentMetadata");
            if (deactivated)
            {
                writer.WriteBoolean("deactivated", true);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return text.ToArray();
    }

    /// <summary>INVALID_DID_URL is invalidDidUrl.</summary>
    private static string CamelCase(string code)
    {
        string[] words = code.ToLowerInvariant().Split('_');
        return words[0] + string.Concat(words.Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }
}
