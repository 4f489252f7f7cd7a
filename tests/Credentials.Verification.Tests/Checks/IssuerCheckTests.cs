using System.Text.Json.Nodes;
using Credentials.DataIntegrity;
using Credentials.Dids.Methods;
using Credentials.Keys;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.Checks;

public sealed class IssuerCheckTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public async Task Rejects_a_key_that_was_revoked_before_the_anchor()
    {
        using TestWorld world = await TestWorld.CreateAsync(p256Revoked: Samples.Time);

        (await world.VerifyAsync((await world.IssueAsync()).Text)).IsRejected(CheckName.Issuer, ProblemCode.KeyNotValid);
    }

    [Fact]
    public async Task Passes_a_key_that_was_revoked_after_the_anchor_and_says_so()
    {
        DateTimeOffset revoked = Samples.Time + Day;
        using TestWorld world = await TestWorld.CreateAsync(p256Revoked: revoked);
        SampleAnchored anchored = await world.IssueAsync();
        world.Clock.Now += 2 * Day;
        VerificationResult result = await world.VerifyAsync(anchored.Text);

        result.IsVerified();
        Assert.Contains("revoked on 2026-09-16", result[CheckName.Issuer].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thief_cannot_backdate_with_a_revoked_key()
    {
        using TestWorld world = await TestWorld.CreateAsync(p256Revoked: Samples.Time + Day);
        world.Clock.Now += 2 * Day;

        // The proof claims Samples.Time, before the revocation; the chain saw it after.
        SampleAnchored backdated = await world.IssueAsync();
        Assert.Contains("2026-09-15T10:00:00Z", System.Text.Encoding.UTF8.GetString(backdated.Text), StringComparison.Ordinal);
        (await world.VerifyAsync(backdated.Text)).IsRejected(CheckName.Issuer, ProblemCode.KeyNotValid);
    }

    [Fact]
    public async Task Passes_a_set_in_which_one_of_the_issuers_keys_is_good()
    {
        using TestWorld world = await TestWorld.CreateAsync(p256Revoked: Samples.Time);

        (await world.VerifyAsync((await world.IssueAsync("brazil", "ecdsa-jcs-2019", "eddsa-jcs-2022")).Text)).IsVerified();
    }

    [Fact]
    public async Task Rejects_a_key_that_had_expired_before_the_anchor()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored anchored = await world.IssueAsync();
        world.Web.Put(world.DidUrl, Text.Edit(world.Issuer.DocumentText, json => json["verificationMethod"]![0]!["expires"] = "2026-01-01T00:00:00Z"));

        (await world.VerifyAsync(anchored.Text)).IsRejected(CheckName.Issuer, ProblemCode.KeyNotValid);
    }

    [Fact]
    public async Task Passes_a_key_that_expires_later()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored anchored = await world.IssueAsync();
        world.Web.Put(world.DidUrl, Text.Edit(world.Issuer.DocumentText, json => json["verificationMethod"]![0]!["expires"] = "2030-01-01T00:00:00Z"));

        (await world.VerifyAsync(anchored.Text)).IsVerified();
    }

    [Fact]
    public async Task Judges_the_key_for_now_where_the_credential_names_no_registry()
    {
        using TestWorld world = await TestWorld.CreateAsync(p256Revoked: Samples.Time + Day);
        byte[] plain = await world.Issuer.SignAsync(Text.Edit(world.Issuer.Prepare("brazil").Text, json => json.Remove("credentialStatus")));
        (await world.VerifyAsync(plain)).IsVerified();

        world.Clock.Now += 2 * Day;
        (await world.VerifyAsync(plain)).IsRejected(CheckName.Issuer, ProblemCode.KeyNotValid);
    }

    [Fact]
    public async Task Cannot_tell_by_a_revoked_key_without_the_receipt_that_would_clear_it()
    {
        using TestWorld world = await TestWorld.CreateAsync(p256Revoked: Samples.Time + Day);
        SampleAnchored anchored = await world.IssueAsync();
        world.Clock.Now += 2 * Day;
        VerificationResult result = await world.VerifyAsync(anchored.Bare.Text);

        result.CannotTell(CheckName.Issuer, ProblemCode.KeyNotValid);
        result.Is(CheckName.Anchor, CheckOutcome.Indeterminate, ProblemCode.AnchorReceiptError);
    }

    [Fact]
    public async Task Verifies_an_issuer_that_is_a_did_key()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        using SigningKey key = SigningKey.Generate(KeyType.P384);

        (await world.VerifyAsync(await SignAsync(key, DidKey.Of(key.PublicKey), DidKey.MethodOf(key.PublicKey)))).IsVerified();
    }

    [Fact]
    public async Task Cannot_tell_for_an_issuer_that_is_no_DID()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        using SigningKey key = SigningKey.Generate(KeyType.P256);

        (await world.VerifyAsync(await SignAsync(key, "https://university.example/", DidKey.MethodOf(key.PublicKey)))).CannotTell(CheckName.Issuer, ProblemCode.InvalidDid);
    }

    [Fact]
    public async Task Cannot_tell_for_a_strangers_signature_while_the_issuers_document_is_out_of_reach()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        using SigningKey key = SigningKey.Generate(KeyType.P256);

        (await world.VerifyAsync(await SignAsync(key, "did:web:gone.example", DidKey.MethodOf(key.PublicKey)))).CannotTell(CheckName.Issuer, ProblemCode.DidResolutionError);
    }

    [Fact]
    public async Task Cannot_tell_when_the_issuers_own_signature_is_of_an_unknown_suite()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        using SigningKey notary = SigningKey.Generate(KeyType.P256);
        byte[] signed = await SignAsync(notary, world.Issuer.Did, DidKey.MethodOf(notary.PublicKey));
        byte[] set = Text.Edit(signed, json => json["proof"] = new JsonArray(
            json["proof"]!.DeepClone(),
            new JsonObject { ["type"] = "DataIntegrityProof", ["cryptosuite"] = "quantum-rdfc-2031", ["verificationMethod"] = world.Issuer.Did + "#q", ["proofPurpose"] = "assertionMethod", ["proofValue"] = "z1" }));

        (await world.VerifyAsync(set)).CannotTell(CheckName.Issuer, ProblemCode.UnsupportedCryptosuite);
    }

    [Fact]
    public async Task Cannot_tell_when_a_lent_key_may_have_made_the_signature_of_an_unknown_suite()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        using SigningKey notary = SigningKey.Generate(KeyType.P256);
        byte[] signed = await SignAsync(notary, world.Issuer.Did, DidKey.MethodOf(notary.PublicKey));
        byte[] set = Text.Edit(signed, json => json["proof"] = new JsonArray(
            json["proof"]!.DeepClone(),
            new JsonObject { ["type"] = "DataIntegrityProof", ["cryptosuite"] = "quantum-rdfc-2031", ["verificationMethod"] = "did:web:signing-service.example#q", ["proofPurpose"] = "assertionMethod", ["proofValue"] = "z1" }));

        (await world.VerifyAsync(set)).CannotTell(CheckName.Issuer, ProblemCode.UnsupportedCryptosuite);
    }

    [Fact]
    public async Task Verifies_a_key_of_a_service_that_the_issuer_lists_as_its_own()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        using var service = new SampleIssuer("signing-service");
        world.Web.Put("https://signing-service.example/.well-known/did.json", Text.Edit(service.DocumentText, json => json["verificationMethod"]![0]!["controller"] = world.Issuer.Did));
        world.Web.Put(world.DidUrl, Text.Edit(world.Issuer.DocumentText, json => json["assertionMethod"]!.AsArray().Add(service.Did + "#p256")));

        (await world.VerifyAsync(await SignAsync(service.P256, world.Issuer.Did, service.Did + "#p256"))).IsVerified();
    }

    [Fact]
    public async Task A_pinned_document_wins_over_the_live_one()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored anchored = await world.IssueAsync();
        using TestWorld other = await TestWorld.CreateAsync(p256Revoked: Samples.Time);

        (await world.VerifyAsync(anchored.Text, trusted: world.Trusted with { PinnedDidDocuments = [other.Issuer.Document] })).IsRejected(CheckName.Issuer, ProblemCode.KeyNotValid);
    }

    private static async Task<byte[]> SignAsync(SigningKey key, string issuer, string method)
    {
        byte[] text = Text.Edit(Samples.Diploma("brazil"), json => json["issuer"] = issuer);
        string suite = key.PublicKey.Type == KeyType.Ed25519 ? "eddsa-jcs-2022" : "ecdsa-jcs-2019";
        return (await DataIntegritySuite.SignAsync(text, Cryptosuite.Find(suite)!, key, new ProofOptions(method, null), CancellationToken.None)).Require();
    }
}
