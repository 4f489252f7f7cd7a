using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.DataIntegrity;
using Credentials.DataIntegrity.Cryptosuites;
using Credentials.Keys;
using Credentials.TestKit;

namespace Credentials.Tests.DataIntegrity;

/// <summary>One credential of the vectors of ecdsa-sd-2023, signed with the secrets that they name.</summary>
public sealed record SdVector(string Folder, string UnsecuredFile, string MandatoryFile, string SelectiveFile)
{
    private const string Specification = "vc-di-ecdsa";
    private const string Suite = "ecdsa-sd-2023";

    public static byte[] HmacKey => Convert.FromHexString(Keys.GetProperty("hmacKeyString").GetString()!);

    public static PublicKey BaseKey => Multikey.Decode(Keys.GetProperty("baseKeyPair").GetProperty("publicKeyMultibase").GetString()!).Require();

    public static PublicKey ProofKey => Multikey.Decode(Keys.GetProperty("proofKeyPair").GetProperty("publicKeyMultibase").GetString()!).Require();

    /// <summary>The document that was signed.</summary>
    public JsonElement Unsecured
    {
        get
        {
            JsonObject document = JsonObject.Create(Json("addSignedSDBase.json"))!;
            document.Remove("proof");
            return JsonSerializer.SerializeToElement(document);
        }
    }

    /// <summary>The file from which it was made; the description of one was changed after the other files were made.</summary>
    public JsonElement UnsecuredAsFiled => Vectors.Json(Specification, UnsecuredFile);

    public string[] MandatoryPointers => Vectors.Json(Specification, MandatoryFile).Deserialize<string[]>()!;

    public string[] SelectivePointers => Vectors.Json(Specification, SelectiveFile).Deserialize<string[]>()!;

    /// <summary>The files outside of the folder.</summary>
    public IEnumerable<string> SharedFiles => [.. new[] { UnsecuredFile, MandatoryFile, SelectiveFile }.Select(file => $"{Specification}/{file}"), $"{Specification}/{Suite}/SDKeyMaterial.json"];

    /// <summary>The path of a file of the folder, as the inventory has it.</summary>
    public string PathOf(string file) => $"{Specification}/{Suite}/{Folder}/{file}";

    public JsonElement Json(string file) => Vectors.Json(Specification, Suite, Folder, file);

    public string Text(string file) => Vectors.Text(Specification, Suite, Folder, file);

    public byte[] Bytes(string file) => Vectors.Bytes(Specification, Suite, Folder, file);

    /// <summary>What a suite makes of the proof, all but the document.</summary>
    internal ProofInput Input(JsonElement document) => new(document, Json("addProofConfig.json"), [], null) { MandatoryPointers = MandatoryPointers };

    /// <summary>The suite with the secrets of the vectors.</summary>
    internal static EcdsaSd2023 SuiteWithKnownSecrets() => new(
        () => HmacKey,
        () => Multikey.DecodeSecret(Keys.GetProperty("proofKeyPair").GetProperty("secretKeyMultibase").GetString()!).Require());

    public static SigningKey SecretBaseKey() => Multikey.DecodeSecret(Keys.GetProperty("baseKeyPair").GetProperty("secretKeyMultibase").GetString()!).Require();

    private static JsonElement Keys => Vectors.Json(Specification, Suite, "SDKeyMaterial.json");
}
