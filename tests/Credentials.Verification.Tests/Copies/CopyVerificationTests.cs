using System.Text.Json.Nodes;
using Credentials.Anchoring;
using Credentials.DcSdJwt;
using Credentials.Ethereum.Registry;
using Credentials.Keys;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.Copies;

/// <summary>Copies in a learner's wallet as SD-JWT VCs: what verifies, and what must not.</summary>
public sealed class CopyVerificationTests
{
    [Fact]
    public async Task Verifies_a_copy_by_its_issuers_DID_document_and_tells_the_awards_anchor()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        VerificationResult result = await world.VerifyAsync(await world.IssueAsync());

        result.IsVerified();
        Assert.Equal("dc+sd-jwt", result.Form);
        Assert.Equal(world.World.Issuer.Did, result.Credential!.IssuerId);
        Assert.Equal(Finality.Finalized, result.AwardAnchor!.Finality);
        Assert.Null(result.Anchor);
        Assert.Contains("the award of which this is a copy", result[CheckName.Anchor].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verifies_what_is_shown_of_a_copy_with_the_learners_key_binding()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        PresentationResult result = await world.VerifyPresentationAsync(await world.PresentAsync(await world.IssueAsync()));

        result.IsVerified();
        result.Credentials[0].Is(CheckName.HolderBinding, CheckOutcome.Passed);
        Assert.False(result.Credentials[0].Credential!.Json.GetProperty("credentialSubject").TryGetProperty("name", out _));
    }

    [Fact]
    public async Task Rejects_a_copy_whose_signature_was_altered()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        (await world.VerifyAsync(FormWorld.WithBrokenSignature(await world.IssueAsync()))).IsRejected(CheckName.Proof, ProblemCode.CryptographicSecurityError);
    }

    [Fact]
    public async Task Rejects_a_copy_that_somebody_else_signed_in_the_issuers_name()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        (await world.VerifyAsync(await world.IssueAsync(key: world.Stranger))).IsRejected(CheckName.Proof, ProblemCode.CryptographicSecurityError);
    }

    [Fact]
    public async Task Rejects_a_copy_that_somebody_else_signed_with_a_key_of_his_own()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        byte[] copy = await world.IssueAsync(key: world.Stranger, options: said => said with { KeyId = Credentials.Dids.Methods.DidKey.MethodOf(world.Stranger.PublicKey) });
        (await world.VerifyAsync(copy)).IsRejected(CheckName.Issuer, ProblemCode.IssuerMismatch);
    }

    [Fact]
    public async Task Rejects_a_copy_that_is_over()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        byte[] copy = await world.IssueAsync(terms: world.Terms with { ValidUntil = world.World.Clock.Now - TimeSpan.FromDays(1) });
        (await world.VerifyAsync(copy)).IsRejected(CheckName.ValidityPeriod, ProblemCode.CredentialExpired);
    }

    [Fact]
    public async Task Rejects_a_copy_that_does_not_count_yet()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        byte[] copy = await world.IssueAsync(claims => claims["nbf"] = (world.World.Clock.Now + TimeSpan.FromDays(30)).ToUnixTimeSeconds());
        (await world.VerifyAsync(copy)).IsRejected(CheckName.ValidityPeriod, ProblemCode.CredentialNotYetValid);
    }

    [Fact]
    public async Task Rejects_a_copy_that_was_revoked_on_the_chain_by_its_own_handle()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        byte[] copy = await world.IssueAsync();
        Assert.True(await world.World.RevokeOnChainAsync((await world.VerifyAsync(copy)).Credential!.RegistryEntries[0].Handle));
        (await world.VerifyAsync(copy)).IsRejected(CheckName.Status, ProblemCode.CredentialRevoked);
    }

    [Fact]
    public async Task Cannot_tell_whose_a_copy_is_while_the_issuers_host_is_down()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        byte[] copy = await world.IssueAsync();
        world.World.Web.Break(world.World.DidUrl, "connection refused");
        (await world.VerifyAsync(copy)).CannotTell(CheckName.Proof, ProblemCode.DidResolutionError);
    }

    [Fact]
    public async Task Cannot_tell_of_a_status_mechanism_that_is_not_known()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        byte[] copy = await world.IssueAsync(claims => claims["status"]!["identifier_list"] = new JsonObject { ["id"] = "00" });
        (await world.VerifyAsync(copy)).CannotTell(CheckName.Status, ProblemCode.StatusRetrievalError);
    }

    [Fact]
    public async Task Rejects_a_copy_presented_with_another_key_than_it_confirms()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        (await world.VerifyPresentationAsync(await world.PresentAsync(await world.IssueAsync(), key: world.Stranger))).IsRejected(CheckName.Proof, ProblemCode.CryptographicSecurityError);
    }

    [Fact]
    public async Task Rejects_a_key_binding_for_somebody_else_or_another_question()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        byte[] copy = await world.IssueAsync();
        (await world.VerifyPresentationAsync(await world.PresentAsync(copy, audience: "x509_san_dns:other.example"))).IsRejected(CheckName.Proof, ProblemCode.InvalidDomain);
        (await world.VerifyPresentationAsync(await world.PresentAsync(copy, nonce: "yesterday"))).IsRejected(CheckName.Proof, ProblemCode.InvalidChallenge);
    }

    [Theory]
    [InlineData(-6)]
    [InlineData(2)]
    public async Task Rejects_a_key_binding_that_was_not_made_now(int minutes)
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        byte[] shown = await world.PresentAsync(await world.IssueAsync(), at: world.World.Clock.Now + TimeSpan.FromMinutes(minutes));
        (await world.VerifyPresentationAsync(shown)).IsRejected(CheckName.Proof, ProblemCode.ProofVerificationError);
    }

    [Fact]
    public async Task Rejects_a_key_binding_over_other_disclosures()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        byte[] copy = await world.IssueAsync();
        byte[] less = SdJwtVc.Open(copy).Require().Present(["/eqf_level"]).Require();
        byte[] more = SdJwtVc.Open(copy).Require().Present(["/eqf_level", "/name"]).Require();
        byte[] forged = await ForgedBinding.AppendAsync(more, world.Learner, PresentationWorld.Domain, PresentationWorld.Challenge, world.World.Clock.Now, over: less);
        (await world.VerifyPresentationAsync(forged)).IsRejected(CheckName.Proof, ProblemCode.ProofVerificationError);
    }

    [Fact]
    public async Task Cannot_tell_who_presents_a_copy_without_a_key_binding()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        (await world.VerifyPresentationAsync(await world.IssueAsync())).CannotTell(CheckName.Format, ProblemCode.MalformedValueError);
    }

    [Fact]
    public async Task Cannot_tell_whose_key_bound_a_copy_that_is_not_proven()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        byte[] shown = await world.PresentAsync(await world.IssueAsync(key: world.Stranger, options: said => said with { KeyId = "did:web:nobody.example#p256" }));
        PresentationResult result = await world.VerifyPresentationAsync(shown);
        Assert.Equal(Verdict.Indeterminate, result.Verdict);
        Assert.Null(result.Presenter);
    }

    [Fact]
    public async Task Takes_a_copys_own_receipt_before_that_of_its_award()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        byte[] copy = await world.IssueAsync();
        AnchorDigest digest = SdJwtVc.Open(copy).Require().AnchorDigest!.Value;
        var batch = new AnchorBatch([digest, AnchorDigest.From(new byte[32])], world.World.Issuer.Registry, world.World.Issuer.Institution, null);
        Assert.True(await world.World.AnchorAsync(batch.Root));

        VerificationResult result = await world.Verifier().VerifyAsync(copy, [batch.ReceiptOf(digest)!], CancellationToken.None);
        result.IsVerified();
        Assert.NotNull(result.Anchor);
        Assert.Null(result.AwardAnchor);
    }

    [Fact]
    public async Task Cannot_tell_when_the_awards_receipt_is_of_another_digest()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        byte[] copy = await world.IssueAsync(terms: world.Terms with { Evidence = new(AnchorDigest.From(new byte[32]), world.Master.Receipt) });
        (await world.VerifyAsync(copy)).CannotTell(CheckName.Anchor, ProblemCode.AnchorReceiptError);
    }

    [Fact]
    public async Task Cannot_tell_when_the_awards_receipt_is_of_another_institution()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        AnchorReceipt other = world.Master.Receipt with { Institution = InstitutionId.From(new byte[32]) };
        byte[] copy = await world.IssueAsync(terms: world.Terms with { Evidence = new(world.Master.Bare.Digest, other) });
        (await world.VerifyAsync(copy)).CannotTell(CheckName.Anchor, ProblemCode.AnchorReceiptError);
    }

    // Registry, institution, digest and receipt are the attacker's words, all of them copied from a real diploma.
    [Fact]
    public async Task Does_not_lend_an_institutions_award_to_another_issuer()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        world.World.Web.Put("https://evil.example/.well-known/did.json", Dids.DidDocumentWriter.Write("did:web:evil.example", [new("k", world.Stranger.PublicKey)]));
        byte[] copy = await world.IssueAsync(claims => claims["iss"] = "https://evil.example", world.Stranger, said => said with { KeyId = "did:web:evil.example#k" });
        VerificationResult result = await world.VerifyAsync(copy);
        result.Is(CheckName.Issuer, CheckOutcome.Passed);
        result.Is(CheckName.Anchor, CheckOutcome.Indeterminate, ProblemCode.AnchorReceiptError);
        Assert.Null(result.AwardAnchor);
    }

    [Fact]
    public async Task Cannot_tell_whose_award_it_is_for_a_stranger_to_the_institution()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        (await world.VerifyAsync(await world.IssueAsync(), trusted: world.World.Trusted)).CannotTell(CheckName.Anchor, ProblemCode.AnchorReceiptError);
    }

    [Fact]
    public async Task Takes_an_award_of_the_institution_that_keeps_the_signing_key_on_the_chain()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        Assert.True(await world.World.SendAsync(world.World.Account, CredentialRegistryContract.AddKey(world.World.Issuer.Institution, world.KeyId, Multikey.ToBytes(world.World.Issuer.P256.PublicKey), null)));
        (await world.VerifyAsync(await world.IssueAsync(), trusted: world.World.Trusted)).IsVerified();
    }

    [Fact]
    public async Task Rejects_a_copy_at_the_very_second_of_its_end()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        byte[] copy = await world.IssueAsync(claims => claims["exp"] = world.World.Clock.Now.ToUnixTimeSeconds());
        (await world.VerifyAsync(copy)).IsRejected(CheckName.ValidityPeriod, ProblemCode.CredentialExpired);
    }

    [Fact]
    public async Task Cannot_tell_when_the_award_was_not_final_yet()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        byte[] copy = await world.IssueAsync(terms: world.Terms with { Evidence = new(world.Master.Bare.Digest, null) });
        (await world.VerifyAsync(copy)).CannotTell(CheckName.Anchor, ProblemCode.AnchorNotFinal);
    }

    [Fact]
    public async Task Cannot_tell_when_the_evidence_is_withheld()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        byte[] less = SdJwtVc.Open(await world.IssueAsync()).Require().Present(["/eqf_level"]).Require();
        (await world.VerifyAsync(less)).CannotTell(CheckName.Anchor, ProblemCode.AnchorReceiptError);
    }

    // A stolen key signs a "copy" today that points to an old award: the award's anchor must not date it.
    [Fact]
    public async Task Does_not_date_a_copys_signature_by_its_award()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        byte[] copy = await world.IssueAsync();
        world.World.Web.Put(world.World.DidUrl, Dids.DidDocumentWriter.Write(world.World.Issuer.Did, [new("p256", world.World.Issuer.P256.PublicKey, world.World.Clock.Now - TimeSpan.FromMinutes(1)), new("ed25519", world.World.Issuer.Ed25519.PublicKey)]));

        VerificationResult result = await world.VerifyAsync(copy);
        Assert.NotEqual(Verdict.Verified, result.Verdict);
        result.Is(CheckName.Issuer, CheckOutcome.Indeterminate, ProblemCode.KeyNotValid);
    }
}
