using System.Formats.Cbor;
using System.Text.Json.Nodes;
using Credentials.DataIntegrity;
using Credentials.Encoding;
using Credentials.Keys;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.Forms;

/// <summary>What a holder may do with a derived proof of <c>ecdsa-sd-2023</c> besides deriving it: nothing.</summary>
public sealed class DerivedForgeryTests
{
    private delegate void Edit(Derived proof);

    public static TheoryData<string> Names => [.. Forgeries.Keys];

    private static readonly Dictionary<string, Edit> Forgeries = new(StringComparer.Ordinal)
    {
        ["two signatures change places"] = proof => (proof.Signatures[0], proof.Signatures[1]) = (proof.Signatures[1], proof.Signatures[0]),
        ["a signature twice"] = proof => proof.Signatures.Add(proof.Signatures[0]),
        ["a signature less"] = proof => proof.Signatures.RemoveAt(proof.Signatures.Count - 1),
        ["a signature for another"] = proof => proof.Signatures[0] = proof.Signatures[^1],
        ["no signature"] = proof => proof.Signatures.Clear(),
        ["two labels change places"] = proof => (proof.Labels[0], proof.Labels[1]) = (proof.Labels[1], proof.Labels[0]),
        ["one label for two"] = proof => proof.Labels[0] = proof.Labels[1],
        ["a label of nothing"] = proof => proof.Labels[0] = new byte[32],
        ["a label too many"] = proof => proof.Labels.Add(new byte[32]),
        ["a label less"] = proof => proof.Labels.RemoveAt(0),
        ["a mandatory statement less"] = proof => proof.Mandatory.RemoveAt(0),
        ["a mandatory statement more"] = proof => proof.Mandatory.Add(Enumerable.Range(0, 1000).First(index => !proof.Mandatory.Contains(index))),
        ["a mandatory statement twice"] = proof => proof.Mandatory.Add(proof.Mandatory[0]),
        ["a mandatory statement beyond the last"] = proof => proof.Mandatory[^1] = 100_000,
        ["a negative mandatory statement"] = proof => proof.Mandatory[0] = -1,
        ["no mandatory statement"] = proof => proof.Mandatory.Clear(),
        ["another proof key"] = proof => proof.PublicKey = [0x80, 0x24, .. FormBench.Holder(KeyType.P256).PublicKey.Bytes.Span],
        ["another base signature"] = proof => proof.BaseSignature = proof.Signatures[0],
    };

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Rejects_a_derived_proof_that_was_altered(string name)
    {
        byte[] derived = await FormBench.CredentialAsync("ecdsa-sd-2023", KeyType.P256);
        (await FormBench.VerifyAsync(derived)).IsVerified();
        byte[] forged = Text.Edit(derived, json =>
        {
            var proof = Derived.Read(Multibase.Decode((string)json["proof"]!["proofValue"]!, 1 << 20)!);
            Forgeries[name](proof);
            json["proof"]!["proofValue"] = Multibase.EncodeBase64Url(proof.Write());
        });

        VerificationResult result = await FormBench.VerifyAsync(forged);

        Assert.True(result.Verdict == Verdict.Rejected && result.Decisive!.Name == CheckName.Proof, result.Show());
    }

    [Theory]
    [InlineData("validFrom")]
    [InlineData("issuer/name")]
    public async Task Never_verifies_what_is_mandatory_taken_away(string path)
    {
        byte[] derived = await FormBench.CredentialAsync("ecdsa-sd-2023", KeyType.P256);
        byte[] forged = Text.Edit(derived, json =>
        {
            JsonObject owner = path.StartsWith("issuer/", StringComparison.Ordinal) ? json["issuer"]!.AsObject() : json;
            Assert.True(owner.Remove(path.Split('/')[^1]));
        });

        (await FormBench.VerifyAsync(forged)).IsRejected(CheckName.Proof, ProblemCode.ProofVerificationError);
    }

    [Fact]
    public async Task Never_verifies_statements_of_two_credentials_in_one()
    {
        byte[] one = await FormBench.CredentialAsync("ecdsa-sd-2023", KeyType.P256);
        byte[] other = await FormBench.CredentialAsync("ecdsa-sd-2023", KeyType.P256, json => json["credentialSubject"]!["award"]!["grade"] = 9.99);
        byte[] forged = Text.Edit(one, json =>
        {
            json["credentialSubject"]!["award"]!["grade"] = 9.99;
            var proof = Derived.Read(Multibase.Decode((string)json["proof"]!["proofValue"]!, 1 << 20)!);
            proof.Signatures.Clear();
            proof.Signatures.AddRange(Derived.Read(Multibase.Decode((string)JsonNode.Parse(other)!["proof"]!["proofValue"]!, 1 << 20)!).Signatures);
            json["proof"]!["proofValue"] = Multibase.EncodeBase64Url(proof.Write());
        });

        (await FormBench.VerifyAsync(forged)).IsRejected(CheckName.Proof, ProblemCode.CryptographicSecurityError);
    }

    [Fact]
    public async Task Cannot_tell_of_the_base_proof_which_is_the_holders_alone()
    {
        byte[] whole = await FormBench.SignAsync("ecdsa-sd-2023", KeyType.P256, FormBench.Document("ecdsa-sd-2023"));

        Assert.Equal(Verdict.Indeterminate, (await FormBench.VerifyAsync(whole)).Verdict);
        (await FormBench.VerifyAsync(EcdsaSd2023Proofs.Derive(whole, ["/credentialSubject/award/degreeName"]).Require())).Is(CheckName.Proof, CheckOutcome.Passed);
    }

    /// <summary>The five parts of a derived proof value.</summary>
    private sealed class Derived
    {
        public byte[] BaseSignature { get; set; } = [];

        public byte[] PublicKey { get; set; } = [];

        public List<byte[]> Signatures { get; } = [];

        public List<byte[]> Labels { get; } = [];

        public List<int> Mandatory { get; } = [];

        public static Derived Read(byte[] value)
        {
            var cbor = new CborReader(value.AsMemory(3));
            cbor.ReadStartArray();
            var proof = new Derived { BaseSignature = cbor.ReadByteString(), PublicKey = cbor.ReadByteString() };
            for (int left = cbor.ReadStartArray()!.Value; left > 0; left--)
            {
                proof.Signatures.Add(cbor.ReadByteString());
            }

            cbor.ReadEndArray();
            for (int left = cbor.ReadStartMap()!.Value; left > 0; left--)
            {
                Assert.Equal(proof.Labels.Count, cbor.ReadInt32());
                proof.Labels.Add(cbor.ReadByteString());
            }

            cbor.ReadEndMap();
            for (int left = cbor.ReadStartArray()!.Value; left > 0; left--)
            {
                proof.Mandatory.Add(cbor.ReadInt32());
            }

            return proof;
        }

        public byte[] Write()
        {
            var cbor = new CborWriter(CborConformanceMode.Lax);
            cbor.WriteStartArray(5);
            cbor.WriteByteString(BaseSignature);
            cbor.WriteByteString(PublicKey);
            cbor.WriteStartArray(Signatures.Count);
            Signatures.ForEach(signature => cbor.WriteByteString(signature));
            cbor.WriteEndArray();
            cbor.WriteStartMap(Labels.Count);
            for (int i = 0; i < Labels.Count; i++)
            {
                cbor.WriteInt32(i);
                cbor.WriteByteString(Labels[i]);
            }

            cbor.WriteEndMap();
            cbor.WriteStartArray(Mandatory.Count);
            Mandatory.ForEach(cbor.WriteInt32);
            cbor.WriteEndArray();
            cbor.WriteEndArray();
            return [0xD9, 0x5D, 0x01, .. cbor.Encode()];
        }
    }
}
