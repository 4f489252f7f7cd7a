using System.Text.Json.Nodes;
using Credentials.Anchoring;
using Credentials.DataIntegrity;
using Credentials.Dids.Methods;
using Credentials.Keys;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.Forgery;

/// <summary>Contexts and proofs added, removed and shuffled after the diploma was anchored.</summary>
/// <remarks>By the specification a context may be appended to a JCS-signed document, and proofs may come and go: the signature still holds. The anchor's digest covers both, so that such a document has lost its anchor: indeterminate, not rejected.</remarks>
public sealed class ProofSetForgeryTests
{
    private static readonly string[] Both = ["ecdsa-jcs-2019", "eddsa-jcs-2022"];

    [Fact]
    public async Task Does_not_verify_with_a_context_appended()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        byte[] forged = Text.Edit((await world.IssueAsync()).Text, json => json["@context"]!.AsArray().Add(new JsonObject { ["grade"] = "https://example.org/other#grade" }));
        VerificationResult result = await world.VerifyAsync(forged);

        result.CannotTell(CheckName.Anchor, ProblemCode.AnchorReceiptError);
        result.Is(CheckName.Proof, CheckOutcome.Passed);
    }

    [Fact]
    public async Task Rejects_a_context_put_before_the_others()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        byte[] forged = Text.Edit((await world.IssueAsync()).Text, json => json["@context"]!.AsArray().Insert(1, "https://example.org/other"));

        (await world.VerifyAsync(forged)).IsRejected(CheckName.Proof, ProblemCode.CryptographicSecurityError);
    }

    [Fact]
    public async Task Verifies_with_its_proofs_reordered()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored anchored = await world.IssueAsync("brazil", Both);
        foreach (int[] order in (int[][])[[2, 1, 0], [1, 0, 2], [2, 0, 1]])
        {
            (await world.VerifyAsync(WithProofs(anchored.Text, proofs => [.. order.Select(i => proofs[i])]))).IsVerified();
        }
    }

    [Fact]
    public async Task Verifies_with_a_single_proof_written_as_a_list()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored anchored = await world.IssueAsync();
        byte[] listed = Text.Edit(anchored.Bare.Text, json => json["proof"] = new JsonArray(json["proof"]!.DeepClone()));

        (await world.Verifier().VerifyAsync(listed, [anchored.Receipt], CancellationToken.None)).IsVerified();
    }

    [Fact]
    public async Task Does_not_verify_with_a_strangers_proof_added()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        using SigningKey stranger = SigningKey.Generate(KeyType.P256);
        SampleAnchored anchored = await world.IssueAsync();
        byte[] forged = (await DataIntegritySuite.SignAsync(anchored.Text, Cryptosuite.Find("ecdsa-jcs-2019")!, stranger, new ProofOptions(DidKey.MethodOf(stranger.PublicKey), null), CancellationToken.None)).Require();
        VerificationResult result = await world.VerifyAsync(forged);

        result.CannotTell(CheckName.Anchor, ProblemCode.AnchorReceiptError);
        result.Is(CheckName.Issuer, CheckOutcome.Passed);
    }

    [Fact]
    public async Task Rejects_a_proof_added_that_does_not_hold()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored anchored = await world.IssueAsync("brazil", Both);
        byte[] forged = WithProofs(anchored.Text, proofs => [.. proofs, Changed(proofs[1], "created", "2020-01-01T00:00:00Z")]);

        (await world.VerifyAsync(forged)).IsRejected(CheckName.Proof, ProblemCode.CryptographicSecurityError);
    }

    [Fact]
    public async Task Does_not_count_a_proof_of_an_unknown_suite_and_lists_it()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored anchored = await world.IssueAsync();
        byte[] forged = WithProofs(anchored.Text, proofs => [.. proofs, Changed(proofs[0], "cryptosuite", "quantum-rdfc-2031")]);
        VerificationResult result = await world.VerifyAsync(forged);

        result.CannotTell(CheckName.Anchor, ProblemCode.AnchorReceiptError);
        result.Is(CheckName.Proof, CheckOutcome.Passed);
        Assert.Contains("quantum-rdfc-2031", result[CheckName.Proof].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Does_not_verify_with_proofs_of_unknown_suites_only()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        byte[] forged = WithProofs((await world.IssueAsync()).Text, proofs => [Changed(proofs[0], "cryptosuite", "quantum-rdfc-2031"), proofs[1]]);

        (await world.VerifyAsync(forged)).CannotTell(CheckName.Proof, ProblemCode.UnsupportedCryptosuite);
    }

    [Fact]
    public async Task Does_not_verify_with_one_proof_of_two_removed()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored anchored = await world.IssueAsync("brazil", Both);
        for (int removed = 0; removed < 2; removed++)
        {
            byte[] forged = WithProofs(anchored.Text, proofs => [.. proofs.Where((_, i) => i != removed)]);
            (await world.VerifyAsync(forged)).CannotTell(CheckName.Anchor, ProblemCode.AnchorReceiptError);
        }
    }

    [Fact]
    public async Task Does_not_verify_with_the_signature_removed()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        byte[] forged = WithProofs((await world.IssueAsync()).Text, proofs => [.. proofs.Where(proof => (string)proof["cryptosuite"]! == MerkleAnchor2026.Cryptosuite)]);

        (await world.VerifyAsync(forged)).CannotTell(CheckName.Proof, ProblemCode.ProofVerificationError);
    }

    [Fact]
    public async Task Does_not_verify_with_the_anchor_removed()
    {
        using TestWorld world = await TestWorld.CreateAsync();

        (await world.VerifyAsync((await world.IssueAsync()).Bare.Text)).CannotTell(CheckName.Anchor, ProblemCode.AnchorReceiptError);
    }

    [Fact]
    public async Task Verifies_a_proof_chain()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored anchored = world.Issuer.Anchor(await ChainAsync(world));
        Assert.True(await world.AnchorAsync(anchored.Receipt.Root));
        VerificationResult result = await world.VerifyAsync(anchored.Text);

        result.IsVerified();
        Assert.Contains("All 2 signatures hold", result[CheckName.Proof].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rejects_a_chained_proof_without_the_proof_that_it_builds_on()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        byte[] forged = WithProofs((await ChainAsync(world)).Text, proofs => [proofs[1]]);

        (await world.VerifyAsync(forged)).IsRejected(CheckName.Proof, ProblemCode.ProofVerificationError);
    }

    [Fact]
    public async Task Rejects_a_chained_proof_over_another_proof_of_the_same_id()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleCredential genuine = await ChainAsync(world);
        JsonNode other = JsonNode.Parse((await ChainAsync(world, created: Samples.Time.AddDays(-1))).Text)!["proof"]![0]!;
        byte[] forged = WithProofs(genuine.Text, proofs => [other.DeepClone().AsObject(), proofs[1]]);

        (await world.VerifyAsync(forged)).IsRejected(CheckName.Proof, ProblemCode.CryptographicSecurityError);
    }

    [Fact]
    public async Task Rejects_proofs_that_build_on_each_other_in_a_circle()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        byte[] forged = WithProofs((await ChainAsync(world)).Text, proofs => [Changed(Changed(proofs[0], "previousProof", "urn:proof:2"), "id", "urn:proof:1"), Changed(proofs[1], "id", "urn:proof:2")]);

        Assert.Equal(Verdict.Rejected, (await world.VerifyAsync(forged)).Verdict);
    }

    [Theory]
    [InlineData(17)]
    [InlineData(200)]
    public async Task Does_not_look_up_a_multitude_of_proofs(int count)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        byte[] weapon = WithProofs((await world.IssueAsync()).Text, proofs => [.. Enumerable.Range(0, count).Select(i => Changed(proofs[0], "verificationMethod", $"did:web:victim{i}.example#key"))]);

        (await world.VerifyAsync(weapon)).CannotTell(CheckName.Proof, ProblemCode.ProofVerificationError);
        Assert.Equal(0, world.Web.Fetches);
    }

    /// <summary>A diploma with one proof of the institution's, and a second one of its that builds on it.</summary>
    private static async Task<SampleCredential> ChainAsync(TestWorld world, DateTimeOffset? created = null)
    {
        (byte[] text, RegistryHandle handle, int index) = world.Issuer.Prepare("brazil");
        byte[] once = (await DataIntegritySuite.SignAsync(text, Cryptosuite.Find("ecdsa-jcs-2019")!, world.Issuer.P256, new ProofOptions(world.Issuer.Did + "#p256", created ?? Samples.Time) { Id = "urn:proof:1" }, CancellationToken.None)).Require();
        byte[] twice = (await DataIntegritySuite.SignAsync(once, Cryptosuite.Find("eddsa-jcs-2022")!, world.Issuer.Ed25519, new ProofOptions(world.Issuer.Did + "#ed25519", Samples.Time) { PreviousProof = ["urn:proof:1"] }, CancellationToken.None)).Require();
        return new(twice, handle, index);
    }

    private static byte[] WithProofs(byte[] text, Func<JsonObject[], JsonObject[]> edit) => Text.Edit(text, json =>
    {
        JsonObject[] proofs = [.. json["proof"]!.AsArray().Select(proof => proof!.DeepClone().AsObject())];
        json["proof"] = new JsonArray([.. edit(proofs)]);
    });

    private static JsonObject Changed(JsonObject proof, string member, string value)
    {
        JsonObject changed = proof.DeepClone().AsObject();
        changed[member] = value;
        return changed;
    }
}
