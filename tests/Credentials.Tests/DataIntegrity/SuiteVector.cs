using System.Security.Cryptography;
using System.Text.Json;
using Credentials.Keys;
using Credentials.TestKit;

namespace Credentials.Tests.DataIntegrity;

/// <summary>One folder of the specifications' vectors: a credential, its key pair and every value on the way to its signature.</summary>
public sealed record SuiteVector(string Specification, string Folder, string Suffix, string KeyFile, string SecretMember, string UnsecuredFile = "unsigned.json")
{
    private static readonly string[] Json = ["signed", "proofConfig"];
    private static readonly string[] Texts = ["canonDoc", "proofCanon", "docHash", "proofHash", "combinedHash", "sigHex", "sigBTC58"];

    /// <summary>Every file of the folder, each of which is asserted.</summary>
    public IEnumerable<string> Files =>
        [.. Json.Select(name => $"{Specification}/{Folder}/{name}{Suffix}.json"), .. Texts.Select(name => $"{Specification}/{Folder}/{name}{Suffix}.txt")];

    public byte[] UnsecuredText => Vectors.Bytes(Specification, UnsecuredFile);

    public JsonElement Unsecured => WithContextOf(SecuredText);

    public byte[] SecuredText => Vectors.Bytes(Specification, Folder, $"signed{Suffix}.json");

    public JsonElement ProofConfiguration => Vectors.Json(Specification, Folder, $"proofConfig{Suffix}.json");

    public string CanonicalDocument => Text("canonDoc");

    public string CanonicalProof => Text("proofCanon");

    public byte[] DocumentHash => Hex("docHash");

    public byte[] ProofHash => Hex("proofHash");

    public byte[] CombinedHash => Hex("combinedHash");

    public byte[] Signature => Hex("sigHex");

    public string ProofValue => Text("sigBTC58");

    public string SuiteName => (ProofConfiguration.TryGetProperty("cryptosuite", out JsonElement name) ? name : ProofConfiguration.GetProperty("type")).GetString()!;

    public PublicKey PublicKey => Multikey.Decode(Vectors.Json(Specification, KeyFile).GetProperty("publicKeyMultibase").GetString()!).Require();

    public HashAlgorithmName Hash => PublicKey.Type == KeyType.P384 ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;

    public SigningKey SecretKey() => Multikey.DecodeSecret(Vectors.Json(Specification, KeyFile).GetProperty(SecretMember).GetString()!).Require();

    public override string ToString() => Folder;

    // The legacy suite's document names one context more than the file that the folders share.
    private JsonElement WithContextOf(byte[] secured)
    {
        System.Text.Json.Nodes.JsonNode node = System.Text.Json.Nodes.JsonNode.Parse(UnsecuredText)!;
        node["@context"] = System.Text.Json.Nodes.JsonNode.Parse(secured)!["@context"]!.DeepClone();
        return JsonDocument.Parse(node.ToJsonString()).RootElement;
    }

    private string Text(string name) => Vectors.Text(Specification, Folder, $"{name}{Suffix}.txt");

    private byte[] Hex(string name) => Vectors.Hex(Specification, Folder, $"{name}{Suffix}.txt");
}
