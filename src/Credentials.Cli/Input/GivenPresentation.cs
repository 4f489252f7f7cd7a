using System.Text.Json;
using Credentials.Encoding;
using Credentials.Enveloping;
using Credentials.Securing;

namespace Credentials.Cli.Input;

/// <summary>Whether what was handed over is a presentation, by its own word.</summary>
internal static class GivenPresentation
{
    public static bool Is(ReadOnlyMemory<byte> document)
    {
        if (document.Span is not [(byte)'{', ..])
        {
            // A key binding makes an SD-JWT the presentation of the credential that it is.
            Parsed<Envelope> envelope = Envelope.Open(document);
            return envelope.Ok && (envelope.Value.IsPresentation || envelope.Value.KeyBinding is not null);
        }

        Parsed<JsonDocument> parsed = StrictJson.Parse(document);
        if (!parsed.Ok)
        {
            return false;
        }

        using JsonDocument json = parsed.Value;
        return SigningWords.KindOf(document) == SecuredKinds.Presentation
            || (EnvelopedDocument.Is(json.RootElement) && EnvelopedDocument.Open(json.RootElement) is { Ok: true, Value: { } enveloped } && (enveloped.IsPresentation || enveloped.KeyBinding is not null));
    }
}
