using System.Text.Json;
using Credentials.Encoding;
using Credentials.Enveloping;
using Credentials.Jose;

namespace Credentials.IssuerApi.Derivation;

/// <summary>Derives by whatever form the credential is in: <c>ecdsa-sd-2023</c>, or an SD-JWT in its <c>data:</c> URL.</summary>
internal static class SelectiveDisclosure
{
    public static Parsed<byte[]> Derive(ReadOnlyMemory<byte> credential, IReadOnlyList<string> pointers)
    {
        Parsed<JsonDocument> parsed = StrictJson.Parse(credential);
        if (!parsed.Ok)
        {
            return parsed.Problem;
        }

        using JsonDocument document = parsed.Value;
        return EnvelopedDocument.Is(document.RootElement)
            ? DeriveEnveloped(document.RootElement, pointers)
            : new Problem(ProblemCode.UnsupportedCryptosuite, "Only ecdsa-sd-2023 derives.", "/proof");
    }

    private static Parsed<byte[]> DeriveEnveloped(JsonElement document, IReadOnlyList<string> pointers)
    {
        Parsed<Envelope> envelope = EnvelopedDocument.Open(document);
        if (!envelope.Ok)
        {
            return envelope.Problem;
        }

        Parsed<SdJwt> whole = SdJwt.Open(envelope.Value.Secured);
        if (!whole.Ok)
        {
            return whole.Problem with { Pointer = "/id" };
        }

        Parsed<byte[]> presented = whole.Value.Present(pointers);
        return presented.Ok ? EnvelopedDocument.Write(Envelope.Open(presented.Value, envelope.Value.MediaType).Require()) : presented.Problem with { Pointer = "/id" };
    }
}
