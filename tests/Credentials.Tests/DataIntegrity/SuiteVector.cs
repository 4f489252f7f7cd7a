using System.Text.Json;
using Credentials.Keys;
using Credentials.TestKit;

namespace Credentials.Tests.DataIntegrity;

/// <summary>One folder of the specifications' vectors: a credential, its key pair and every value on the way to its signature.</summary>
public sealed record SuiteVector(string Specification, string Folder, string Suffix, string KeyFile, string SecretMember)
{
    public JsonElement Unsecured => Vectors.Json(Specification, "unsigned.json");

    public byte[] SecuredText => Vectors.Bytes(Specification, Folder, $"signed{Suffix}.json");

    public JsonElement ProofConfiguration => Vectors.Json(Specification, Folder, $"proofConfig{Suffix}.json");

    public string CanonicalDocument => Text("canonDoc");

    public string CanonicalProof => Text("proofCanon");

    public byte[] DocumentHash => Hex("docHash");

    public byte[] ProofHash => Hex("proofHash");

    public byte[] CombinedHash => Hex("combinedHash");

    public byte[] Signature => Hex("sigHex");

    public string ProofValue => Text("sigBTC58");

    public PublicKey PublicKey => Multikey.Decode(Vectors.Json(Specification, KeyFile).GetProperty("publicKeyMultibase").GetString()!).Require();

    public SigningKey SecretKey() => Multikey.DecodeSecret(Vectors.Json(Specification, KeyFile).GetProperty(SecretMember).GetString()!).Require();

    public override string ToString() => Folder;

    private string Text(string name) => Vectors.Text(Specification, Folder, $"{name}{Suffix}.txt");

    private byte[] Hex(string name) => Vectors.Hex(Specification, Folder, $"{name}{Suffix}.txt");
}
