using System.Text.Json.Nodes;
using Credentials.DataIntegrity;
using Credentials.Encoding;
using Credentials.Keys;
using Credentials.TestKit;

namespace Credentials.Tests.DataIntegrity;

/// <summary>Proofs that build on others, over either canonical form.</summary>
public sealed class ProofChainTests : IDisposable
{
    private const string First = "urn:uuid:00000000-0000-4000-8000-000000000001";
    private const string Second = "urn:uuid:00000000-0000-4000-8000-000000000002";

    private readonly SigningKey _key = SigningKey.Generate(KeyType.Ed25519);

    public static TheoryData<string> Suites => ["eddsa-jcs-2022", "eddsa-rdfc-2022"];

    public void Dispose() => _key.Dispose();

    [Theory, MemberData(nameof(Suites))]
    public async Task Verifies_a_chain_and_rejects_its_last_proof_once_the_first_was_altered(string suite)
    {
        JsonNode node = Signed.Node(await ChainAsync(suite));
        Assert.Null(Signed.Verify(node, _key.PublicKey, 0));
        Assert.Null(Signed.Verify(node, _key.PublicKey, 1));
        foreach (string member in (string[])["created", "verificationMethod", "proofPurpose", "proofValue"])
        {
            JsonNode altered = node.DeepClone();
            altered["proof"]![0]![member] = altered["proof"]![0]![member]!.GetValue<string>() + "x";
            Assert.Equal(ProblemCode.CryptographicSecurityError, Signed.Verify(altered, _key.PublicKey, 1)?.Code);
        }
    }

    [Theory, MemberData(nameof(Suites))]
    public async Task Builds_on_no_other_proof_than_those_it_names(string suite)
    {
        byte[] text = await ChainAsync(suite);
        text = (await SignAsync(text, suite, id: null)).Require();
        JsonNode node = Signed.Node(text);
        node["proof"]!.AsArray().RemoveAt(0);
        Assert.Equal(ProblemCode.ProofVerificationError, Signed.Verify(node, _key.PublicKey, 0)?.Code);
        Assert.Null(Signed.Verify(node, _key.PublicKey, 1));
    }

    [Theory, MemberData(nameof(Suites))]
    public async Task Refuses_to_build_on_a_proof_that_is_not_there_or_is_there_twice(string suite)
    {
        byte[] text = (await SignAsync(Utf8.Bytes(Signed.TextFor(suite)), suite, First)).Require();
        Assert.Equal(ProblemCode.ProofVerificationError, (await SignAsync(text, suite, Second, "urn:uuid:none")).Problem?.Code);
        Assert.Equal(ProblemCode.ProofVerificationError, (await SignAsync(text, suite, Second, First, "urn:uuid:none")).Problem?.Code);

        byte[] twice = (await SignAsync(text, suite, First)).Require();
        Assert.Equal(ProblemCode.ProofVerificationError, (await SignAsync(twice, suite, Second, First)).Problem?.Code);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    public async Task Refuses_proofs_that_build_on_each_other_in_a_circle(int from, int to)
    {
        JsonNode node = Signed.Node(await ChainAsync("eddsa-jcs-2022"));
        node["proof"]![0]!["previousProof"] = Second;
        node["proof"]![from]!["previousProof"] = to == 0 ? First : Second;
        for (int i = 0; i < 2; i++)
        {
            Problem? problem = Signed.Verify(node, _key.PublicKey, i);
            Assert.Equal((ProblemCode.ProofVerificationError, $"/proof/{i}/previousProof"), (problem?.Code, problem?.Pointer));
        }
    }

    [Fact]
    public async Task Refuses_a_long_circle_without_walking_it_for_ever()
    {
        JsonNode node = Signed.Node(await ChainAsync("eddsa-jcs-2022"));
        var proofs = new JsonArray();
        string[] ids = [.. Enumerable.Range(0, DataIntegrityProof.MaxProofs).Select(i => $"urn:n:{i}")];
        foreach (string id in ids)
        {
            JsonNode proof = node["proof"]![0]!.DeepClone();
            proof["id"] = id;
            proof["previousProof"] = new JsonArray([.. ids.Where(other => other != id).Select(other => (JsonNode)other)]);
            proofs.Add(proof);
        }

        node["proof"] = proofs;
        Assert.Equal(ProblemCode.ProofVerificationError, Signed.Verify(node, _key.PublicKey, 0)?.Code);
    }

    [Fact]
    public async Task Refuses_a_proof_that_builds_on_more_proofs_than_a_document_has()
    {
        JsonNode node = Signed.Node(await ChainAsync("eddsa-jcs-2022"));
        node["proof"]![1]!["previousProof"] = new JsonArray([.. Enumerable.Repeat(First, 200_000).Select(id => (JsonNode)id)]);
        Assert.Equal(ProblemCode.ProofVerificationError, Signed.Verify(node, _key.PublicKey, 1)?.Code);
    }

    [Theory]
    [InlineData(StrictJson.MaxDepth - 2, First)]
    [InlineData(StrictJson.MaxDepth - 2)]
    [InlineData(StrictJson.MaxDepth - 3, First)]
    public async Task Refuses_to_sign_beside_a_proof_as_deep_as_a_document_may_be(int levels, params string[] previous)
    {
        byte[] text = Utf8.Bytes($$$"""{"proof":{"id":"{{{First}}}","x":{{{new string('[', levels)}}}{{{new string(']', levels)}}} } }""");
        Assert.True(StrictJson.Parse(text).Ok);
        Parsed<byte[]> signed = await SignAsync(text, "eddsa-jcs-2022", Second, previous);
        Assert.Equal(levels == StrictJson.MaxDepth - 2 ? ProblemCode.MalformedValueError : null, signed.Problem?.Code);
        Assert.True(!signed.Ok || StrictJson.Parse(signed.Value).Ok);
    }

    [Fact]
    public async Task Does_not_let_selective_disclosure_build_on_other_proofs()
    {
        using SigningKey key = SigningKey.Generate(KeyType.P256);
        byte[] text = (await SignAsync(Utf8.Bytes(Signed.TextFor("ecdsa-sd-2023")), "eddsa-rdfc-2022", First)).Require();
        Parsed<byte[]> signed = await DataIntegritySuite.SignAsync(text, Cryptosuite.Find("ecdsa-sd-2023")!, key, new ProofOptions(Signed.Method, null) { PreviousProof = [First] }, CancellationToken.None);
        Assert.Equal(ProblemCode.ProofGenerationError, signed.Problem?.Code);
    }

    private async Task<byte[]> ChainAsync(string suite)
    {
        byte[] text = (await SignAsync(Utf8.Bytes(Signed.TextFor(suite)), suite, First)).Require();
        return (await SignAsync(text, suite, Second, First)).Require();
    }

    private Task<Parsed<byte[]>> SignAsync(byte[] text, string suite, string? id, params string[] previous) => DataIntegritySuite.SignAsync(
        text,
        Cryptosuite.Find(suite)!,
        _key,
        new ProofOptions(Signed.Method, new(2026, 6, 30, 12, 0, 0, TimeSpan.Zero)) { Id = id, PreviousProof = previous },
        CancellationToken.None);
}
