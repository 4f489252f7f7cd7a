using System.Text.Json;

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
    public static bool Is(JsonElement document) => throw new NotImplementedException();

    /// <summary>Opens the envelope of its <c>id</c>.</summary>
    public static Parsed<Envelope> Open(JsonElement document) => throw new NotImplementedException();

    /// <summary>Writes the object around an envelope. COSE in base64, text as it is.</summary>
    public static byte[] Write(Envelope envelope) => throw new NotImplementedException();

    /// <summary>The <c>data:</c> URL alone.</summary>
    public static string DataUrl(Envelope envelope) => throw new NotImplementedException();
}
