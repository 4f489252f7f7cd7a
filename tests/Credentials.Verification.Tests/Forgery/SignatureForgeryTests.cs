using System.Text.Json.Nodes;
using Credentials.DataIntegrity;
using Credentials.Encoding;
using Credentials.Keys;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.Forgery;

/// <summary>Signatures that were never made, and signatures of somebody else.</summary>
public sealed class SignatureForgeryTests
{
    // https://www.secg.org/sec2-v2.pdf (P-256) and RFC 8032 (Ed25519): the orders of the groups.
    private static readonly byte[] OrderP256 = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
    private static readonly byte[] OrderEd25519LittleEndian = Convert.FromHexString("EDD3F55C1A631258D69CF7A2DEF9DE1400000000000000000000000000000010");

    public static TheoryData<string, string> Signatures => new()
    {
        { "ecdsa-jcs-2019", "zero" },
        { "ecdsa-jcs-2019", "zero r" },
        { "ecdsa-jcs-2019", "zero s" },
        { "ecdsa-jcs-2019", "r out of range" },
        { "ecdsa-jcs-2019", "s out of range" },
        { "ecdsa-jcs-2019", "short" },
        { "ecdsa-jcs-2019", "long" },
        { "ecdsa-jcs-2019", "empty" },
        { "ecdsa-jcs-2019", "swapped" },
        { "ecdsa-jcs-2019", "ones" },
        { "eddsa-jcs-2022", "zero" },
        { "eddsa-jcs-2022", "s out of range" },
        { "eddsa-jcs-2022", "short" },
        { "eddsa-jcs-2022", "long" },
        { "eddsa-jcs-2022", "empty" },
        { "eddsa-jcs-2022", "swapped" },
        { "eddsa-jcs-2022", "ones" },
    };

    [Theory]
    [MemberData(nameof(Signatures))]
    public async Task Rejects_a_signature_that_is(string suite, string how)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        byte[] genuine = (await world.IssueAsync("brazil", suite)).Bare.Text;
        byte[] forged = Text.Edit(genuine, json => json["proof"]!["proofValue"] = Multibase.EncodeBase58Btc(Forge(how, suite, Multibase.Decode((string)json["proof"]!["proofValue"]!)!)));

        VerificationResult result = await world.VerifyAsync(forged);
        Assert.Equal(Verdict.Rejected, result.Verdict);
        Assert.Equal(CheckName.Proof, result.Decisive!.Name);
    }

    [Theory]
    [InlineData("no multibase at all")]
    [InlineData("z0OIl")]
    [InlineData("")]
    [InlineData("z")]
    public async Task Rejects_a_proof_value_that_is_no_signature(string proofValue)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        byte[] forged = Text.Edit((await world.IssueAsync()).Bare.Text, json => json["proof"]!["proofValue"] = proofValue);

        (await world.VerifyAsync(forged)).Is(CheckName.Proof, CheckOutcome.Failed, proofValue == "z" ? ProblemCode.CryptographicSecurityError : ProblemCode.ProofVerificationError);
    }

    [Fact]
    public async Task Rejects_the_signature_of_another_diploma()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        JsonNode proof = JsonNode.Parse((await world.IssueAsync("china")).Bare.Text)!["proof"]!;
        byte[] forged = Text.Edit((await world.IssueAsync("brazil")).Bare.Text, json => json["proof"] = proof.DeepClone());

        (await world.VerifyAsync(forged)).IsRejected(CheckName.Proof, ProblemCode.CryptographicSecurityError);
    }

    [Fact]
    public async Task Rejects_a_signature_made_with_another_key_than_it_names()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        using SigningKey thief = SigningKey.Generate(KeyType.P256);
        (byte[] text, _, _) = world.Issuer.Prepare("brazil");

        (await world.VerifyAsync(await SignAsync(text, thief, world.Issuer.Did + "#p256"))).IsRejected(CheckName.Proof, ProblemCode.CryptographicSecurityError);
    }

    [Fact]
    public async Task Rejects_a_signature_whose_suite_was_exchanged_for_one_of_another_key_type()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        byte[] forged = Text.Edit((await world.IssueAsync()).Bare.Text, json => json["proof"]!["cryptosuite"] = "eddsa-jcs-2022");

        (await world.VerifyAsync(forged)).IsRejected(CheckName.Proof, ProblemCode.InvalidVerificationMethod);
    }

    [Fact]
    public async Task Rejects_a_diploma_signed_with_the_key_of_another_issuer()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        using SampleIssuer mill = OtherIssuer(world);
        (byte[] text, _, _) = world.Issuer.Prepare("brazil");

        (await world.VerifyAsync(await mill.SignAsync(text))).IsRejected(CheckName.Issuer, ProblemCode.IssuerMismatch);
    }

    [Fact]
    public async Task Rejects_a_diploma_signed_with_a_key_that_is_its_own_DID()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        using SigningKey thief = SigningKey.Generate(KeyType.P256);
        (byte[] text, _, _) = world.Issuer.Prepare("brazil");

        (await world.VerifyAsync(await SignAsync(text, thief, Dids.Methods.DidKey.MethodOf(thief.PublicKey)))).IsRejected(CheckName.Issuer, ProblemCode.IssuerMismatch);
    }

    [Fact]
    public async Task Does_not_verify_by_the_key_of_a_document_that_merely_claims_the_issuer_as_its_controller()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        using var mill = new SampleIssuer("diploma-mill");
        byte[] document = Text.Edit(mill.DocumentText, json => json["verificationMethod"]![0]!["controller"] = world.Issuer.Did);
        world.Web.Put("https://diploma-mill.example/.well-known/did.json", document);
        (byte[] text, _, _) = world.Issuer.Prepare("brazil");

        (await world.VerifyAsync(await mill.SignAsync(text))).CannotTell(CheckName.Issuer, ProblemCode.InvalidVerificationMethod);
    }

    [Fact]
    public async Task Skips_status_and_anchor_when_no_signature_is_the_issuers()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        using SampleIssuer mill = OtherIssuer(world);
        (byte[] text, _, _) = world.Issuer.Prepare("brazil");
        VerificationResult result = await world.VerifyAsync(await mill.SignAsync(text));

        result.Is(CheckName.Status, CheckOutcome.Skipped);
        result.Is(CheckName.Anchor, CheckOutcome.Skipped);
    }

    [Fact]
    public async Task Accepts_no_signature_made_to_log_in_for_one_that_vouches()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        (byte[] text, _, _) = world.Issuer.Prepare("brazil");
        byte[] signed = (await DataIntegritySuite.SignAsync(text, Cryptosuite.Find("ecdsa-jcs-2019")!, world.Issuer.P256, new ProofOptions(world.Issuer.Did + "#p256", null, "authentication"), CancellationToken.None)).Require();

        (await world.VerifyAsync(signed)).CannotTell(CheckName.Proof, ProblemCode.ProofVerificationError);
    }

    private static SampleIssuer OtherIssuer(TestWorld world)
    {
        var mill = new SampleIssuer("diploma-mill");
        world.Web.Put("https://diploma-mill.example/.well-known/did.json", mill.DocumentText);
        return mill;
    }

    private static async Task<byte[]> SignAsync(byte[] text, SigningKey key, string method) =>
        (await DataIntegritySuite.SignAsync(text, Cryptosuite.Find("ecdsa-jcs-2019")!, key, new ProofOptions(method, null), CancellationToken.None)).Require();

    private static byte[] Forge(string how, string suite, byte[] genuine) => how switch
    {
        "zero" => new byte[64],
        "zero r" => [.. new byte[32], .. genuine[32..]],
        "zero s" => [.. genuine[..32], .. new byte[32]],
        "r out of range" => [.. OrderP256, .. genuine[32..]],
        "s out of range" => [.. genuine[..32], .. suite == "ecdsa-jcs-2019" ? OrderP256 : OrderEd25519LittleEndian],
        "short" => genuine[..^1],
        "long" => [.. genuine, 0],
        "empty" => [],
        "swapped" => [.. genuine[32..], .. genuine[..32]],
        _ => [.. Enumerable.Repeat((byte)0xff, 64)],
    };
}
