using Credentials.Anchoring;
using Credentials.Evidence;
using Credentials.Keys;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.InTime;

/// <summary>Somebody registered an institution of his own under the university's DID: own key by the same name, own anchor, an identity document that claims the DID. Nothing of that ever verifies, and nothing of it makes a genuine diploma look forged.</summary>
public sealed class ImpostorTests : IDisposable
{
    private readonly TimeWorld _world = new();
    private readonly SampleIssuer _impostor;

    public ImpostorTests()
    {
        _impostor = new SampleIssuer("impostor") { Did = _world.Issuer.Did, Registry = _world.Issuer.Registry, Institution = TimeWorld.Id(66) };
        _world.Registry.TakeIdentity(_impostor.Institution, _world.Identity.Hash, TimeWorld.Anchored - (300 * TimeWorld.Day));
        _world.Registry.Keys[(_impostor.Institution, _world.Method)] = new(Multikey.ToBytes(_impostor.P256.PublicKey), TimeWorld.Anchored - (300 * TimeWorld.Day), null, KeyRevocationReason.None);
    }

    /// <summary>The claim that the agency vouches for the impostor, which it never did.</summary>
    private AccreditationPath Claim => new(_impostor.Registry, _impostor.Institution, [new(TimeWorld.Agency, _impostor.Institution, _world.Identity.Hash, 3), TimeWorld.ToAgency], [_world.Identity, TimeWorld.AgencyIdentity]);

    public static TheoryData<string> Policies => new("default", "require-anchor", "require-accreditation");

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task Cannot_tell_while_the_real_DID_document_is_out_of_reach(string policy)
    {
        SampleAnchored forged = await _world.IssueAsync(signer: _impostor);
        _world.TakeDidDown();
        VerificationResult result = await _world.VerifyAsync(forged, WithClaim(), PolicyOf(policy));

        result.CannotTell(CheckName.Proof, ProblemCode.DidResolutionError);
        Assert.Contains("nobody whom this verifier has been told to trust vouches", result[CheckName.Proof].Detail, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task Cannot_tell_when_the_real_DID_document_lacks_the_key(string policy)
    {
        SampleAnchored forged = await _world.IssueAsync(signer: _impostor);
        _world.Web.Put(_world.DidUrl, Text.Edit(_world.Issuer.DocumentText, json =>
        {
            json["verificationMethod"]!.AsArray().RemoveAt(0);
            json["assertionMethod"]!.AsArray().RemoveAt(0);
        }));

        (await _world.VerifyAsync(forged, WithClaim(), PolicyOf(policy))).CannotTell(CheckName.Proof, ProblemCode.InvalidVerificationMethod);
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task Rejects_it_under_the_real_key_when_the_DID_document_can_be_had(string policy)
    {
        SampleAnchored forged = await _world.IssueAsync(signer: _impostor);

        (await _world.VerifyAsync(forged, WithClaim(), PolicyOf(policy))).IsRejected(CheckName.Proof, ProblemCode.CryptographicSecurityError);
    }

    [Fact]
    public async Task Pinning_the_university_does_not_help_the_impostor()
    {
        SampleAnchored forged = await _world.IssueAsync(signer: _impostor);
        _world.TakeDidDown();

        (await _world.VerifyAsync(forged, _world.Pinning)).CannotTell(CheckName.Proof, ProblemCode.DidResolutionError);
    }

    [Fact]
    public async Task A_genuine_diploma_whose_registry_entry_was_exchanged_for_the_impostors_is_not_called_forged_on_the_impostors_word()
    {
        SampleAnchored genuine = await _world.IssueAsync();
        byte[] changed = Text.Replace(genuine.Text, _world.Issuer.Institution.ToString(), _impostor.Institution.ToString());
        _world.TakeDidDown();

        (await _world.VerifyAsync(changed, WithClaim())).CannotTell(CheckName.Proof, ProblemCode.DidResolutionError);
    }

    [Fact]
    public async Task It_is_rejected_on_the_word_of_the_real_DID_document_for_it_was_changed()
    {
        SampleAnchored genuine = await _world.IssueAsync();
        byte[] changed = Text.Replace(genuine.Text, _world.Issuer.Institution.ToString(), _impostor.Institution.ToString());

        (await _world.VerifyAsync(changed, WithClaim())).IsRejected(CheckName.Proof, ProblemCode.CryptographicSecurityError);
    }

    [Fact]
    public async Task A_diploma_of_the_universitys_own_key_that_names_the_impostors_institution_is_never_accredited()
    {
        using var thief = new SampleIssuer("universidade-modelo") { Registry = _world.Issuer.Registry, Institution = _impostor.Institution };
        SampleAnchored stolen = await _world.IssueAsync(signer: thief);

        (await _world.VerifyAsync(stolen, WithClaim())).CannotTell(CheckName.Accreditation, ProblemCode.NotAccredited);
    }

    [Fact]
    public async Task An_institution_that_is_accredited_under_another_DID_speaks_for_that_one_alone()
    {
        InstitutionIdentity other = InstitutionIdentity.Create("did:web:diploma-mill.example", "Diploma Mill", "BR");
        var link = new AccreditationLink(TimeWorld.Agency, _impostor.Institution, other.Hash, 0);
        _world.Registry.Identities[_impostor.Institution] = [(other.Hash, TimeWorld.Anchored - (300 * TimeWorld.Day))];
        _world.Registry.Accreditations[link] = _world.Registry.Accreditations[_world.ToUniversity];
        SampleAnchored forged = await _world.IssueAsync(signer: _impostor);
        _world.TakeDidDown();
        var path = new AccreditationPath(_impostor.Registry, _impostor.Institution, [link, TimeWorld.ToAgency], [other, TimeWorld.AgencyIdentity]);

        (await _world.VerifyAsync(forged, _world.Trusted with { AccreditationPaths = [path] })).CannotTell(CheckName.Proof, ProblemCode.DidResolutionError);
    }

    [Fact]
    public async Task An_accreditor_that_the_impostor_made_himself_vouches_for_nothing()
    {
        InstitutionId mill = TimeWorld.Id(67);
        var link = new AccreditationLink(mill, _impostor.Institution, _world.Identity.Hash, 0);
        _world.Registry.Accreditations[link] = _world.Registry.Accreditations[_world.ToUniversity];
        SampleAnchored forged = await _world.IssueAsync(signer: _impostor);
        _world.TakeDidDown();
        var path = new AccreditationPath(_impostor.Registry, _impostor.Institution, [link], [_world.Identity]);

        (await _world.VerifyAsync(forged, _world.Trusted with { AccreditationPaths = [path] })).CannotTell(CheckName.Proof, ProblemCode.DidResolutionError);
    }

    public void Dispose()
    {
        _impostor.Dispose();
        _world.Dispose();
    }

    private TrustedMaterial WithClaim() => _world.Trusted with { AccreditationPaths = [_world.Path, Claim] };

    private static VerificationPolicy PolicyOf(string name) => ((VerificationPolicy[])[VerificationPolicy.Default, VerificationPolicy.RequireAnchor, VerificationPolicy.RequireAccreditation]).Single(policy => policy.Name == name);
}
