using System.Text.Json;
using Credentials.DataIntegrity;
using Credentials.Keys;
using Credentials.TestKit;

namespace Credentials.Tests.DataIntegrity;

/// <summary>Reading proofs: https://www.w3.org/TR/vc-data-integrity/#proofs</summary>
public class DataIntegrityProofTests
{
    private const string Sound = """{"type":"DataIntegrityProof","cryptosuite":"x","verificationMethod":"did:x:y#z","proofPurpose":"assertionMethod","created":"2026-06-30T12:00:00Z","expires":"2027-06-30T12:00:00+02:00","proofValue":"z1"}""";

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"proof":[]}""")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    public void Finds_no_proof_where_there_is_none(string document) => Assert.Empty(ReadAll(document));

    [Fact]
    public void Reads_every_member()
    {
        DataIntegrityProof proof = Assert.Single(ReadAll($$"""{"proof":{{Sound}}}""")).Require();
        Assert.Equal(
            ("/proof", "DataIntegrityProof", "x", "did:x:y#z", "assertionMethod", "z1"),
            (proof.Pointer, proof.Type, proof.Cryptosuite, proof.VerificationMethod, proof.ProofPurpose, proof.ProofValue));
        Assert.Equal(new DateTimeOffset(2026, 6, 30, 12, 0, 0, TimeSpan.Zero), proof.Created);
        Assert.Equal(new DateTimeOffset(2027, 6, 30, 10, 0, 0, TimeSpan.Zero), proof.Expires);
    }

    [Fact]
    public void Reads_the_sound_proofs_of_a_set_beside_the_broken_ones()
    {
        IReadOnlyList<Parsed<DataIntegrityProof>> proofs = ReadAll($$"""{"proof":[{{Sound}},7,{{Sound}}]}""");
        Assert.Equal([true, false, true], proofs.Select(proof => proof.Ok));
        Assert.Equal("/proof/1", proofs[1].Problem!.Pointer);
        Assert.Equal("/proof/2", proofs[2].Value!.Pointer);
    }

    [Fact]
    public void Reads_foreign_proofs_so_that_they_can_be_listed()
    {
        DataIntegrityProof legacy = Assert.Single(ReadAll("""{"proof":{"type":"RsaSignature2018","proofPurpose":"assertionMethod","jws":"x..y"}}""")).Require();
        Assert.Null(legacy.ProofValue);
        Assert.Null(legacy.Cryptosuite);
        using SigningKey key = SigningKey.Generate(KeyType.P256);
        Assert.Equal(ProblemCode.UnsupportedCryptosuite, DataIntegritySuite.Verify(JsonDocument.Parse("{}").RootElement, legacy, key.PublicKey)?.Code);
    }

    [Fact]
    public void Reads_a_time_without_offset_as_utc() => Assert.Equal(
        new DateTimeOffset(2026, 6, 30, 12, 0, 0, TimeSpan.Zero),
        Assert.Single(ReadAll($$"""{"proof":{{Sound.Replace("12:00:00Z", "12:00:00", StringComparison.Ordinal)}}}""")).Require().Created);

    [Theory]
    [InlineData("null", "/proof")]
    [InlineData("\"z1\"", "/proof")]
    [InlineData("{}", "/proof")]
    [InlineData("""{"type":"DataIntegrityProof","proofPurpose":"assertionMethod","proofValue":"z1"}""", "/proof")]
    [InlineData("""{"cryptosuite":"x","proofPurpose":"assertionMethod","proofValue":"z1"}""", "/proof")]
    [InlineData("""{"type":"DataIntegrityProof","cryptosuite":"x","proofValue":"z1"}""", "/proof")]
    [InlineData("""{"type":["DataIntegrityProof"],"cryptosuite":"x","proofPurpose":"assertionMethod","proofValue":"z1"}""", "/proof/type")]
    [InlineData("""{"type":"DataIntegrityProof","cryptosuite":null,"proofPurpose":"assertionMethod","proofValue":"z1"}""", "/proof/cryptosuite")]
    [InlineData("""{"type":"DataIntegrityProof","cryptosuite":"x","proofPurpose":{},"proofValue":"z1"}""", "/proof/proofPurpose")]
    [InlineData("""{"type":"DataIntegrityProof","cryptosuite":"x","proofPurpose":"assertionMethod","proofValue":["z1"]}""", "/proof/proofValue")]
    [InlineData("""{"type":"DataIntegrityProof","cryptosuite":"x","proofPurpose":"assertionMethod","proofValue":"z1","verificationMethod":{"id":"did:x:y#z"}}""", "/proof/verificationMethod")]
    [InlineData("""{"type":"DataIntegrityProof","cryptosuite":"x","proofPurpose":"assertionMethod","proofValue":"z1","created":1751284800}""", "/proof/created")]
    [InlineData("""{"type":"DataIntegrityProof","cryptosuite":"x","proofPurpose":"assertionMethod","proofValue":"z1","created":"yesterday"}""", "/proof/created")]
    [InlineData("""{"type":"DataIntegrityProof","cryptosuite":"x","proofPurpose":"assertionMethod","proofValue":"z1","expires":"2026-02-30T00:00:00Z"}""", "/proof/expires")]
    public void Refuses_a_proof_of_the_wrong_shape_and_points_at_it(string proof, string pointer)
    {
        Problem problem = Assert.Single(ReadAll($$"""{"proof":{{proof}}}""")).Problem!;
        Assert.Equal((ProblemCode.ProofVerificationError, pointer), (problem.Code, problem.Pointer));
    }

    [Theory]
    [InlineData("\"urn:uuid:1\"", "urn:uuid:1")]
    [InlineData("[\"urn:uuid:1\",\"urn:uuid:2\"]", "urn:uuid:1 urn:uuid:2")]
    [InlineData("[]", "")]
    public void Reads_what_a_member_of_a_proof_chain_builds_on(string previous, string ids)
    {
        DataIntegrityProof proof = Assert.Single(ReadAll($$"""{"proof":[{{Sound[..^1]}},"id":"urn:uuid:3","previousProof":{{previous}}}]}""")).Require();
        Assert.Equal(("urn:uuid:3", ids), (proof.Id, string.Join(' ', proof.PreviousProof)));
    }

    [Theory]
    [InlineData("previousProof", "null")]
    [InlineData("previousProof", "7")]
    [InlineData("previousProof", "{\"id\":\"urn:uuid:1\"}")]
    [InlineData("previousProof", "[\"urn:uuid:1\",null]")]
    [InlineData("domain", "[[\"a.example\"]]")]
    [InlineData("challenge", "[\"x\"]")]
    [InlineData("id", "7")]
    public void Refuses_a_link_a_domain_or_a_challenge_of_the_wrong_shape(string member, string value)
    {
        Problem problem = Assert.Single(ReadAll($$"""{"proof":[{{Sound[..^1]}},"{{member}}":{{value}}}]}""")).Problem!;
        Assert.Equal((ProblemCode.ProofVerificationError, "/proof/0/" + member), (problem.Code, problem.Pointer));
    }

    [VectorFact]
    public void Reads_the_sets_and_chains_of_the_vectors()
    {
        JsonElement chain = Vectors.Json("vc-di-eddsa", "proof-set-chain", "signedProofChain2.json");
        Assert.Equal([0, 0, 2, 1], DataIntegrityProof.ReadAll(chain).Select(proof => proof.Require().PreviousProof.Count));
        JsonElement set = Vectors.Json("vc-di-eddsa", "proof-set-chain", "signedProofSet2.json");
        Assert.Equal([true, true], DataIntegrityProof.ReadAll(set).Select(proof => proof.Ok));
    }

    [Fact]
    public void Refuses_more_proofs_than_anyone_has_time_for()
    {
        Assert.Equal(64, ReadAll($$"""{"proof":[{{string.Join(',', Enumerable.Repeat(Sound, 64))}}]}""").Count);
        Assert.False(Assert.Single(ReadAll($$"""{"proof":[{{string.Join(',', Enumerable.Repeat(Sound, 65))}}]}""")).Ok);
    }

    [Fact]
    public async Task Refuses_a_signature_whose_proof_names_no_verification_method()
    {
        using SigningKey key = SigningKey.Generate(KeyType.Ed25519);
        System.Text.Json.Nodes.JsonNode node = Signed.Node(await Signed.SignAsync(Signed.Text, "eddsa-jcs-2022", key));
        node["proof"]!.AsObject().Remove("verificationMethod");
        Assert.Equal(ProblemCode.ProofVerificationError, Signed.Verify(node, key.PublicKey)?.Code);
    }

    private static IReadOnlyList<Parsed<DataIntegrityProof>> ReadAll(string document) => DataIntegrityProof.ReadAll(JsonDocument.Parse(document).RootElement);
}
