using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Dids.Methods;
using Credentials.Enveloping;
using Credentials.Keys;
using Credentials.Securing;

namespace Credentials.Verification.Tests.World;

/// <summary>A learner with a key of her own, her diploma, and an employer who asked for it.</summary>
internal sealed class PresentationWorld : IDisposable
{
    public const string Challenge = "u4Jx0mA3rT";
    public const string Domain = "https://employer.example";

    private PresentationWorld(TestWorld world) => World = world;

    public static PresentationExpectation Expected { get; } = PresentationExpectation.Of(Challenge, Domain);

    public TestWorld World { get; }

    public SigningKey Learner { get; } = SigningKey.Generate(KeyType.P256);

    public SigningKey LearnerEd25519 { get; } = SigningKey.Generate(KeyType.Ed25519);

    public SigningKey Stranger { get; } = SigningKey.Generate(KeyType.P256);

    public string LearnerDid => FormWorld.DidOf(Learner);

    public static async Task<PresentationWorld> CreateAsync() => new(await TestWorld.CreateAsync());

    /// <summary>Her diploma, without a registry entry, so that no receipt has to travel with it.</summary>
    public async Task<byte[]> DiplomaAsync(string form = "ecdsa-jcs-2019", string? subject = null, Action<JsonObject>? edit = null, Func<SecuringOptions, SecuringOptions>? options = null)
    {
        byte[] unsigned = Text.Edit(World.Issuer.Prepare("brazil").Text, json =>
        {
            json["credentialStatus"]!.AsArray().RemoveAt(2);
            json["credentialSubject"]!["id"] = subject ?? LearnerDid;
            edit?.Invoke(json);
        });
        return await World.SecureAsync(form, unsigned, options);
    }

    /// <summary>The presentation of some credentials, unsigned.</summary>
    public static byte[] Unsigned(string? holder, params byte[][] credentials) => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["@context"] = new JsonArray("https://www.w3.org/ns/credentials/v2"),
        ["type"] = new JsonArray("VerifiablePresentation"),
        ["holder"] = holder,
        ["verifiableCredential"] = new JsonArray([.. credentials.Select(Embedded)]),
    });

    /// <summary>The same signed by a key, for the employer unless said otherwise.</summary>
    public static async Task<byte[]> SignAsync(string form, byte[] unsigned, SigningKey key, Func<SecuringOptions, SecuringOptions>? options = null) =>
        await FormWorld.SecureAsync(form, unsigned, key, DidKey.MethodOf(key.PublicKey), said =>
        {
            SecuringOptions asked = said with { Challenge = Challenge, Domain = Domain };
            return options is null ? asked : options(asked);
        });

    /// <summary>Her own presentation of her diploma.</summary>
    public async Task<byte[]> PresentAsync(string form = "ecdsa-jcs-2019", byte[]? diploma = null, Func<SecuringOptions, SecuringOptions>? options = null)
    {
        SigningKey key = SecuringForm.Find(form)!.KeyTypes.Contains(KeyType.P256) ? Learner : LearnerEd25519;
        string did = FormWorld.DidOf(key);
        return await SignAsync(form, Unsigned(did, diploma ?? await DiplomaAsync(subject: did)), key, options);
    }

    public Task<PresentationResult> VerifyAsync(byte[] presentation, PresentationExpectation? expected = null, VerificationPolicy? policy = null) =>
        World.Verifier(policy).VerifyPresentationAsync(presentation, expected ?? Expected, CancellationToken.None);

    public void Dispose()
    {
        World.Dispose();
        Learner.Dispose();
        LearnerEd25519.Dispose();
        Stranger.Dispose();
    }

    private static JsonNode Embedded(byte[] credential) =>
        credential[0] == '{' ? JsonNode.Parse(credential)! : EnvelopedDocument.ToJson(Envelope.Open(credential).Require());
}
