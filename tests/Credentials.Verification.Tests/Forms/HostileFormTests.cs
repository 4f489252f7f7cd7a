using System.Buffers.Text;
using System.Text.Json.Nodes;
using Credentials.Encoding;
using Credentials.Keys;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;
using Xunit.Abstractions;

namespace Credentials.Verification.Tests.Forms;

/// <summary>Inputs made to exhaust: deep, large, many, circular, in every envelope. Each is answered with a reason, within the bounds of <see cref="Weighed"/>.</summary>
public sealed class HostileFormTests(ITestOutputHelper output)
{
    private const int Megabyte = 1024 * 1024;

    private static readonly Dictionary<string, Func<Task<byte[]>>> Inputs = new(StringComparer.Ordinal)
    {
        ["arrays 10,000 deep"] = () => Raw(new string('[', 10_000) + new string(']', 10_000)),
        ["objects 10,000 deep"] = () => Raw(Deep(10_000)),
        ["a subject 10,000 deep, JCS"] = () => SubjectAsync("eddsa-jcs-2022", Deep(10_000)),
        ["a subject 10,000 deep, RDF"] = () => SubjectAsync("eddsa-rdfc-2022", Deep(10_000)),
        ["a subject 60 deep, sd"] = () => SubjectAsync("ecdsa-sd-2023", Deep(60)),
        ["10 MB of text"] = () => SubjectAsync("eddsa-jcs-2022", $"\"{new string('x', 10 * Megabyte)}\""),
        ["10 MB of members"] = () => SubjectAsync("eddsa-rdfc-2022", Members(500_000)),
        ["1 MB less a little of members, JCS"] = () => SubjectAsync("eddsa-jcs-2022", Members(45_000)),
        ["1 MB less a little of members, RDF"] = () => SubjectAsync("eddsa-rdfc-2022", Members(45_000)),
        ["1 MB less a little of members, sd"] = () => SubjectAsync("ecdsa-sd-2023", Members(45_000)),
        ["1 MB of empty objects, RDF"] = () => SubjectAsync("eddsa-rdfc-2022", "[" + string.Join(',', Enumerable.Repeat("{\"a\":{}}", 100_000)) + "]"),
        ["a member twice, RDF"] = () => SubjectAsync("eddsa-rdfc-2022", "{\"a\":1,\"a\":2}"),
        ["a lone surrogate, RDF"] = () => SubjectAsync("eddsa-rdfc-2022", "\"\\ud800\""),
        ["a lone surrogate in a name, RDF"] = () => SubjectAsync("eddsa-rdfc-2022", "{\"\\udc00\":1}"),
        ["1e400, JCS"] = () => SubjectAsync("eddsa-jcs-2022", "1e400"),
        ["1e400, RDF"] = () => SubjectAsync("eddsa-rdfc-2022", "1e400"),
        ["1e400, sd"] = () => SubjectAsync("ecdsa-sd-2023", "-1e400"),
        ["500 digits, RDF"] = () => SubjectAsync("eddsa-rdfc-2022", new string('7', 500)),
        ["a million digits, RDF"] = () => SubjectAsync("eddsa-rdfc-2022", new string('7', 1_000_000)),
        ["a million digits, JCS"] = () => SubjectAsync("eddsa-jcs-2022", "0." + new string('7', 1_000_000)),
        ["an exponent of a million digits, RDF"] = () => SubjectAsync("eddsa-rdfc-2022", "1e" + new string('7', 100_000)),
        ["a proof value of 1 MB in base58"] = () => ProofAsync("eddsa-jcs-2022", proof => proof["proofValue"] = "z" + new string('2', Megabyte - 100_000)),
        ["a proof value of 900 kB in base64url"] = () => ProofAsync("ecdsa-sd-2023", proof => proof["proofValue"] = "u2V0B" + new string('A', 900_000)),
        ["64 proofs in a circle"] = () => ProofsAsync(64, (i, proof) => proof["previousProof"] = $"urn:p:{(i + 1) % 64}"),
        ["16 proofs in a circle"] = () => ProofsAsync(16, (i, proof) => proof["previousProof"] = $"urn:p:{(i + 1) % 16}"),
        ["16 proofs that all build on each other"] = () => ProofsAsync(16, (_, proof) => proof["previousProof"] = new JsonArray([.. Enumerable.Range(0, 16).Select(j => (JsonNode)$"urn:p:{j}")])),
        ["a proof that builds on itself"] = () => ProofsAsync(1, (_, proof) => proof["previousProof"] = "urn:p:0"),
        ["a proof that builds on 50,000"] = () => ProofsAsync(1, (_, proof) => proof["previousProof"] = new JsonArray([.. Enumerable.Range(0, 50_000).Select(j => (JsonNode)$"urn:p:{j}")])),
        ["15 proofs that build on 3,000 names each"] = () => ProofsAsync(15, (i, proof) => proof["previousProof"] = new JsonArray([.. Enumerable.Range(0, 3_000).Select(_ => (JsonNode)$"urn:p:{(i + 1) % 15}")])),
        ["30,000 proofs"] = () => ProofsAsync(30_000, (_, proof) => proof.Remove("proofValue"), "{}"),
        ["a key name of 900 kB"] = () => ProofAsync("eddsa-jcs-2022", proof => proof["verificationMethod"] = "did:key:z6Mk" + new string('2', 900_000)),
        ["a did:jwk of 900 kB"] = () => ProofAsync("eddsa-jcs-2022", proof => proof["verificationMethod"] = "did:jwk:" + Base64Url.EncodeToString(Utf8.Bytes("{\"kty\":\"OKP\",\"a\":\"" + new string('x', 600_000) + "\"}")) + "#0"),
        ["a header of 3 MB"] = () => HeaderAsync("{\"alg\":\"EdDSA\",\"kid\":\"" + new string('k', 2 * Megabyte) + "\"}"),
        ["a header 10,000 deep"] = () => HeaderAsync("{\"alg\":\"EdDSA\",\"x\":" + Deep(2_000) + "}"),
        ["3 MB of points"] = () => Raw("e" + new string('.', 3 * Megabyte)),
        ["a payload 10,000 deep"] = async () => Changed.WithPayload(await CredentialAsync("vc+jwt"), Utf8.Bytes(Deep(10_000))),
        ["a payload of 2.9 MB"] = async () => Changed.WithPayload(await CredentialAsync("vc+jwt"), Utf8.Bytes("{\"@context\":\"" + new string('x', 2_900_000) + "\"}")),
        ["a payload that is a wide array, cose"] = async () => Changed.WithPayload(await CredentialAsync("vc+cose"), Utf8.Bytes("{\"a\":[" + string.Join(',', Enumerable.Repeat("0", 1_000_000)) + "]}")),
        ["100,000 disclosures"] = async () => [.. await CredentialAsync("vc+sd-jwt"), .. Utf8.Bytes(string.Concat(Enumerable.Range(0, 100_000).Select(i => Base64Url.EncodeToString(Utf8.Bytes($"[\"s{i}\",1]")) + "~")))],
        ["100,000 empty disclosures"] = async () => [.. await CredentialAsync("vc+sd-jwt"), .. Utf8.Bytes(new string('~', 100_000))],
        ["one disclosure 400 times"] = async () => [.. await CredentialAsync("vc+sd-jwt"), .. Utf8.Bytes(string.Concat(Enumerable.Repeat(Base64Url.EncodeToString(Utf8.Bytes("[\"s\",1]")) + "~", 400)))],
        ["disclosures 450 deep"] = () => RecursiveAsync(450),
        ["disclosures 10,000 deep"] = () => RecursiveAsync(10_000),
        ["an _sd of 100,000 digests"] = async () => Changed.WithPayload(await CredentialAsync("vc+sd-jwt"), Utf8.Bytes("{\"_sd\":[" + string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"{i}\"")) + "]}")),
        ["one envelope in another, 20 times"] = NestedAsync,
        ["a data URL of 3 MB"] = () => Raw(Enveloped("data:application/vc+jwt," + new string('a', 3 * Megabyte))),
        ["a data URL of 3 MB in escapes"] = () => Raw(Enveloped("data:application/vc+jwt," + string.Concat(Enumerable.Repeat("%41", Megabyte)))),
        ["a data URL of 3 MB in base64"] = () => Raw(Enveloped("data:application/vc+cose;base64," + new string('A', 3 * Megabyte))),
        ["CBOR arrays 100,000 deep"] = () => Task.FromResult<byte[]>([0xD2, 0x84, .. Enumerable.Repeat((byte)0x81, 100_000)]),
        ["CBOR tags 100,000 deep"] = () => Task.FromResult<byte[]>([.. Enumerable.Repeat((byte)0xD2, 100_000)]),
        ["CBOR of indefinite length"] = () => Task.FromResult<byte[]>([0xD2, 0x9F, .. Enumerable.Repeat((byte)0x5F, 100_000)]),
        ["a CBOR string that claims 2 GB"] = () => Task.FromResult<byte[]>([0xD2, 0x84, 0x5A, 0x7F, 0xFF, 0xFF, 0xFF, 0x00]),
        ["a CBOR string that claims 2^63"] = () => Task.FromResult<byte[]>([0xD2, 0x84, 0x5B, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]),
        ["a CBOR header with arrays 50,000 deep"] = async () => (CoseParts.Read(await CredentialAsync("vc+cose")) with { Protected = [0xA2, 0x01, 0x27, 0x18, 0x63, .. Enumerable.Repeat((byte)0x81, 50_000), 0x00] }).Write(),
        ["a CBOR header that claims 2^31 entries"] = async () => (CoseParts.Read(await CredentialAsync("vc+cose")) with { Protected = [0xBA, 0x7F, 0xFF, 0xFF, 0xFF] }).Write(),
        ["a CBOR header with an array that claims 2^31 items"] = async () => (CoseParts.Read(await CredentialAsync("vc+cose")) with { Protected = [0xA2, 0x01, 0x27, 0x18, 0x63, 0x9A, 0x7F, 0xFF, 0xFF, 0xFF] }).Write(),
        ["a CBOR header with a kid of 3 MB"] = async () => (CoseParts.Read(await CredentialAsync("vc+cose")) with { Protected = [0xA2, 0x01, 0x27, 0x04, 0x5A, 0x00, 0x30, 0x00, 0x00, .. Enumerable.Repeat((byte)'k', 0x300000)] }).Write(),
        ["an sd proof whose map claims 2^31 entries"] = () => SelectiveAsync([0xBA, 0x7F, 0xFF, 0xFF, 0xFF]),
        ["an sd proof of 18,000 labels"] = () => SelectiveAsync([0xB9, 0x46, 0x50, .. Enumerable.Range(0, 18_000).SelectMany(i => (byte[])[0x19, (byte)(i >> 8), (byte)i, 0x58, 0x20, .. new byte[32]]), 0x80]),
        ["an sd proof of 200,000 mandatory indexes"] = () => SelectiveAsync([0xA0, 0x9A, 0x00, 0x03, 0x0D, 0x40, .. new byte[200_000]]),
    };

    public static TheoryData<string> Names => [.. Inputs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Answers_within_bounds(string name) => await Weighed.RefusesAsync(await Inputs[name](), output);

    private static Task<byte[]> Raw(string text) => Task.FromResult(Utf8.Bytes(text));

    private static string Deep(int depth) => string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);

    private static string Members(int count) => "{" + string.Join(',', Enumerable.Range(0, count).Select(i => $"\"member{i}\":{i}")) + "}";

    private static string Enveloped(string url) => $$"""{"@context":"https://www.w3.org/ns/credentials/v2","type":"EnvelopedVerifiableCredential","id":"{{url}}"}""";

    private static Task<byte[]> CredentialAsync(string form) => FormBench.CredentialAsync(form, KeyType.Ed25519);

    private static async Task<byte[]> SubjectAsync(string form, string value) =>
        Text.Replace(Text.Edit(await FormBench.CredentialAsync(form, FormBench.KeyOf(form)), json => json["credentialSubject"]!["hostile"] = "HERE"), "\"HERE\"", value);

    private static async Task<byte[]> ProofAsync(string form, Action<JsonObject> edit) =>
        Text.Edit(await FormBench.CredentialAsync(form, FormBench.KeyOf(form)), json => edit(json["proof"]!.AsObject()));

    private static async Task<byte[]> ProofsAsync(int count, Action<int, JsonObject> edit, string? instead = null) => Text.Edit(await CredentialAsync("eddsa-jcs-2022"), json =>
    {
        JsonNode original = instead is null ? json["proof"]! : JsonNode.Parse(instead)!;
        json["proof"] = new JsonArray([.. Enumerable.Range(0, count).Select(i =>
        {
            JsonObject proof = original.DeepClone().AsObject();
            proof["id"] = $"urn:p:{i}";
            edit(i, proof);
            return (JsonNode)proof;
        })]);
    });

    private static async Task<byte[]> HeaderAsync(string header) => Changed.WithHeader(await CredentialAsync("vc+jwt"), Utf8.Bytes(header));

    /// <summary>A derived proof with the labels and what follows them replaced.</summary>
    private static async Task<byte[]> SelectiveAsync(byte[] tail)
    {
        byte[] credential = await FormBench.CredentialAsync("ecdsa-sd-2023", KeyType.P256);
        byte[] value = [0xD9, 0x5D, 0x01, 0x85, 0x58, 0x40, .. new byte[64], 0x58, 0x23, 0x80, 0x24, .. FormBench.Issuer(KeyType.P256).PublicKey.Bytes.Span, 0x80, .. tail];
        return Text.Edit(credential, json => json["proof"]!["proofValue"] = Multibase.EncodeBase64Url(value));
    }

    private static async Task<byte[]> RecursiveAsync(int depth)
    {
        string digest = "";
        var disclosures = new List<string>();
        for (int i = 0; i < depth; i++)
        {
            string disclosure = Base64Url.EncodeToString(Utf8.Bytes(digest.Length == 0 ? $"[\"s{i}\",\"a\",1]" : $"[\"s{i}\",\"a\",{{\"_sd\":[\"{digest}\"]}}]"));
            digest = Base64Url.EncodeToString(System.Security.Cryptography.SHA256.HashData(Utf8.Bytes(disclosure)));
            disclosures.Add(disclosure);
        }

        byte[] jws = Changed.WithPayload(await CredentialAsync("vc+jwt"), Utf8.Bytes($"{{\"_sd\":[\"{digest}\"]}}"));
        return [.. jws, .. Utf8.Bytes("~" + string.Join('~', disclosures) + "~")];
    }

    private static async Task<byte[]> NestedAsync()
    {
        byte[] inner = await CredentialAsync("vc+jwt");
        for (int i = 0; i < 20; i++)
        {
            inner = Changed.WithPayload(await CredentialAsync("vc+jwt"), Utf8.Bytes(Enveloped("data:application/vc+jwt," + Utf8.Text(inner))));
        }

        return inner;
    }
}
