using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Anchoring;
using Credentials.Evidence;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.InTime;

/// <summary>Who vouched for the institution when the anchor was made.</summary>
public sealed class AccreditationTests : IDisposable
{
    private readonly TimeWorld _world = new();

    [Fact]
    public async Task Says_in_one_sentence_who_vouched_for_whom_since_when_and_for_what()
    {
        VerificationResult result = await _world.VerifyAsync(await _world.IssueAsync());

        result.IsVerified();
        Assert.StartsWith(
            "When the credential was anchored, on 2026-09-15 10:00 UTC, Universidade Modelo de São Paulo was accredited by Quality Agency, which was given that right by the Ministry, since 2025-05-03 10:00 UTC, for awards of EQF levels 6, 7.",
            result[CheckName.Accreditation].Detail,
            StringComparison.Ordinal);
        Assert.Contains("2026-08-14: that is its own word", result[CheckName.Accreditation].Detail, StringComparison.Ordinal);
        Assert.Equal((TimeWorld.Agency, "Quality Agency", "the Ministry"), (result.Accreditation!.Accreditor, result.Accreditation.AccreditorName, result.Accreditation.Authority.Name));
        Assert.Equal([6, 7], result.Accreditation.EqfLevels);
        using var json = JsonDocument.Parse(VerificationResultJson.ToUtf8(result));
        Assert.Equal("the Ministry", json.RootElement.GetProperty("accreditation").GetProperty("authorityName").GetString());
        Assert.Equal(["eqf-6", "eqf-7"], json.RootElement.GetProperty("accreditation").GetProperty("scope").EnumerateArray().Select(one => one.GetString()));
    }

    [Fact]
    public async Task Stops_at_the_first_accreditor_who_is_trusted()
    {
        VerificationResult result = await _world.VerifyAsync(await _world.IssueAsync(), _world.Trusted with { Accreditors = [_world.TrustedAgency] });

        result.IsVerified();
        Assert.Equal("the Agency", result.Accreditation!.AccreditorName);
    }

    [Fact]
    public async Task Takes_the_path_that_the_issuers_DID_document_names()
    {
        SampleAnchored diploma = await _world.IssueAsync();
        Publish("https://universidade-modelo.example/accreditation", _world.Path);

        (await _world.VerifyAsync(diploma, _world.Trusted with { AccreditationPaths = [] })).IsVerified();
    }

    [Fact]
    public async Task Cannot_tell_when_the_path_that_the_issuer_names_is_garbage()
    {
        SampleAnchored diploma = await _world.IssueAsync();
        Publish("https://universidade-modelo.example/accreditation", _world.Path);
        _world.Web.Put("https://universidade-modelo.example/accreditation", "<html>Sign in</html>"u8.ToArray());

        (await _world.VerifyAsync(diploma, _world.Trusted with { AccreditationPaths = [] })).CannotTell(CheckName.Accreditation, ProblemCode.NotAccredited);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(400 * 86400)]
    public async Task An_accreditation_withdrawn_later_still_counts_and_that_is_told(int seconds)
    {
        _world.Change(_world.ToUniversity, fact => fact with { RevokedAt = TimeWorld.Anchored.AddSeconds(seconds) });
        VerificationResult result = await _world.VerifyAsync(await _world.IssueAsync());

        result.IsVerified();
        Assert.Contains("withdrawn later", result[CheckName.Accreditation].Detail, StringComparison.Ordinal);
        Assert.Equal(TimeWorld.Anchored.AddSeconds(seconds), result.Accreditation!.WithdrawnAt);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(-86400)]
    public async Task What_was_anchored_when_the_accreditation_was_withdrawn_or_later_does_not_verify_where_one_is_required(int seconds)
    {
        SampleAnchored diploma = await _world.IssueAsync();
        _world.Change(_world.ToUniversity, fact => fact with { RevokedAt = TimeWorld.Anchored.AddSeconds(seconds) });

        (await _world.VerifyAsync(diploma)).CannotTell(CheckName.Accreditation, ProblemCode.NotAccredited);
        VerificationResult told = await _world.VerifyAsync(diploma, policy: VerificationPolicy.Default);
        told.IsVerified();
        told.Is(CheckName.Accreditation, CheckOutcome.Indeterminate, ProblemCode.NotAccredited);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public async Task An_accreditation_ends_at_the_very_second_of_its_end(int seconds, bool holds)
    {
        _world.Change(_world.ToUniversity, fact => fact with { Until = TimeWorld.Anchored.AddSeconds(seconds) });
        VerificationResult result = await _world.VerifyAsync(await _world.IssueAsync());

        Assert.True(result.Verdict == (holds ? Verdict.Verified : Verdict.Indeterminate), result.Show());
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task An_accreditation_begins_at_the_very_second_of_its_start(int seconds, bool holds)
    {
        _world.Change(_world.ToUniversity, fact => fact with { From = TimeWorld.Anchored.AddSeconds(seconds) });
        VerificationResult result = await _world.VerifyAsync(await _world.IssueAsync());

        Assert.True(result.Verdict == (holds ? Verdict.Verified : Verdict.Indeterminate), result.Show());
    }

    [Fact]
    public async Task What_was_anchored_after_the_agency_itself_had_lost_its_right_does_not_verify()
    {
        _world.Change(TimeWorld.ToAgency, fact => fact with { RevokedAt = TimeWorld.Anchored - TimeWorld.Day });

        (await _world.VerifyAsync(await _world.IssueAsync())).CannotTell(CheckName.Accreditation, ProblemCode.NotAccredited);
    }

    [Fact]
    public async Task A_lapsed_path_that_somebody_kept_is_no_evidence_while_the_issuer_cannot_be_heard()
    {
        SampleAnchored diploma = await _world.IssueAsync();
        _world.Change(_world.ToUniversity, fact => fact with { Until = TimeWorld.Anchored - TimeWorld.Day });
        TrustedMaterial trusted = _world.Trusted with { PinnedInstitutions = [], PinnedDidDocuments = [_world.Issuer.Document], Fetcher = null };

        (await _world.VerifyAsync(diploma, trusted)).CannotTell(CheckName.Accreditation, ProblemCode.NotAccredited);
    }

    [Fact]
    public async Task A_renewal_that_the_issuer_names_wins_over_a_lapsed_path_that_somebody_kept()
    {
        SampleAnchored diploma = await _world.IssueAsync();
        AccreditationLink renewed = _world.ToUniversity with { Serial = 4 };
        _world.Registry.Accreditations[renewed] = _world.Registry.Accreditations[_world.ToUniversity];
        _world.Change(_world.ToUniversity, fact => fact with { Until = TimeWorld.Anchored - TimeWorld.Day });
        Publish("https://universidade-modelo.example/accreditation", _world.Path with { Links = [renewed, TimeWorld.ToAgency] });

        (await _world.VerifyAsync(diploma)).IsVerified();
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(-1, true)]
    [InlineData(1, false)]
    public async Task An_identity_that_was_taken_only_after_the_anchor_is_not_the_one_that_was_accredited_then(int seconds, bool holds)
    {
        SampleAnchored diploma = await _world.IssueAsync();
        _world.Registry.Identities[_world.Issuer.Institution] = [(_world.Identity.Hash, TimeWorld.Anchored.AddSeconds(seconds))];

        await Expect(diploma, holds);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    [InlineData(-86400, false)]
    public async Task An_identity_that_was_left_before_the_anchor_takes_its_accreditation_along(int seconds, bool holds)
    {
        SampleAnchored diploma = await _world.IssueAsync();
        _world.Registry.TakeIdentity(_world.Issuer.Institution, TimeWorld.MinistryIdentity.Hash, TimeWorld.Anchored.AddSeconds(seconds));

        await Expect(diploma, holds);
    }

    [Fact]
    public async Task Cannot_tell_by_an_agency_without_the_right_to_accredit()
    {
        _world.Change(TimeWorld.ToAgency, fact => fact with { Scope = TimeWorld.AllLevels });

        await Expect(await _world.IssueAsync(), holds: false);
    }

    [Fact]
    public async Task Cannot_tell_by_a_root_that_is_not_trusted() =>
        (await _world.VerifyAsync(await _world.IssueAsync(), _world.Trusted with { Accreditors = [new(_world.Issuer.Registry, TimeWorld.Id(9), "another ministry")] }))
            .CannotTell(CheckName.Accreditation, ProblemCode.NotAccredited);

    [Fact]
    public async Task Cannot_tell_by_the_same_ids_in_another_registry()
    {
        RegistryAddress other = _world.Issuer.Registry with { ChainId = 5 };

        (await _world.VerifyAsync(await _world.IssueAsync(), _world.Trusted with { Accreditors = [new(other, TimeWorld.Ministry, "the Ministry")] })).CannotTell(CheckName.Accreditation, ProblemCode.NotAccredited);
        (await _world.VerifyAsync(await _world.IssueAsync(), _world.Trusted with { AccreditationPaths = [_world.Path with { Registry = other }] })).CannotTell(CheckName.Accreditation, ProblemCode.NotAccredited);
    }

    [Fact]
    public async Task Cannot_tell_by_a_path_that_does_not_connect_or_is_too_long_or_names_nobody()
    {
        SampleAnchored diploma = await _world.IssueAsync();
        AccreditationLink[] chain = [.. Enumerable.Range(0, 4).Select(step => new AccreditationLink(TimeWorld.Id((byte)(11 + step)), step == 0 ? TimeWorld.Agency : TimeWorld.Id((byte)(10 + step)), TimeWorld.AgencyIdentity.Hash, 0))];
        foreach (AccreditationPath path in (AccreditationPath[])[
            _world.Path with { Links = [TimeWorld.ToAgency, _world.ToUniversity] },
            _world.Path with { Links = [_world.ToUniversity, .. chain] },
            _world.Path with { Links = [] },
            _world.Path with { Identities = [] }])
        {
            (await _world.VerifyAsync(diploma, _world.Trusted with { AccreditationPaths = [path] })).CannotTell(CheckName.Accreditation, ProblemCode.NotAccredited);
        }

        Assert.All(_world.Registry.Queries, query => Assert.True(query.Path.Count <= AccreditationLink.MaxPath));
    }

    [Theory]
    [InlineData(AccreditationScope.EqfLevel6, false)]
    [InlineData(AccreditationScope.EqfLevel7, true)]
    [InlineData(AccreditationScope.EqfLevel6 | AccreditationScope.EqfLevel7, true)]
    [InlineData(AccreditationScope.AwardsWithoutLevel, false)]
    public async Task A_level_that_the_diploma_claims_must_be_in_the_scope(AccreditationScope scope, bool holds)
    {
        _world.Change(_world.ToUniversity, fact => fact with { Scope = scope });

        // Claims EQF level 7.
        await Expect(await _world.IssueAsync(diploma: "morocco"), holds);
    }

    [Fact]
    public async Task What_an_agency_may_not_vouch_for_the_university_was_not_given_either()
    {
        _world.Change(TimeWorld.ToAgency, fact => fact with { Scope = AccreditationScope.EqfLevel5 | AccreditationScope.EqfLevel6 | AccreditationScope.Accredits });

        await Expect(await _world.IssueAsync(diploma: "morocco"), holds: false);
        await Expect(await _world.IssueAsync(diploma: "brazil"), holds: true);
    }

    [Fact]
    public async Task Cannot_tell_without_an_anchor_for_whose_time_to_judge() =>
        (await _world.VerifyAsync((await _world.IssueAsync()).Bare.Text)).Is(CheckName.Accreditation, CheckOutcome.Indeterminate, ProblemCode.AnchorNotFinal);

    [Fact]
    public async Task Cannot_tell_where_it_is_asked_of_a_credential_that_names_no_registry_and_is_not_made_where_it_is_not_asked()
    {
        byte[] plain = (await _world.SignAsync(edit: json => json.Remove("credentialStatus"))).Text;

        (await _world.VerifyAsync(plain)).Is(CheckName.Accreditation, CheckOutcome.Indeterminate, ProblemCode.NotAccredited);
        (await _world.VerifyAsync(plain, policy: VerificationPolicy.Default)).Is(CheckName.Accreditation, CheckOutcome.Skipped);
    }

    [Fact]
    public async Task Is_not_made_by_who_trusts_no_accreditor_and_cannot_be_told_where_it_is_required()
    {
        SampleAnchored diploma = await _world.IssueAsync();

        (await _world.VerifyAsync(diploma, _world.Unaccredited, VerificationPolicy.Default)).Is(CheckName.Accreditation, CheckOutcome.Skipped);
        (await _world.VerifyAsync(diploma, _world.Unaccredited)).CannotTell(CheckName.Accreditation, ProblemCode.NotAccredited);
    }

    public void Dispose() => _world.Dispose();

    private async Task Expect(SampleAnchored diploma, bool holds)
    {
        VerificationResult result = await _world.VerifyAsync(diploma);
        if (holds)
        {
            result.IsVerified();
        }
        else
        {
            result.CannotTell(CheckName.Accreditation, ProblemCode.NotAccredited);
        }
    }

    private void Publish(string url, AccreditationPath path)
    {
        var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text))
        {
            path.WriteTo(writer);
        }

        _world.Web.Put(url, text.ToArray());
        _world.Web.Put(_world.DidUrl, Text.Edit(_world.Issuer.DocumentText, json => json["service"] = new JsonArray(
            new JsonObject { ["id"] = "#accreditation", ["type"] = AccreditationPath.ServiceType, ["serviceEndpoint"] = url })));
    }
}
