using System.Text.Encodings.Web;
using System.Text.Json;
using Credentials.Encoding;

namespace Credentials.OpenId.Messages;

/// <summary>Messages as UTF-8 JSON text.</summary>
internal static class MessageText
{
    /// <summary>Bytes of a message that are read at most: 1 MiB.</summary>
    public const int MaxLength = 1024 * 1024;

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes an object.</summary>
    public static byte[] Write(Action<Utf8JsonWriter> members)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Writing))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>Parses text strictly, and reads it; faults of the text carry the protocol's own code.</summary>
    public static Parsed<T> Read<T>(ReadOnlyMemory<byte> utf8, string code, Func<JsonElement, Parsed<T>> read)
        where T : class
    {
        Parsed<JsonDocument> parsed = StrictJson.Parse(utf8, MaxLength);
        if (!parsed.Ok)
        {
            return parsed.Problem with { Code = code };
        }

        using JsonDocument document = parsed.Value;
        return read(document.RootElement);
    }

    /// <summary>Writes a member, unless there is nothing to say.</summary>
    public static void Member(this Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    /// <inheritdoc cref="Member(Utf8JsonWriter, string, string?)"/>
    public static void Member(this Utf8JsonWriter writer, string name, Uri? value) => writer.Member(name, value?.OriginalString);

    /// <inheritdoc cref="Member(Utf8JsonWriter, string, string?)"/>
    public static void Member(this Utf8JsonWriter writer, string name, int? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }

    /// <inheritdoc cref="Member(Utf8JsonWriter, string, string?)"/>
    public static void Member(this Utf8JsonWriter writer, string name, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            writer.WriteStartArray(name);
            foreach (string value in values)
            {
                writer.WriteStringValue(value);
            }

            writer.WriteEndArray();
        }
    }

    /// <summary>Writes an array of objects, unless there are none.</summary>
    public static void Objects<T>(this Utf8JsonWriter writer, string name, IReadOnlyList<T> values, Action<T> members)
    {
        if (values.Count > 0)
        {
            writer.WriteStartArray(name);
            foreach (T value in values)
            {
                writer.WriteStartObject();
                members(value);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }
    }

    /// <summary>Writes a member that is an object.</summary>
    public static void Object(this Utf8JsonWriter writer, string name, Action members)
    {
        writer.WriteStartObject(name);
        members();
        writer.WriteEndObject();
    }
}
