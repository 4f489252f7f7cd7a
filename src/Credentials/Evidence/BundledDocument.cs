using System.Runtime.InteropServices;
using System.Text.Json;
using Credentials.Anchoring;
using Credentials.Encoding;
using Credentials.Enveloping;

namespace Credentials.Evidence;

/// <summary>A signed document inside a bundle, in whichever form it was signed.</summary>
/// <param name="MediaType">Its media type: <c>application/vc</c> for a JSON object, an envelope's own otherwise.</param>
/// <param name="Secured">What was signed: JSON text, compact text or COSE, as it is handed to a verifier.</param>
public sealed record BundledDocument(string MediaType, ReadOnlyMemory<byte> Secured)
{
    /// <summary>The media type of a credential with an embedded proof.</summary>
    public const string Embedded = "application/vc";

    private const string Cose = "application/vc+cose";

    /// <summary>Tells the form by the first bytes.</summary>
    public static Parsed<BundledDocument> Of(ReadOnlyMemory<byte> secured)
    {
        ReadOnlyMemory<byte> inner = secured.Trim(" \t\r\n"u8);
        if (inner.Span is [(byte)'{', ..])
        {
            return new BundledDocument(Embedded, inner);
        }

        Parsed<Envelope> envelope = Envelope.Open(inner);
        return !envelope.Ok ? envelope.Problem
            : envelope.Value.IsPresentation ? new Problem(ProblemCode.EvidenceError, "This is a presentation; evidence is collected about a credential.")
            : new BundledDocument(envelope.Value.MediaType, inner);
    }

    internal void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteString("mediaType", MediaType);
        writer.WritePropertyName("credential");
        switch (MediaType)
        {
            case Embedded:
                writer.WriteRawValue(Secured.Span);
                break;
            case Cose:
                writer.WriteStringValue(StrictBase64Url.Encode(Secured.Span));
                break;
            default:
                writer.WriteStringValue(Secured.Span);
                break;
        }
    }

    internal static BundledDocument Read(AnchorJsonReader reader)
    {
        string mediaType = reader.Text("mediaType") ?? "";
        JsonElement? credential = reader.Member("credential");
        byte[]? secured = (mediaType, credential) switch
        {
            (Embedded, { ValueKind: JsonValueKind.Object } json) => JsonMarshal.GetRawUtf8Value(json).ToArray(),
            (Cose, { ValueKind: JsonValueKind.String } text) => StrictBase64Url.Decode(text.GetString()),
            ("application/vc+jwt" or "application/vc+sd-jwt", { ValueKind: JsonValueKind.String } text) => System.Text.Encoding.UTF8.GetBytes(text.GetString()!),
            _ => null,
        };
        if (secured is not { Length: > 0 } || EvidenceBundle.IsOne(secured))
        {
            reader.Fault("Expected an object of the media type application/vc, or text of application/vc+jwt, application/vc+sd-jwt or application/vc+cose.", "credential");
        }

        return new(mediaType, secured ?? []);
    }
}

/// <summary>A status list as it was fetched.</summary>
/// <param name="Url">From where; as the credential's status entry names it.</param>
/// <param name="Document">What was there.</param>
public sealed record BundledStatusList(string Url, BundledDocument Document)
{
    internal static BundledStatusList Read(AnchorJsonReader bundle, JsonElement json, string pointer)
    {
        var reader = new AnchorJsonReader(json, pointer, ProblemCode.EvidenceError);
        reader.AllowOnly("url", "mediaType", "credential");
        string url = reader.Text("url") ?? "";
        if (!Uri.TryCreate(url, UriKind.Absolute, out _))
        {
            reader.Fault("Expected an absolute URL.", "url");
        }

        var list = new BundledStatusList(url, BundledDocument.Read(reader));
        bundle.Adopt(reader);
        return list;
    }
}
