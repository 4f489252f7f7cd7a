using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.DataModel;

namespace Credentials.Enveloping;

/// <summary>The objects by which an envelope stands in a JSON document: <c>EnvelopedVerifiableCredential</c> and <c>EnvelopedVerifiablePresentation</c>, whose <c>id</c> is a <c>data:</c> URL.</summary>
/// <remarks>https://www.w3.org/TR/vc-data-model-2.0/#enveloped-verifiable-credentials, https://www.rfc-editor.org/rfc/rfc2397</remarks>
public static class EnvelopedDocument
{
    /// <summary>The type around a credential.</summary>
    public const string CredentialType = "EnvelopedVerifiableCredential";

    /// <summary>The type around a presentation.</summary>
    public const string PresentationType = "EnvelopedVerifiablePresentation";

    /// <summary>Whether an object says that it is one of both.</summary>
    public static bool Is(JsonElement document) => TypesOf(document) is [_, ..];

    /// <summary>Opens the envelope of its <c>id</c>.</summary>
    public static Parsed<Envelope> Open(JsonElement document)
    {
        if (TypesOf(document) is not [var type])
        {
            return Malformed($"The document is neither an {CredentialType} nor an {PresentationType}, or says that it is both.", "/type");
        }

        // "The @context property of the object MUST be present and include a context ... that defines at least the id, type, and EnvelopedVerifiableCredential terms".
        if (!document.TryGetProperty("@context", out JsonElement context) || !NamesBaseContext(context))
        {
            return Malformed($"An {type} has the context {CredentialRules.ContextV2}.", "/@context");
        }

        // "The id value of the object MUST be a data: URL that expresses a secured verifiable credential using an enveloping security scheme".
        if (!document.TryGetProperty("id", out JsonElement id) || id.ValueKind != JsonValueKind.String || DataUrl.Read(id.GetString()!) is not { } url)
        {
            return Malformed($"The id of an {type} is a data: URL.", "/id");
        }

        Parsed<Envelope> envelope = !EnvelopeType.IsKnown(url.MediaType)
            ? new Problem(ProblemCode.UnsupportedCryptosuite, $"The data: URL is of another media type than {string.Join(", ", EnvelopeType.All.Select(row => row.MediaType))}.", "/id")
            : Envelope.Open(url.Bytes, url.MediaType);
        return envelope.Ok && envelope.Value.IsPresentation != (type == PresentationType)
            ? Malformed($"An {type} holds a {envelope.Value.MediaType}.", "/id")
            : envelope;
    }

    /// <summary>Writes the object around an envelope. COSE in base64, text as it is.</summary>
    public static byte[] Write(Envelope envelope) => JsonSerializer.SerializeToUtf8Bytes(ToJson(envelope), Readable);

    /// <summary>The same as a node, to be put into a presentation.</summary>
    public static JsonObject ToJson(Envelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        return new()
        {
            ["@context"] = CredentialRules.ContextV2,
            ["id"] = ToDataUrl(envelope),
            ["type"] = envelope.IsPresentation ? PresentationType : CredentialType,
        };
    }

    /// <summary>The <c>data:</c> URL alone.</summary>
    public static string ToDataUrl(Envelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        return envelope.Type.Shape == EnvelopeShape.Cose
            ? DataUrl.WriteBase64(envelope.MediaType, envelope.Secured.Span)
            : DataUrl.WriteText(envelope.MediaType, envelope.Secured.Span);
    }

    // A "+" stays a "+": everybody compares these URLs as text.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string[] TypesOf(JsonElement document) =>
        document.ValueKind == JsonValueKind.Object && document.TryGetProperty("type", out JsonElement type)
            ? [.. CredentialRules.TypesOf(type).Where(name => name is CredentialType or PresentationType).Distinct(StringComparer.Ordinal)]
            : [];

    private static bool NamesBaseContext(JsonElement context) => context.ValueKind switch
    {
        JsonValueKind.String => context.ValueEquals(CredentialRules.ContextV2),
        JsonValueKind.Array => context.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.String && item.ValueEquals(CredentialRules.ContextV2)),
        _ => false,
    };

    private static Problem Malformed(string detail, string pointer) => new(ProblemCode.MalformedValueError, detail, pointer);
}
