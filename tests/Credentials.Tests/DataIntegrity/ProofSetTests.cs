using System.Text.Json.Nodes;
using Credentials.DataIntegrity;
using Credentials.Keys;

namespace Credentials.Tests.DataIntegrity;

/// <summary>Several proofs of one document, each over the document without any of them.</summary>
public sealed class ProofSetTests : IDisposable
{
    private readonly SigningKey _first = SigningKey.Generate(KeyType.P256);
    private readonly SigningKey _second = SigningKey.Generate(KeyType.Ed25519);
    private readonly SigningKey _third = SigningKey.Generate(KeyType.P384);

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
        _third.Dispose();
    }

    [Fact]
    public async Task Verifies_each_proof_on_its_own()
    {
        byte[] text = await ThreeProofsAsync();
        Assert.Equal(3, DataIntegrityProof.ReadAll(Signed.Parse(text)).Count);
        Assert.Null(Signed.Verify(text, _first.PublicKey, 0));
        Assert.Null(Signed.Verify(text, _second.PublicKey, 1));
        Assert.Null(Signed.Verify(text, _third.PublicKey, 2));
    }

    [Fact]
    public async Task Verifies_after_proofs_were_reordered_removed_and_foreign_ones_added()
    {
        JsonNode node = Signed.Node(await ThreeProofsAsync());
        JsonArray proofs = node["proof"]!.AsArray();
        node["proof"] = new JsonArray(
            proofs[2]!.DeepClone(),
            JsonNode.Parse("""{"type":"DataIntegrityProof","cryptosuite":"merkle-anchor-2026","proofPurpose":"assertionMethod","proofValue":"uAQID"}"""),
            proofs[0]!.DeepClone());
        Assert.Null(Signed.Verify(node, _third.PublicKey, 0));
        Assert.Equal(ProblemCode.UnsupportedCryptosuite, Signed.Verify(node, _first.PublicKey, 1)?.Code);
        Assert.Null(Signed.Verify(node, _first.PublicKey, 2));
    }

    [Fact]
    public async Task Rejects_every_proof_of_the_set_when_the_document_was_altered()
    {
        JsonNode node = Signed.Node(await ThreeProofsAsync());
        node["issuer"] = "did:example:thief";
        Assert.Equal(ProblemCode.CryptographicSecurityError, Signed.Verify(node, _first.PublicKey, 0)?.Code);
        Assert.Equal(ProblemCode.CryptographicSecurityError, Signed.Verify(node, _second.PublicKey, 1)?.Code);
        Assert.Equal(ProblemCode.CryptographicSecurityError, Signed.Verify(node, _third.PublicKey, 2)?.Code);
    }

    [Fact]
    public async Task Rejects_a_proof_verified_with_the_key_of_another_one_of_its_suite()
    {
        using SigningKey other = SigningKey.Generate(KeyType.P256);
        byte[] text = await Signed.SignAsync(await Signed.SignAsync(Signed.Text, "ecdsa-jcs-2019", _first), "ecdsa-jcs-2019", other);
        Assert.Null(Signed.Verify(text, _first.PublicKey, 0));
        Assert.Null(Signed.Verify(text, other.PublicKey, 1));
        Assert.NotNull(Signed.Verify(text, other.PublicKey, 0));
        Assert.NotNull(Signed.Verify(text, _first.PublicKey, 1));
    }

    [Theory]
    [InlineData("{\"a\" : 1 }", "{\"a\" : 1,\"proof\":P }")]
    [InlineData("{}", "{\"proof\":P}")]
    [InlineData(" { }\n", " {\"proof\":P }\n")]
    [InlineData("{\n  \"a\": \"}\"\n}\n", "{\n  \"a\": \"}\",\"proof\":P\n}\n")]
    [InlineData("{\"proof\" : { \"x\" : 1 } , \"a\" : 1}", "{\"proof\" : [{ \"x\" : 1 },P] , \"a\" : 1}")]
    [InlineData("{\"proof\": [ ] }", "{\"proof\": [ P] }")]
    [InlineData("{\"proof\": [ {\"x\":1} \n], \"a\":{\"proof\":2}}", "{\"proof\": [ {\"x\":1} \n,P], \"a\":{\"proof\":2}}")]
    [InlineData("{\"pr\\u006fof\":{\"x\":1}}", "{\"pr\\u006fof\":[{\"x\":1},P]}")]
    [InlineData("{\"a\":1.00,\"b\":\"\\u00e9\\/\"}", "{\"a\":1.00,\"b\":\"\\u00e9\\/\",\"proof\":P}")]
    public async Task Keeps_every_other_byte_of_the_text(string before, string after)
    {
        byte[] text = await Signed.SignAsync(before, "eddsa-jcs-2022", _second);
        string expected = after.Replace("P", DataIntegrityProof.ReadAll(Signed.Parse(text))[^1].Require().Json.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(expected, System.Text.Encoding.UTF8.GetString(text));
    }

    [Theory]
    [InlineData("{\"proof\":null}", ProblemCode.MalformedValueError)]
    [InlineData("{\"proof\":\"x\"}", ProblemCode.MalformedValueError)]
    [InlineData("[]", ProblemCode.MalformedValueError)]
    [InlineData("\"x\"", ProblemCode.MalformedValueError)]
    [InlineData("{\"a\":1,\"a\":2}", ProblemCode.ParsingError)]
    [InlineData("{\"a\":\"\\ud800\"}", ProblemCode.ParsingError)]
    [InlineData("{", ProblemCode.ParsingError)]
    [InlineData("{\"a\":1e999}", ProblemCode.ProofTransformationError)]
    public async Task Refuses_to_sign_what_cannot_be_secured(string text, string code)
    {
        Parsed<byte[]> signed = await DataIntegritySuite.SignAsync(System.Text.Encoding.UTF8.GetBytes(text), Cryptosuite.Find("ecdsa-jcs-2019")!, _first, new(Signed.Method, null), CancellationToken.None);
        Assert.Equal(code, signed.Problem?.Code);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(65)]
    [InlineData(71)]
    public async Task Refuses_what_a_signer_returns_when_it_is_no_signature_of_its_key(int length)
    {
        Parsed<byte[]> signed = await DataIntegritySuite.SignAsync("{}"u8.ToArray(), Cryptosuite.Find("ecdsa-jcs-2019")!, new Broken(_first.PublicKey, new byte[length]), new(Signed.Method, null), CancellationToken.None);
        Assert.Equal(ProblemCode.ProofGenerationError, signed.Problem?.Code);
    }

    [Fact]
    public async Task Writes_no_created_when_none_is_given_and_whole_seconds_of_utc_otherwise()
    {
        Cryptosuite suite = Cryptosuite.Find("ecdsa-jcs-2019")!;
        byte[] without = (await DataIntegritySuite.SignAsync("{}"u8.ToArray(), suite, _first, new(Signed.Method, null, "authentication"), CancellationToken.None)).Require();
        Assert.Null(Signed.Node(without)["proof"]!["created"]);
        Assert.Equal("authentication", Signed.Node(without)["proof"]!["proofPurpose"]!.GetValue<string>());
        Assert.Null(Signed.Verify(without, _first.PublicKey));

        byte[] with = (await DataIntegritySuite.SignAsync("{}"u8.ToArray(), suite, _first, new(Signed.Method, new(2026, 6, 30, 23, 59, 59, 999, TimeSpan.FromHours(2))), CancellationToken.None)).Require();
        Assert.Equal("2026-06-30T21:59:59Z", Signed.Node(with)["proof"]!["created"]!.GetValue<string>());
    }

    private async Task<byte[]> ThreeProofsAsync()
    {
        byte[] text = await Signed.SignAsync(Signed.Text, "ecdsa-jcs-2019", _first);
        text = await Signed.SignAsync(text, "eddsa-jcs-2022", _second);
        return await Signed.SignAsync(text, "ecdsa-jcs-2019", _third);
    }

    /// <summary>A signing service that answers in another encoding.</summary>
    private sealed class Broken(PublicKey key, byte[] answer) : ISigner
    {
        public PublicKey PublicKey => key;

        public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken) => ValueTask.FromResult(answer);
    }
}
