using System.Buffers;
using System.Text.Json;

namespace Credentials.Dids;

/// <summary>Writes what a resolver found in the shapes of DID Resolution, its errors as problem details.</summary>
/// <remarks>https://www.w3.org/TR/did-resolution/#did-resolution-result, https://www.w3.org/TR/did-resolution/#errors</remarks>
public static class DidResultJson
{
    /// <summary><c>{"didDocument","didResolutionMetadata","didDocumentMetadata"}</c>, UTF-8.</summary>
    public static byte[] ToUtf8(DidResolutionResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Write(writer =>
        {
            WriteContent(writer, "didDocument", result.Document?.Json);
            WriteMetadata(writer, "didResolutionMetadata", result.Ok ? result.ContentType : null, result.Error);
            WriteFate(writer, "didDocumentMetadata", result.Deactivated);
        });
    }

    /// <summary><c>{"content","contentStream","dereferencingMetadata","contentMetadata"}</c>, UTF-8.</summary>
    /// <remarks>The algorithms of the specification call the content <c>contentStream</c>, its examples call it <c>content</c>; readers of either find it.</remarks>
    public static byte[] ToUtf8(DidDereferencingResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Write(writer =>
        {
            foreach (string name in (string[])["content", "contentStream"])
            {
                if (result.Urls.Count > 0)
                {
                    writer.WriteString(name, UriListOf(result));
                }
                else
                {
                    WriteContent(writer, name, result.Content);
                }
            }

            WriteMetadata(writer, "dereferencingMetadata", result.Ok ? result.ContentType : null, result.Error);
            WriteFate(writer, "contentMetadata", result.Deactivated);
        });
    }

    /// <summary>The <c>text/uri-list</c> of a result (RFC 2483): one URL a line.</summary>
    public static string UriListOf(DidDereferencingResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return string.Concat(result.Urls.Select(url => url.AbsoluteUri + "\r\n"));
    }

    /// <summary>The code under which the specification knows a problem: what only this library tells apart is an internal error to it.</summary>
    public static string CodeOf(Problem error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.Code == ProblemCode.DidResolutionError ? ProblemCode.InternalError : error.Code;
    }

    private static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var text = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(text, new() { Indented = true });
        writer.WriteStartObject();
        members(writer);
        writer.WriteEndObject();
        writer.Flush();
        return text.WrittenSpan.ToArray();
    }

    private static void WriteContent(Utf8JsonWriter writer, string name, JsonElement? content)
    {
        writer.WritePropertyName(name);
        if (content is { } json)
        {
            json.WriteTo(writer);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    private static void WriteMetadata(Utf8JsonWriter writer, string name, string? contentType, Problem? error)
    {
        writer.WriteStartObject(name);
        if (contentType is not null)
        {
            writer.WriteString("contentType", contentType);
        }

        if (error is not null)
        {
            string code = CodeOf(error);
            writer.WriteStartObject("error");
            writer.WriteString("type", ProblemCode.TypeOf(code).AbsoluteUri);
            writer.WriteString("title", code[..1] + code[1..].Replace('_', ' ').ToLowerInvariant());
            writer.WriteString("detail", error.Detail);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteFate(Utf8JsonWriter writer, string name, bool deactivated)
    {
        writer.WriteStartObject(name);
        if (deactivated)
        {
            writer.WriteBoolean("deactivated", true);
        }

        writer.WriteEndObject();
    }
}
