using System.Formats.Cbor;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Anchoring;
using Credentials.DataIntegrity;
using Credentials.DataIntegrity.SelectiveDisclosure;
using Credentials.Encoding;
using Credentials.Keys;
using Credentials.TestKit;
using Credentials.Tests.Anchoring;

namespace Credentials.Tests.DataIntegrity;

/// <summary>Selective disclosure: what a holder may show, and all that one may not.</summary>
public sealed class EcdsaSd2023Tests : IDisposable
{
    private static readonly string Text = Signed.TextFor("ecdsa-sd-2023");

    private readonly SigningKey _key = SigningKey.Generate(KeyType.P256);

    public void Dispose() => _key.Dispose();

    [Fact]
    public async Task Shows_what_is_mandatory_and_what_is_selected_and_nothing_else()
    {
        byte[] derived = EcdsaSd2023Proofs.Derive(await SignAsync(), ["/credentialSubject/name", "/credentialSubject/courses/1"]).Require();
        JsonNode node = Signed.Node(derived);
        Assert.Null(Signed.Verify(node, _key.PublicKey));
        node.AsObject().Remove("proof");
        Assert.True(JsonNode.DeepEquals(node, JsonNode.Parse("""
            {"@context":["https://www.w3.org/ns/credentials/v2",{"@vocab":"https://example.edu/terms#"}],"type":["VerifiableCredential"],"issuer":"did:example:issuer",
            "credentialSubject":{"name":"Amélie \u0645\u0631\u064a\u0645","courses":[{"n":2}]}}
            """)));
        Assert.DoesNotContain("grade", Utf8.Text(derived), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/credentialSubject/courses/0/n", "/credentialSubject/courses")]
    [InlineData("/credentialSubject/courses", "/credentialSubject/courses/0/n")]
    [InlineData("/credentialSubject/courses/1", "/credentialSubject/courses/0")]
    [InlineData("/credentialSubject", "/credentialSubject/name")]
    [InlineData("/issuer", "/issuer")]
    [InlineData("/credentialSubject/courses/0", "")]
    public async Task Verifies_however_the_pointers_overlap(string one, string other)
    {
        byte[] signed = await SignAsync();
        Assert.Null(Signed.Verify(EcdsaSd2023Proofs.Derive(signed, [one, other]).Require(), _key.PublicKey));
        Assert.Null(Signed.Verify(EcdsaSd2023Proofs.Derive(signed, [other, one]).Require(), _key.PublicKey));
    }

    [Fact]
    public async Task Copies_what_is_selected_once_however_often_it_is_asked_for()
    {
        byte[] signed = await SignAsync(Text.Replace("\"name\": \"", $"\"name\": \"{new string('x', 100_000)}", StringComparison.Ordinal));
        string[] often = [.. Enumerable.Repeat("/credentialSubject", 100_000)];
        long before = GC.GetAllocatedBytesForCurrentThread();
        byte[] derived = EcdsaSd2023Proofs.Derive(signed, often).Require();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000_000);
        Assert.Equal(EcdsaSd2023Proofs.Derive(signed, often[..1]).Require().Length, derived.Length);
    }

    [Fact]
    public async Task Shows_only_what_is_mandatory_when_nothing_is_selected() =>
        Assert.Null(Signed.Verify(EcdsaSd2023Proofs.Derive(await SignAsync(), []).Require(), _key.PublicKey));

    [Fact]
    public async Task Shows_what_is_selected_when_nothing_is_mandatory_but_not_nothing()
    {
        byte[] signed = await SignAsync(mandatory: []);
        Assert.Null(Signed.Verify(EcdsaSd2023Proofs.Derive(signed, ["/credentialSubject/name"]).Require(), _key.PublicKey));
        Assert.Equal(ProblemCode.ProofGenerationError, EcdsaSd2023Proofs.Derive(signed, []).Problem?.Code);
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/credentialSubject/nothing")]
    [InlineData("/credentialSubject/courses/2")]
    [InlineData("/credentialSubject/courses/-")]
    [InlineData("/credentialSubject/courses/01")]
    [InlineData("/credentialSubject/courses/+1")]
    [InlineData("/credentialSubject/courses/99999999999999999999")]
    [InlineData("/credentialSubject/name/0")]
    [InlineData("credentialSubject")]
    [InlineData("/credentialSubject/~2")]
    [InlineData("/")]
    public async Task Refuses_a_pointer_to_nothing_to_the_holder_and_to_the_issuer(string pointer)
    {
        Assert.Equal(ProblemCode.ProofGenerationError, EcdsaSd2023Proofs.Derive(await SignAsync(), [pointer]).Problem?.Code);
        Assert.Equal(ProblemCode.ProofGenerationError, (await TrySignAsync(Text, [pointer])).Problem?.Code);
    }

    [Fact]
    public async Task Refuses_to_show_a_text_without_its_language()
    {
        byte[] signed = await SignAsync(Text.Replace("\"ects\": 180.0", "\"title\": {\"@value\": \"Licence\", \"@language\": \"fr\"}", StringComparison.Ordinal));
        Assert.Null(Signed.Verify(EcdsaSd2023Proofs.Derive(signed, ["/credentialSubject/title"]).Require(), _key.PublicKey));
        Assert.Equal(ProblemCode.ProofGenerationError, EcdsaSd2023Proofs.Derive(signed, ["/credentialSubject/title/@value"]).Problem?.Code);
    }

    [Theory]
    [InlineData("\"courses\": {\"@list\": [\"a\", \"b\"]}")]
    [InlineData("\"courses\": {\"id\": \"_:b0\", \"n\": 1}")]
    public async Task Refuses_to_sign_what_cannot_be_matched_when_a_part_is_shown(string courses)
    {
        string text = Text.Replace("\"courses\": [{\"n\": 1}, {\"n\": 2}]", courses, StringComparison.Ordinal);
        Assert.NotEqual(Text, text);
        Assert.Equal(ProblemCode.ProofTransformationError, (await TrySignAsync(text, ["/issuer"])).Problem?.Code);
    }

    [Fact]
    public async Task Refuses_to_derive_where_there_is_no_single_base_proof()
    {
        byte[] signed = await SignAsync();
        byte[] derived = EcdsaSd2023Proofs.Derive(signed, ["/credentialSubject/name"]).Require();
        JsonNode twice = Signed.Node(signed);
        twice["proof"] = new JsonArray(twice["proof"]!.DeepClone(), twice["proof"]!.DeepClone());
        Assert.All(
            (byte[][])[derived, Utf8.Bytes(Text), Utf8.Bytes(twice.ToJsonString()), await Signed.SignAsync(Text, "ecdsa-rdfc-2019", _key), "{\"proof\":[7,null]}"u8.ToArray(), "[]"u8.ToArray(), "7"u8.ToArray()],
            document => Assert.Equal(ProblemCode.ProofVerificationError, EcdsaSd2023Proofs.Derive(document, ["/issuer"]).Problem?.Code));
    }

    [Fact]
    public async Task Refuses_to_derive_from_a_document_that_makes_more_or_fewer_statements_than_were_signed()
    {
        JsonNode node = Signed.Node(await SignAsync());
        node["credentialSubject"]!["added"] = "x";
        Assert.Equal(ProblemCode.ProofVerificationError, EcdsaSd2023Proofs.Derive(Utf8.Bytes(node.ToJsonString()), ["/issuer"]).Problem?.Code);
        node["credentialSubject"]!.AsObject().Remove("added");
        node["credentialSubject"]!.AsObject().Remove("name");
        Assert.Equal(ProblemCode.ProofVerificationError, EcdsaSd2023Proofs.Derive(Utf8.Bytes(node.ToJsonString()), ["/issuer"]).Problem?.Code);
    }

    [Fact]
    public async Task Rejects_a_statement_that_was_exchanged_hidden_or_taken_from_another_credential()
    {
        byte[] derived = EcdsaSd2023Proofs.Derive(await SignAsync(), ["/credentialSubject/name", "/credentialSubject/ects"]).Require();
        JsonNode exchanged = Signed.Node(derived);
        exchanged["credentialSubject"]!["ects"] = 300;
        Assert.Equal(ProblemCode.CryptographicSecurityError, Signed.Verify(exchanged, _key.PublicKey)?.Code);

        JsonNode hidden = Signed.Node(derived);
        hidden["credentialSubject"]!.AsObject().Remove("ects");
        Assert.Equal(ProblemCode.ProofVerificationError, Signed.Verify(hidden, _key.PublicKey)?.Code);

        JsonNode mandatory = Signed.Node(derived);
        mandatory["issuer"] = "did:example:thief";
        Assert.Equal(ProblemCode.CryptographicSecurityError, Signed.Verify(mandatory, _key.PublicKey)?.Code);

        JsonNode other = Signed.Node(EcdsaSd2023Proofs.Derive(await SignAsync(), ["/credentialSubject/name", "/credentialSubject/ects"]).Require());
        DerivedProofValue mine = Read(derived);
        Assert.Equal(ProblemCode.CryptographicSecurityError, With(other, mine with { BaseSignature = Read(other).BaseSignature })?.Code);
        Assert.Equal(ProblemCode.CryptographicSecurityError, With(other, Read(other) with { Signatures = mine.Signatures })?.Code);
        Assert.Equal(ProblemCode.CryptographicSecurityError, With(other, Read(other) with { Signatures = [.. Read(other).Signatures.Reverse()] })?.Code);
        Assert.Null(With(other, Read(other)));
    }

    [Fact]
    public async Task Rejects_a_mandatory_statement_that_is_passed_off_as_selected_and_the_other_way_round()
    {
        JsonNode node = Signed.Node(EcdsaSd2023Proofs.Derive(await SignAsync(), ["/credentialSubject/name"]).Require());
        DerivedProofValue value = Read(node);
        int shown = value.MandatoryIndexes.Length + value.Signatures.Length;
        Assert.NotNull(With(node, value with { MandatoryIndexes = value.MandatoryIndexes[1..] }));
        Assert.NotNull(With(node, value with { MandatoryIndexes = [.. Enumerable.Range(0, shown)] }));
        Assert.NotNull(With(node, value with { MandatoryIndexes = [.. Enumerable.Range(0, shown)], Signatures = [] }));
        Assert.NotNull(With(node, value with { MandatoryIndexes = [.. value.MandatoryIndexes, value.MandatoryIndexes[0]] }));
        Assert.NotNull(With(node, value with { MandatoryIndexes = [.. value.MandatoryIndexes[1..], shown] }));
        Assert.NotNull(With(node, value with { MandatoryIndexes = [.. value.MandatoryIndexes[1..], -1] }));
        Assert.NotNull(With(node, value with { MandatoryIndexes = [.. value.MandatoryIndexes[1..], int.MaxValue] }));
    }

    [Fact]
    public async Task Rejects_labels_that_are_missing_exchanged_superfluous_or_the_same()
    {
        JsonNode node = Signed.Node(EcdsaSd2023Proofs.Derive(await SignAsync(), ["/credentialSubject/courses"]).Require());
        DerivedProofValue value = Read(node);
        Assert.Equal(4, value.Labels.Count);
        Dictionary<int, byte[]> labels = new(value.Labels);
        Assert.NotNull(With(node, value with { Labels = new Dictionary<int, byte[]>(labels.Skip(1)) }));
        Assert.NotNull(With(node, value with { Labels = new Dictionary<int, byte[]>(labels) { [4] = new byte[32] } }));
        Assert.NotNull(With(node, value with { Labels = new Dictionary<int, byte[]>(labels) { [0] = labels[1], [1] = labels[0] } }));
        Problem? merged = With(node, value with { Labels = new Dictionary<int, byte[]>(labels) { [0] = labels[1] } });
        Assert.Equal(ProblemCode.ProofVerificationError, merged?.Code);
    }

    [Fact]
    public async Task Refuses_a_proof_scoped_key_that_is_no_point_or_of_another_type()
    {
        JsonNode node = Signed.Node(EcdsaSd2023Proofs.Derive(await SignAsync(), ["/credentialSubject/name"]).Require());
        DerivedProofValue value = Read(node);
        byte[] ofAnotherType = [.. value.PublicKey];
        ofAnotherType[0] = 0x81;
        byte[] noPoint = [0x80, 0x24, 2, .. Enumerable.Repeat((byte)0xff, 32)];
        Assert.Equal(ProblemCode.ProofVerificationError, With(node, value with { PublicKey = ofAnotherType })?.Code);
        Assert.Equal(ProblemCode.ProofVerificationError, With(node, value with { PublicKey = noPoint })?.Code);
        using SigningKey other = SigningKey.Generate(KeyType.P256);
        Assert.Equal(ProblemCode.CryptographicSecurityError, With(node, value with { PublicKey = ProofScopedKey.Write(other.PublicKey) })?.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("d95d01")]
    [InlineData("d95d0180")]
    [InlineData("d95d01a0")]
    [InlineData("d95d0185")]
    [InlineData("d95d019f")]
    [InlineData("d95d019b7fffffffffffffff")]
    [InlineData("d95d01855b7fffffffffffffff")]
    [InlineData("d95d0185f6f6f6f6f6")]
    [InlineData("d95d0285f6f6f6f6f6")]
    [InlineData("00d95d0185f6f6f6f6f6")]
    public async Task Refuses_bytes_that_are_no_derived_proof(string hex)
    {
        JsonNode node = Signed.Node(EcdsaSd2023Proofs.Derive(await SignAsync(), ["/credentialSubject/name"]).Require());
        Assert.Equal(ProblemCode.ProofVerificationError, With(node, Convert.FromHexString(hex))?.Code);
    }

    [Fact]
    public async Task Refuses_cbor_that_claims_to_be_larger_than_it_is_is_tagged_indefinite_or_goes_on()
    {
        JsonNode node = Signed.Node(EcdsaSd2023Proofs.Derive(await SignAsync(), ["/credentialSubject/name"]).Require());
        DerivedProofValue value = Read(node);
        byte[] sound = value.Write();
        Assert.Null(With(node, sound));
        byte[] start = [.. sound[..4], .. Item(w => w.WriteByteString(value.BaseSignature)), .. Item(w => w.WriteByteString(value.PublicKey))];
        byte[][] hostile =
        [
            [.. sound, 0],
            sound[..^1],
            [.. start, 0x9a, 0x7f, 0xff, 0xff, 0xff],
            [.. start, 0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
            [.. start, 0x9f, 0xff, 0xa0, 0x80],
            [.. start, 0x80, 0xba, 0x7f, 0xff, 0xff, 0xff],
            [.. start, 0x80, 0xbf, 0xff, 0x80],
            [.. start, 0x80, 0xa0, 0x9a, 0x00, 0xff, 0xff, 0xff],
            [.. sound[..4], 0xd8, 0x40, .. sound[4..]],
            [.. sound[..4], .. Enumerable.Repeat((byte)0x81, 100_000)],
        ];
        Assert.All(hostile, bytes => Assert.Equal(ProblemCode.ProofVerificationError, With(node, bytes)?.Code));
    }

    [Fact]
    public async Task Keeps_the_anchor_and_its_digest_in_everything_that_is_derived_and_drops_proofs_of_the_whole()
    {
        byte[] signed = await SignAsync();
        AnchorDigest digest = MerkleAnchor2026.DigestOf(Signed.Parse(signed))!.Value;
        byte[] baseSignature = BaseProofValue.Read(Multibase.Decode(Signed.Node(signed)["proof"]!["proofValue"]!.GetValue<string>())!)!.BaseSignature;
        Assert.Equal(AnchorDigest.From(System.Security.Cryptography.SHA256.HashData([.. "ecdsa-sd-2023:"u8, .. baseSignature])), digest);

        byte[] anchored = MerkleAnchor2026.AddTo(signed, Receipts.Some());
        Assert.Equal(digest, MerkleAnchor2026.DigestOf(Signed.Parse(anchored)));
        foreach (string pointer in (string[])["/credentialSubject/name", "/credentialSubject/courses/1", ""])
        {
            JsonElement derived = Signed.Parse(EcdsaSd2023Proofs.Derive(anchored, [pointer]).Require());
            Assert.Equal(digest, MerkleAnchor2026.DigestOf(derived));
            Assert.True(Assert.Single(MerkleAnchor2026.ReceiptsIn(derived)).Ok);
            Assert.Null(Signed.Verify(derived, _key.PublicKey));
        }

        byte[] set = await Signed.SignAsync(signed, "ecdsa-rdfc-2019", _key);
        Assert.NotEqual(digest, MerkleAnchor2026.DigestOf(Signed.Parse(set)));
        Assert.Single(DataIntegrityProof.ReadAll(Signed.Parse(EcdsaSd2023Proofs.Derive(set, ["/issuer"]).Require())));

        // Its receipt is for both, and would be a false one for the one that is left.
        Assert.Empty(MerkleAnchor2026.ReceiptsIn(Signed.Parse(EcdsaSd2023Proofs.Derive(MerkleAnchor2026.AddTo(set, Receipts.Some()), ["/issuer"]).Require())));
    }

    [Fact]
    public async Task Refuses_to_sign_more_statements_than_a_proof_has_room_for_before_it_signs_them()
    {
        string text = Text.Replace("\"ects\": 180.0", "\"marks\": [" + string.Join(',', Enumerable.Range(0, 20_000)) + "]", StringComparison.Ordinal);
        Assert.Equal(ProblemCode.ProofGenerationError, (await TrySignAsync(text, ["/issuer"])).Problem?.Code);
    }

    [Fact]
    public async Task Refuses_mandatory_pointers_for_a_suite_that_discloses_everything()
    {
        Parsed<byte[]> signed = await DataIntegritySuite.SignAsync(Utf8.Bytes(Text), Cryptosuite.Find("ecdsa-rdfc-2019")!, _key, new ProofOptions(Signed.Method, null) { MandatoryPointers = ["/issuer"] }, CancellationToken.None);
        Assert.Equal(ProblemCode.ProofGenerationError, signed.Problem?.Code);
    }

    private static byte[] Item(Action<CborWriter> write)
    {
        var writer = new CborWriter();
        write(writer);
        return writer.Encode();
    }

    private static DerivedProofValue Read(byte[] derived) => Read(Signed.Node(derived));

    private static DerivedProofValue Read(JsonNode derived) => DerivedProofValue.Read(Multibase.Decode(derived["proof"]!["proofValue"]!.GetValue<string>())!)!;

    private Problem? With(JsonNode derived, DerivedProofValue value) => With(derived, value.Write());

    private Problem? With(JsonNode derived, byte[] value)
    {
        JsonNode forged = derived.DeepClone();
        forged["proof"]!["proofValue"] = Multibase.EncodeBase64Url(value);
        return Signed.Verify(forged, _key.PublicKey);
    }

    private async Task<byte[]> SignAsync(string? text = null, string[]? mandatory = null) => (await TrySignAsync(text ?? Text, mandatory ?? ["/issuer"])).Require();

    private Task<Parsed<byte[]>> TrySignAsync(string text, string[] mandatory) => DataIntegritySuite.SignAsync(
        Utf8.Bytes(text), Cryptosuite.Find("ecdsa-sd-2023")!, _key, new ProofOptions(Signed.Method, null) { MandatoryPointers = mandatory }, CancellationToken.None);
}
