using System.Text.Json;
using Credentials.DataIntegrity;
using Credentials.Encoding;
using Credentials.Enveloping;
using Credentials.Jose;

namespace Credentials.Securing;

/// <summary>A holder's copy of a credential that discloses less, in whatever form that allows it: <c>ecdsa-sd-2023</c>, or SD-JWT as text or in its <c>data:</c> URL. Needs no key; verifies nothing.</summary>
/// <remarks>https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-sd-2023, https://www.rfc-editor.org/rfc/rfc9901#section-7.2</remarks>
public static class SelectiveDisclosure
{
    /// <summary>Derives the copy, in the shape in which the credential came.</summary>
    /// <param name="credential">The credential in full: JSON text, or a compact SD-JWT.</param>
    /// <param name="pointers">RFC 6901 pointers, into the credential, to what is disclosed besides what cannot be withheld. A pointer to nothing is a problem.</param>
    public static Parsed<byte[]> Derive(ReadOnlyMemory<byte> credential, IReadOnlyList<string> pointers)
    {
        ArgumentNullException.ThrowIfNull(pointers);
        if (credential.Span is not [(byte)'{', ..])
        {
            return Present(credential, pointers);
        }

        Parsed<JsonDocument> parsed = StrictJson.Parse(credential);
        if (!parsed.Ok)
        {
            return parsed.Problem;
        }

        using JsonDocument document = parsed.Value;
        if (!EnvelopedDocument.Is(document.RootElement))
        {
            return EcdsaSd2023Proofs.Derive(credential, pointers);
        }

        Parsed<Envelope> whole = EnvelopedDocument.Open(document.RootElement);
        if (!whole.Ok)
        {
            return whole.Problem;
        }

        Parsed<byte[]> copy = Present(whole.Value.Secured, pointers);
        return copy.Ok ? EnvelopedDocument.Write(Envelope.Open(copy.Value, whole.Value.MediaType).Require()) : copy.Problem;
    }

    private static Parsed<byte[]> Present(ReadOnlyMemory<byte> compact, IReadOnlyList<string> pointers)
    {
        Parsed<SdJwt> whole = SdJwt.Open(compact);
        return whole.Ok ? whole.Value.Present(pointers) : whole.Problem;
    }
}
