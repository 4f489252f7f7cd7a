using System.Text.Json;
using System.Text.Unicode;

namespace Credentials.Encoding;

/// <summary>Reads JSON that came from outside: UTF-8, no duplicate members, no lone surrogates, bounded depth and size. What it lets pass, every <c>GetString</c> can read.</summary>
/// <remarks>The rules of I-JSON (https://www.rfc-editor.org/rfc/rfc7493), which JCS presumes.</remarks>
public static class StrictJson
{
    /// <summary>How deep arrays and objects may nest.</summary>
    public const int MaxDepth = 64;

    /// <summary>The size in bytes above which nothing is read unless the caller says otherwise: 16 MiB.</summary>
    public const int DefaultMaxLength = 16 * 1024 * 1024;

    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth };

    /// <summary>Parses a document; the problem points at the place (JSON pointer of the duplicate member, or line and column in its text).</summary>
    /// <param name="utf8">The bytes as received. A byte order mark is refused. The document reads from them, so they must not change.</param>
    /// <param name="maxLength">Bytes that are read at most.</param>
    public static Parsed<JsonDocument> Parse(ReadOnlyMemory<byte> utf8, int maxLength = DefaultMaxLength)
    {
        ReadOnlySpan<byte> text = utf8.Span;
        if (text.Length > maxLength)
        {
            return Fault($"The document has {text.Length} bytes, and at most {maxLength} are read.");
        }

        if (text.StartsWith("\uFEFF"u8))
        {
            return Fault("The document begins with a byte order mark; JSON has none.");
        }

        if (!Utf8.IsValid(text))
        {
            return Fault("The document is not UTF-8.");
        }

        try
        {
            if (MayHoldSurrogateEscape(text) && StrictJsonDiagnosis.Find(text) is { } problem)
            {
                return problem;
            }

            return JsonDocument.Parse(utf8, Options);
        }
        catch (JsonException e)
        {
            return StrictJsonDiagnosis.Find(text) ?? Fault($"The document is no JSON: {e.Message}");
        }
    }

    /// <summary>Parses a document, and reads what it says; nothing that is read may keep an element of it without a copy.</summary>
    internal static Parsed<T> Read<T>(ReadOnlyMemory<byte> utf8, int maxLength, Func<JsonElement, Parsed<T>> read)
        where T : class
    {
        Parsed<JsonDocument> parsed = Parse(utf8, maxLength);
        if (!parsed.Ok)
        {
            return parsed.Problem;
        }

        using JsonDocument document = parsed.Value;
        return read(document.RootElement);
    }

    private static Problem Fault(string detail) => new(ProblemCode.ParsingError, detail, "");

    // "\ud800" to "\udfff", in any case; a pair is well, and told from a lone one by the slower look.
    private static bool MayHoldSurrogateEscape(ReadOnlySpan<byte> text) =>
        text.IndexOf("\\ud"u8) >= 0 || text.IndexOf("\\uD"u8) >= 0;
}
