using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.DataIntegrity;
using Credentials.Dids;
using Credentials.Dids.Methods;
using Credentials.Enveloping;
using Credentials.Jose;
using Credentials.Keys;
using Credentials.Securing;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.Forms;

/// <summary>A small diploma and its presentation in every form of <see cref="SecuringForm.All"/> with every type of key, and one verifier that knows the keys and asks no network: a new form is under the law-books at once.</summary>
internal static class FormBench
{
    public const string IssuerDid = "did:web:universidade-modelo.example";
    public const string Challenge = "n-0S6_WzA2Mj";
    public const string Domain = "https://employer.example";

    private const string ContextV2 = "https://www.w3.org/ns/credentials/v2";
    private const string UndefinedTerms = "https://www.w3.org/ns/credentials/undefined-terms/v2";
    private const string Ed25519Signature2020 = "https://w3id.org/security/suites/ed25519-2020/v1";

    private static readonly Dictionary<KeyType, SigningKey> IssuerKeys = Enum.GetValues<KeyType>().ToDictionary(type => type, SigningKey.Generate);
    private static readonly Dictionary<KeyType, SigningKey> HolderKeys = Enum.GetValues<KeyType>().ToDictionary(type => type, SigningKey.Generate);
    private static readonly DidDocument IssuerDocument = DidDocumentWriter.Build(IssuerDid, [.. IssuerKeys.Select(pair => new PublishedKey(FragmentOf(pair.Key), pair.Value.PublicKey))]);
    private static readonly Lazy<byte[]> Embedded = new(() => SignAsync("eddsa-jcs-2022", KeyType.Ed25519, Document("eddsa-jcs-2022")).GetAwaiter().GetResult());

    /// <summary>Each form of credentials with each type of its keys.</summary>
    public static TheoryData<string, KeyType> Credentials => Rows(SecuredKinds.Credential);

    /// <summary>Each form of presentations with each type of its keys.</summary>
    public static TheoryData<string, KeyType> Presentations => Rows(SecuredKinds.Presentation);

    /// <summary>Each form of credentials.</summary>
    public static TheoryData<string> CredentialForms => [.. NamesOf(SecuredKinds.Credential)];

    /// <summary>Each form of presentations.</summary>
    public static TheoryData<string> PresentationForms => [.. NamesOf(SecuredKinds.Presentation)];

    public static DateTimeOffset Now { get; } = Samples.Time + TimeSpan.FromHours(1);

    /// <summary>Offline, with the issuer's document pinned; shared, so that whatever it keeps meets everything.</summary>
    public static CredentialVerifier Verifier { get; } = VerifierThatTrusts(IssuerDocument);

    public static PresentationExpectation Expected { get; } = PresentationExpectation.Of(Challenge, Domain);

    /// <summary>What an SD-JWT discloses one by one: a member, an element, a nested member and its parent.</summary>
    public static DisclosureFrame Frame { get; } = new(["/credentialSubject/name", "/credentialSubject/award", "/credentialSubject/award/grade", "/credentialSubject/courses/0"]) { Decoys = 1 };

    /// <summary>Names of the forms that secure such documents.</summary>
    public static IEnumerable<string> NamesOf(SecuredKinds kind) => SecuringForm.All.Where(form => form.Kinds.HasFlag(kind)).Select(form => form.Name);

    /// <summary>Whether the issuer's proof is for the holder alone, who derives from it what is shown.</summary>
    public static bool IsSelective(string form) => Cryptosuite.Find(form) is { DisclosesSelectively: true };

    /// <summary>A type of key for a form, the cheapest to verify first.</summary>
    public static KeyType KeyOf(string form) => new[] { KeyType.P256, KeyType.Ed25519, KeyType.P384 }.First(SecuringForm.Find(form)!.KeyTypes.Contains);

    public static SigningKey Issuer(KeyType type) => IssuerKeys[type];

    public static SigningKey Holder(KeyType type) => HolderKeys[type];

    public static string MethodOf(KeyType type) => $"{IssuerDid}#{FragmentOf(type)}";

    public static CredentialVerifier VerifierThatTrusts(DidDocument document) =>
        new(new TrustedMaterial { PinnedDidDocuments = [document] }, VerificationPolicy.Offline, new TestClock(Now));

    /// <summary>The same trust under another policy.</summary>
    public static CredentialVerifier VerifierWith(VerificationPolicy policy) => new(new TrustedMaterial { PinnedDidDocuments = [IssuerDocument] }, policy, new TestClock(Now));

    /// <summary>The unsigned diploma, with the contexts that a form asks for.</summary>
    public static byte[] Document(string form) => Utf8.Bytes($$"""
        {
          "@context": [{{Contexts(form)}}, "{{UndefinedTerms}}"],
          "id": "urn:uuid:0e5bf38b-8de3-4e54-a7a3-1a5f6d9d6d11",
          "type": ["VerifiableCredential", "Diploma"],
          "issuer": { "id": "{{IssuerDid}}", "name": "Universidade Modelo" },
          "validFrom": "2026-08-20T00:00:00-03:00",
          "credentialStatus": { "id": "https://status.example/1#7", "type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "7", "statusListCredential": "https://status.example/1" },
          "credentialSubject": {
            "id": "did:example:learner",
            "type": "Learner",
            "name": { "@value": "Concei\u00e7\u00e3o Exemplo", "@language": "pt-BR" },
            "award": { "type": "Degree", "degreeName": "Nursing", "thesisTitle": "Doctor of Philosophy", "grade": 8.74, "honours": true },
            "courses": [ { "title": "Anatomy", "ects": 6 }, { "title": "Ethics", "ects": 3 } ]
          }
        }
        """);

    /// <summary>The diploma as a verifier is handed it: with selective disclosure, all of it is disclosed.</summary>
    public static async Task<byte[]> CredentialAsync(string form, KeyType type, Action<JsonObject>? edit = null, Func<SecuringOptions, SecuringOptions>? options = null) =>
        ForVerifier(form, await SignAsync(form, type, edit is null ? Document(form) : Text.Edit(Document(form), edit), options));

    /// <summary>Its presentation, as a verifier is handed it.</summary>
    public static async Task<byte[]> PresentationAsync(string form, KeyType type, Action<JsonObject>? edit = null, Func<SecuringOptions, SecuringOptions>? options = null)
    {
        byte[] unsigned = Text.Edit(Unsigned(form, DidKey.Of(Holder(type).PublicKey)), json => edit?.Invoke(json));
        var said = new SecuringOptions(DidKey.MethodOf(Holder(type).PublicKey), Samples.Time) { Challenge = Challenge, Domain = Domain };
        Parsed<byte[]> signed = await SecuringForm.Find(form)!.SignAsync(unsigned, Holder(type), options is null ? said : options(said), CancellationToken.None);
        return ForVerifier(form, signed.Require());
    }

    /// <summary>An SD-JWT with its holder's key binding.</summary>
    public static async Task<byte[]> BoundAsync() => (await SdJwt.BindAsync(
        await SignAsync("vc+sd-jwt", KeyType.P256, Document("vc+sd-jwt")), Holder(KeyType.Ed25519), Domain, Challenge, Now, CancellationToken.None)).Require();

    public static Task<VerificationResult> VerifyAsync(byte[] credential) => Verifier.VerifyAsync(credential, CancellationToken.None);

    public static Task<PresentationResult> VerifyPresentationAsync(byte[] presentation, PresentationExpectation? expected = null) =>
        Verifier.VerifyPresentationAsync(presentation, expected ?? Expected, CancellationToken.None);

    /// <summary>Signs as the issuer.</summary>
    public static async Task<byte[]> SignAsync(string form, KeyType type, byte[] document, Func<SecuringOptions, SecuringOptions>? options = null)
    {
        var said = new SecuringOptions(MethodOf(type), Samples.Time) { Disclosures = Frame, HolderKey = Holder(KeyType.Ed25519).PublicKey, MandatoryPointers = ["/issuer", "/validFrom"] };
        return (await SecuringForm.Find(form)!.SignAsync(document, Issuer(type), options is null ? said : options(said), CancellationToken.None)).Require();
    }

    public static string FragmentOf(KeyType type) => type.ToString().ToLowerInvariant();

    private static byte[] ForVerifier(string form, byte[] signed) => IsSelective(form) ? EcdsaSd2023Proofs.Derive(signed, [""]).Require() : signed;

    private static byte[] Unsigned(string form, string holder) => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["@context"] = JsonNode.Parse($"[{Contexts(form)}]"),
        ["type"] = new JsonArray("VerifiablePresentation"),
        ["holder"] = holder,
        ["verifiableCredential"] = new JsonArray(form.Contains('+', StringComparison.Ordinal) ? EnvelopedDocument.ToJson(Envelope.Open(Enveloped.Value).Require()) : JsonNode.Parse(Embedded.Value)),
    });

    private static readonly Lazy<byte[]> Enveloped = new(() => SignAsync("vc+jwt", KeyType.Ed25519, Document("vc+jwt")).GetAwaiter().GetResult());

    private static string Contexts(string form) => form == "Ed25519Signature2020" ? $"\"{ContextV2}\", \"{Ed25519Signature2020}\"" : $"\"{ContextV2}\"";

    private static TheoryData<string, KeyType> Rows(SecuredKinds kind)
    {
        var rows = new TheoryData<string, KeyType>();
        foreach (SecuringForm form in SecuringForm.All.Where(form => form.Kinds.HasFlag(kind)))
        {
            foreach (KeyType type in form.KeyTypes.Order())
            {
                rows.Add(form.Name, type);
            }
        }

        return rows;
    }
}
