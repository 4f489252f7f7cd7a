using System.Buffers;
using System.Text.Json;
using Credentials.Anchoring;
using Credentials.Encoding;
using Credentials.Enveloping;
using Credentials.JsonLd;

namespace Credentials.Verification.Forms;

/// <summary>What was handed in, opened: the JSON text that it secures, and how.</summary>
/// <param name="Form">As <see cref="VerificationResult.Form"/>; null when no form was recognised.</param>
/// <param name="Text">The JSON text of the credential or presentation.</param>
/// <param name="Envelope">The envelope around it, if there is one.</param>
/// <param name="Problem">Why an envelope could not be opened.</param>
internal sealed record SecuredDocument(string? Form, ReadOnlyMemory<byte> Text, Envelope? Envelope, Problem? Problem)
{
    private const string DataIntegrityForm = "data-integrity";
    private const byte CoseSign1Tag = 0xD2;
    private const byte ArrayOfFour = 0x84;

    private static readonly SearchValues<byte> Base64UrlCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    /// <summary>Recognises the form by the first bytes: JSON, a compact JWS or SD-JWT, COSE. What is none of them is taken for JSON that is broken.</summary>
    public static SecuredDocument Open(ReadOnlyMemory<byte> handed)
    {
        ReadOnlyMemory<byte> inner = handed.Trim(" \t\r\n"u8);
        return inner.Span switch
        {
            [(byte)'{', ..] => OpenJson(handed),
            [CoseSign1Tag or ArrayOfFour, ..] => Of(Envelope.Open(handed)),
            _ when IsCompact(inner.Span) => Of(Envelope.Open(inner)),
            _ => new(null, handed, null, null),
        };
    }

    /// <summary>The form's name.</summary>
    public static string FormOf(Envelope envelope) => envelope.Form;

    /// <summary>The signatures over it.</summary>
    /// <param name="document">Its text, parsed; null when that is no JSON.</param>
    /// <param name="contexts">What the terms mean.</param>
    /// <remarks>A credential may carry proofs of its own inside an envelope: then each of them is a signature too.</remarks>
    public DataIntegrityProofs SignaturesOver(JsonElement? document, ContextLibrary? contexts)
    {
        DataIntegrityProofs proofs = document is { } json ? DataIntegrityProofs.Read(json, contexts) : DataIntegrityProofs.None;
        return Envelope is null ? proofs : proofs with { Signatures = [new EnvelopeSignature(Envelope), .. proofs.Signatures] };
    }

    /// <summary>The digest that is anchored, by the form; null when there is none.</summary>
    public AnchorDigest? AnchorDigestOf(JsonElement document) => Envelope is null ? MerkleAnchor2026.DigestOf(document) : Envelope.AnchorDigest;

    // The word is looked for first: documents are not parsed twice for the sake of the few that have it.
    private static SecuredDocument OpenJson(ReadOnlyMemory<byte> handed)
    {
        if (handed.Span.IndexOf("\"Enveloped"u8) >= 0 && StrictJson.Parse(handed, Envelope.MaxLength) is { Ok: true, Value: { } json })
        {
            using (json)
            {
                if (EnvelopedDocument.Is(json.RootElement))
                {
                    return Of(EnvelopedDocument.Open(json.RootElement));
                }
            }
        }

        return new(DataIntegrityForm, handed, null, null);
    }

    private static SecuredDocument Of(Parsed<Envelope> opened) => opened.Ok
        ? new(FormOf(opened.Value), opened.Value.Payload, opened.Value, null)
        : new(null, default, null, opened.Problem);

    /// <summary>Base64url and points: three parts at least, of which the first is never empty.</summary>
    private static bool IsCompact(ReadOnlySpan<byte> text)
    {
        int point = text.IndexOf((byte)'.');
        return point > 0 && text[(point + 1)..].Contains((byte)'.') && !text[..point].ContainsAnyExcept(Base64UrlCharacters);
    }
}
