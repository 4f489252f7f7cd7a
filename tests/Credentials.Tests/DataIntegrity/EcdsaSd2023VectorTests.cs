using System.Security.Cryptography;
using System.Text.Json;
using Credentials.DataIntegrity;
using Credentials.DataIntegrity.SelectiveDisclosure;
using Credentials.Encoding;
using Credentials.JsonLd;
using Credentials.Keys;
using Credentials.TestKit;

namespace Credentials.Tests.DataIntegrity;

/// <summary>Every file of the vectors of ecdsa-sd-2023, from the pointers to the verified statements.</summary>
public class EcdsaSd2023VectorTests
{
    /// <summary>What each file of a folder holds, checked.</summary>
    internal static readonly Dictionary<string, Action<SdVector, string>> Checks = new(StringComparer.Ordinal)
    {
        ["addPointerValues.json"] = (vector, file) => Assert.All(vector.Json(file).EnumerateArray(), pair =>
        {
            JsonElement pointed = vector.Unsecured;
            foreach (string step in JsonPointerPath.Parse(pair.GetProperty("pointer").GetString()!)!)
            {
                pointed = pointed.GetProperty(step);
            }

            Assert.True(JsonElement.DeepEquals(pair.GetProperty("value"), pointed));
            Assert.Contains(pair.GetProperty("pointer").GetString(), vector.MandatoryPointers);
        }),
        ["addBaseDocCanon.json"] = (vector, file) => Assert.Equal(Strings(vector.Json(file)), Lines(RdfCanonicalForm.Of(vector.Unsecured, null, HashAlgorithmName.SHA256).Require().NQuads)),
        ["addBaseDocHMACCanon.json"] = (vector, file) => Assert.Equal(Strings(vector.Json(file)), Groups(vector).Lines.Select(Text)),
        ["addBaseTransform.json"] = (vector, file) =>
        {
            StatementGroups groups = Groups(vector);
            bool[] matching = groups.Select(vector.MandatoryPointers).Require().Matching;
            AssertGroup(vector.Json(file).GetProperty("mandatory"), groups, matching, selected: true);
            AssertGroup(vector.Json(file).GetProperty("nonMandatory"), groups, matching, selected: false);
            Assert.Equal(vector.MandatoryPointers, Strings(vector.Json(file).GetProperty("mandatoryPointers")));
            Assert.Equal(Convert.ToHexString(SdVector.HmacKey), vector.Json(file).GetProperty("hmacKeyString").GetString());
        },
        ["addProofConfig.json"] = (vector, file) => Assert.True(JsonElement.DeepEquals(vector.Json(file).GetProperty("@context"), vector.Unsecured.GetProperty("@context"))),
        ["addProofConfigCanon.txt"] = (vector, file) => Assert.Equal(vector.Text(file), Text(CanonicalConfiguration(vector)).Trim()),
        ["addHashData.json"] = (vector, file) =>
        {
            Assert.Equal(Hex(vector.Json(file), "proofHash"), SHA256.HashData(CanonicalConfiguration(vector).Span));
            Assert.Equal(Hex(vector.Json(file), "mandatoryHash"), Mandatory(vector).MandatoryHash());
        },
        ["addRawBaseSignatureInfo.json"] = (vector, file) => AssertBase(vector, Components(vector.Json(file), "publicKey", SdVector.HmacKey)),
        ["addSignedSDBase.json"] = (vector, file) =>
        {
            JsonElement proof = vector.Json(file).GetProperty("proof");
            byte[] bytes = Multibase.Decode(proof.GetProperty("proofValue").GetString()!)!;
            BaseProofValue read = BaseProofValue.Read(bytes)!;
            AssertBase(vector, read);
            Assert.Equal(bytes, read.Write());
        },
        ["derivedRecoveredBaseData.json"] = (vector, file) =>
        {
            JsonElement json = vector.Json(file);
            AssertBase(vector, Components(json, "proofPublicKey", Hex(json, "hmacKey")));
        },
        ["derivedGroupIndexes.json"] = (vector, file) =>
        {
            JsonElement json = vector.Json(file);
            StatementGroups groups = Groups(vector);
            bool[] mandatory = groups.Select(vector.MandatoryPointers).Require().Matching;
            Assert.Equal(Numbers(json.GetProperty("mandatoryIndexes")), Places(mandatory, true));
            Assert.Equal(Numbers(json.GetProperty("nonMandatoryIndexes")), Places(mandatory, false));
            Assert.Equal(Numbers(json.GetProperty("selectiveIndexes")), Places(groups.Select(vector.SelectivePointers).Require().Matching, true));
            Assert.Equal(Numbers(json.GetProperty("combinedIndexes")), Places(groups.Select([.. vector.MandatoryPointers, .. vector.SelectivePointers]).Require().Matching, true));
        },
        ["derivedAllGroupData.json"] = (vector, file) =>
        {
            JsonElement json = vector.Json(file);
            StatementGroups groups = Groups(vector);
            Assert.Equal(Strings(json.GetProperty("nquads")), groups.Lines.Select(Text));
            Assert.Equal(Pairs(json.GetProperty("labelMap")).Select(pair => pair.Value).Order(StringComparer.Ordinal), groups.Labels.Values.Order(StringComparer.Ordinal));
            foreach ((string name, string[] pointers) in (IEnumerable<(string, string[])>)[("mandatory", vector.MandatoryPointers), ("selective", vector.SelectivePointers), ("combined", [.. vector.MandatoryPointers, .. vector.SelectivePointers])])
            {
                JsonElement group = json.GetProperty("groups").GetProperty(name);
                StatementGroup selected = groups.Select(pointers).Require();
                AssertGroup(group.GetProperty("matching"), groups, selected.Matching, selected: true);
                AssertGroup(group.GetProperty("nonMatching"), groups, selected.Matching, selected: false);
                Assert.Equal(Forms(group.GetProperty("deskolemizedNQuads")), Text(RdfCanonicalForm.Of(selected.Statements, HashAlgorithmName.SHA256).Require().NQuads));
            }

            Assert.Equal(Forms(json.GetProperty("deskolemizedNQuads")), string.Concat(Strings(vector.Json("addBaseDocCanon.json"))));
        },
        ["derivedAdjMandatoryIndexes.json"] = (vector, file) => Assert.Equal(Numbers(vector.Json(file).GetProperty("adjMandatoryIndexes")), Disclose(vector).ProofValue.MandatoryIndexes),
        ["derivedAdjSignatures.json"] = (vector, file) =>
        {
            string[] all = Strings(vector.Json("addRawBaseSignatureInfo.json").GetProperty("signatures"));
            Assert.Equal(Strings(vector.Json(file).GetProperty("filteredSignatures")), Disclose(vector).ProofValue.Signatures.Select(Convert.ToHexStringLower));
            Assert.Equal(Strings(vector.Json(file).GetProperty("filteredSignatures")), Numbers(vector.Json(file).GetProperty("adjSignatureIndexes")).Where(i => all.Length > i).Select(i => all[i]).Intersect(Strings(vector.Json(file).GetProperty("filteredSignatures")), StringComparer.Ordinal));
        },
        ["derivedDisclosureData.json"] = (vector, file) => AssertDerived(vector.Json(file), Disclose(vector).ProofValue),
        ["derivedUnsignedReveal.json"] = (vector, file) => Assert.True(JsonElement.DeepEquals(vector.Json(file), JsonSerializer.SerializeToElement(Disclose(vector).RevealDocument))),
        ["derivedRevealDocument.json"] = (vector, file) =>
        {
            byte[] derived = EcdsaSd2023Proofs.Derive(vector.Bytes("addSignedSDBase.json"), vector.SelectivePointers).Require();
            Assert.True(JsonElement.DeepEquals(vector.Json(file), JsonDocument.Parse(derived).RootElement));
            Assert.Null(Signed.Verify(vector.Bytes(file), SdVector.BaseKey));
        },
        ["verifyDerivedProofValue.json"] = (vector, file) =>
        {
            byte[] bytes = Multibase.Decode(vector.Json("derivedRevealDocument.json").GetProperty("proof").GetProperty("proofValue").GetString()!)!;
            AssertDerived(vector.Json(file), DerivedProofValue.Read(bytes)!);
            Assert.Equal(bytes, DerivedProofValue.Read(bytes)!.Write());
        },
        ["verifyNQuads.json"] = (vector, file) => Assert.Equal(Strings(vector.Json(file)), VerifierLines(vector).Select(Text)),
        ["verifyCreateVerifyData.json"] = (vector, file) =>
        {
            JsonElement json = vector.Json(file);
            var disclosed = new DisclosedStatements(VerifierLines(vector), [.. Enumerable.Range(0, VerifierLines(vector).Count).Select(i => Disclose(vector).ProofValue.MandatoryIndexes.Contains(i))]);
            Assert.Equal(Strings(json.GetProperty("nonMandatory")), disclosed.NonMandatory.Select(Text));
            Assert.Equal(Hex(json, "mandatoryHash"), disclosed.MandatoryHash());
            Assert.Equal(Hex(json, "proofHash"), SHA256.HashData(CanonicalConfiguration(vector).Span));
            Assert.Equal(Hex(json, "baseSignature"), Disclose(vector).ProofValue.BaseSignature);
            Assert.Equal(Strings(json.GetProperty("signatures")), Disclose(vector).ProofValue.Signatures.Select(Convert.ToHexStringLower));
            Assert.Equal(SdVector.ProofKey, Multikey.Decode(json.GetProperty("publicKey").GetString()!).Require());
        },
    };

    public static TheoryData<string, string> Files
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (SdVector vector in Registry.SdVectors)
            {
                foreach (string file in Checks.Keys)
                {
                    rows.Add(vector.Folder, file);
                }
            }

            return rows;
        }
    }

    public static TheoryData<string> Folders => [.. Registry.SdVectors.Select(vector => vector.Folder)];

    [VectorTheory]
    [MemberData(nameof(Files))]
    public void Computes_what_the_file_holds(string folder, string file) => Checks[file](Find(folder), file);

    [VectorTheory]
    [MemberData(nameof(Folders))]
    public void Signed_the_credential_as_filed_but_for_a_description_that_was_changed_later(string folder)
    {
        SdVector vector = Find(folder);
        string[] differing = [.. vector.UnsecuredAsFiled.EnumerateObject().Where(member => !JsonElement.DeepEquals(member.Value, vector.Unsecured.GetProperty(member.Name))).Select(member => member.Name)];
        Assert.Equal(folder == "prc" ? ["description"] : [], differing);
        Assert.Equal(vector.UnsecuredAsFiled.GetPropertyCount(), vector.Unsecured.GetPropertyCount());
    }

    [VectorTheory]
    [MemberData(nameof(Folders))]
    public async Task Makes_the_base_proof_of_the_vectors_but_for_its_random_signatures(string folder)
    {
        SdVector vector = Find(folder);
        using SigningKey key = SdVector.SecretBaseKey();
        byte[] bytes = (await SdVector.SuiteWithKnownSecrets().MakeProofBytesAsync(vector.Input(vector.Unsecured), key, CancellationToken.None)).Require();
        AssertBase(vector, BaseProofValue.Read(bytes)!);
    }

    [VectorTheory]
    [MemberData(nameof(Folders))]
    public void Does_not_take_the_base_proof_for_a_derived_one(string folder)
    {
        Problem? problem = Signed.Verify(Find(folder).Bytes("addSignedSDBase.json"), SdVector.BaseKey);
        Assert.Equal((ProblemCode.ProofVerificationError, "/proof/proofValue"), (problem?.Code, problem?.Pointer));
        Assert.Contains("base proof", problem!.Detail, StringComparison.Ordinal);
    }

    private static SdVector Find(string folder) => Registry.SdVectors.Single(vector => vector.Folder == folder);

    private static StatementGroups Groups(SdVector vector) => StatementGroups.Of(vector.Unsecured, null, SdVector.HmacKey).Require();

    private static DisclosedStatements Mandatory(SdVector vector) => new(Groups(vector).Lines, Groups(vector).Select(vector.MandatoryPointers).Require().Matching);

    private static Disclosure Disclose(SdVector vector) => Disclosure.Of(
        vector.Unsecured,
        BaseProofValue.Read(Multibase.Decode(vector.Json("addSignedSDBase.json").GetProperty("proof").GetProperty("proofValue").GetString()!)!)!,
        vector.SelectivePointers,
        null).Require();

    private static IReadOnlyList<ReadOnlyMemory<byte>> VerifierLines(SdVector vector) =>
        RdfCanonicalForm.Of(vector.Json("derivedUnsignedReveal.json"), null, HashAlgorithmName.SHA256).Require()
            .Relabel(Pairs(vector.Json("derivedDisclosureData.json").GetProperty("labelMap")).ToDictionary(StringComparer.Ordinal))!;

    private static ReadOnlyMemory<byte> CanonicalConfiguration(SdVector vector) => RdfCanonicalForm.Of(vector.Json("addProofConfig.json"), null, HashAlgorithmName.SHA256).Require().NQuads;

    private static BaseProofValue Components(JsonElement json, string publicKey, byte[] hmacKey) => new(
        Hex(json, "baseSignature"),
        ProofScopedKey.Write(Multikey.Decode(json.GetProperty(publicKey).GetString()!).Require()),
        hmacKey,
        [.. Strings(json.GetProperty("signatures")).Select(Convert.FromHexString)],
        Strings(json.GetProperty("mandatoryPointers")));

    // ECDSA: verified, where its bytes are random.
    private static void AssertBase(SdVector vector, BaseProofValue value)
    {
        DisclosedStatements statements = Mandatory(vector);
        byte[] toSign = [.. SHA256.HashData(CanonicalConfiguration(vector).Span), .. value.PublicKey, .. statements.MandatoryHash()];
        Assert.True(SdVector.BaseKey.Verify(toSign, value.BaseSignature));
        Assert.Equal(SdVector.ProofKey, ProofScopedKey.Read(value.PublicKey));
        Assert.Equal(SdVector.HmacKey, value.HmacKey);
        Assert.Equal(vector.MandatoryPointers, value.MandatoryPointers);
        Assert.Equal(statements.NonMandatory.Count, value.Signatures.Length);
        Assert.All(statements.NonMandatory.Zip(value.Signatures), pair => Assert.True(SdVector.ProofKey.Verify(pair.First.Span, pair.Second)));
    }

    private static void AssertDerived(JsonElement json, DerivedProofValue value)
    {
        Assert.Equal(Hex(json, "baseSignature"), value.BaseSignature);
        Assert.Equal(SdVector.ProofKey, ProofScopedKey.Read(value.PublicKey));
        Assert.Equal(Multikey.Decode(json.GetProperty("publicKey").GetString()!).Require(), SdVector.ProofKey);
        Assert.Equal(Strings(json.GetProperty("signatures")), value.Signatures.Select(Convert.ToHexStringLower));
        Assert.Equal(Pairs(json.GetProperty("labelMap")), value.Labels.Select(pair => KeyValuePair.Create($"c14n{pair.Key}", Multibase.EncodeBase64Url(pair.Value))));
        Assert.Equal(Numbers(json.GetProperty("mandatoryIndexes")), value.MandatoryIndexes);
    }

    private static void AssertGroup(JsonElement map, StatementGroups groups, bool[] matching, bool selected) => Assert.Equal(
        map.GetProperty("value").EnumerateArray().Select(pair => (pair[0].GetInt32(), pair[1].GetString())),
        Places(matching, selected).Select(i => (i, (string?)Text(groups.Lines[i]))));

    // Labels before canonicalization are random: the canonical form says whether the statements are the same.
    private static string Forms(JsonElement nquads) => Text(RdfCanonicalForm.Of(NQuads.Parse(string.Concat(Strings(nquads))).Value!, HashAlgorithmName.SHA256).Require().NQuads);

    private static int[] Places(bool[] matching, bool selected) => [.. Enumerable.Range(0, matching.Length).Where(i => matching[i] == selected)];

    private static IEnumerable<KeyValuePair<string, string>> Pairs(JsonElement map) => (map.ValueKind == JsonValueKind.Array ? map : map.GetProperty("value")).EnumerateArray().Select(pair => KeyValuePair.Create(pair[0].GetString()!, pair[1].GetString()!));

    private static string[] Strings(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetString()!)];

    private static int[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetInt32())];

    private static byte[] Hex(JsonElement json, string member) => Convert.FromHexString(json.GetProperty(member).GetString()!);

    private static IEnumerable<string> Lines(ReadOnlyMemory<byte> text) => LineComparer.Split(text).Select(Text);

    private static string Text(ReadOnlyMemory<byte> line) => Utf8.Text(line.Span);
}
