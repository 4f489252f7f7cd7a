using Credentials.Anchoring;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.InTime;

/// <summary>Roots by which the institution does not stand, and institutions that are no more.</summary>
public sealed class DistrustTests : IDisposable
{
    private readonly TimeWorld _world = new();

    [Theory]
    [InlineData("default")]
    [InlineData("as-of")]
    public async Task Rejects_what_lies_under_a_root_that_the_institution_distrusts_whatever_moment_is_asked_about(string policy)
    {
        SampleAnchored stolen = await _world.IssueAsync();
        Distrust(stolen);
        VerificationResult result = await _world.VerifyAsync(stolen, policy: policy == "default" ? VerificationPolicy.Default : VerificationPolicy.AsOf(TimeWorld.Anchored + TimeWorld.Day));

        result.IsRejected(CheckName.Anchor, ProblemCode.RootDistrusted);
        Assert.Contains("declared on 2026-09-18", result[CheckName.Anchor].Detail, StringComparison.Ordinal);
        Assert.Null(result.Anchor);
    }

    [Fact]
    public async Task Takes_nothing_from_a_diploma_that_lies_under_a_root_by_which_the_institution_stands_too()
    {
        SampleAnchored genuine = await _world.IssueAsync();
        SampleAnchored again = _world.Issuer.Anchor(genuine.Bare);
        _world.Registry.Anchors[(_world.Issuer.Institution, again.Receipt.Root)] = TimeWorld.Anchored - TimeWorld.Day;
        Distrust(again);
        VerificationResult result = await _world.VerifyAsync(MerkleAnchor2026.AddTo(genuine.Text, again.Receipt));

        result.IsVerified();
        Assert.Equal(TimeWorld.Anchored, result.Anchor!.Time);
    }

    [Fact]
    public async Task A_receipt_for_a_root_that_was_made_up_does_not_hide_that_the_other_is_distrusted()
    {
        SampleAnchored stolen = await _world.IssueAsync();
        Distrust(stolen);

        (await _world.VerifyAsync(MerkleAnchor2026.AddTo(stolen.Text, _world.Issuer.Anchor(stolen.Bare).Receipt))).IsRejected(CheckName.Anchor, ProblemCode.RootDistrusted);
    }

    [Fact]
    public async Task Says_who_succeeded_an_institution_that_closed_and_verifies_its_diplomas()
    {
        SampleAnchored diploma = await _world.IssueAsync();
        _world.Registry.Successions[_world.Issuer.Institution] = new(TimeWorld.Id(77), TimeWorld.Anchored + (200 * TimeWorld.Day));
        _world.RevokeKey(TimeWorld.Anchored + (200 * TimeWorld.Day));
        _world.Change(_world.ToUniversity, fact => fact with { RevokedAt = TimeWorld.Anchored + (200 * TimeWorld.Day) });
        _world.TakeDidDown();
        VerificationResult result = await _world.VerifyAsync(diploma);

        result.IsVerified();
        Assert.Equal(TimeWorld.Id(77), result.Succession!.Successor);
        Assert.Contains($"institution {TimeWorld.Id(77)} succeeded it", result[CheckName.Issuer].Detail, StringComparison.Ordinal);
        string json = System.Text.Encoding.UTF8.GetString(VerificationResultJson.ToUtf8(result));
        Assert.Contains($"\"succession\":{{\"successor\":\"{TimeWorld.Id(77)}\"", json, StringComparison.Ordinal);
        Assert.Contains("\"keyGivenUp\":{\"at\":\"2027-04-03T10:00:00Z\",\"reason\":\"retired\"}", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_successor_changes_nothing_for_what_is_rejected()
    {
        SampleAnchored diploma = await _world.IssueAsync();
        _world.Registry.Successions[_world.Issuer.Institution] = new(TimeWorld.Id(77), TimeWorld.Anchored - TimeWorld.Day);
        _world.RevokeKey(TimeWorld.Anchored - TimeWorld.Day);

        (await _world.VerifyAsync(diploma)).IsRejected(CheckName.Issuer, ProblemCode.KeyNotValid);
    }

    [Fact]
    public async Task A_revocation_on_the_chain_is_seen_with_nothing_but_a_node()
    {
        SampleAnchored diploma = await _world.IssueAsync();
        _world.Registry.Revocations[(_world.Issuer.Institution, diploma.Bare.Handle)] = TimeWorld.Anchored + TimeWorld.Day;
        _world.TakeDidDown();

        (await _world.VerifyAsync(diploma)).IsRejected(CheckName.Status, ProblemCode.CredentialRevoked);
    }

    public void Dispose() => _world.Dispose();

    private void Distrust(SampleAnchored diploma) => _world.Registry.Distrusted[(_world.Issuer.Institution, diploma.Receipt.Root)] = TimeWorld.Anchored + (3 * TimeWorld.Day);
}
