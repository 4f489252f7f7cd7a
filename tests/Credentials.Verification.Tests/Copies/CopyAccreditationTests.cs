using System.Text.Json.Nodes;
using Credentials.Anchoring;
using Credentials.DataModel;
using Credentials.DcSdJwt;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;
using Credentials.Wallets;

namespace Credentials.Verification.Tests.Copies;

/// <summary>Who vouched for the institution, asked of a wallet's copy: at the time of the award, and today as well, for nothing dates the copy itself.</summary>
public sealed class CopyAccreditationTests : IDisposable
{
    private readonly TimeWorld _world = new();

    [Fact]
    public async Task Verifies_the_level_of_a_copy_and_who_vouched_for_its_institution_and_nothing_else()
    {
        byte[] shown = SdJwtVc.Open(await IssueAsync()).Require().Present(["/eqf_level", "/evidence"]).Require();
        VerificationResult result = await _world.VerifyAsync(shown);

        result.IsVerified();
        result.Is(CheckName.Accreditation, CheckOutcome.Passed);
        result.Is(CheckName.Anchor, CheckOutcome.Passed);
        Assert.Contains("Now, and when the award was recorded", result[CheckName.Accreditation].Detail, StringComparison.Ordinal);
        Assert.Equal("Quality Agency", result.Accreditation!.AccreditorName);
    }

    [Fact]
    public async Task Verifies_by_the_registrys_key_while_the_issuers_host_is_gone()
    {
        byte[] copy = await IssueAsync();
        _world.TakeDidDown();
        (await _world.VerifyAsync(copy)).IsVerified();
    }

    // A mill that lost its accreditation signs a "copy" today, which points to an award of better days.
    [Fact]
    public async Task Does_not_let_an_old_award_vouch_for_an_institution_that_lost_its_accreditation_since()
    {
        byte[] copy = await IssueAsync();
        _world.Change(_world.ToUniversity, fact => fact with { RevokedAt = _world.Clock.Now - TimeWorld.Day });
        (await _world.VerifyAsync(copy)).CannotTell(CheckName.Accreditation, ProblemCode.NotAccredited);
    }

    [Fact]
    public async Task Does_not_let_an_accreditation_of_today_vouch_for_an_award_before_it()
    {
        byte[] copy = await IssueAsync();
        _world.Change(_world.ToUniversity, fact => fact with { From = TimeWorld.Anchored + TimeWorld.Day });
        (await _world.VerifyAsync(copy)).CannotTell(CheckName.Accreditation, ProblemCode.NotAccredited);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(1)]
    public async Task Cannot_tell_of_a_level_for_which_nobody_vouched(int level) =>
        (await _world.VerifyAsync(await IssueAsync(claims => claims["eqf_level"] = level))).CannotTell(CheckName.Accreditation, ProblemCode.NotAccredited);

    [Fact]
    public async Task Cannot_tell_of_a_level_that_only_the_whole_diploma_claims() =>
        (await _world.VerifyAsync(await IssueAsync(claims => claims["diploma"]!["award"]!["level"] = new JsonObject { ["framework"] = "EQF", ["value"] = 8 }))).CannotTell(CheckName.Accreditation, ProblemCode.NotAccredited);

    [Fact]
    public async Task Takes_an_institution_that_the_relying_party_knows_by_its_DID() => (await _world.VerifyAsync(await IssueAsync(), _world.Pinning)).IsVerified();

    [Fact]
    public async Task Does_not_take_an_institution_that_registered_under_anothers_name()
    {
        byte[] copy = await IssueAsync(claims => claims["iss"] = "https://other.example", keyId: "did:web:other.example#p256");
        _world.Web.Put("https://other.example/.well-known/did.json", Dids.DidDocumentWriter.Write("did:web:other.example", [new("p256", _world.Issuer.P256.PublicKey)]));

        // Whose the award is stands in question before who vouched.
        VerificationResult result = await _world.VerifyAsync(copy);
        result.CannotTell(CheckName.Anchor, ProblemCode.AnchorReceiptError);
        result.Is(CheckName.Accreditation, CheckOutcome.Indeterminate, ProblemCode.AnchorNotFinal);
    }

    // An institution that was accredited for levels 6 and 7 need only keep quiet about the doctorate.
    [Fact]
    public async Task Does_not_let_a_level_beyond_the_scope_be_withheld()
    {
        byte[] copy = await IssueAsync(claims => claims["eqf_level"] = 8);
        byte[] shown = SdJwtVc.Open(copy).Require().Present(["/evidence", "/degree_name"]).Require();
        VerificationResult result = await _world.VerifyAsync(shown);
        result.CannotTell(CheckName.Accreditation, ProblemCode.NotAccredited);
        Assert.Contains("eqf_level", result[CheckName.Accreditation].Detail, StringComparison.Ordinal);
        Assert.Null(result.Accreditation);

        _world.Change(_world.ToUniversity, fact => fact with { Scope = TimeWorld.AllLevels });
        (await _world.VerifyAsync(shown)).IsVerified();
    }

    [Theory]
    [InlineData("[7,8]")]
    [InlineData("\"8\"")]
    [InlineData("\" 8.0 \"")]
    [InlineData("8.0")]
    public async Task Reads_the_level_however_it_is_written(string level) =>
        (await _world.VerifyAsync(await IssueAsync(claims => claims["eqf_level"] = JsonNode.Parse(level)))).CannotTell(CheckName.Accreditation, ProblemCode.NotAccredited);

    [Fact]
    public async Task Rejects_a_copy_signed_with_a_key_that_the_institution_revoked_before_the_award()
    {
        byte[] copy = await IssueAsync();
        _world.RevokeKey(TimeWorld.Anchored - TimeWorld.Day, KeyRevocationReason.Compromised);
        Assert.NotEqual(Verdict.Verified, (await _world.VerifyAsync(copy)).Verdict);
    }

    public void Dispose() => _world.Dispose();

    private async Task<byte[]> IssueAsync(Action<JsonObject>? edit = null, string? keyId = null)
    {
        SampleAnchored master = await _world.IssueAsync(diploma: "morocco");
        byte[] claims = WalletCopy.ToSdJwtVc(VerifiableCredential.Parse(master.Bare.Text).Require(), new("urn:uuid:x", "https://universidade-modelo.example", _world.Clock.Now)
        {
            StatusEntries = [new JsonObject { ["id"] = new RegistryEntry(_world.Issuer.Registry, _world.Issuer.Institution, RegistryHandle.Create()).Id, ["type"] = RegistryEntry.Type }],
            Evidence = new(master.Bare.Digest, master.Receipt),
        });
        claims = edit is null ? claims : Text.Edit(claims, edit);
        return (await SdJwtVc.IssueAsync(claims, _world.Issuer.P256, new(keyId ?? _world.Method) { Frame = WalletCopy.FrameOf(claims) }, CancellationToken.None)).Require();
    }
}
