using System.Text.Json;
using Credentials.Encoding;

namespace Credentials.OpenId.Presentation;

/// <summary>The presentations of an answer, by the id of the credential query that each answers.</summary>
/// <param name="Presentations">Each presentation as a verifier takes it: compact text, or JSON text of an object.</param>
/// <remarks>https://openid.net/specs/openid-4-verifiable-presentations-1_0.html#name-response-parameters</remarks>
public sealed record VpToken(IReadOnlyDictionary<string, IReadOnlyList<ReadOnlyMemory<byte>>> Presentations)
{
    /// <summary>Presentations above which an answer is refused: each costs fetches and signatures.</summary>
    public const int MaxPresentations = 32;

    /// <summary>The size in bytes above which none is read: 4 MiB.</summary>
    public const int MaxLength = 4 * 1024 * 1024;

    private const byte ObjectStart = (byte)'{';

    /// <summary>Reads one: an object whose members are non-empty arrays of texts and objects.</summary>
    public static Parsed<VpToken> Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Fault("A vp_token is an object.", "/vp_token");
        }

        Dictionary<string, IReadOnlyList<ReadOnlyMemory<byte>>> presentations = new(StringComparer.Ordinal);
        foreach (JsonProperty entry in json.EnumerateObject())
        {
            string pointer = JsonPointer.Member("/vp_token", entry.Name);
            if (entry.Value.ValueKind != JsonValueKind.Array || entry.Value.GetArrayLength() == 0
                || entry.Value.EnumerateArray().Any(item => !IsPresentation(item)))
            {
                return Fault("To each credential query the vp_token has a non-empty array of presentations: texts or objects.", pointer);
            }

            presentations.Add(entry.Name, [.. entry.Value.EnumerateArray().Select(BytesOf)]);
        }

        return presentations.Values.Sum(each => each.Count) > MaxPresentations
            ? Fault($"The vp_token holds more than {MaxPresentations} presentations.", "/vp_token")
            : new VpToken(presentations);
    }

    /// <summary>Reads one from its text.</summary>
    public static Parsed<VpToken> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Parsed<JsonDocument> parsed = StrictJson.Parse(System.Text.Encoding.UTF8.GetBytes(text), MaxLength);
        if (!parsed.Ok)
        {
            return Fault("The vp_token is no JSON: " + parsed.Problem.Detail, "/vp_token");
        }

        using JsonDocument document = parsed.Value;
        return Read(document.RootElement);
    }

    /// <summary>Writes the object.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        foreach ((string id, IReadOnlyList<ReadOnlyMemory<byte>> each) in Presentations)
        {
            writer.WriteStartArray(id);
            foreach (ReadOnlyMemory<byte> presentation in each)
            {
                // No compact serialisation begins with a brace.
                if (presentation.Span[0] == ObjectStart)
                {
                    writer.WriteRawValue(presentation.Span);
                }
                else
                {
                    writer.WriteStringValue(presentation.Span);
                }
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static bool IsPresentation(JsonElement item) => item.ValueKind == JsonValueKind.Object || (item.ValueKind == JsonValueKind.String && !item.ValueEquals(""));

    private static ReadOnlyMemory<byte> BytesOf(JsonElement item) =>
        System.Text.Encoding.UTF8.GetBytes(item.ValueKind == JsonValueKind.String ? item.GetString()! : item.GetRawText());

    private static Problem Fault(string detail, string pointer) => new(PresentationError.InvalidRequest, detail, pointer);
}
