using System.Text.Json.Nodes;
using Credentials.Status;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.InTime;

/// <summary>Status lists beside the chain: signed with keys that only the chain keeps, gone with their host, or telling what replaced a diploma.</summary>
public sealed class OutlivedListTests : IDisposable
{
    private const string Base = "https://status.example/lists/1";

    private readonly TimeWorld _world = new();

    [Fact]
    public async Task Believes_a_list_by_the_key_on_the_chain_when_the_DID_document_is_gone()
    {
        SampleAnchored diploma = await IssueAsync();
        await PublishAsync("revocation", revoked: false);
        _world.TakeDidDown();
        (await _world.VerifyAsync(diploma)).IsVerified();

        await PublishAsync("revocation", revoked: true);
        (await _world.VerifyAsync(diploma)).IsRejected(CheckName.Status, ProblemCode.CredentialRevoked);
    }

    [Fact]
    public async Task Does_not_believe_a_list_that_a_retired_key_signed()
    {
        SampleAnchored diploma = await IssueAsync();
        await PublishAsync("revocation", revoked: true);
        _world.RevokeKey(TimeWorld.Anchored + TimeWorld.Day);
        _world.TakeDidDown();

        (await _world.VerifyAsync(diploma)).CannotTell(CheckName.Status, ProblemCode.StatusVerificationError);
    }

    [Fact]
    public async Task Cannot_tell_when_the_host_of_the_list_is_gone_unless_the_policy_takes_the_registrys_word()
    {
        SampleAnchored diploma = await IssueAsync();
        (await _world.VerifyAsync(diploma)).CannotTell(CheckName.Status, ProblemCode.StatusRetrievalError);
        (await _world.VerifyAsync(diploma, policy: VerificationPolicy.RequireAccreditation.WithRegistryStatus())).IsVerified();

        _world.Registry.Revocations[(_world.Issuer.Institution, diploma.Bare.Handle)] = TimeWorld.Anchored + TimeWorld.Day;
        (await _world.VerifyAsync(diploma, policy: VerificationPolicy.RequireAccreditation.WithRegistryStatus())).IsRejected(CheckName.Status, ProblemCode.CredentialRevoked);
    }

    [Fact]
    public async Task The_registrys_word_does_not_hide_a_list_that_can_be_had()
    {
        SampleAnchored diploma = await IssueAsync();
        await PublishAsync("revocation", revoked: true);

        (await _world.VerifyAsync(diploma, policy: VerificationPolicy.Default.WithRegistryStatus())).IsRejected(CheckName.Status, ProblemCode.CredentialRevoked);
    }

    [Fact]
    public async Task Says_replaced_and_by_what_of_a_diploma_that_was_superseded()
    {
        SampleAnchored diploma = await IssueAsync("revocation", "message");
        await PublishAsync("revocation", revoked: true);
        await PublishAsync("message", revoked: true, new Dictionary<long, string> { [100] = "urn:uuid:the-newer-one" });
        VerificationResult result = await _world.VerifyAsync(diploma);

        result.IsRejected(CheckName.Status, ProblemCode.CredentialSuperseded);
        Assert.Contains("replaced the credential by urn:uuid:the-newer-one", result[CheckName.Status].Detail, StringComparison.Ordinal);
        Assert.Equal("urn:uuid:the-newer-one", result.ReplacedBy);
    }

    [Theory]
    [InlineData(101, true, ProblemCode.CredentialRevoked)]
    [InlineData(100, false, null)]
    public async Task Does_not_say_so_of_another_diploma_or_of_one_that_was_not_withdrawn(long index, bool revoked, string? code)
    {
        SampleAnchored diploma = await IssueAsync("revocation", "message");
        await PublishAsync("revocation", revoked);
        await PublishAsync("message", revoked: true, new Dictionary<long, string> { [index] = "urn:uuid:the-newer-one" });
        VerificationResult result = await _world.VerifyAsync(diploma);

        Assert.True(result[CheckName.Status].Problem?.Code == code, result.Show());
        Assert.Null(result.ReplacedBy);
    }

    [Fact]
    public async Task Believes_nobody_else_about_what_replaced_it()
    {
        SampleAnchored diploma = await IssueAsync("revocation", "message");
        await PublishAsync("revocation", revoked: true);
        using var stranger = new SampleIssuer("stranger");
        _world.Web.Put("https://stranger.example/.well-known/did.json", stranger.DocumentText);
        await PublishAsync("message", revoked: true, new Dictionary<long, string> { [100] = "urn:uuid:a-forged-one" }, stranger);

        (await _world.VerifyAsync(diploma)).IsRejected(CheckName.Status, ProblemCode.CredentialRevoked);
    }

    public void Dispose() => _world.Dispose();

    private Task<SampleAnchored> IssueAsync(params string[] purposes) => _world.IssueAsync(edit: json =>
    {
        foreach (string purpose in purposes is [] ? ["revocation"] : purposes)
        {
            json["credentialStatus"]!.AsArray().Add(new JsonObject
            {
                ["id"] = $"{Base}/{purpose}#100",
                ["type"] = BitstringStatusListEntry.Type,
                ["statusPurpose"] = purpose,
                ["statusListIndex"] = "100",
                ["statusListCredential"] = $"{Base}/{purpose}",
            });
        }
    });

    private async Task PublishAsync(string purpose, bool revoked, IReadOnlyDictionary<long, string>? replacements = null, SampleIssuer? signer = null)
    {
        var bits = new BitstringStatusList();
        bits[100] = revoked;
        SampleIssuer by = signer ?? _world.Issuer;
        byte[] list = BitstringStatusListCredential.Build(new Uri($"{Base}/{purpose}"), by.Did, purpose, bits, _world.Clock.Now, _world.Clock.Now + TimeWorld.Day, TimeSpan.Zero, replacements);
        _world.Web.Put($"{Base}/{purpose}", await by.SignAsync(list));
    }
}
