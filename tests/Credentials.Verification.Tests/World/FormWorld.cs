using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Credentials.Anchoring;
using Credentials.DataIntegrity;
using Credentials.Dids.Methods;
using Credentials.Encoding;
using Credentials.Enveloping;
using Credentials.Keys;
using Credentials.Securing;
using Credentials.TestKit;

namespace Credentials.Verification.Tests.World;

/// <summary>A diploma in some form, anchored where the form has an anchor digest.</summary>
/// <param name="Text">As it is handed over.</param>
/// <param name="Handle">The handle of its registry entry.</param>
/// <param name="StatusListIndex">Its index in both status lists.</param>
/// <param name="Receipts">The receipt that goes beside it; none for a form that is not anchored.</param>
internal sealed record FormedDiploma(byte[] Text, RegistryHandle Handle, int StatusListIndex, IReadOnlyList<AnchorReceipt> Receipts);

/// <summary>Diplomas and presentations in every form that <see cref="SecuringForm.All"/> lists: a new row is under these laws at once.</summary>
internal static class FormWorld
{
    /// <summary>The suite whose signed credentials are the holder's alone.</summary>
    public const string SelectiveDisclosure = "ecdsa-sd-2023";

    private const string Legacy = "Ed25519Signature2020";

    /// <summary>Names of the forms of credentials.</summary>
    public static TheoryData<string> Credentials => [.. CredentialForms];

    /// <summary>The same.</summary>
    public static IEnumerable<string> CredentialForms => NamesOf(SecuredKinds.Credential);

    /// <summary>Names of the forms of presentations: of one that only parts are shown of, the holder simply presents less.</summary>
    public static TheoryData<string> Presentations => [.. PresentationForms];

    /// <summary>The same.</summary>
    public static IEnumerable<string> PresentationForms => NamesOf(SecuredKinds.Presentation).Where(name => name != SelectiveDisclosure);

    /// <summary>Issues a diploma in that form, and anchors it if the form can be.</summary>
    public static async Task<FormedDiploma> IssueAsAsync(this TestWorld world, string form, Action<JsonObject>? edit = null, Func<SecuringOptions, SecuringOptions>? options = null)
    {
        (byte[] text, RegistryHandle handle, int index) = world.Issuer.Prepare("brazil");
        bool anchored = form != "vc+cose";
        byte[] unsigned = Text.Edit(text, json =>
        {
            if (!anchored)
            {
                json["credentialStatus"]!.AsArray().RemoveAt(2);
            }

            edit?.Invoke(json);
        });
        byte[] secured = await world.SecureAsync(form, unsigned, options);
        return new(secured, handle, index, anchored ? [await world.AnchorAsync(DigestOf(secured))] : []);
    }

    /// <summary>Signs a document as the institution; of a form with selective disclosure, all is disclosed.</summary>
    public static Task<byte[]> SecureAsync(this TestWorld world, string form, byte[] document, Func<SecuringOptions, SecuringOptions>? options = null)
    {
        SecuringForm row = SecuringForm.Find(form)!;
        (SigningKey key, string fragment) = row.KeyTypes.Contains(KeyType.P256) ? (world.Issuer.P256, "p256") : (world.Issuer.Ed25519, "ed25519");
        return SecureAsync(form, document, key, $"{world.Issuer.Did}#{fragment}", options);
    }

    /// <summary>Signs a document with any key in any name.</summary>
    public static async Task<byte[]> SecureAsync(string form, byte[] document, SigningKey key, string method, Func<SecuringOptions, SecuringOptions>? options = null)
    {
        var said = new SecuringOptions(method, Samples.Time) { MandatoryPointers = form == SelectiveDisclosure ? ["/issuer"] : [] };
        byte[] secured = (await SecuringForm.Find(form)!.SignAsync(form == Legacy ? WithLegacyContext(document) : document, key, options is null ? said : options(said), CancellationToken.None)).Require();
        return form == SelectiveDisclosure ? EcdsaSd2023Proofs.Derive(secured, PointersInto(secured)).Require() : secured;
    }

    /// <summary>A key that the form signs with.</summary>
    public static SigningKey KeyFor(string form) => SigningKey.Generate(SecuringForm.Find(form)!.KeyTypes.Contains(KeyType.P256) ? KeyType.P256 : KeyType.Ed25519);

    /// <summary>The DID of a key that is its own document.</summary>
    public static string DidOf(SigningKey key) => DidKey.MethodOf(key.PublicKey).Split('#')[0];

    /// <summary>Whether the form is an envelope.</summary>
    public static bool IsEnvelope(string form) => form.Contains('+', StringComparison.Ordinal);

    /// <summary>Verifies it with its receipts beside it.</summary>
    public static Task<VerificationResult> VerifyAsync(this TestWorld world, FormedDiploma diploma, VerificationPolicy? policy = null, TrustedMaterial? trusted = null) =>
        world.Verifier(policy, trusted).VerifyAsync(diploma.Text, diploma.Receipts, CancellationToken.None);

    /// <summary>The same bytes under another signature, or the same signature under other bytes: one character in the middle of the signature changed.</summary>
    public static byte[] WithBrokenSignature(byte[] secured)
    {
        if (secured[0] == '{')
        {
            return Text.Edit(secured, json =>
            {
                JsonNode proof = json["proof"] is JsonArray set ? set[0]! : json["proof"]!;
                string value = (string)proof["proofValue"]!;
                proof["proofValue"] = value[..(value.Length / 2)] + (value[value.Length / 2] == 'A' ? 'B' : 'A') + value[((value.Length / 2) + 1)..];
            });
        }

        byte[] broken = [.. secured];
        int end = Array.IndexOf(broken, (byte)'~');
        int at = secured[0] >= 0x80 ? broken.Length - 30 : (end < 0 ? broken.Length : end) - 30;
        broken[at] = secured[0] >= 0x80 ? (byte)(broken[at] ^ 1) : broken[at] == (byte)'A' ? (byte)'B' : (byte)'A';
        return broken;
    }

    /// <summary>The proof's own type is a term, which no other context of the samples defines.</summary>
    private static byte[] WithLegacyContext(byte[] document) => Text.Edit(document, json => json["@context"]!.AsArray().Add("https://w3id.org/security/suites/ed25519-2020/v1"));

    private static string[] PointersInto(byte[] secured) =>
        [.. JsonNode.Parse(secured)!.AsObject().Select(member => member.Key).Except(["@context", "proof"], StringComparer.Ordinal).Select(name => "/" + name)];

    private static async Task<AnchorReceipt> AnchorAsync(this TestWorld world, AnchorDigest digest)
    {
        var batch = new AnchorBatch([AnchorDigest.From(RandomNumberGenerator.GetBytes(Bytes32.Length)), digest], world.Issuer.Registry, world.Issuer.Institution, null);
        Assert.True(await world.AnchorAsync(batch.Root));
        return batch.ReceiptOf(digest)!;
    }

    private static AnchorDigest DigestOf(byte[] secured) => secured[0] == '{'
        ? MerkleAnchor2026.DigestOf(StrictJson.Parse(secured).Require().RootElement)!.Value
        : Envelope.Open(secured).Require().AnchorDigest!.Value;

    private static IEnumerable<string> NamesOf(SecuredKinds kind) => SecuringForm.All.Where(form => form.Kinds.HasFlag(kind)).Select(form => form.Name);
}
