using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Anchoring;
using Credentials.Canonicalization;
using Credentials.Encoding;
using Credentials.TestKit;

namespace Credentials.Tests.Anchoring;

public sealed class MerkleAnchor2026Tests : IDisposable
{
    private static readonly string[] ProofSet = ["ecdsa-jcs-2019", "eddsa-jcs-2022"];
    private readonly SampleIssuer _issuer = new();

    public void Dispose() => _issuer.Dispose();

    [Fact]
    public async Task The_digest_of_one_proof_is_the_hash_of_the_whole_canonical_credential()
    {
        SampleCredential diploma = await _issuer.IssueAsync();
        Assert.Equal(SHA256.HashData(Jcs.Canonicalize(diploma.Json)), diploma.Digest.Value.ToArray());
    }

    [Fact]
    public async Task The_digest_of_a_proof_set_is_over_the_proofs_sorted_by_their_canonical_bytes()
    {
        SampleCredential diploma = await _issuer.IssueAsync("morocco", ProofSet);
        string[] proofs = [.. diploma.Json.GetProperty("proof").EnumerateArray().Select(proof => Utf8.Text(Jcs.Canonicalize(proof)))];
        Array.Sort(proofs, StringComparer.Ordinal);
        var sorted = JsonNode.Parse(diploma.Text)!.AsObject();
        sorted["proof"] = new JsonArray([.. proofs.Select(proof => JsonNode.Parse(proof))]);
        Assert.Equal(SHA256.HashData(Jcs.Canonicalize(Parse(sorted.ToJsonString()))), diploma.Digest.Value.ToArray());
    }

    [Theory]
    [MemberData(nameof(Samples.Each), MemberType = typeof(Samples))]
    public async Task The_digest_stays_through_anchoring_anchoring_again_shuffling_and_reformatting(string name)
    {
        SampleAnchored anchored = await _issuer.IssueAnchoredAsync(name, 7, null, ProofSet);
        byte[] twice = MerkleAnchor2026.AddTo(anchored.Text, anchored.Receipt);
        var shuffled = JsonNode.Parse(anchored.Text)!.AsObject();
        shuffled["proof"] = new JsonArray([.. shuffled["proof"]!.AsArray().Reverse().Select(proof => proof!.DeepClone())]);

        Assert.Equal(anchored.Bare.Digest, DigestOf(anchored.Text));
        Assert.Equal(anchored.Bare.Digest, DigestOf(twice));
        Assert.Equal(anchored.Bare.Digest, DigestOf(Utf8.Bytes(shuffled.ToJsonString(new JsonSerializerOptions { WriteIndented = true }))));
    }

    [Fact]
    public async Task The_digest_changes_with_any_word_of_the_credential_and_with_any_signature()
    {
        SampleCredential diploma = await _issuer.IssueAsync("china", ProofSet);
        string text = Utf8.Text(diploma.Text);
        string signature = diploma.Json.GetProperty("proof")[0].GetProperty("proofValue").GetString()!;
        foreach ((string old, string altered) in new[] { ("88.6", "98.6"), ("2022140317", "2022140318"), (signature, signature[..^1]), ("\"@context\":[", "\"@context\":[\"https://w3id.org/security/data-integrity/v2\",") })
        {
            Assert.Contains(old, text, StringComparison.Ordinal);
            Assert.NotEqual(diploma.Digest, DigestOf(Utf8.Bytes(text.Replace(old, altered, StringComparison.Ordinal))));
        }
    }

    [Fact]
    public async Task A_proof_taken_away_or_added_changes_the_digest()
    {
        SampleCredential diploma = await _issuer.IssueAsync("china", ProofSet);
        var fewer = JsonNode.Parse(diploma.Text)!.AsObject();
        fewer["proof"]!.AsArray().RemoveAt(1);
        byte[] more = await _issuer.SignAsync(diploma.Text);

        Assert.NotEqual(diploma.Digest, DigestOf(Utf8.Bytes(fewer.ToJsonString())));
        Assert.NotEqual(diploma.Digest, DigestOf(more));
    }

    [Theory]
    [InlineData("""{"a":1}""")]
    [InlineData("""{"a":1,"proof":[]}""")]
    [InlineData("""{"a":1,"proof":{"type":"DataIntegrityProof","cryptosuite":"merkle-anchor-2026"}}""")]
    [InlineData("""{"a":1,"proof":[{"type":"DataIntegrityProof","cryptosuite":"merkle-anchor-2026"}]}""")]
    [InlineData("""{"a":1e999,"proof":{"type":"DataIntegrityProof"}}""")]
    [InlineData("""{"a":1,"proof":null}""")]
    [InlineData("""{"a":1,"proof":"text"}""")]
    [InlineData("""{"a":1,"proof":[{"type":"x"},"text"]}""")]
    [InlineData("""{"a":"\ud800","proof":{"type":"x"}}""")]
    [InlineData("""{"a":1,"a":2,"proof":{"type":"x"}}""")]
    [InlineData("""[]""")]
    [InlineData("""null""")]
    public void What_carries_no_signature_or_has_no_canonical_form_has_no_digest(string json) =>
        Assert.Null(MerkleAnchor2026.DigestOf(Parse(json)));

    [Fact]
    public void More_proofs_than_a_verifier_reads_have_no_digest() =>
        Assert.Null(MerkleAnchor2026.DigestOf(Parse($$"""{"proof":[{{string.Join(',', Enumerable.Repeat("""{"type":"x"}""", 65))}}]}""")));

    [Fact]
    public void A_proof_that_only_looks_like_an_anchor_counts_as_a_signature()
    {
        const string Credential = """{"a":1,"proof":[{"type":"DataIntegrityProof","cryptosuite":"x"},{"type":"%","cryptosuite":"merkle-anchor-2026"}]}""";
        AnchorDigest? anchor = MerkleAnchor2026.DigestOf(Parse(Credential.Replace("%", "DataIntegrityProof", StringComparison.Ordinal)));
        AnchorDigest? other = MerkleAnchor2026.DigestOf(Parse(Credential.Replace("%", "OtherProof", StringComparison.Ordinal)));
        Assert.NotEqual(anchor, other);
    }

    [Theory]
    [InlineData("{\"a\": 1.0,\r\n \"proof\" : {\"type\":\"x\"} , \"z\":\"\\u00e9\"}", "{\"a\": 1.0,\r\n \"proof\" : [{\"type\":\"x\"},", "] , \"z\":\"\\u00e9\"}")]
    [InlineData("{\"proof\":[ {\"type\":\"x\"} ],\"proofs\":{}}", "{\"proof\":[ {\"type\":\"x\"} ,", "],\"proofs\":{}}")]
    [InlineData("{\"b\":{\"proof\":{}},\"proof\":{\"proof\":[]}}\n", "{\"b\":{\"proof\":{}},\"proof\":[{\"proof\":[]},", "]}\n")]
    [InlineData("{\"pro\\u006ff\":[ ]}", "{\"pro\\u006ff\":[ ", "]}")]
    public void Adding_keeps_every_other_byte(string before, string head, string tail)
    {
        string after = Utf8.Text(MerkleAnchor2026.AddTo(Utf8.Bytes(before), Receipts.Some()));
        Assert.StartsWith(head, after, StringComparison.Ordinal);
        Assert.EndsWith(tail, after, StringComparison.Ordinal);
        string added = after[head.Length..^tail.Length];
        Assert.StartsWith("{\"type\":\"DataIntegrityProof\",\"cryptosuite\":\"merkle-anchor-2026\",\"proofPurpose\":\"assertionMethod\",\"proofValue\":\"u", added, StringComparison.Ordinal);
        Assert.True(MerkleAnchor2026.ReceiptsIn(Parse(after)).Single().Ok);
    }

    [Theory]
    [InlineData("""{"a":1}""")]
    [InlineData("""{"a":{"proof":{}}}""")]
    [InlineData("""{"proof":"text"}""")]
    [InlineData("""[{"proof":{}}]""")]
    [InlineData("""{"proof":{}""")]
    [InlineData("")]
    public void Adding_to_what_is_not_secured_is_misuse(string text) =>
        Assert.Throws<ArgumentException>(() => MerkleAnchor2026.AddTo(Utf8.Bytes(text), Receipts.Some()));

    [Fact]
    public async Task The_receipt_comes_back_and_leads_to_the_root()
    {
        SampleAnchored anchored = await _issuer.IssueAnchoredAsync("brazil", 1000, Receipts.SomeHints);
        AnchorReceipt receipt = MerkleAnchor2026.ReceiptsIn(Parse(Utf8.Text(anchored.Text))).Single().Require();
        Receipts.AssertSame(anchored.Receipt, receipt);
        Assert.Equal(anchored.Batch.Root, MerkleTree.RootFromPath(anchored.Bare.Digest, receipt.LeafIndex, receipt.TreeSize, [.. receipt.Path]));
    }

    [Theory]
    [InlineData("\"proofValue\":\"zabc\"")]
    [InlineData("\"proofValue\":\"u!!\"")]
    [InlineData("\"proofValue\":\"u\"")]
    [InlineData("\"proofValue\":7")]
    [InlineData("\"proofvalue\":\"uoA\"")]
    [InlineData("\"proofValue\":\"uoA\"")]
    public void An_anchor_proof_that_holds_no_receipt_is_a_problem(string member)
    {
        Parsed<AnchorReceipt> read = MerkleAnchor2026.ReceiptsIn(Parse($$"""{"proof":[{},{"type":"DataIntegrityProof","cryptosuite":"merkle-anchor-2026","proofPurpose":"assertionMethod",{{member}}}]}""")).Single();
        Assert.Equal(ProblemCode.AnchorReceiptError, read.Problem?.Code);
    }

    [Fact]
    public void An_anchor_proof_for_another_purpose_is_a_problem()
    {
        string text = Utf8.Text(MerkleAnchor2026.AddTo("""{"proof":{}}"""u8, Receipts.Some())).Replace("assertionMethod", "authentication", StringComparison.Ordinal);
        Assert.Equal(ProblemCode.AnchorReceiptError, MerkleAnchor2026.ReceiptsIn(Parse(text)).Single().Problem?.Code);
    }

    private static AnchorDigest DigestOf(byte[] text) => MerkleAnchor2026.DigestOf(StrictJson.Parse(text).Require().RootElement)!.Value;

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;
}
