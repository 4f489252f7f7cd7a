using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Enveloping;
using Credentials.Jose;
using Credentials.Keys;
using Credentials.Securing;
using Credentials.TestKit;

namespace Credentials.Tests.Enveloping;

/// <summary>Documents in envelopes for the law-books.</summary>
internal static class Sealed
{
    public const string Method = "did:web:universidade-modelo.example#key";

    private static readonly SampleIssuer Issuer = new();
    private static readonly Dictionary<KeyType, SigningKey> Keys = Enum.GetValues<KeyType>().ToDictionary(type => type, SigningKey.Generate);

    /// <summary>An unsigned credential of the sample issuer.</summary>
    public static byte[] Credential { get; } = Issuer.Prepare("brazil").Text;

    /// <summary>An unsigned presentation of an enveloped credential.</summary>
    public static byte[] Presentation { get; } = JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["@context"] = new JsonArray("https://www.w3.org/ns/credentials/v2"),
        ["type"] = "VerifiablePresentation",
        ["holder"] = "did:example:holder",
        ["verifiableCredential"] = new JsonArray(EnvelopedDocument.ToJson(Open(Make("vc+jwt", KeyType.P256)))),
    });

    /// <summary>What of a credential is disclosed selectively in the law-books.</summary>
    public static DisclosureFrame Frame { get; } = new(["/credentialSubject/dateOfBirth", "/credentialSubject/award", "/credentialSubject/award/grade"]);

    public static SigningKey Key(KeyType type) => Keys[type];

    /// <summary>The document that a form secures.</summary>
    public static byte[] DocumentOf(string form) => form.StartsWith("vp", StringComparison.Ordinal) ? Presentation : Credential;

    /// <summary>A secured document.</summary>
    public static byte[] Make(string form, KeyType type, Func<SecuringOptions, SecuringOptions>? change = null) => Make(form, Key(type), DocumentOf(form), change);

    public static byte[] Make(string form, ISigner key, byte[] document, Func<SecuringOptions, SecuringOptions>? change = null)
    {
        var options = new SecuringOptions(Method);
        return SecuringForm.Find(form)!.SignAsync(document, key, change?.Invoke(options) ?? options, CancellationToken.None).GetAwaiter().GetResult().Require();
    }

    public static Envelope Open(byte[] secured, string? mediaType = null) => Envelope.Open(secured, mediaType).Require();

    /// <summary>The problem of an envelope, from opening or verifying, whichever comes first; null when there is none.</summary>
    public static Problem? ProblemOf(byte[] secured, PublicKey key, string? mediaType = null)
    {
        Parsed<Envelope> envelope = Envelope.Open(secured, mediaType);
        return envelope.Ok ? envelope.Value.Verify(key) : envelope.Problem;
    }
}
